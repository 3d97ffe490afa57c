"""All layers together: what is refused before anything runs, and what honest code still can do."""

import dataclasses
import errno
import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox import confinement, namespaces
from autograder.sandbox.confinement import prepare, try_out
from autograder.sandbox.layers import Layers
from autograder.sandbox.namespaces import in_child
from autograder.sandbox.policy import Policy, default_readable
from autograder.sandbox.preconditions import ConfinementError

MIB = 1 << 20
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
linux_only = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="nothing is confined on this system")


def policy(*hidden: str, readable: tuple[str, ...] | None = None, disabled: tuple[str, ...] = ()) -> Policy:
    """A small policy for this interpreter."""
    return Policy(
        readable=default_readable(hidden) if readable is None else readable, hidden=hidden,
        memory_bytes=512 * MIB, cpu_seconds=60, file_bytes=64 * MIB, scratch_bytes=64 * MIB, disabled=disabled,
    )  # fmt: skip


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that any user may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def reason(action: object) -> str:
    """The words of a ConfinementError raised in a fork."""
    with pytest.raises(ChildProcessError) as refused:
        in_child(action)  # type: ignore[arg-type]
    return str(refused.value)


@linux_only
def test_a_hidden_path_under_a_readable_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "secret").touch()
    asked = policy(str(tmp_path / "secret"), readable=(str(tmp_path / "link"),))
    assert "lies under" in reason(lambda _answer: prepare(asked))


@linux_only
def test_an_unknown_layer_is_refused() -> None:
    assert "no such layer: landlok" in reason(lambda _answer: prepare(policy(disabled=("landlok",))))


@linux_only
def test_a_second_thread_is_refused() -> None:
    def with_thread(_answer: int) -> None:
        hold = threading.Event()
        threading.Thread(target=hold.wait, daemon=True).start()
        prepare(policy())

    assert "one thread only" in reason(with_thread)


@linux_only
def test_other_systems_and_machines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    with pytest.raises(ConfinementError, match="no list of system calls for riscv64"):
        prepare(policy())
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(ConfinementError, match="cannot be confined on darwin"):
        prepare(policy())


@linux_only
def test_a_work_folder_must_be_absolute() -> None:
    with pytest.raises(ChildProcessError, match="not valid"):
        try_out(policy(), "relative", lambda layers: layers.level)


@linux_only
@pytest.mark.skipif(not IS_ROOT, reason="only root has a user to drop to")
def test_root_that_cannot_be_dropped_usefully_is_refused(shared: Path) -> None:
    (shared / "closed" / "data").mkdir(parents=True)
    (shared / "closed").chmod(0o700)
    asked = policy(readable=(str(shared / "closed" / "data"),), disabled=("namespaces",))
    assert "lets nobody but its owner through" in reason(lambda _answer: prepare(asked))


@linux_only
@pytest.mark.skipif(not IS_ROOT, reason="only root has a user to drop to")
def test_without_landlock_and_namespaces_hidden_files_must_be_private(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shared / "hidden").mkdir(mode=0o755)
    monkeypatch.setattr("autograder.sandbox.landlock.abi", lambda: 0)
    monkeypatch.setattr("autograder.sandbox.namespaces.rehearse", lambda as_root: "refused")
    asked = policy(str(shared / "hidden"), readable=("/usr/lib",))
    assert "chmod" in reason(lambda _answer: prepare(asked))
    (shared / "hidden").chmod(0o700)
    level = try_out(asked, str(shared / "work"), lambda layers: layers.level)
    assert level == "partial"
    with pytest.raises(OSError, match="Permission denied"):
        try_out(asked, str(shared / "work"), lambda _layers: os.listdir(shared / "hidden"))


@linux_only
@pytest.mark.skipif(not IS_ROOT, reason="only root has a user to drop to")
def test_each_slot_has_its_own_user() -> None:
    def zygote(answer: int) -> list[list[int]]:
        prepared = prepare(policy())

        def child(slot: int, inner: int) -> list[int]:
            confinement.confine(prepared, slot, "/notebook" if prepared.view else f"/tmp/slot-{slot}", [answer, inner])
            return [*os.getresuid(), *os.getresgid(), *os.getgroups()]

        return [in_child(lambda inner, slot=slot: child(slot, inner)) for slot in (0, 3)]  # type: ignore[misc]

    assert in_child(zygote) == [[61000] * 6, [61003] * 6]


