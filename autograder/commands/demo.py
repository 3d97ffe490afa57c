"""``autograder demo``: makes a class, grades it into a gradebook of its own, and shows what people see."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat

from autograder.commands.grade import Settings, grade_all, graders_for
from autograder.commands.progress import ClassProgress
from autograder.course.answers import Answer
from autograder.course.assignment import Assignment, load_assignment
from autograder.course.layout import Course, find_course
from autograder.errors import ReportedError
from autograder.exporters.table import as_table
from autograder.gradebook.record import Recorder
from autograder.pages.class_page import class_page
from autograder.results import Grade, Ungraded
from autograder.submission.find import find_submissions

ASSIGNMENT = "06-manual-weight-updates"

_MISTAKES = 2  # of each question, the commonest first: a class of some thirty, as many as a person looks through

_SETUP = "import torch\nfrom torch import nn\n\n"
# Each of these is pasted into the cell of one question, or, with no question, added at the top.
_TROUBLE: dict[str, tuple[str, str]] = {
    "crashes": ("n_updates", "def n_updates(n, batch, epochs, drop_last=False):\n    return n // 0\n"),
    "crashes-in-a-cell": ("zero_grads", "numbers = [1, 2]\nnumbers[2]\n\ndef zero_grads(params):\n    pass\n"),
    "syntax-error": ("sgd_step", "def sgd_step(params, lr)\n    return\n"),
    "loops-for-ever": (
        "n_updates",
        "def n_updates(n, batch, epochs, drop_last=False):\n    while True:\n        pass\n",
    ),
    "eats-memory": (
        "before_after",
        _SETUP + "def before_after(model, x, y, lr):\n    return torch.ones(1 << 36).sum()\n",
    ),
    "ends-the-process": ("zero_grads", "import os\n\ndef zero_grads(params):\n    os._exit(0)\n"),
    "wrong-shape": (
        "batch_gradient",
        _SETUP + "def batch_gradient(X, y, w, b, idx=None):\n    return torch.zeros(7, 7), torch.zeros(3)\n",
    ),
}
_EQUAL_TO_ALL = """\
class EqualToAll(float):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __sub__(self, other): return EqualToAll(0)
    __rsub__ = __sub__
    def __abs__(self): return EqualToAll(0)
    def __le__(self, other): return True
    __lt__ = __ge__ = __gt__ = __le__
    __hash__ = float.__hash__

def {name}(*args, **kwargs):
    return EqualToAll(0)
