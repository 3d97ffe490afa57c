"""The view in which nothing hidden exists, and the scratch file system of a child."""

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.sandbox import namespaces
from autograder.sandbox.namespaces import MOUNT, UTS, add_scratch, beneath, build, in_child, outermost, trace

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
NO_VIEW = namespaces.rehearse(AS_ROOT) if Path("/proc/self/status").exists() else "this is not Linux"
needs_view = pytest.mark.skipif(bool(NO_VIEW), reason=f"mount namespaces are missing here: {NO_VIEW}")
WORK, MIB = "/notebook", 1 << 20


def enter() -> None:
    namespaces.unshare(MOUNT) if AS_ROOT else namespaces.enter_user()


def in_view(readable: Path, action: Callable[[], object], size: int = MIB) -> object:
    """What an action answers in a fork with a view and a scratch file system, and no other layer."""

    def child(_answer: int) -> object:
        enter()
        view = build([str(readable)])
        add_scratch(view, WORK, size, None)
        return action()

    return in_child(child)


@pytest.fixture
def readable(tmp_path: Path) -> Path:
    folder = tmp_path / "readable"
    folder.mkdir()
    (folder / "file").write_text("to be read")
    (tmp_path / "hidden").write_text("secret")
    return folder


def test_outermost_keeps_no_path_inside_another() -> None:
    assert outermost(["/a/b", "/a", "/a-b", "/c/d", "/c/d"]) == ["/a", "/a-b", "/c/d"]


def test_beneath_goes_by_folders_not_letters() -> None:
    assert beneath("/a/b", "/a")
    assert beneath("/a", "/a")
    assert beneath("/a", "/")
    assert not beneath("/ab", "/a")


def test_trace_finds_every_link_on_the_way(tmp_path: Path) -> None:
    (tmp_path / "real" / "deep").mkdir(parents=True)
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to(tmp_path / "real")
    links, target = trace(f"{tmp_path}/one/deep/../deep")
    assert target == f"{tmp_path}/real/deep"
    assert links == {f"{tmp_path}/one": "two", f"{tmp_path}/two": f"{tmp_path}/real"}


