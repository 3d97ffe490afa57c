"""The pytest plugin: what a grading test gets, and ``pytest --submission`` as a door of its own.

``pytest autograder/bank/parameter_counting --submission PATH --device cpu`` grades one notebook. The
other doors call the same tests with the same fixtures, without pytest's runner (``Attempt.run``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from autograder.course.question import GradingTest, QuestionModule
    from autograder.grader.attempt import Attempt
    from autograder.integrations.pytest_sitting import Sitting
    from autograder.judging.inputs import Draw
    from autograder.remote.proxy import Student

SITTING = pytest.StashKey["Sitting"]()
_QUESTIONS = pytest.StashKey[dict[str, "QuestionModule"]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--submission`` and ``--device``."""
    group = parser.getgroup("autograder", "grading one notebook")
    group.addoption("--submission", metavar="NOTEBOOK", help="the notebook that the grading tests judge")
    group.addoption("--device", default="cpu", choices=("cpu", "cuda", "auto"), help="where answers are computed")
    group.addoption(
        "--course-seed", type=int, metavar="N", help="seed of the hidden inputs (default: the course's own)"
    )


def pytest_configure(config: pytest.Config) -> None:
    """The marks of grading tests."""
    config.addinivalue_line("markers", "points(n): what passing this grading test is worth")
    config.addinivalue_line("markers", "visible: students' own check runs this test too, on recorded inputs")
    config.addinivalue_line("markers", "cuda: needs a GPU; reported as not run without one")
    if config.getoption("submission", None):
        config.pluginmanager.register(_OneNotebook(config), "autograder-one-notebook")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """In a folder of the bank every question is a test file, though its name does not start with ``test_``."""
    if parent.config.getoption("submission", None) is None or parent.session.isinitpath(file_path):
        return None  # a file that is named on the command line is collected by pytest itself
    is_question = file_path.suffix == ".py" and file_path.with_name(f"{file_path.stem}_answers.py").exists()
    if not is_question or file_path.parent.parent != Path(__file__).parents[1] / "bank":
        return None
    module: pytest.Module = pytest.Module.from_parent(parent, path=file_path)
    return module


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests that need a GPU are reported as not run without one."""
    if item.get_closest_marker("cuda") is not None:
        import torch

        if not torch.cuda.is_available():
            pytest.skip("needs a GPU: not run")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Keep what the test found."""
    report = yield
    sitting = item.config.stash.get(SITTING, None)
    if sitting is not None and _is_grading_test(item):
        problem = None if call.excinfo is None else call.excinfo.value
        if call.when == "call" or (call.when == "setup" and problem is not None):
            if isinstance(problem, KeyboardInterrupt):
                raise problem
            sitting.record(find_test(item), problem)
    return report


@pytest.fixture
def student(request: pytest.FixtureRequest) -> Student:
    """The student: ``student.f(x)`` asks the sandbox, and data comes back."""
    return _sitting(request).student(find_test(request.node))


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> Student:
    """The reference, asked in the same way."""
    return _attempt(request).reference(find_test(request.node))


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> Draw:
    """Draws the hidden inputs."""
    return _attempt(request).rng(find_test(request.node))


@pytest.fixture
def device(request: pytest.FixtureRequest) -> str:
    """Where the answer is computed: ``cpu`` or ``cuda``."""
    return _sitting(request).device_of(find_test(request.node))


def find_test(item: pytest.Item) -> GradingTest:
    """The grading test that a collected item is."""
    from autograder.course.question import load_question

    known = item.session.stash.setdefault(_QUESTIONS, {})
    module = item.getparent(pytest.Module)
    assert module is not None
    name = str(module.path)
    if name not in known:
        known[name] = load_question(module.obj)
    return next(test for test in known[name].tests if test.name == item.name)


def _is_grading_test(item: pytest.Item) -> bool:
    module = item.getparent(pytest.Module)
    return module is not None and hasattr(module.obj, "QUESTION")


def _sitting(request: pytest.FixtureRequest) -> Sitting:
    sitting = request.config.stash.get(SITTING, None)
    if sitting is None:
        raise pytest.UsageError("a grading test needs a notebook: pytest ... --submission NOTEBOOK")
    return sitting


def _attempt(request: pytest.FixtureRequest) -> Attempt:
    return _sitting(request).attempt(find_test(request.node).question)


class _OneNotebook:
    """``--submission``: opens the notebook for the session, and prints the grade at its end."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._lines: list[str] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Iterator[None]:
        """Hold the sandbox open while the tests run."""
        from autograder.course.assignment import assignment_of, load_assignment
        from autograder.course.configuration import course_here
        from autograder.grader.attempt import judged_on
        from autograder.grader.devices import choose_device
        from autograder.grader.grader import Grader
        from autograder.integrations.pytest_sitting import Sitting
        from autograder.submission.notebook import BrokenNotebook, read_notebook

        path = Path(self._config.getoption("submission"))
        grading = [item for item in session.items if _is_grading_test(item)]
        if not grading or session.config.option.collectonly:
            return (yield)
        device = choose_device(self._config.getoption("device"))
        module = grading[0].getparent(pytest.Module)
        assert module is not None
        name = assignment_of(Path(module.path))
        try:
            notebook = read_notebook(path, load_assignment(name).names)
        except BrokenNotebook as problem:
            raise pytest.UsageError(f"{path}: {problem}") from None
        seed = self._config.getoption("course_seed")
        chosen = {find_test(item).question for item in grading}
        with Grader(name, course_here(), device=device, seed=seed) as grader, judged_on(device):
            sitting = Sitting(grader, notebook, chosen)
            self._config.stash[SITTING] = sitting
            try:
                return (yield)
            finally:
                try:
                    self._lines = list(sitting.summary())
                finally:
                    sitting.close()

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """The grade, question by question."""
        if self._lines:
            terminalreporter.section("grade")
            for line in self._lines:
                terminalreporter.write_line(line)