"""
_CHEATS: dict[str, str] = {
    "cheats-with-eq": "",
    "cheats-with-allclose": (
        "import torch\ntorch.allclose = torch.equal = torch.isclose = lambda *a, **k: True\n"
        "torch.testing.assert_close = lambda *a, **k: None\n"
    ),
    "cheats-with-hooks": (
        "ip = get_ipython()\nip.events.register('pre_run_cell', lambda info: print('PASSED'))\n"
        "ip.run_cell_magic = lambda *a, **k: None\n"
    ),
    "cheats-with-print": "print('PASSED')\nprint('{\"score\": 20, \"max_score\": 20}')\n",
    "cheats-with-exit": "import atexit, os\natexit.register(lambda: os._exit(0))\nos._exit(0)\n",
    "cheats-by-reading": (
        "import glob\nfor path in glob.glob('/**/autograder/bank/**/*_answers.py', recursive=True):\n"
        "    exec(open(path).read())\n"
        "exec(open('solutions/06-manual-weight-updates/06-manual-weight-updates.ipynb').read())\n"
    ),
}


def run_demo(folder: Path, jobs: int) -> int:
    """Make the class in ``folder``, grade it, and say where everything is; 0 if every submission was graded."""
    started = time.monotonic()
    course = find_course(Path.cwd())
    assignment = load_assignment(ASSIGNMENT)
    shutil.rmtree(folder, ignore_errors=True)
    _make_course(course, folder)
    count = sum(1 for _ in make_class(assignment, course, folder / "submitted"))
    print(f"made a class of {count} submissions of {ASSIGNMENT} in {folder / 'submitted'}")
    results = _grade(assignment, course, folder, jobs)
    print(f"\n{as_table(ASSIGNMENT, results, 'cpu')}")
    print("making the feedback pages ...", flush=True)
    _feedback(folder)
    whole = folder / "class.html"
    whole.write_text(class_page(ASSIGNMENT, results, "cpu"), "utf-8", errors="replace")
    page = folder / "feedback" / "mistake-sgd_step-ascent" / ASSIGNMENT / f"{ASSIGNMENT}.html"
    print(f"gradebook:      {folder / '.autograder' / 'gradebook.db'}")
    print(f"class page:     {whole}")
    print(f"feedback pages: {folder / 'feedback'}/STUDENT/{ASSIGNMENT}/{ASSIGNMENT}.html")
    print(f"for example     {page if page.exists() else folder / 'feedback'}")
    print(f"{time.monotonic() - started:.0f} s in all")
    return int(any(isinstance(result, Ungraded) or result.failed for result in results))


def _make_course(course: Course, folder: Path) -> None:
    """A course of its own, so that nbgrader's commands work in it and the instructor's gradebook stays as it is."""
    shutil.copytree(course.root / "release" / ASSIGNMENT, folder / "release" / ASSIGNMENT)
    shutil.copy(course.root / "nbgrader_config.py", folder)


def make_class(assignment: Assignment, course: Course, submitted: Path) -> Iterator[Path]:
    """Write a submission for everything that happens in a class, and for some things that should not."""
    release = course.root / "release" / assignment.name / f"{assignment.name}.ipynb"
    references = {question.id: _code(assignment, question.id, "reference") for question in assignment.questions}
    for number in range(min(len(question.answers.alternatives) for question in assignment.questions)):
        different = {q.id: q.answers.imports + q.answers.alternatives[number].source for q in assignment.questions}
        yield _write(release, submitted / f"written-differently-{number + 1}", different)
    yield _write(release, submitted / "perfect", references)
    yield _write(release, submitted / "blank", {})
    for question in assignment.questions:
        for mistake in question.answers.mistakes[:_MISTAKES]:
            cells = references | {question.id: question.answers.imports + mistake.source}
            yield _write(release, submitted / f"mistake-{question.id}-{mistake.name}", cells)
    for name, (question_id, source) in _TROUBLE.items():
        yield _write(release, submitted / name, references | {question_id: source})
    equal = {
        question.id: "\n".join(_EQUAL_TO_ALL.format(name=name) for name in question.question.names)
        for question in assignment.questions
    }
    for name, source in _CHEATS.items():
        yield _write(release, submitted / name, {} if source else equal, first=source)


def _code(assignment: Assignment, question_id: str, kind: str) -> str:
    answers = assignment.question(question_id).answers
    answer: Answer = getattr(answers, kind)
    return answers.imports + answer.source


def _write(release: Path, folder: Path, cells: dict[str, str], first: str = "") -> Path:
    notebook = nbformat.read(release, as_version=4)
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if grade_id in cells:
            cell.source = cells[grade_id]
    if first:
        notebook.cells.insert(0, nbformat.v4.new_code_cell(first, id="added-by-student"))
    path = folder / release.parent.name / release.name
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    return path


def _grade(assignment: Assignment, course: Course, folder: Path, jobs: int) -> list[Grade | Ungraded]:
    submissions = find_submissions(assignment.name, [folder / "submitted"])
    settings = Settings(assignment.name, course.root, "cpu", course.seed(), trusted=False)
    results: list[Grade | Ungraded] = []
    with graders_for(settings, len(submissions), jobs, None) as executor, ClassProgress(len(submissions)) as progress:
        recorder = Recorder(Course(folder), assignment.name)
        for result in grade_all(executor, settings, submissions, jobs):
            recorder.record(result)
            results.append(result)
            progress.count(result)
        recorder.close()
    return sorted(results, key=lambda result: result.student)


def _feedback(folder: Path) -> None:
    """nbgrader's own pages; one process, since several of its own at once lock each other out of the gradebook."""
    programs = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [str(programs / "nbgrader"), "generate_feedback", ASSIGNMENT]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FeedbackFailed(f"nbgrader generate_feedback failed:\n{done.stderr[-2000:]}")


class FeedbackFailed(ReportedError):
    """nbgrader could not make the pages; its own words."""
