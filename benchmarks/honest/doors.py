"""The doors through which a notebook gets its marks: for each, the questions that are not right at it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry

from autograder.course.assignment import load_assignment
from autograder.course.layout import Course
from autograder.grader.grader import Grader
from autograder.results import Grade, Outcome
from autograder.submission.find import find_submissions
from benchmarks.honest.draft import ROOT, Habit, grade_id_of

Lost = dict[str, str]
"""Questions that are not right, each with what was said."""
Told = dict[str, dict[str, Lost]]
"""For each verdict, and each notebook, what was lost."""
PROGRAMS = Path(sys.executable).parent
# What students have at home and the grader has not, as far as the notebooks use it: any name is there, and does nothing.
AT_HOME = (
    "seaborn", "sklearn", "sklearn/preprocessing", "scipy", "scipy/special", "torchvision", "torchinfo", "jaxtyping",
    "ipywidgets", "tensorboard", "wandb",
)  # fmt: skip
_ANYTHING = """
class _Anything:
    def __getattr__(self, name): return self
    def __call__(self, *args, **kwargs): return self
    def __getitem__(self, item): return self
    def __iter__(self): return iter(())
    def __enter__(self): return self
    def __exit__(self, *problem): return None
__path__ = []
def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Anything()
"""


class Class:
    """The notebooks of one assignment, handed in as a class of which each student has one habit."""

    def __init__(self, assignment: str, habits: Mapping[str, Habit], folder: Path) -> None:
        self.assignment = assignment
        self.habits = habits
        self.folder = folder
        self.questions = tuple(question.id for question in load_assignment(assignment).questions)
        self.course = folder / "course"
        _make_course(self.course, assignment)
        for name, habit in habits.items():
            habit.draft().save(self.path(name))
            shutil.copytree(ROOT / "datasets", self.path(name).parent / "datasets", dirs_exist_ok=True)

    def path(self, name: str) -> Path:
        """Where a student's notebook lies."""
        return self.course / "submitted" / name / self.assignment / f"{self.assignment}.ipynb"

    def graded(self, names: Sequence[str]) -> Told:
        """``autograder grade``."""
        found: dict[str, Lost] = {}
        with Grader(self.assignment, Course(self.course)) as grader:
            for result in grader.grade(find_submissions(self.assignment, [self.course / "submitted"])):
                if isinstance(result, Grade):
                    lost = (q for q in result.questions if q.outcome is not Outcome.CORRECT)
                    found[result.student] = {q.id: f"{q.outcome}: {q.message}" for q in lost}
                else:
                    found[result.student] = dict.fromkeys(self.questions, result.reason)
        return {"grade": found}

    def checked(self, names: Sequence[str]) -> Told:
        """``autograder check``."""
        paths = [str(self.path(name)) for name in names]
        command = [sys.executable, "-m", "benchmarks.honest.forked_checks", *paths]
        subprocess.run(command, env=_environment(), capture_output=True, check=True)
        found = {}
        for name in names:
            told = Path(f"{self.path(name)}.checked").read_text("utf-8", "replace")
            right = set(re.findall(r"^(\w+) .* right so far$", told, re.MULTILINE))
            found[name] = {q: told[-1500:] for q in self.questions if q not in right}
        return {"check": found}

    def by_stock(self, names: Sequence[str]) -> Told:
        """Stock nbgrader in real Jupyter kernels: the same tests as assert cells, and above each what ``check`` shows."""
        course = self.folder / "stock"
        _make_course(course, self.assignment, ours=False)
        for name in names:
            shutil.copytree(self.course / "submitted" / name, course / "submitted" / name)
        marks = self._by_nbgrader(course, names, _environment(at_home(self.folder)))
        shown = {}
        for name in names:
            path = course / "autograded" / name / self.assignment / f"{self.assignment}.ipynb"
            text = path.read_text("utf-8") if path.exists() else ""
            shown[name] = {q: _shown(text, q) for q in self.questions if f"{q}: right so far" not in text}
        return {"kernel": shown, "stock": marks}

    def by_nbgrader(self, names: Sequence[str]) -> Told:
        """``nbgrader autograde`` on this engine."""
        return {"nbgrader": self._by_nbgrader(self.course, names, _environment())}

    def _by_nbgrader(self, course: Path, names: Sequence[str], environment: dict[str, str]) -> dict[str, Lost]:
        for command in (
            ["generate_assignment", self.assignment, "--create", "--force"],
            ["autograde", self.assignment],
        ):
            done = subprocess.run(
                [PROGRAMS / "nbgrader", *command],
                cwd=course,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
        told = done.stderr
        found = {}
        kept = course / ".autograder" / "gradebook.db"
        with Gradebook(f"sqlite:///{kept if kept.exists() else course / 'gradebook.db'}") as gradebook:
            for name in names:
                found[name] = dict.fromkeys(self.questions, f"no marks: {told[-400:]}")
                try:
                    grades = gradebook.find_submission_notebook(self.assignment, self.assignment, name).grades
                except MissingEntry:
                    continue
                scores = {grade.name.removeprefix("test-"): (grade.auto_score, grade.max_score) for grade in grades}
                found[name] = {
                    q: f"{scores.get(q)}" for q in self.questions if q not in scores or scores[q][0] != scores[q][1]
                }
        return found


DOORS: dict[str, Callable[[Class, Sequence[str]], Told]] = {
    "grade": Class.graded,
    "stock": Class.by_stock,
    "check": Class.checked,
    "nbgrader": Class.by_nbgrader,
}


def at_home(folder: Path) -> Path:
    """A folder with stand-ins for what a student has installed."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    for name in AT_HOME:
        (home / name).mkdir(exist_ok=True)
        (home / name / "__init__.py").write_text(_ANYTHING)
    return home


def _make_course(folder: Path, assignment: str, *, ours: bool = True) -> None:
    (folder / "source").mkdir(parents=True)
    shutil.copytree(ROOT / "source" / assignment, folder / "source" / assignment)
    shutil.copytree(ROOT / "datasets", folder / "datasets")
    if ours:
        shutil.copy(ROOT / "nbgrader_config.py", folder)
        return
    path = folder / "source" / assignment / f"{assignment}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        question = grade_id_of(cell).removeprefix("test-")
        if cell.cell_type == "code" and grade_id_of(cell).startswith("test-"):
            cell.source = (
                "from autograder import check\nfrom benchmarks.honest.in_place import assert_question\n"
                f'print(check("{question}"))\n'
                f'assert_question("{assignment}", "{question}", globals())'
            )
    nbformat.write(notebook, path)


def _environment(*folders: Path) -> dict[str, str]:
    return os.environ | {
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(map(str, (*folders, ROOT))),
        "OMP_NUM_THREADS": "1",
        "MPLBACKEND": "agg",
    }


def _shown(text: str, question: str) -> str:
    """What ``check`` said of a question, in a notebook that was run."""
    found = re.search(rf'"({question}: [^"]*)"', text)
    return "nothing" if found is None else found[1]
