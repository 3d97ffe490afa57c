"""What a person is told to look at: attempts, without accusing anybody who only does the exercises."""

# ruff: noqa: E501  code of students and attackers stands on one line

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from conftest import CELLS, SEED, Arena
from nbformat.v4 import new_code_cell, new_notebook

from autograder.course.assignment import Assignment, assignment_names, load_assignment
from autograder.course.layout import Course
from autograder.grader.policy import sandbox_policy
from autograder.grader.reference_runs import Truth
from autograder.judging.run_test import try_test
from autograder.results import CellRun
from autograder.session.notebook_session import Limits, LiveSession
from autograder.session.supervisor import Zygote
from autograder.submission.notebook import parse_notebook

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="submissions are confined on Linux only")
Run = Callable[..., tuple[list[CellRun], list[str]]]


@pytest.fixture(scope="module")
def run_in(arena_course: Course) -> Iterator[Run]:
    """Runs cells in one fork; how each ended, and the flags."""
    with Zygote(sandbox_policy(arena_course, "cpu")) as zygote:

        def run(*sources: str, ask: Callable[[LiveSession], None] | None = None) -> tuple[list[CellRun], list[str]]:
            cells = [new_code_cell(source) for source in sources]
            notebook = parse_notebook(nbformat.writes(new_notebook(cells=cells)))
            session = LiveSession(zygote, notebook, Limits(cell=30.0, grace=2.0), slot=CELLS)
            try:
                session.restart()
                if ask is not None:
                    ask(session)
            finally:
                session.close()
            return [session.cells[index] for index in range(len(cells))], session.flags

        yield run


def answers_of(assignment: Assignment) -> Iterator[tuple[str, str]]:
    """Every answer of the bank: references, alternatives, mistakes and wrong ones."""
    for question in assignment.questions:
        answers = question.answers
        for answer in answers.every:
            yield f"{question.id} {answer.label}", answers.imports + answer.source


@pytest.mark.parametrize("name", assignment_names())
def test_no_honest_answer_is_flagged(name: str, run_in: Run) -> None:
    """All answers of an assignment run in one fork, and the tests ask for what they ask."""
    assignment = load_assignment(name)
    sources = [source for _, source in answers_of(assignment)]

    def ask(session: LiveSession) -> None:
        for question in assignment.questions:
            truth = Truth(question, SEED)
            for test in (test for test in question.tests if test.visible and not test.cuda):
                seed = truth.seed_for(test, public=True)
                try_test(test.function, session, truth.reference(test, seed), truth.rng(test, seed), seed)

    _, flags = run_in(*sources, ask=ask)
    assert flags == []


EVERYDAY = {
    "imports": "import torch, numpy, pandas, matplotlib.pyplot, json, random, tempfile, platform, multiprocessing, subprocess, socket, uuid, ssl",
    "more of torch": "import torch.utils.data, torch.optim.lr_scheduler, torch.distributions, torch.utils.collect_env",
    "platform": "import platform\nplatform.platform(); platform.processor(); platform.uname()",
    "uuid": "import uuid\nuuid.uuid4()",
    "temporary files": "import tempfile\nwith tempfile.NamedTemporaryFile('w+') as f:\n    f.write('x')\nwith tempfile.TemporaryDirectory() as d: open(d + '/x', 'w')",
    "own files": "import os, shutil\nopen('a', 'w').write('x'); shutil.copy('a', 'b'); os.rename('b', 'c'); os.chmod('c', 0o644); os.listdir('.'); os.remove('c')",
    "a path of one's own machine": "try:\n    open('/home/ada/course/data.csv')\nexcept FileNotFoundError: pass",
    "plots": "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.savefig('p.png'); plt.show()",
    "pandas": "import pandas as pd\npd.DataFrame({'a': [1]}).to_csv('t.csv'); pd.read_csv('t.csv').describe()",
    "models": "import torch\nm = torch.nn.Linear(2, 1); torch.save(m.state_dict(), 'w.pt'); m.load_state_dict(torch.load('w.pt'))",
    "asyncio": "import asyncio\nawait asyncio.sleep(0)",
    "threads": "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as pool: list(pool.map(abs, [1, 2]))",
    "loaders": "from torch.utils.data import DataLoader\nassert len(list(DataLoader(torch.arange(6), num_workers=2, prefetch_factor=2))) == 6",
    "compiled": "f = torch.compile(lambda x: x + 1)\nassert f(1) == 2",
    "install": "!pip install torch\n%pip install numpy\n!nvidia-smi",
    "magics": "%matplotlib inline\n%time 1\n%timeit -n1 -r1 1\n%who\n%config InlineBackend.figure_format = 'retina'\n%load_ext autoreload\n%autoreload 2",
    "warnings": "import warnings\nwarnings.warn('x')",
    "errors": "1 / 0",
    "itself": "import os, signal\nsignal.alarm(0); os.kill(os.getpid(), 0); os.getppid()",
}


@pytest.mark.parametrize("source", EVERYDAY.values(), ids=EVERYDAY.keys())
def test_everyday_code_is_not_flagged(source: str, run_in: Run) -> None:
    (run,), flags = run_in(source)
    assert flags == []
    assert run.ended == ("raised" if "1 / 0" in source else "ok"), run.outputs


