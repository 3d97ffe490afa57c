"""The invariants of docs/architecture.md that the code itself can show: trust is a folder, and imports run one way."""

from __future__ import annotations

import ast
import graphlib
import subprocess
import sys
from pathlib import Path

import pytest

import autograder

PACKAGE = Path(autograder.__file__).parent
ROOT = PACKAGE.parent
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if not path.name.endswith("_answers.py"))
LEAVES = {"errors", "results", "version"}  # single files that anybody may import

# What a student's process may load, and what may run in a student's own kernel; the rest is trusted.
UNTRUSTED = {"cells", "worker", "sandbox", "protocol", "remote"}
KERNEL = {"cells", "student", "checks", "judging", "remote", "protocol", "course"}
MOST_LEVELS = 10  # of folders, on top of each other; a change for the worse is seen


def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, at the top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room_of(module: str) -> str | None:
    """The folder or single file of the package that a module is in; None for others and for the package itself."""
    parts = module.split(".")
    if parts[0] != "autograder" or len(parts) < 2 or not _exists(parts[1]):
        return None
    return parts[1]


def _exists(room: str) -> bool:
    return (PACKAGE / room).is_dir() or (PACKAGE / f"{room}.py").is_file()


def arrows() -> dict[str, set[str]]:
    """Which folder imports from which others, counted over all files and functions."""
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        rooms = {room_of(name) for name in imports_of(path)} - {None, room}
        found.setdefault(room, set()).update(name for name in rooms if name)
    return found


def modules_after(*names: str) -> set[str]:
    """What a fresh interpreter has loaded after importing ``names``."""
    code = f"import sys, {', '.join(names)}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def is_of(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


@pytest.mark.parametrize("room", sorted(UNTRUSTED))
def test_a_students_process_may_load_nothing_of_the_trusted_side(room: str) -> None:
    assert arrows()[room] <= UNTRUSTED | LEAVES


@pytest.mark.parametrize("room", sorted(KERNEL))
def test_a_students_kernel_may_load_nothing_of_the_trusted_side(room: str) -> None:
    assert arrows()[room] <= KERNEL | LEAVES


@pytest.mark.parametrize("leaf", sorted(LEAVES))
def test_what_anybody_may_import_imports_nothing_of_ours(leaf: str) -> None:
    assert arrows()[leaf] == set()


def test_imports_between_folders_run_one_way_and_are_few_levels_deep() -> None:
    graph = arrows()
    order = graphlib.TopologicalSorter(graph)
    order.prepare()  # raises CycleError, with the circle, where imports run back up
    levels: list[list[str]] = []
    while order.is_active():
        ready = sorted(order.get_ready())
        levels.append(ready)
        order.done(*ready)
    print()
    for number, rooms in enumerate(levels, start=1):
        for room in rooms:
            print(f"{number:2}  {room:14} -> {', '.join(sorted(graph.get(room, ())))}")
    print(f"{len(levels)} levels, {sum(map(len, graph.values()))} arrows")
    assert len(levels) <= MOST_LEVELS


def test_the_forked_process_has_loaded_nothing_of_the_trusted_side() -> None:
    loaded = modules_after(
        "autograder.worker.zygote", "autograder.worker.worker", "autograder.sandbox.probes", "autograder.student"
    )
    assert "autograder.remote.objects" in loaded
    rooms = {room_of(module) for module in loaded} - {None}
    assert rooms <= UNTRUSTED | KERNEL | LEAVES


def test_the_core_needs_no_package_of_the_doors() -> None:
    loaded = modules_after("autograder.grader.grader", "autograder.cli")
    doors = (
        "nbgrader",
        "jupyterlab",
        "jupyter_server",
        "notebook",
        "distributed",
        "dask",
        "psycopg2",
        "sqlalchemy",
        "nbconvert",
    )
    assert sorted(module for module in loaded if is_of(module, doors)) == []


def test_importing_the_package_loads_no_torch() -> None:
    assert "torch" not in modules_after("autograder")


def test_importing_the_pytest_plugin_loads_no_torch() -> None:
    assert "torch" not in modules_after("autograder.integrations.pytest_plugin")


def test_a_students_door_starts_without_unix_modules() -> None:
    unix = {"fcntl", "grp", "pwd", "termios"}
    for path in sorted((PACKAGE / "student").rglob("*.py")):
        tops = {
            alias.name
            for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        assert not tops & (unix | {"resource"}), path


def test_nothing_unpickles() -> None:
    for path in SOURCES:
        imported = imports_of(path)
        assert not imported & {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}, path


def test_there_is_no_module_named_utils() -> None:
    assert [path for path in SOURCES if path.stem in ("utils", "helpers", "misc", "common")] == []


def test_every_module_says_its_purpose() -> None:
    for path in SOURCES:
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


def test_no_function_is_longer_than_a_screen() -> None:
    """The codec's tables of cases aside, and what is generated."""
    apart = {PACKAGE / "protocol" / "encoder.py", PACKAGE / "protocol" / "decoder.py"}
    for path in SOURCES:
        if path in apart or "generated" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 60, f"{path}: {node.name}"