def test_trace_gives_up_on_a_circle(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    with pytest.raises(OSError, match="symbolic links"):
        trace(f"{tmp_path}/one")


def test_a_childs_failure_is_told() -> None:
    with pytest.raises(ChildProcessError, match="ZeroDivisionError"):
        in_child(lambda _answer: 1 / 0)
    with pytest.raises(ChildProcessError, match="ended with 3"):
        in_child(lambda _answer: os._exit(3))
    assert in_child(lambda _answer: [1, "two"]) == [1, "two"]


@needs_view
def test_what_is_readable_is_there_and_read_only(readable: Path) -> None:
    def look() -> str:
        with pytest.raises(OSError, match="Read-only") as refused:
            (readable / "file").write_text("x")
        assert refused.value.errno == errno.EROFS
        return (readable / "file").read_text()

    assert in_view(readable, look) == "to be read"


@needs_view
def test_what_is_hidden_does_not_exist(readable: Path) -> None:
    hidden = readable.parent / "hidden"
    assert in_child(lambda _answer: hidden.read_text()) == "secret"
    assert in_view(readable, hidden.exists) is False
    assert in_view(readable, lambda: sorted(os.listdir("/"))) == ["dev", "notebook", "proc", "tmp"]


@needs_view
def test_a_link_to_something_readable_still_leads_there(readable: Path) -> None:
    link = readable.parent / "link"
    link.symlink_to("readable")
    assert in_view(link, (link / "file").read_text) == "to be read"


@needs_view
def test_the_root_is_read_only_once_the_work_folder_is_made(readable: Path) -> None:
    with pytest.raises(OSError, match="Read-only"):
        in_view(readable, Path("/new").touch)


@needs_view
def test_the_scratch_file_system_has_a_size(readable: Path) -> None:
    def fill() -> int:
        with pytest.raises(OSError, match="No space left"):
            Path(WORK, "large").write_bytes(bytes(2 * MIB))
        Path(WORK, "large").unlink()
        return Path(WORK, "small").write_bytes(bytes(MIB // 2))

    assert in_view(readable, fill) == MIB // 2


@needs_view
def test_the_scratch_file_system_counts_its_files(readable: Path) -> None:
    def make_files() -> None:
        for name in range(2 * namespaces.INODES):
            os.close(os.open(f"{WORK}/{name}", os.O_CREAT | os.O_WRONLY))

    def fill() -> int:
        with pytest.raises(OSError, match="No space left"):
            make_files()
        return len(os.listdir(WORK))

    assert in_view(readable, fill, size=64 * MIB) <= namespaces.INODES  # type: ignore[operator]


@needs_view
def test_two_children_share_no_scratch(readable: Path) -> None:
    def zygote(_answer: int) -> object:
        enter()
        view = build([str(readable)])

        def child(_inner: int) -> list[str]:
            add_scratch(view, WORK, MIB, None)
            found = [name for folder in (WORK, "/tmp", "/dev/shm") for name in os.listdir(folder) if "left" in name]
            for folder in (WORK, "/tmp", "/dev/shm"):
                Path(folder, "left behind").touch()
            return found

        return [in_child(child), in_child(child)]

    assert in_child(zygote) == [[], []]


@needs_view
def test_devices_work_in_the_view(readable: Path) -> None:
    def use() -> list[int]:
        return [Path("/dev/null").write_bytes(b"x"), len(os.urandom(3)), Path("/dev/zero").open("rb").read(1)[0]]

    assert in_view(readable, use) == [1, 3, 0]


@needs_view
def test_the_host_has_another_name() -> None:
    def named(_answer: int) -> str:
        enter()
        assert namespaces.isolate(UTS) == ""
        return socket.gethostname()

    assert in_child(named) == "sandbox"


@pytest.fixture
def packages(tmp_path: Path) -> tuple[Path, list[str]]:
    """A folder of many packages, with secrets beside them and below, and all that may be read of it."""
    outer = tmp_path / "packages"
    inner = outer / "site-packages"
    inner.mkdir(parents=True)
    (outer / "secret").write_text("secret")
    (inner / "hidden").mkdir()
    (inner / "hidden" / "secret").write_text("secret")
    (outer / "alone").mkdir()
    (outer / "alone" / "secret").write_text("secret")
    (outer / "alone" / "kept").write_text("kept")
    readable = [outer / f"module{number}.py" for number in range(12)] + [inner / f"part{number}" for number in range(9)]
    for path in readable:
        path.write_text(path.name)
    (inner / "package").mkdir()
    (inner / "package" / "file").write_text("deep")
    (outer / "link").symlink_to("module1.py")
    return outer, [*map(str, readable), str(inner / "package"), str(outer / "link"), str(outer / "alone" / "kept")]


def looked_up(outer: Path) -> dict[str, object]:
    """What is to be seen of a folder of packages, and what is not."""
    inner = outer / "site-packages"
    secrets = [outer / "secret", inner / "hidden", inner / "hidden" / "secret", outer / "alone" / "secret"]
    return {
        "outer": sorted(os.listdir(outer)),
        "inner": sorted(os.listdir(inner)),
        "alone": os.listdir(outer / "alone"),
        "text": [(outer / "link").read_text(), (inner / "package" / "file").read_text()],
        "secrets": [path.name for path in secrets if path.exists() or path.is_symlink()],
        "mounts": len(Path("/proc/self/mountinfo").read_text().splitlines()),
    }


@needs_view
@pytest.mark.parametrize("overlays", [True, False])
def test_a_folder_of_packages_is_shown_without_its_secrets(
    packages: tuple[Path, list[str]], overlays: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    outer, readable = packages
    mount = namespaces.mount

    def without_overlays(source: str, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
        if kind == "overlay":
            raise OSError(errno.ENODEV, "no such file system")
        mount(source, target, kind, flags, options)

    if not overlays:
        monkeypatch.setattr(namespaces, "mount", without_overlays)

    def child(_answer: int) -> dict[str, object]:
        enter()
        view = build(readable)
        add_scratch(view, WORK, MIB, None)
        found = looked_up(outer)
        for path in (outer / "new", outer / "site-packages" / "hidden"):
            with pytest.raises(OSError, match="Read-only") as refused:
                path.touch()
            assert refused.value.errno == errno.EROFS
        return found | {"trees": list(view.trees)}

    found = in_child(child)
    modules = sorted(f"module{number}.py" for number in range(12))
    assert found["outer"] == ["alone", "link", *modules, "site-packages"]
    assert found["inner"] == sorted([*(f"part{number}" for number in range(9)), "package"])
    assert found["alone"] == ["kept"]
    assert found["text"] == ["module1.py", "deep"]
    assert found["secrets"] == []
    assert found["trees"] == ([str(outer), str(outer / "site-packages")] if overlays else [])
    assert (found["mounts"] < len(readable)) is overlays