ATTEMPTS = {
    "!ls": "", "!rm -rf x": "program", "%%bash\nls": "", "import os; os.system('ls')": "program", "import subprocess; subprocess.run(['ls'])": "program",
    "import os; os.fork()": "program", "import multiprocessing; multiprocessing.Pool(2)": "",
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')": "network",
    "import socket; socket.create_connection(('127.0.0.1', 9))": "network",
    "import pandas; pandas.read_csv('http://127.0.0.1:9/x.csv')": "network",
    "open('/etc/passwd')": "hidden", "open('../solutions/x.ipynb')": "hidden", "import glob; glob.glob('/**/autograder/bank/*')": "hidden",
    "import os; os.kill(1, 0)": "process", "import os; open(f'/proc/{os.getppid()}/environ')": "process",
    "import ctypes; ctypes.CDLL(None)": "C library", "import ctypes; ctypes.CDLL('libc.so.6')": "C library",
    "import os\ntry: os.fork()\nexcept OSError: pass\nos._exit(0)": "program",
}  # fmt: skip


@pytest.mark.parametrize(("source", "word"), ATTEMPTS.items(), ids=ATTEMPTS.keys())
def test_attempts_are_flagged(source: str, word: str, run_in: Run) -> None:
    _, flags = run_in(source)
    assert [word in flag for flag in flags] == ([True] if word else []), flags


def test_a_pipe_full_of_nonsense_flags_nothing_new(run_in: Run) -> None:
    """What arrives is data from an untrusted process: unknown letters say nothing, and it cannot fill memory."""
    source = "import os\nfor fd in range(3, 10_000):\n    try:\n        os.set_blocking(fd, False); os.write(fd, b'zzz\\xff' * 50_000)\n    except OSError: pass"
    _, flags = run_in(source)
    assert all("asked for" not in flag and "was not" not in flag for flag in flags)


def test_flags_are_for_people_and_not_in_what_the_student_reads(arena: Arena, tmp_path: Path) -> None:
    source = new_code_cell("import os\nos.fork()")
    notebook = new_notebook(cells=[source])
    grade = arena.grade(notebook, tmp_path / "eve.ipynb")
    assert any("program" in flag for flag in grade.flags)
    assert not any("started" in question.message or "flag" in question.message for question in grade.questions)


FRIENDLY = {
    "name = input('who?')": ("raised", "write the value into the cell"),
    "import getpass; getpass.getpass()": ("raised", "write the value into the cell"),
    "import matplotlib.pyplot as plt\nplt.plot([1]); plt.show()": ("ok", "image/png"),
    "%matplotlib inline\nprint('on')": ("ok", "on"),
    "%matplotlib qt\nprint('on')": ("ok", "on"),
    "%matplotlib notebook\nprint('on')": ("ok", "on"),
    "%matplotlib widget\nprint('on')": ("ok", "on"),
    "!pip install nothing\nprint('on')": ("ok", "what the course needs is there"),
    "!python -m pip install nothing\nprint('on')": ("ok", "what the course needs is there"),
    "%pip install nothing\nprint('on')": ("ok", "what the course needs is there"),
    "%conda install nothing\nprint('on')": ("ok", "what the course needs is there"),
    "!ls\nprint('on')": ("ok", "please write it in Python"),
    "files = !ls\nprint(list(files))": ("ok", "please write it in Python"),
    "%%bash\nls": ("ok", "please write it in Python"),
    "%%sh\nls": ("ok", "please write it in Python"),
    "%%python3\nprint(1)": ("ok", "please write it in Python"),
    "breakpoint()\nprint('on')": ("ok", "breakpoint() is passed over"),
    "exit()\nprint('on')": ("ok", "on"),
    "from torch.utils.data import DataLoader, TensorDataset\nd = DataLoader(TensorDataset(torch.arange(8)), 4, True, num_workers=2, "
    "persistent_workers=True)\nprint(len(list(d)), 'on')": ("ok", "num_workers counts as 0"),
    "@torch.compile(mode='reduce-overhead')\ndef f(x): return x + 1\nprint(f(1), 'on')": ("ok", "runs as it is"),
    "m = torch.compile(nn.Linear(2, 1))\nprint(m(torch.ones(1, 2)).shape, 'on')": ("ok", "runs as it is"),
    "m = nn.Linear(2, 1); m.compile()\nprint(m(torch.ones(1, 2)).shape, 'on')": ("ok", "on"),
    "print('x' * 5_000_000)": ("ok", "cut"),
    "for i in range(3_000): print('x' * 1_000)": ("ok", "cut"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("source", "wanted"), FRIENDLY.items(), ids=[source.splitlines()[0][:40] for source in FRIENDLY]
)
def test_what_cannot_be_had_works_or_says_what_to_do(source: str, wanted: tuple[str, str], run_in: Run) -> None:
    ended, words = wanted
    (run, after), _ = run_in(source, "print('the next cell runs')")
    told = str(run.outputs)
    assert run.ended == ended, told
    assert words in told
    assert "print('on')" not in source or "on" in told
    assert after.ended == "ok"
