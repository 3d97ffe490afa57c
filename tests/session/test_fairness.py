"""An honest notebook keeps its marks: what stops, hangs or is refused costs its own statement, and no answer."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.course.layout import Course
from autograder.grader.grader import Grader
from autograder.sandbox.limits import PATIENCE
from autograder.session.notebook_session import Limits, LiveSession, Requests
from autograder.submission.notebook import parse_notebook


@dataclass(frozen=True)
class Beside:
    """A file beside the notebook, as the intake finds it."""

    name: PurePosixPath
    path: Path


ANSWER = "def f(x):\n    return x + 1"
BLANK = 'def f(x):\n    """Add one."""\n    # YOUR CODE HERE\n    raise NotImplementedError()'
ASK = "def ask():\n    raise NotImplementedError()\n\n"
TABLE = f"{ASK}try:\n    table = ask()\nexcept NotImplementedError:\n    table = {{}}"
Run = Callable[..., LiveSession]


@pytest.fixture
def run(small_grader: Grader) -> Iterator[Run]:
    """Runs cells in a fork, with files beside them; the session."""
    opened: list[LiveSession] = []

    def start(*sources: str, files: tuple[Beside, ...] = (), limits: Limits | None = None) -> LiveSession:
        assert small_grader._zygote is not None
        nodes = new_notebook(cells=[new_code_cell(source) for source in sources])
        notebook = parse_notebook(nbformat.writes(nodes), questions={"f": ("f",)})
        session = LiveSession(small_grader._zygote, notebook, limits or Limits(cell=4.0), files=files)
        opened.append(session)
        session.restart()
        return session

    yield start
    for session in opened:
        session.close()


def call(session: LiveSession, name: str = "f", *args: Any, seconds: float = 5.0) -> Any:
    from autograder.remote.proxy import Student, StudentFailed, call

    try:
        return call(getattr(Student(Requests(session, seconds)), name), *args)
    except StudentFailed as failed:
        return failed.failure.kind


WHERE_IT_STANDS = {
    "above the blank": (ANSWER, BLANK),
    "below the blank": (BLANK, ANSWER),
    "in one cell with the blank": (f"{ANSWER}\n\n\n{BLANK}",),
    "with a table above its blank": ("table = {'k': 1}\ndef f(x):\n    return x + table['k']", TABLE),
    "timed": (f"%%time\n{ANSWER}",),
    "timed again and again": (f"# how fast?\n%%timeit -n 3\n{ANSWER}",),
    "captured": (f"%%capture\n{ANSWER}",),
    "captured with a name": (f"%%capture out\n{ANSWER}", "out.show()"),
    "in a file that the notebook writes": (f"%%writefile mine.py\n{ANSWER}", "from mine import f", BLANK),
    "below what stops": (f"assert 1 == 2\n{ANSWER}",),
    "above what stops": (f"{ANSWER}\nassert f(1) == 3",),
    "below a question": (f"n = input('how many?')\nk = 1\n{ANSWER.replace('1', 'k')}",),
    "below an install": (f"!pip install torchinfo\n%pip install x\n{ANSWER}",),
    "below Colab": (
        "from google.colab import drive\ndrive.mount('/content/drive')\nPLUS = 1\n" + ANSWER.replace("1", "PLUS"),
    ),
    "below a path of Colab": (f"import pandas as pd\ntable = pd.read_csv('/content/x.csv')\nk = 1\n{ANSWER}",),
    "below a download": (
        f"from urllib.request import urlretrieve\nurlretrieve('http://127.0.0.1:9/x.csv', 'x.csv')\n{ANSWER}",
    ),
    "below a program": (f"import subprocess\nsubprocess.run(['git', 'status'])\n{ANSWER}",),
    "below absent packages": (
        f"import seaborn as sns, sklearn.metrics\nfrom scipy.special import logsumexp\nsns.set_theme()\n{ANSWER}",
    ),
    "with types of an absent package": (
        "from jaxtyping import Float, jaxtyped\nfrom torch import Tensor\n"
        "@jaxtyped(typechecker=None)\ndef f(x: Float[Tensor, 'n']) -> Float[Tensor, 'n']:\n    return x + 1",
    ),
    "with progress bars": (
        "from tqdm import tqdm\nfrom tqdm.auto import trange\nfrom tqdm.notebook import tqdm as bar\n"
        "def f(x):\n    for _ in bar(tqdm(range(1))):\n        for _ in trange(1):\n            x += 1\n    return x",
    ),
    "with a pool": (
        "from multiprocessing import Pool\ndef one(x):\n    return x + 1\n"
        "def f(x):\n    with Pool(2) as pool:\n        return pool.map(one, [x])[0]",
    ),
    "compiled": (f"import torch\n@torch.compile\n{ANSWER}",),
    "with workers": (
        "from torch.utils.data import DataLoader\n"
        "def f(x):\n    return int(sum(len(b) for b in DataLoader(torch.arange(x + 1), num_workers=2)))",
    ),
    "with an own file": ("open('k.txt', 'w').write('1')", "k = int(open('k.txt').read())\n" + ANSWER.replace("1", "k")),
    "above an extension": (f"%load_ext tensorboard\n%tensorboard --logdir runs\n{ANSWER}",),
    "with threads set late": (f"torch.ones(2) + 1\ntorch.set_num_interop_threads(2)\n{ANSWER}",),
}


@pytest.mark.parametrize("cells", WHERE_IT_STANDS.values(), ids=WHERE_IT_STANDS.keys())
def test_an_answer_counts_where_it_stands(cells: tuple[str, ...], run: Run) -> None:
    assert call(run(*cells), "f", 41) == 42


def test_a_blank_that_nobody_filled_in_is_blank(run: Run) -> None:
    assert call(run(BLANK), "f", 1) == "not_attempted"
    assert call(run("from torch.nn.functional import relu as f", BLANK), "f", 1) == "not_attempted"


def test_an_absent_package_stops_what_uses_it_and_says_so(run: Run) -> None:
    session = run("from scipy.special import logsumexp\ndef f(x):\n    return logsumexp(x)\ndef g():\n    return 1")
    assert call(session, "f", 1) == "raised"
    assert call(session, "g") == 1
    assert "scipy is not there" in str(session.cells[0].outputs)


def test_files_beside_the_notebook_are_there_to_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(ANSWER)
    (tmp_path / "points.csv").write_text("a\n1\n")
    files = (
        Beside(PurePosixPath("mine.py"), tmp_path / "mine.py"),
        Beside(PurePosixPath("data/p.csv"), tmp_path / "points.csv"),
    )
    session = run(
        "from mine import f", "text = open('data/p.csv').read()\ndef g():\n    return text",
        "def h():\n    open('mine.py', 'w')", files=files,
    )  # fmt: skip
    assert call(session, "f", 41) == 42
    assert call(session, "g") == "a\n1\n"
    assert call(session, "h") == "raised"


SLOW = "while True:\n    pass\nprint('not here')"


def test_a_cell_over_its_limit_stops_alone_and_keeps_what_it_defines(run: Run) -> None:
    session = run(f"{ANSWER}\n{SLOW}", "def g():\n    return 2", limits=Limits(cell=0.5, patience=20))
    assert session.cells[0].ended == "timeout"
    assert (call(session, "f", 41), call(session, "g")) == (42, 2)


def test_what_is_below_a_statement_that_hangs_is_defined(run: Run) -> None:
    session = run(f"k = 1\n{SLOW}\n{ANSWER.replace('1', 'k')}", limits=Limits(cell=0.5, patience=20))
    assert call(session, "f", 41) == 42


def test_what_hung_once_does_not_hang_again_in_the_next_fork(run: Run) -> None:
    session = run(f"k = 1\n{SLOW}\n{ANSWER.replace('1', 'k')}", limits=Limits(cell=1.5, patience=20))
    first = session.cells[0].seconds
    session.restart()
    assert session.cells[0].ended == "timeout"
    assert session.cells[0].seconds < first / 2
    assert call(session, "f", 41) == 42


def test_a_cell_that_ends_the_process_costs_its_statements_alone(run: Run) -> None:
    session = run(f"{ANSWER}\nimport os\nos._exit(1)", "def g():\n    return 2")
    assert session.cells[0].ended == "died"
    assert (call(session, "f", 41), call(session, "g")) == (42, 2)


def test_when_the_budget_is_spent_answers_still_run_and_scratch_only_defines(run: Run) -> None:
    busy = "until = __import__('time').process_time() + 0.4\nwhile __import__('time').process_time() < until:\n    pass"
    session = run(
        busy,
        busy,
        f"print('scratch')\nk = 1\n{busy}",
        f"{ANSWER.replace('1', 'k')}",
        limits=Limits(notebook=0.5, patience=20),
    )
    assert [session.cells[index].ended for index in range(4)] == ["ok", "ok", "skipped", "ok"]
    assert call(session, "f", 41) == 42


def test_after_the_second_call_that_hangs_the_others_get_less(run: Run) -> None:
    session = run("def f(x):\n    while True:\n        pass\ndef g():\n    return 1")
    times = []
    for _ in range(3):
        started = time.process_time(), time.monotonic()
        assert call(session, "f", 1, seconds=1.5) == "timeout"
        times.append(time.monotonic() - started[1])
    assert session._patience.share < 1
    assert call(session, "g") == 1


def test_the_flag_says_what_was_refused_and_where_in_neutral_words(run: Run) -> None:
    session = run("1", "import subprocess\nsubprocess.run(['git', 'status'])", "!ls\n!pip install x")
    session.close()
    assert session.flags == ["a program or process was to be started, and was not (in cell 2)"]


def test_data_of_the_course_are_found_by_every_path(course: Course) -> None:
    (course.root / "datasets").mkdir(exist_ok=True)
    (course.root / "datasets" / "k.csv").write_text("k\n1\n")
    from autograder.grader.policy import sandbox_policy
    from autograder.session.supervisor import Zygote

    source = "texts = [open(p + 'datasets/k.csv').read() for p in ('', '../', '../../')]\ndef f():\n    return texts"
    notebook = parse_notebook(nbformat.writes(new_notebook(cells=[new_code_cell(source)])))
    with Zygote(sandbox_policy(course, "cpu")) as zygote:
        session = LiveSession(zygote, notebook, Limits())
        session.restart()
        assert call(session, "f") == ["k\n1\n"] * 3
        session.close()


@pytest.fixture
def crowded(run: Run) -> Iterator[Callable[[LiveSession], None]]:
    """Makes a session's fork share one processor with others that compute without a pause."""
    crowd: list[subprocess.Popen[bytes]] = []
    cpu = min(os.sched_getaffinity(0))

    def join(session: LiveSession) -> None:
        assert session._sandbox is not None
        os.sched_setaffinity(session._sandbox.pid, {cpu})
        for _ in range(5):
            # A session of its own each: Linux shares a processor among sessions first.
            computes = "import time\nend = time.monotonic() + 60\nwhile time.monotonic() < end: pass"
            busy = [sys.executable, "-S", "-c", computes]
            crowd.append(subprocess.Popen(busy, start_new_session=True))
            os.sched_setaffinity(crowd[-1].pid, {cpu})

    yield join
    for process in crowd:
        process.kill()
        process.wait()


def test_a_machine_that_is_kept_busy_stops_no_honest_code(run: Run, crowded: Callable[[LiveSession], None]) -> None:
    """By the clock the call takes more than twice the limit; it computes less, and a call that sleeps is stopped."""
    if not Path("/proc/self/schedstat").exists():
        pytest.skip("this kernel does not tell for how long a process waits for others")
    session = run(
        "import time\ndef f(seconds):\n    until = time.process_time() + seconds\n"
        "    while time.process_time() < until:\n        pass\n    return 'done'",
        "def g(seconds):\n    time.sleep(seconds)\n    return 'done'",
    )
    crowded(session)
    limit = 0.5
    started = time.monotonic()
    assert call(session, "f", 0.45, seconds=limit) == "done"
    taken = time.monotonic() - started
    assert taken > PATIENCE * limit, "the machine was not busy enough for this test to show anything"
    started = time.monotonic()
    assert call(session, "g", 30.0, seconds=limit) == "timeout"
    assert time.monotonic() - started < 10
