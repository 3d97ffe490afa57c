"""The invariants of docs/architecture.md that the code itself can show."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import autograder

PACKAGE = Path(autograder.__file__).parent
ROOT = PACKAGE.parent
TRUSTED = (
    "autograder.bank", "autograder.examination", "autograder.pipeline", "autograder.grading", "autograder.reports",
    "autograder.verification", "autograder.session.live", "autograder.course",
)  # fmt: skip
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if not path.name.endswith("_answers.py"))


def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, at the top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def modules_after(*names: str) -> set[str]:
    """What a fresh interpreter has loaded after importing ``names``."""
    code = f"import sys, {', '.join(names)}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def is_of(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


def test_the_forked_process_has_loaded_nothing_of_the_trusted_side():
    loaded = modules_after(
        "autograder.sandbox.zygote", "autograder.sandbox.worker", "autograder.sandbox.probes", "autograder.student"
    )
    assert "autograder.session.objects" in loaded
    assert sorted(module for module in loaded if is_of(module, TRUSTED)) == []


@pytest.mark.parametrize(
    "name", ["worker", "zygote", "shell", "confinement", "landlock", "seccomp", "limits", "namespaces"]
)
def test_no_file_of_the_untrusted_side_names_a_trusted_module(name):
    imported = imports_of(PACKAGE / "sandbox" / f"{name}.py")
    assert sorted(module for module in imported if is_of(module, TRUSTED)) == []


def test_the_core_needs_no_package_of_the_doors():
    loaded = modules_after("autograder.pipeline", "autograder.cli")
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


def test_importing_the_package_loads_no_torch():
    assert "torch" not in modules_after("autograder")


def test_importing_the_pytest_plugin_loads_no_torch():
    assert "torch" not in modules_after("autograder.pytest_plugin")


def test_a_students_door_starts_without_unix_modules():
    unix = {"fcntl", "grp", "pwd", "termios"}
    for path in sorted((PACKAGE / "student").rglob("*.py")):
        tops = {
            alias.name
            for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        assert not tops & (unix | {"resource"}), path


def test_nothing_unpickles():
    for path in SOURCES:
        imported = imports_of(path)
        assert not imported & {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}, path


def test_there_is_no_module_named_utils():
    assert [path for path in SOURCES if path.stem in ("utils", "helpers", "misc", "common")] == []


def test_every_module_says_its_purpose():
    for path in SOURCES:
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path
