"""The allow-list of files, in the kernel."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.sandbox import landlock, limits
from autograder.sandbox.landlock import Access
from autograder.sandbox.namespaces import in_child

VERSION = landlock.abi() if Path("/proc/self/status").exists() else 0
pytestmark = pytest.mark.skipif(VERSION == 0, reason="Landlock is missing on this kernel")


class Places:
    """A folder that may be read, one to work in, and one that is hidden, each with a file."""

    def __init__(self, base: Path) -> None:
        self.readable, self.work, self.hidden = (base / name for name in ("readable", "work", "hidden"))
        for folder in (self.readable, self.work, self.hidden):
            folder.mkdir()
            (folder / "file").write_text(folder.name)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)


def locked(places: Places, action: Callable[[], object], version: int = VERSION) -> object:
    """What an action answers in a fork under Landlock alone."""

    def child(_answer: int) -> object:
        rules = landlock.open_rules([(str(places.readable), Access.READ), (str(places.work), Access.WORK)])
        descriptor = landlock.ruleset(rules, version)
        limits.no_new_privileges()
        landlock.restrict(descriptor, version)
        return action()

    return in_child(child)


def free(action: Callable[[], object]) -> object:
    return in_child(lambda _answer: action())


def test_what_is_listed_can_be_read(places: Places) -> None:
    assert locked(places, (places.readable / "file").read_text) == "readable"
    assert locked(places, lambda: os.listdir(places.readable)) == ["file"]


def test_the_work_folder_can_be_written(places: Places) -> None:
    def work() -> str:
        (places.work / "folder").mkdir()
        (places.work / "file").rename(places.work / "folder" / "moved")
        (places.work / "link").symlink_to("folder/moved")
        (places.work / "link").write_text("new")
        return (places.work / "folder" / "moved").read_text()

    assert locked(places, work) == "new"


def read(places: Places) -> object:
    return (places.hidden / "file").read_text()


def list_folder(places: Places) -> object:
    return os.listdir(places.hidden)


def read_by_symlink(places: Places) -> object:
    (places.work / "link").symlink_to(places.hidden / "file")
    return (places.work / "link").read_text()


def read_by_hard_link(places: Places) -> object:
    (places.work / "hard").hardlink_to(places.hidden / "file")
    return (places.work / "hard").read_text()


def read_by_moving(places: Places) -> object:
    (places.hidden / "file").rename(places.work / "moved")
    return (places.work / "moved").read_text()


def truncate(places: Places) -> object:
    os.truncate(places.hidden / "file", 0)
    return "truncated"


def write_beside(places: Places) -> object:
    return (places.readable / "new").write_text("x")


def read_parent(places: Places) -> object:
    return Path(f"/proc/{os.getppid()}/cmdline").read_text()


@pytest.mark.parametrize(
    "attack",
    [read, list_folder, read_by_symlink, read_by_hard_link, read_by_moving, truncate, write_beside, read_parent],
)
def test_what_is_not_listed_is_denied(tmp_path: Path, attack: Callable[[Places], object]) -> None:
    (tmp_path / "control").mkdir()
    control = Places(tmp_path / "control")
    assert free(lambda: attack(control))
    places = Places(tmp_path)
    with pytest.raises(OSError, match=r"Permission denied|Invalid cross-device link"):
        locked(places, lambda: attack(places))
    assert (places.hidden / "file").read_text() == "hidden"


@pytest.mark.skipif(VERSION < landlock.SCOPE_ABI, reason="this kernel's Landlock has no scopes")
def test_a_signal_does_not_leave_the_domain(places: Places) -> None:
    def signal_parent() -> str:
        os.kill(os.getppid(), 0)
        return "signalled"

    assert free(signal_parent) == "signalled"
    with pytest.raises(OSError, match="Operation not permitted"):
        locked(places, signal_parent)


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_older_versions_still_hide(places: Places, version: int) -> None:
    with pytest.raises(OSError, match="Permission denied"):
        locked(places, lambda: read(places), version)
    assert locked(places, (places.readable / "file").read_text, version) == "readable"


def test_nothing_there_is_no_rule(tmp_path: Path) -> None:
    assert landlock.open_rule(str(tmp_path / "absent"), Access.READ) is None
