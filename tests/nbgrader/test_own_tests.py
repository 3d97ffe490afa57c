"""A course that the bank does not know, with the one line: the command, the API and the doctor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from percent import notebook_from

REPOSITORY = Path(__file__).resolve().parents[2]
CONFIG = """
from autograder.integrations.nbgrader import use
c = get_config()
use(c)
"""


@dataclass(frozen=True)
class Own:
    """The course's folder."""

    root: Path

    def run(self, *command: str, code: int = 0) -> str:
        """What a command of the environment says."""
        programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        told = {"PATH": programs, "PYTHONPATH": str(REPOSITORY), "OWN_TESTS_VARIABLE": "set"}
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=self.root, env={**os.environ, **told}, capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    def grades(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        """The submissions of ``autograder grade ps1 --format json``, by student."""
        report = json.loads(self.run("autograder", "grade", "ps1", "--format", "json", *arguments, code=code))
        assert report["isolation"] == "full"
        return {submission["student"]: submission for submission in report["submissions"]}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Own:
    root = tmp_path_factory.mktemp("own")
    root.chmod(0o755)
    (root / "nbgrader_config.py").write_text(CONFIG)
    node = notebook_from(Path(__file__).parent / "answers.cells")
    handed_in = {"ann": node, "bob": notebook_from(Path(__file__).parent / "answers.cells")}
    for cell in handed_in["bob"].cells:
        cell.source = cell.source.replace("return 2 * x", "return x * x").replace("return 3 * x", "return 3")
    for student, notebook in handed_in.items():
        place = root / "submitted" / student / "ps1"
        place.mkdir(parents=True)
        nbformat.write(notebook, place / "p.ipynb")
        (place / "data.txt").write_text("6" if student == "ann" else "7")
    (root / "source" / "ps1").mkdir(parents=True)
    nbformat.write(node, root / "source" / "ps1" / "p.ipynb")
    made = Own(root)
    made.run("nbgrader", "generate_assignment", "ps1")
    return made


@pytest.mark.slow
def test_each_test_cell_has_its_outcome(own: Own) -> None:
    """Marks, outcomes, words and the stamp, from the gradebook that nbgrader filled."""
    grades = own.grades()
    ann, bob = grades["ann"], grades["bob"]
    assert (ann["score"], ann["max_score"]) == (12.0, 12.0)
    assert {question["outcome"] for question in ann["questions"]} == {"correct"}
    assert bob["flags"] == ["tests ran beside the student's code"] == ann["flags"]
    told = {
        question["id"].partition("-")[2]: (question["outcome"], question["message"]) for question in bob["questions"]
    }
    assert told == {
        "right": ("correct", ""),
        "hidden": ("wrong", "AssertionError"),
        "partial": ("partial", ""),
        "words": ("wrong", "it wrote to stderr: triple(2) is not 6"),
        "file": ("wrong", "AssertionError"),
        "environment": ("correct", ""),
    }
    assert bob["score"] == 5.0


@pytest.mark.slow
def test_a_dry_run_of_one_notebook(own: Own, tmp_path: Path) -> None:
    """A folder of notebooks, by students' names; nothing is recorded, and a broken file is told with its reason."""
    node = notebook_from(Path(__file__).parent / "answers.cells")
    nbformat.write(node, tmp_path / "carl.ipynb")
    (tmp_path / "dora.ipynb").write_text("{")
    before = (own.root / "gradebook.db").read_bytes()
    grades = own.grades(str(tmp_path), "--no-gradebook", code=1)
    assert grades["carl"]["score"] == 10.0  # its data file was not handed in
    assert grades["dora"]["score"] is None
    assert grades["dora"]["error"]
    assert (own.root / "gradebook.db").read_bytes() == before
    assert not (own.root / "autograded" / "carl").exists()


@pytest.mark.slow
def test_the_api_uses_the_engine(own: Own) -> None:
    """What the formgrader's button calls: the graded notebook was made in the sandbox, where there is no network."""
    code = (
        "from nbgrader.apps import NbGraderAPI\nfrom nbgrader.apps.baseapp import NbGrader\n"
        "from nbgrader.coursedir import CourseDirectory\napp = NbGrader(); app.initialize([])\n"
        "courses = CourseDirectory(parent=app, config=app.config)\n"
        "api = NbGraderAPI(courses, config=app.config, parent=app)\n"
        "done = api.autograde('ps1', 'eve')\nassert done['success'], done\n"
    )
    node = notebook_from(Path(__file__).parent / "answers.cells")
    node.cells[0].source += "\nimport getpass, os\nwho = getpass.getuser(), os.path.exists('/home')\nprint(*who)"
    place = own.root / "submitted" / "eve" / "ps1"
    place.mkdir(parents=True)
    nbformat.write(node, place / "p.ipynb")
    (own.root / "api.py").write_text(code)
    try:
        own.run("api")
        graded = nbformat.read(own.root / "autograded" / "eve" / "ps1" / "p.ipynb", 4)
        assert graded.cells[0].outputs[0].text.startswith("student False")
    finally:
        (own.root / "api.py").unlink()


@pytest.mark.slow
def test_the_doctor_says_what_is_wrong(own: Own) -> None:
    assert "right  c.Autograde.autograde_preprocessors" in own.run("autograder", "doctor")
    config = own.root / "nbgrader_config.py"
    config.write_text(CONFIG.replace("use(c)", "c.GradeInSandbox.readable = ['nowhere']"))
    try:
        said = own.run("autograder", "doctor", code=1)
        assert "WRONG  c.Autograde.autograde_preprocessors is stock nbgrader's" in said
        assert "nowhere, which is not there" in said
    finally:
        config.write_text(CONFIG)


@pytest.mark.slow
def test_the_strict_sandbox_runs_them_in_one_process(own: Own) -> None:
    """For machines without namespaces: the same marks but where a cell needs the instructor's environment."""
    config = own.root / "nbgrader_config.py"
    config.write_text(CONFIG + "c.GradeInSandbox.sandbox = 'strict'\n")
    try:
        ann = own.grades("--no-gradebook")["ann"]
    finally:
        config.write_text(CONFIG)
    assert {question["id"].partition("-")[2]: question["score"] for question in ann["questions"]} == {
        "right": 2.0, "hidden": 2.0, "partial": 2.0, "words": 2.0, "file": 2.0, "environment": 0.0,
    }  # fmt: skip
