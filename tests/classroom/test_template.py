"""What students, Classroom 50 and Gradescope get: complete, and, but for Gradescope, without a secret."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import unittest.mock
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
import yaml
from IPython.core.inputtransformer2 import TransformerManager

from autograder.authoring.release.leaks import find_leaks
from autograder.course.assignment import assignment_names, load_assignment
from autograder.errors import UsageError
from autograder.integrations.classroom.installer import with_installer
from tests.conftest import EVERY_NIGHT

from .actions import checkout as checkout_of
from .actions import setup_python
from .conftest import ASSIGNMENT, ROOT, NotebookText, command, load_json, mistake
from .runner import Runner

_TEXTS = {".py", ".json", ".ipynb", ".md", ".yml", ".txt", ".csv"}


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text in a folder, also inside its wheels."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                for name in wheel.namelist():
                    if Path(name).suffix in _TEXTS:
                        yield f"{path.name}/{name}", wheel.read(name).decode("utf-8")
        elif path.suffix in _TEXTS:
            yield str(path.relative_to(folder)), path.read_text("utf-8")


def test_the_template_is_complete(template: Path) -> None:
    """Everything that the README for students speaks of is there, and every placeholder is filled."""
    files = {str(path.relative_to(template)) for path in template.rglob("*") if path.is_file()}
    assert {
        f"{ASSIGNMENT}.ipynb", "README.md", "requirements.txt", ".gitignore", ".github/workflows/classroom.yml",
        ".devcontainer/devcontainer.json", ".devcontainer/Dockerfile", ".autograder/requirements-ci.txt",
        ".autograder/constraints.txt", "datasets/four_points.csv",
    } <= files  # fmt: skip
    assert "@NOTEBOOK@" not in "".join(text for name, text in texts(template) if ".whl/" not in name)
    container = load_json(template / ".devcontainer" / "devcontainer.json")
    assert container["postAttachCommand"]["JupyterLab"].endswith(f" {ASSIGNMENT}.ipynb"), "it opens JupyterLab"
    for line in (template / "requirements.txt").read_text("utf-8").splitlines():
        if line.startswith("./"):
            assert (template / line).is_file()
    for name in ("requirements.txt", ".autograder/requirements-ci.txt"):  # Linux would get CUDA otherwise
        assert "whl/cpu" in (template / name).read_text("utf-8")


def test_the_notebook_has_no_link_that_leads_out_of_the_repository(template: Path) -> None:
    """Another assignment's folder is not there; its name is, as words, and one line says where the others are."""
    notebook = nbformat.read(template / f"{ASSIGNMENT}.ipynb", as_version=4)
    released = nbformat.read(ROOT / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    texts = [cell.source for cell in notebook.cells]
    assert not [text for text in texts if "](../" in text]
    assert "".join(texts).count("The others come in repositories of their own") == 1
    linked = "".join(cell.source for cell in released.cells)
    words = re.findall(r"\[(\d\d · [^\]]+)\]\(\.\./", linked.replace("[All assignments]", ""))
    assert any(word in "".join(texts) for word in words)
    (installer,) = [cell for cell in notebook.cells if cell.id == "install-the-checks"]
    notebook.cells.remove(installer)
    for cell, before in zip(notebook.cells, released.cells, strict=True):
        assert cell.metadata == before.metadata
        assert cell.cell_type == "markdown" or cell.source == before.source


def test_a_folded_first_cell_installs_the_checks_only_where_they_are_missing(template: Path) -> None:
    notebook = nbformat.read(template / f"{ASSIGNMENT}.ipynb", as_version=4)
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    assert cell.metadata["jupyter"]["source_hidden"], "folded in JupyterLab and VS Code"
    assert cell.metadata["cellView"] == "form", "folded in Colab"
    typed: list[str] = []

    class Shell:
        def run_line_magic(self, name: str, line: str, *rest: object) -> None:
            typed.append(f"{name} {line}")

    code = TransformerManager().transform_cell(cell.source)
    exec(code, {"get_ipython": Shell})
    assert typed == [], "the checks are here"
    missing = {name: None for name in sys.modules if name.partition(".")[0] == "autograder"}
    with unittest.mock.patch.dict(sys.modules, missing | {"autograder": None}), contextlib.chdir(template):
        exec(code, {"get_ipython": Shell})
    (line,) = typed
    assert line.startswith("pip install --quiet --extra-index-url https://download.pytorch.org/whl/cpu ")


def test_a_notebook_that_is_opened_alone_gets_the_wheel_from_its_repository() -> None:
    bare = json.dumps({"cells": [{"cell_type": "code", "source": []}]}).encode()
    told = json.loads(with_installer(bare, ".autograder/a.whl", "", "https://github.com/org/repo.git"))
    assert '"https://raw.githubusercontent.com/org/repo/HEAD/.autograder/a.whl"' in "".join(told["cells"][0]["source"])
    for address in ("http://github.com/org/repo", "https://example.org/a/b", 'https://github.com/a/b"; x="'):
        with pytest.raises(UsageError, match="no address"):
            with_installer(bare, "a.whl", "", address)


def test_nothing_secret_is_in_the_template(template: Path) -> None:
    """No answer, no mistake's code, no hidden test, no seed and no module of the bank, also not inside the wheels."""
    found = dict(texts(template))
    assert len(found) > 50
    assert list(find_leaks(found, [load_assignment(name) for name in assignment_names()])) == []
    assert not [name for name in found if "/bank/" in name or "_answers" in name or name.endswith("seed")]
    assert "BEGIN SOLUTION" not in found[f"{ASSIGNMENT}.ipynb"]
    assert "BEGIN HIDDEN" not in found[f"{ASSIGNMENT}.ipynb"]


def test_the_search_finds_a_secret_that_is_put_in(
    template: Path, tmp_path: Path, wheels: Path, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An answer in the notebook, or in a wheel, is found, so that the command refuses."""
    course = tmp_path / "course"
    shutil.copytree(checkout, course)
    path = course / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    text = path.read_text("utf-8")
    answer = load_assignment(ASSIGNMENT).question("sgd_step").answers.reference.source
    notebook = json.loads(text)
    notebook["cells"].append({"cell_type": "raw", "metadata": {}, "source": answer.splitlines(keepends=True)})
    path.write_text(json.dumps(notebook), "utf-8")
    assert command(course, "classroom", "template", ASSIGNMENT, str(tmp_path / "out"), "--wheels", str(wheels)) == 1
    assert "sgd_step" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_empty_is_left_alone(
    template: Path, checkout: Path, wheels: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second run refuses; it is wrong usage."""
    assert command(checkout, "classroom", "template", ASSIGNMENT, str(template), "--wheels", str(wheels)) == 2
    assert "not empty" in capsys.readouterr().err


@EVERY_NIGHT
def test_the_autograder_for_classroom_50(
    checkout: Path, wheels: Path, runner_python: Path, tmp_path: Path, notebook_text: NotebookText
) -> None:
    """As Classroom 50 runs it: in the student's checkout, with its variables; ./result.json and exit 0."""
    bundle, student = tmp_path / "bundle", tmp_path / "student"
    assert command(checkout, "classroom", "classroom50", ASSIGNMENT, str(bundle), "--wheels", str(wheels)) == 0
    assert list(find_leaks(dict(texts(bundle)), [load_assignment(ASSIGNMENT)])) == []
    student.mkdir()
    (student / f"{ASSIGNMENT}.ipynb").write_text(notebook_text(mistake("zero_grads", "zeroes_weights")), "utf-8")
    (student / "torch.py").write_text("raise SystemExit('the student shadows torch')")
    # What it would install is taken from the environment that stands in for a runner's.
    script = (bundle / "autograder.py").read_text("utf-8")
    assert "venv.create(folder, with_pip=True)" in script
    script = script.replace("venv.create(folder, with_pip=True)", f"folder = Path({str(runner_python.parent)!r})")
    (bundle / "autograder.py").write_text(script, "utf-8")
    environment = os.environ | {
        "CLASSROOM": "cs", "ASSIGNMENT": "hw6", "USERNAME": "ada", "SUBMISSION_TAG": "submit/1", "COMMIT_URL": "c",
        "RELEASE_URL": "r", "PIP_NO_INDEX": "1",
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, bundle / "autograder.py"], cwd=student, env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    result = load_json(student / "result.json")
    assert (result["classroom"], result["assignment"], result["owner"]) == ("cs", "hw6", "ada")
    assert 0 < result["score"] < result["max-score"]


def test_the_zip_for_gradescope(checkout: Path, tmp_path: Path, notebook_text: NotebookText) -> None:
    """setup.sh and run_autograder at its root, executable; run_autograder writes results.json, or none at all."""
    archive = tmp_path / "autograder.zip"
    assert command(checkout, "classroom", "gradescope", ASSIGNMENT, str(archive)) == 0
    root = tmp_path / "autograder"
    with zipfile.ZipFile(archive) as file:
        assert all(file.getinfo(name).external_attr >> 16 == 0o755 for name in ("setup.sh", "run_autograder"))
        file.extractall(root / "source")
    for script in ("setup.sh", "run_autograder"):
        assert subprocess.run(["bash", "-n", root / "source" / script]).returncode == 0
    # setup.sh needs Gradescope's machine; the environment that it would make is this one.
    (root / "venv" / "bin").mkdir(parents=True)
    (root / "venv" / "bin" / "autograder").symlink_to(Path(sys.executable).with_name("autograder"))
    (root / "submission" / "inside").mkdir(parents=True)
    submitted = root / "submission" / "inside" / "my work.ipynb"
    submitted.write_text(notebook_text(mistake("sgd_step", "ascent")), "utf-8")
    (root / "submission" / "conftest.py").write_text("raise SystemExit('not the notebook')")
    environment = os.environ | {"AUTOGRADER_ROOT": str(root)}
    ran = subprocess.run(["bash", root / "source" / "run_autograder"], env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    result = load_json(root / "results" / "results.json")
    assert result["score"] > 0
    assert {test["visibility"] for test in result["tests"]} == {"visible", "after_published"}
    (root / "results" / "results.json").unlink()
    program = root / "venv" / "bin" / "autograder"
    program.unlink()
    program.write_text("#!/bin/bash\nfor last; do :; done; echo '{}' > \"$last\"; exit 1\n")  # no mark
    program.chmod(0o755)
    ran = subprocess.run(["bash", root / "source" / "run_autograder"], env=environment, capture_output=True, text=True)
    assert ran.returncode == 1
    assert [path.name for path in (root / "results").iterdir()] == ["not-graded.json"]


WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"


def test_our_own_workflow_runs_what_ci_runs() -> None:
    """The course's job runs `.ci/run`, of which this test is a part; the students' runs on three systems."""
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    assert [step["run"] for step in workflow["jobs"]["course"]["steps"] if "run" in step] == [".ci/run"]
    systems = workflow["jobs"]["student"]["strategy"]["matrix"]["os"]
    assert [system.partition("-")[0] for system in systems] == ["ubuntu", "macos", "windows"]


def test_the_students_part_of_our_own_workflow(wheels: Path, runner_python: Path, tmp_path: Path) -> None:
    """On the student's wheel alone, a solution passes every visible check; one of them, to save time."""
    source, programs = tmp_path / "source", tmp_path / "programs"
    shutil.copytree(ROOT / "solutions" / ASSIGNMENT, source / "solutions" / ASSIGNMENT)
    (source / "constraints.txt").touch()
    programs.mkdir()
    python = runner_python / "python"
    (wheel,) = wheels.glob("firststeps_autograder_student-*.whl")
    # The wheel of packaging/student is built already; what it needs is in the environment.
    install = f"exec {python} -m pip install --quiet --no-index --no-deps {wheel}"
    (programs / "python").write_text(
        f'#!/bin/bash\n[ "$1 $2 $3" != "-m pip install" ] || {install}\nexec {python} "$@"\n'
    )
    (programs / "python").chmod(0o755)
    (programs / "autograder").symlink_to(runner_python / "autograder")
    runner = Runner(
        workspace=tmp_path / "workspace",
        temp=tmp_path / "temp",
        actions={"actions/checkout": checkout_of(source), "actions/setup-python": setup_python(programs)},
        contexts={"matrix": {"os": "ubuntu-latest"}, "vars": {}},
    )
    assert runner.run(WORKFLOW, "student") == "success", [(step.name, step.output) for step in runner.steps]
