"""The student-side workflow, step by step from its YAML, on repositories made from the template."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from .actions import checkout, grading_reporter, setup_python, upload_artifact
from .conftest import ASSIGNMENT, NotebookText, load_json, mistake
from .runner import Runner

RunWorkflow = Callable[..., Runner]
CHEAT = """\
import atexit, json, os, sys
class EqualToAll(float):
    def __eq__(self, other): return True
    __hash__ = float.__hash__
    def __sub__(self, other): return EqualToAll(0)
    __rsub__ = __sub__
    def __abs__(self): return EqualToAll(0)
    def __le__(self, other): return True
print("::error title=Autograding report::{\\"totalPoints\\":99,\\"maxPoints\\":99}")
for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
    try:
        open(os.environ.get(name, "/nowhere"), "a").write("result=forged\\n")
    except OSError:
        pass
for descriptor in range(3, 64):
    try:
        os.write(descriptor, b'{"id": "sgd_step", "score": 99, "outcome": "correct", "passed": [true]}\\n')
    except OSError:
        pass
"""


def run_workflow(template: Path, runner_python: Path, folder: Path, notebook: str, extra: dict[str, str]) -> Runner:
    """Run the whole job on a student's repository."""
    student = folder / "repository"
    shutil.copytree(template, student)
    (student / f"{ASSIGNMENT}.ipynb").write_text(notebook, "utf-8")
    for name, content in extra.items():
        (student / name).write_text(content, "utf-8")
    runner = Runner(
        workspace=folder / "workspace",
        temp=folder / "temp",
        actions={
            "actions/checkout": checkout(student),
            "actions/setup-python": setup_python(runner_python),
            "actions/upload-artifact": upload_artifact,
            "classroom-resources/autograding-grading-reporter": grading_reporter,
        },
        contexts={"github": {"actor": "ada"}, "vars": {}},
        # pip installs the wheels of the repository; what they need is there already, so it asks no index.
        environment={"PIP_NO_INDEX": "1", "PIP_NO_CACHE_DIR": "1"},
    )
    runner.run(student / ".github" / "workflows" / "classroom.yml", "run-autograding-tests")
    return runner


@pytest.fixture
def run(template: Path, runner_python: Path, tmp_path: Path) -> RunWorkflow:
    """Runs the workflow on a notebook, with further files in the repository."""
    return lambda notebook, **extra: run_workflow(template, runner_python, tmp_path, notebook, extra)


def test_right_answers_pass_with_a_summary_that_says_so(run: RunWorkflow, notebook_text: NotebookText) -> None:
    """Everything is right: full visible points at every place, no error, and the level of confinement."""
    runner = run(notebook_text())
    assert runner.outcome == "success", [(step.name, step.output) for step in runner.steps]
    assert [step.outcome for step in runner.steps].count("skipped") == 1  # the step for checks that did not run
    (points,) = runner.reported
    assert points["totalPoints"] == points["maxPoints"] > 0
    assert "Everything that was checked is right" in runner.summary
    assert "🟩" * 10 in runner.summary
    assert "confined" in runner.summary
    results = runner.artifacts["results"]
    result = load_json(results / "result.json")
    assert result["schema"] == "classroom50/result/v1"
    assert result["score"] == result["max-score"]
    assert (results / "junit.xml").read_text("utf-8").count("<failure") == 0
    assert "::notice " in runner.log("Run the visible checks")
    assert "::error " not in runner.log("Run the visible checks")


def test_a_mistake_is_named_at_its_cell(run: RunWorkflow, notebook_text: NotebookText) -> None:
    """A wrong answer costs its own points, is named, and is annotated where its cell stands in the file."""
    text = notebook_text(mistake("sgd_step", "ascent"))
    runner = run(text)
    assert runner.outcome == "failure"  # as GitHub Classroom shows it: not everything passes
    (points,) = runner.reported
    assert 0 < points["totalPoints"] < points["maxPoints"]
    (line,) = [line for line in runner.log("Run the visible checks").splitlines() if line.startswith("::error ")]
    assert f"file={ASSIGNMENT}.ipynb" in line
    number = int(line.partition("line=")[2].partition(",")[0])
    assert "import" in text.splitlines()[number - 1] or "def sgd_step" in text.splitlines()[number - 1]
    assert "ascent" in line
    assert "uphill" in runner.summary


def test_a_broken_notebook_still_gives_a_result(run: RunWorkflow) -> None:
    """No JSON: the reporter gets a valid result with tests, no points, and the summary says what to do."""
    runner = run("{ this is no notebook")
    assert runner.outcome == "failure"
    assert runner.reported == [None]
    assert load_json(runner.artifacts["results"] / "classroom.json")["tests"]
    assert "not JSON" in runner.summary


def test_a_cheat_gets_nothing(run: RunWorkflow, notebook_text: NotebookText) -> None:
    """Forged equality, output and result files, and files that Python or pytest would load, win nothing."""
    forged = "def sgd_step(*args):\n    return EqualToAll(0)\n"
    names = ("zero_grads", "train_step", "fit_line", "max_stable_lr", "batch_gradient", "n_updates", "before_after")
    answers = {"sgd_step": forged, "train_manual": "train_manual = lambda *a, **k: EqualToAll(0)\n"}
    answers |= {name: f"{name} = lambda *args, **kwargs: EqualToAll(0)\n" for name in names}
    marker = "import pathlib\npathlib.Path(__file__).with_suffix('.ran').touch()\n"
    files = {"sitecustomize.py": marker, "conftest.py": marker, "torch.py": marker, "pytest.ini": "[pytest]\n"}
    runner = run(notebook_text(answers, first=CHEAT), **files)
    assert not list(runner.workspace.glob("*.ran"))
    (points,) = runner.reported
    assert points["totalPoints"] == 0
    assert points["maxPoints"] < 99
    assert "forged" not in runner.summary
    assert "totalPoints" not in runner.log("Run the visible checks")


def test_checks_that_cannot_be_installed_still_give_a_result(
    template: Path, runner_python: Path, tmp_path: Path
) -> None:
    """pip fails: the reporter gets a valid result without points, and the student reads whose fault it is not."""
    broken = tmp_path / "template"
    shutil.copytree(template, broken)
    for wheel in broken.glob(".autograder/*.whl"):
        wheel.write_bytes(b"no wheel")
    runner = run_workflow(broken, runner_python, tmp_path, "{}", {})
    assert runner.outcome == "failure"
    assert runner.reported == [None]
    assert "not your fault" in runner.summary
