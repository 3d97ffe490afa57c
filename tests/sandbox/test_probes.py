"""The self-test: every probe is denied in a confined fork, and gets through where nothing confines it."""

import dataclasses
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox import landlock
from autograder.sandbox.confinement import try_out
from autograder.sandbox.layers import LAYERS, Layer, Layers
from autograder.sandbox.policy import Policy, default_readable
from autograder.sandbox.probes import Probe, run_probes, verdict

MIB = 1 << 20
ON, OFF = Layer(True, "on"), Layer(False, "off")
ALL_ON = Layers(
    root=True, abi=7, landlock=ON, seccomp=ON, no_new_privs=ON, uid=ON, user=OFF, mount=ON, network=ON, ipc=ON,
    uts=ON, tmpfs=ON, limits=ON,
)  # fmt: skip
DENIED = Probe("try", "seccomp", True, "EPERM")
GOT_THROUGH = Probe("fork", "seccomp", False, "it was done")
LINUX = Path("/proc/self/status").exists()
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
linux_only = pytest.mark.skipif(not LINUX, reason="nothing is confined on this system")
needs_landlock = pytest.mark.skipif(not LINUX or landlock.abi() == 0, reason="Landlock is missing on this kernel")

# What the kernel denies of itself, without any layer of ours.
ALWAYS_DENIED = {"be dumped or traced", "hold a folder open"}


@pytest.fixture
def secrets() -> Iterator[Path]:
    """A hidden file and a hidden folder, which modes alone would let anybody read."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        (Path(name) / "folder").mkdir(mode=0o755)
        (Path(name) / "folder" / "answer").write_text("42")
        (Path(name) / "file").write_text("42")
        (Path(name) / "file").chmod(0o666)
        yield Path(name)


def probed(secrets: Path, *disabled: str) -> tuple[Layers, tuple[Probe, ...]]:
    """The layers of a fork with some left out, and what its probes got."""
    hidden = (str(secrets / "folder"), str(secrets / "file"))
    policy = Policy(
        readable=default_readable(hidden), hidden=hidden, memory_bytes=256 * MIB, cpu_seconds=60,
        file_bytes=64 * MIB, scratch_bytes=32 * MIB, disabled=disabled,
    )  # fmt: skip

    def probe(layers: Layers) -> list[object]:
        return [layers.to_json(), [vars(result) for result in run_probes(policy)]]

    layers, results = try_out(policy, str(secrets / "work"), probe)
    return Layers.from_json(layers), tuple(Probe(**result) for result in results)


def through(probes: tuple[Probe, ...], layer: str | None = None) -> set[str]:
    return {probe.name for probe in probes if not probe.denied and layer in (None, probe.layer)}


@needs_landlock
def test_a_confined_fork_gets_nothing(secrets: Path) -> None:
    layers, probes = probed(secrets)
    assert len(probes) > 70
    assert through(probes) == set()
    assert verdict(layers, probes) == []


@linux_only
@pytest.mark.skipif(not IS_ROOT, reason="an ordinary user is denied much of it anyway")
def test_without_any_layer_every_probe_gets_through(secrets: Path) -> None:
    layers, probes = probed(secrets, *LAYERS)
    folder = secrets / "folder"
    by_kernel = {f"open {folder} to write", f"read {folder} by a hard link"}  # true of every folder
    denied = {probe.name for probe in probes if probe.denied}
    assert denied == ALWAYS_DENIED | by_kernel
    assert layers.level == "none"


@linux_only
@pytest.mark.parametrize("missing", ["seccomp", "limits"])
def test_a_layer_left_out_is_noticed_by_its_probes(secrets: Path, missing: str) -> None:
    layers, probes = probed(secrets, missing)
    assert through(probes, missing)
    assert verdict(layers, probes)


@needs_landlock
@pytest.mark.skipif(not IS_ROOT, reason="only root can hand its uid on to a submission")
def test_landlock_alone_hides_files(secrets: Path) -> None:
    _, probes = probed(secrets, "namespaces", "uid", "seccomp", "limits")
    assert through(probes, "landlock") == set()
    assert through(probes, "seccomp")


@linux_only
@pytest.mark.skipif(not IS_ROOT, reason="only root makes a view without a user namespace")
def test_a_view_and_another_user_hide_files_without_landlock(secrets: Path) -> None:
    layers, probes = probed(secrets, "landlock")
    if not layers.mount.ok:
        pytest.skip(f"mount namespaces are missing here: {layers.mount.note}")
    assert through(probes) == set()
    assert layers.level == "partial"
    assert verdict(layers, probes) == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"seccomp": OFF}, "seccomp is missing"),
        ({"no_new_privs": OFF}, "no_new_privs is missing"),
        ({"uid": OFF}, "root was not given up"),
        ({"root": False, "uid": OFF, "landlock": OFF, "mount": OFF}, "nothing hides files"),
    ],
)
def test_a_missing_layer_that_grading_demands_is_a_reason(change: dict[str, object], word: str) -> None:
    layers = dataclasses.replace(ALL_ON, **change)  # type: ignore[arg-type]
    assert [word in reason for reason in verdict(layers, [DENIED])] == [True]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"user": OFF, "mount": OFF, "network": OFF, "ipc": OFF, "uts": OFF, "tmpfs": OFF},  # namespaces: go on
        {"abi": 3},  # no scopes, no TCP rules: the seccomp probes decide
        {"landlock": OFF},  # but a view
        {"landlock": OFF, "mount": OFF},  # but a user of its own
        {"root": False, "uid": OFF, "user": ON},
    ],
)
def test_other_missing_layers_are_none(change: dict[str, object]) -> None:
    assert verdict(dataclasses.replace(ALL_ON, **change), [DENIED]) == []  # type: ignore[arg-type]


def test_a_probe_that_gets_through_is_a_reason() -> None:
    assert verdict(ALL_ON, [DENIED, GOT_THROUGH]) == ["seccomp let a submission fork: it was done"]


def test_no_probes_are_a_reason() -> None:
    assert verdict(ALL_ON, []) == ["the self-test did not run"]