@linux_only
@pytest.mark.skipif(not IS_ROOT, reason="only root can become somebody else to try this")
def test_an_ordinary_user_is_confined_too(shared: Path) -> None:
    (shared / "data").mkdir(mode=0o755)
    (shared / "hidden").write_text("secret")
    asked = policy(str(shared / "hidden"), readable=("/usr/lib", str(shared / "data")))
    shared.chmod(0o777)

    def as_nobody(_answer: int) -> list[object]:
        os.setgroups([])
        os.setresgid(65534, 65534, 65534)
        os.setresuid(65534, 65534, 65534)

        def look(layers: Layers) -> list[object]:
            return [layers.uid.ok, layers.level, os.path.exists(shared / "hidden"), os.listdir(shared / "data")]

        return list(try_out(asked, str(shared / "work"), look))

    uid, level, seen, listed = in_child(as_nobody)
    assert (uid, listed) == (False, [])
    if namespaces.rehearse(IS_ROOT) == "" and level == "full":
        assert not seen
    else:
        assert level == "partial"


@linux_only
def test_descriptors_are_closed_except_those_kept() -> None:
    reader, writer = os.pipe()
    try:
        with pytest.raises(OSError, match="Bad file descriptor"):
            try_out(policy(), "/notebook", lambda _layers: os.fstat(reader).st_size)
    finally:
        os.close(reader)
        os.close(writer)


@linux_only
def test_home_and_temporary_files_are_inside() -> None:
    def settle(_layers: Layers) -> list[object]:
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"x")
            inside = file.name.startswith(os.environ["TMPDIR"])
        Path.home().joinpath(".cache").mkdir()
        return [os.getcwd(), inside, Path.home().is_relative_to(os.environ["TMPDIR"])]

    assert try_out(policy(), "/notebook", settle) == ["/notebook", True, True]


COURSE = """
import io, os, numpy as np, pandas as pd, torch, matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
from torch.utils.data import DataLoader, TensorDataset
torch.manual_seed(0)
x = torch.randn(32, 3); y = x @ torch.tensor([1., -2., 3.])
model = torch.nn.Linear(3, 1)
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
for _ in range(20):
    for a, b in DataLoader(TensorDataset(x, y), batch_size=8, shuffle=True, num_workers=0):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(model(a).squeeze(1), b)
        loss.backward(); optimizer.step()
torch.save(model.state_dict(), "model.pt")
model.load_state_dict(torch.load("model.pt", weights_only=True))
plt.plot([1, 2], [3, 4]); plt.title("loss"); plt.savefig("plot.png")
pd.DataFrame({"a": [1, 2]}).to_csv("table.csv", index=False)
np.save("array.npy", np.arange(3))
import asyncio, colorsys, shutil, sqlite3, wave
shutil.copy2("table.csv", "copy.csv")
asyncio.run(asyncio.sleep(0))
import psutil
done = [len(pd.read_csv("copy.csv")), int(np.load("array.npy").sum()), os.path.getsize("plot.png") > 1000,
        float(loss.detach()) < 10, psutil.Process().memory_info().rss > 0, torch.get_num_threads()]
"""


@linux_only
@pytest.mark.slow
def test_a_lesson_runs_confined() -> None:
    for module in ("torch", "pandas", "matplotlib", "psutil"):
        pytest.importorskip(module)

    def zygote(answer: int) -> object:
        import torch

        torch.set_num_threads(1)
        prepared = prepare(dataclasses.replace(policy(), memory_bytes=2048 * MIB))

        def child(inner: int) -> object:
            confinement.confine(prepared, 0, "/notebook", [answer, inner])
            names: dict[str, object] = {}
            exec(COURSE, names)
            return names["done"]

        return in_child(child)

    assert in_child(zygote) == [2, 3, True, True, True, 1]


@linux_only
def test_landlock_allows_a_folder_of_packages_as_it_is_shown(shared: Path) -> None:
    """One rule for all that may be read of a folder; what lies beside it has no rule and no name."""
    packages = shared / "packages"
    packages.mkdir()
    for number in range(12):
        (packages / f"module{number}.py").write_text("x = 1")
    secret = packages / "secret.py"
    secret.write_text("secret")
    readable = tuple(str(packages / f"module{number}.py") for number in range(12))

    def look(_layers: Layers) -> list[object]:
        with pytest.raises(OSError, match="secret") as refused:
            secret.read_text()
        return [(packages / "module3.py").read_text(), refused.value.errno in (errno.ENOENT, errno.EACCES)]

    assert try_out(policy(str(secret), readable=readable), "/notebook", look) == ["x = 1", True]

    def rules(_answer: int) -> int:
        return len(prepare(policy(str(secret), readable=readable)).rules)

    counted = in_child(rules)
    assert counted < (12 if namespaces.rehearse(IS_ROOT) == "" else 30)
