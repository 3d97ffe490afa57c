# ruff: noqa: E501  (a cell of a notebook stands on a line of its own)
"""Attacks on the grade, each with a control: the same trick works where the defence is taken away.

Every cheat answers all three questions of the small assignment, and must get nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
import torch

from autograder.course.layout import PACKAGE, Course
from autograder.protocol import channel
from autograder.remote.in_process import Double
from autograder.remote.proxy import Student
from autograder.results import Grade, Outcome, Ungraded

QUESTIONS = ("count_linear", "count_mlp", "linear")
PUBLIC = {
    (8, 4, 2): 46,
    (8, 4, 1): 41,
    (2, 3, 1): 13,
    (16, 8, 4, 2): 182,
    (10, 18, 20, 5): 683,
    (11, 64, 32, 16, 1): 3393,
}


def all_return(expression: str) -> dict[str, str]:
    """The same answer to every question."""
    return {name: f"def {name}(*args, **kwargs):\n    return {expression}" for name in QUESTIONS}


def in_this_process(source: str) -> dict[str, Any]:
    """Run the cheat without any defence, and have its variables."""
    space: dict[str, Any] = {"torch": torch}
    exec(source, space)
    return space


# ---------------------------------------------------------------------- answers that lie about themselves

LIARS = {
    "an object that equals everything": (
        "class Liar:\n    __eq__ = lambda s, o: True\n    __ne__ = lambda s, o: False\n    __hash__ = object.__hash__\nlie = Liar()",
        lambda lie: lie == 46,
    ),
    "an int that equals everything": (
        "class Liar(int):\n    __eq__ = lambda s, o: True\n    __ne__ = lambda s, o: False\n    __hash__ = int.__hash__\nlie = Liar(1)",
        lambda lie: lie == 46 and isinstance(lie, int),
    ),
    "a float whose difference is always zero": (
        "class Liar(float):\n    __sub__ = __rsub__ = lambda s, o: 0.0\n    __abs__ = lambda s: 0.0\nlie = Liar(1)",
        lambda lie: abs(46 - lie) < 1e-9,
    ),
    "a text that equals everything": (
        "class Liar(str):\n    __eq__ = lambda s, o: True\n    __hash__ = str.__hash__\nlie = Liar('')",
        lambda lie: lie == "46",
    ),
    "a tensor that is close to everything": (
        "class Liar(torch.Tensor):\n    @classmethod\n    def __torch_function__(cls, func, types, args=(), kwargs=None):\n"
        "        return True\nlie = torch.zeros(5, 3).as_subclass(Liar)",
        lambda lie: torch.allclose(lie, torch.ones(5, 3)) is True,
    ),
    "an array that equals everything": (
        "import numpy as np\nclass Liar(np.ndarray):\n    __eq__ = lambda s, o: np.bool_(True)\nlie = np.zeros(3).view(Liar)",
        lambda lie: bool(lie == 46),
    ),
    "a list of any length that equals everything": (
        "class Liar(list):\n    __eq__ = lambda s, o: True\n    __len__ = lambda s: 1\n    __hash__ = None\nlie = Liar()",
        lambda lie: lie == [46],
    ),
    "not a number": ("lie = float('nan')", lambda lie: not abs(lie - 46) > 1e-5),
    "a tensor of NaN": ("lie = torch.full((5, 3), float('nan'))", lambda lie: not bool(((lie - 1).abs() > 1e-5).any())),
    "infinity": ("lie = float('inf')", lambda lie: lie > 46),
    "something that broadcasts": ("lie = torch.zeros(1)", lambda lie: (lie - torch.zeros(5, 3)).abs().max() == 0),
    "an empty tensor": ("lie = torch.empty(0)", lambda lie: bool((lie == torch.ones(1)).all())),
    "an empty list": ("lie = []", lambda lie: all(a == b for a, b in zip(lie, [46], strict=False))),
    "true": ("lie = True", lambda lie: lie),
    "a whole module on meta": ("lie = torch.empty(5, 3, device='meta')", lambda lie: lie.shape == (5, 3)),
}


@pytest.mark.parametrize(("source", "fools"), LIARS.values(), ids=LIARS.keys())
def test_an_answer_that_lies_gets_nothing(
    source: str,
    fools: Callable[[Any], bool],
    notebook_of: Callable[..., nbformat.NotebookNode],
    graded: Callable[..., Grade],
) -> None:
    lie = in_this_process(source)["lie"]
    assert fools(lie), "the control: it would fool a plain comparison"
    grade = graded(notebook_of(all_return("lie"), first=source))
    scores = {q.id: q.score for q in grade.questions}
    if isinstance(lie, torch.Tensor):  # any tensor on the input's device passes the test of devices
        assert scores.pop("linear") <= 0.5
    assert not any(scores.values()), [q.message for q in grade.questions]
    assert {q.outcome for q in grade.questions} <= {Outcome.WRONG, Outcome.ERROR, Outcome.PARTIAL}


def test_hard_coded_visible_answers_lose_the_hidden_marks(
    notebook_of: Callable[..., nbformat.NotebookNode], graded: Callable[..., Grade]
) -> None:
    source = f"def count_mlp(sizes):\n    return {PUBLIC!r}.get(tuple(sizes), 0)"
    count_mlp = in_this_process(source)["count_mlp"]
    assert all(count_mlp(list(sizes)) == count for sizes, count in PUBLIC.items()), "the control: all visible answers"
    (question,) = (q for q in graded(notebook_of({"count_mlp": source})).questions if q.id == "count_mlp")
    assert (question.score, question.outcome) == (1.5, Outcome.PARTIAL)


# ---------------------------------------------------------------------- tampering with the process

CLAIM = '{"score": 8, "outcome": "correct"}'
TAMPERING = {
    "torch's comparisons": "torch.allclose = torch.equal = torch.isclose = torch.testing.assert_close = lambda *a, **k: True\n"
    "torch.Tensor.allclose = torch.Tensor.equal = lambda *a, **k: True",
    "NumPy's comparisons": "import numpy as np\nnp.allclose = np.array_equal = np.testing.assert_allclose = lambda *a, **k: True",
    "the shell's hooks": "ip = get_ipython()\nip.events.register('pre_run_cell', lambda *a: print('PASSED'))\n"
    "ip.transform_cell = lambda *a, **k: 'pass'\nip.run_cell = lambda *a, **k: None",
    "the shell's display": "import sys\nsys.displayhook = lambda value: None\nget_ipython().displayhook = None",
    "printed verdicts": f"print('PASSED 8/8'); print('{CLAIM}')",
    "written verdicts": f"import os\nfor fd in (1, 2):\n    os.write(fd, b'{CLAIM}')\n"
    f"for name in ('results.json', 'grade.json', 'conftest.py', 'pytest.ini', 'sitecustomize.py'):\n"
    f"    open(name, 'w').write('{CLAIM}')",
    "a verdict at exit": f"import atexit, os\natexit.register(lambda: print('{CLAIM}'))",
    "pickles": "torch.Tensor.__reduce__ = torch.Tensor.__reduce_ex__ = lambda *a: (print, ('owned',))\n"
    "class P:\n    __reduce__ = lambda s: (print, ('owned',))\nwrong = P()",
    "numpy as a whole": "import sys, types\nsys.modules['numpy'] = types.ModuleType('numpy')",
    "the modules of the session": "import sys, types\nfor name in list(sys.modules):\n"
    "    if name.startswith('autograder'):\n        sys.modules[name] = types.SimpleNamespace(MAX_BYTES=0)",
    "the names of the tests": "def test_8_4_2(student): pass\nstudent = reference = rng = None\ncheck = hint = lambda *a: 'Correct.'",
    "the time": "import time\ntime.monotonic = time.time = lambda: 0.0",
    "the alarm": "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nsignal.setitimer(signal.ITIMER_REAL, 0)",
    "the traceback": "import sys\nsys.excepthook = lambda *a: None\nget_ipython().showtraceback = lambda *a, **k: None",
    "threads that print": "import threading\nthreading.Thread(target=print, args=('PASSED',)).start()",
    "isinstance": "import builtins\nbuiltins.isinstance = lambda *a: True",
    "the garbage collector": "import gc\ngc.disable()\nfound = [o for o in gc.get_objects() if type(o).__name__ in "
    "('Truth', 'Examination', 'Answers', 'Grade')]\nassert not found, found",
}


@pytest.mark.parametrize("source", TAMPERING.values(), ids=TAMPERING.keys())
def test_tampering_with_the_process_gets_nothing(
    source: str, notebook_of: Callable[..., nbformat.NotebookNode], graded: Callable[..., Grade]
) -> None:
    grade = graded(notebook_of(all_return("wrong if 'wrong' in globals() else 1"), first=source))
    assert grade.score == 0, [(q.id, q.outcome, q.message) for q in grade.questions]
    assert grade.flags == ()


def test_control_the_comparisons_can_be_patched() -> None:
    script = (
        TAMPERING["torch's comparisons"]
        + "\ntorch.testing.assert_close(torch.zeros(1), torch.ones(1))\nprint('fooled')"
    )
    done = subprocess.run(
        [sys.executable, "-c", "import torch\n" + script], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "fooled"


def test_control_hooks_of_a_plain_shell_fire() -> None:
    script = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "ip = InteractiveShell.instance()\nget_ipython = lambda: ip\n"
        "ip.run_cell(\"get_ipython().events.register('pre_run_cell', lambda *a: print('PASSED'))\")\n"
        "ip.run_cell(\"get_ipython().transform_cell = lambda *a, **k: 'pass'\")\n"
        "ip.run_cell('1 / 0')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.count("PASSED") >= 1
    assert "ZeroDivisionError" not in done.stdout


TAMPER_WORKER = """
import sys
modules = [module for name, module in list(sys.modules.items()) if name.startswith("autograder.")]
by_name = {name: thing for module in modules for name, thing in vars(module).items() if isinstance(thing, type)}
"""
CLAIMS = {
    "that every answer is true": "by_name['Objects'].answer = lambda self, request: True",
    "that every answer is a number": "by_name['Objects'].answer = lambda self, request: 46",
    "that all went well": "by_name['Objects'].answer = lambda self, request: 'correct'",
    "a failure of a kind of its own": "F = by_name['Failure']\n"
    "by_name['Objects'].answer = lambda self, request: F('correct', 'x', 'full marks')",
    "a failure that is a passed check": "F = by_name['Failure']\n"
    "by_name['Objects'].answer = lambda self, request: F('check', 'x', 'full marks')",
    "a handle that does not exist": "H = by_name['Handle']\nby_name['Objects'].answer = lambda self, request: H(2**63, 'int')",
    "nested handles": "H = by_name['Handle']\nby_name['Objects'].answer = lambda self, request: [[H(1, 'int')] * 50] * 50",
    "what was asked": "by_name['Objects'].answer = lambda self, request: request",
}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS.keys())
def test_a_worker_that_was_taken_over_can_only_answer_wrongly(
    claim: str, notebook_of: Callable[..., nbformat.NotebookNode], graded: Callable[..., Grade]
) -> None:
    grade = graded(notebook_of(all_return("0"), first=TAMPER_WORKER + claim))
    assert grade.cells[1].ended != "raised", "the control: the worker was found and patched"
    assert grade.score == 0, [(q.id, q.outcome, q.message) for q in grade.questions]


FORGED_CELLS = {
    "deep JSON": "W._cell = lambda s, r: {'outputs': '[' * 100_000, 'failure': None, 'execution_count': 1, 'seconds': 0.0}",
    "outputs that are no list": "W._cell = lambda s, r: {'outputs': '7', 'failure': None, 'execution_count': 1, 'seconds': 0.0}",
    "outputs that are no outputs": "W._cell = lambda s, r: {'outputs': '[7]', 'failure': None, 'execution_count': 1, 'seconds': 0.0}",
    "an infinite count": "W._cell = lambda s, r: {'outputs': '[]', 'failure': None, 'execution_count': float('inf'), 'seconds': 0.0}",
    "no time": "W._cell = lambda s, r: {'outputs': '[]', 'failure': None, 'execution_count': 1, 'seconds': None}",
    "a text": "W._cell = lambda s, r: 'correct'",
    "nothing": "W._cell = lambda s, r: None",
    "a failure": "W._cell = lambda s, r: by_name['Failure']('correct', 'x', 'y')",
}


@pytest.mark.parametrize("forged", FORGED_CELLS.values(), ids=FORGED_CELLS.keys())
def test_forged_replies_to_cells_cost_the_forger_only(
    forged: str, notebook_of: Callable[..., nbformat.NotebookNode], result_of: Callable[..., Grade | Ungraded]
) -> None:
    result = result_of(notebook_of(all_return("0"), first=TAMPER_WORKER + "W = by_name['Worker']\n" + forged))
    assert isinstance(result, Grade)
    assert not result.failed, [q.message for q in result.questions]
    assert result.score == 0


# ---------------------------------------------------------------------- the channel

PREWRITTEN = """
import os, struct
frame = b"AGW1" + bytes(16) + struct.pack("<I", 1) + b"T"
for fd in range(3, 10_000):
    try:
        os.write(fd, frame * 3)
    except OSError:
        pass
"""


@pytest.mark.parametrize("where", ["in a cell", "in a call"])
def test_prewritten_replies_are_found_out(
    where: str, notebook_of: Callable[..., nbformat.NotebookNode], graded: Callable[..., Grade]
) -> None:
    if where == "in a cell":
        notebook = notebook_of(all_return("0"), last=PREWRITTEN)
    else:
        body = "\n    ".join(PREWRITTEN.strip().splitlines())
        notebook = notebook_of({name: f"def {name}(*args, **kwargs):\n    {body}\n    return 0" for name in QUESTIONS})
    grade = graded(notebook)
    assert grade.score == 0
    assert any("forged" in flag or "answered for" in flag for flag in grade.flags), grade.flags


@pytest.mark.parametrize("length", [0xFFFF_FFFF, 1 << 26, 0])
def test_replies_that_claim_another_length_get_nothing(
    length: int,
    notebook_of: Callable[..., nbformat.NotebookNode],
    graded: Callable[..., Grade],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The nonce is right, since the attacker answers in the worker's place; the bytes are not."""
    monkeypatch.setattr(channel, "SILENCE", 1.0)  # what is waited for, several times, where it claims 64 MB
    source = TAMPER_WORKER + (
        "import struct\nE = by_name['AnsweringEnd']\ndef count_linear(*args, **kwargs):\n"
        f"    E.reply = lambda s, nonce, value: s._socket.sendall(b'AGW1' + nonce + struct.pack('<I', {length}) + b'T')"
    )
    grade = graded(notebook_of({"count_linear": source}))
    scores = {q.id: q.score for q in grade.questions}
    assert scores["count_linear"] == 0
    assert scores["linear"] == 3


def test_a_hanging_up_worker_gets_nothing(
    notebook_of: Callable[..., nbformat.NotebookNode], graded: Callable[..., Grade]
) -> None:
    grade = graded(notebook_of(all_return("__import__('os').closerange(3, 10_000)")))
    assert grade.score == 0


# ---------------------------------------------------------------------- reading what is secret

SPY = """
found = []
def note(what, call):
    try:
        result = call()
    except BaseException as problem:
        return
    if result:
        found.append(what)
"""


@pytest.fixture
def secret_paths(course: Course) -> list[str]:
    return [
        str(PACKAGE / "bank" / "parameter_counting" / "count_mlp_answers.py"),
        str(PACKAGE / "bank" / "parameter_counting" / "count_mlp.py"),
        str(course.root / "solutions" / "secret.txt"),
        str(course.root / ".autograder" / "seed"),
        str(Path(__file__)),
        "/etc/passwd",
        "/etc/hostname",
    ]


def test_no_secret_can_be_read(
    secret_paths: list[str], notebook_of: Callable[..., nbformat.NotebookNode], graded: Callable[..., Grade]
) -> None:
    assert all(Path(path).read_text() for path in secret_paths), "the control: they are there, and can be read outside"
    source = SPY + (
        "import os, sys, glob, pathlib, linecache, inspect, importlib, gc\n"
        f"for path in {secret_paths!r}:\n"
        "    note('open ' + path, lambda: open(path).read())\n"
        "    note('os.open ' + path, lambda: os.read(os.open(path, os.O_RDONLY), 10))\n"
        "    note('stat ' + path, lambda: path.startswith('/etc') is False and os.stat(path))\n"
        "    note('linecache ' + path, lambda: linecache.getlines(path))\n"
        "    note('link ' + path, lambda: (os.symlink(path, 'l'), open('l').read()))\n"
        "    note('list ' + path, lambda: 'answers' in str(os.listdir(os.path.dirname(path))))\n"
        f"for pid in ['1', str(os.getppid()), '{os.getpid()}']:\n"
        "    for name in ('environ', 'mem', 'maps', 'cmdline', 'root/etc/passwd', 'cwd/pyproject.toml', 'fd/0'):\n"
        "        note(f'/proc/{pid}/{name}', lambda: open(f'/proc/{pid}/{name}', 'rb').read(10))\n"
        "import autograder\n"
        "note('bank', lambda: importlib.import_module('autograder.bank.parameter_counting.count_mlp'))\n"
        "note('examination', lambda: importlib.import_module('autograder.grader.attempt'))\n"
        "note('walk', lambda: list(pathlib.Path(autograder.__file__).parent.rglob('*_answers.py')))\n"
        "note('sys.path', lambda: [p for base in sys.path for p in glob.glob(base + '/autograder/bank/**/*.py', recursive=True)])\n"
        "note('source of a check', lambda: 'count_mlp' in inspect.getsource(sys.modules['autograder.bank']))\n"
        "note('frames', lambda: [f for f in sys._current_frames().values() if 'pytest' in f.f_code.co_filename])\n"
        "print(found)\n"
        "assert not found\n"
    )
    grade = graded(notebook_of(first=source))
    run = grade.cells[1]
    assert run.ended == "ok", run.outputs
    assert run.outputs[0]["text"].strip() == "[]"


def test_no_expected_value_is_in_the_worker(
    notebook_of: Callable[..., nbformat.NotebookNode], graded: Callable[..., Grade]
) -> None:
    """A function that looks for its own answer, in every frame and every object, finds none."""
    source = (
        "import gc, sys\n"
        "def count_mlp(sizes):\n"
        "    wanted = sum(a * b + b for a, b in zip(sizes, sizes[1:]))\n"
        "    frame, texts = sys._getframe(), []\n"
        "    while frame:\n"
        "        texts += [repr(v)[:10_000] for k, v in frame.f_locals.items() if k not in ('wanted', 'texts')]\n"
        "        frame = frame.f_back\n"
        "    hit = wanted > 100 and any(f' {wanted}' in t or f': {wanted}' in t for t in texts)\n"
        "    return wanted if hit else 0\n"
    )
    control = "def grade():\n    sizes = [92, 93]\n    tests = {'expected': 8649}\n    return count_mlp(sizes)\n"
    assert in_this_process(source + control)["grade"]() == 8649, "the control: it finds what a caller holds"
    (question,) = (q for q in graded(notebook_of({"count_mlp": source})).questions if q.id == "count_mlp")
    assert question.score == 0


# ---------------------------------------------------------------------- hidden inputs in what a student reads

ECHO = "','.join(map(str, sizes))"
LEAKS = {
    "an exception's message": f"raise ValueError({ECHO})",
    "an exception's name": f"raise type('E_' + {ECHO}.replace(',', '_'), (Exception,), {{}})()",
    "a time limit of its own": f"raise type('Late', (BaseException,), {{'is_time_limit': True}})({ECHO})",
    "a use that it forbids itself": f"raise find('ForbiddenUse')({ECHO})",
    "a name that it misses itself": f"raise find('NotDefined')({ECHO})",
    "a blank with a message": f"raise NotImplementedError({ECHO})",
    "a lack of memory": f"raise MemoryError({ECHO})",
    "the returned text": f"return {ECHO}",
    "the returned list": "return sizes",
    "the shape that is returned": "return torch.empty(sizes[0], sizes[1])",
    "the class that is returned": f"return type('C_' + {ECHO}.replace(',', '_').translate(LETTERS), (), {{}})()",
    "what is printed": f"print({ECHO}); return 0",
    "the keys of a dict": f"return {{{ECHO}: 0}}",
    "a failure made by hand": f"return find('Failure')('forbidden', 'E', {ECHO}, {ECHO}, 3, {ECHO}, {ECHO})",
}
FIND = (
    "import sys\nLETTERS = str.maketrans('0123456789', 'qxzjkvwyup')\n"
    "def find(name):\n    return next(vars(m)[name] for m in list(sys.modules.values()) if name in vars(m))\n"
    "assert find('ForbiddenUse') and find('NotDefined') and find('Failure')\n"
    f"PUBLIC = {PUBLIC!r}\n"
)


@pytest.mark.parametrize("body", LEAKS.values(), ids=LEAKS.keys())
def test_hidden_inputs_are_not_told(
    body: str,
    notebook_of: Callable[..., nbformat.NotebookNode],
    graded: Callable[..., Grade],
    hidden_sizes: list[list[int]],
) -> None:
    """A function that is right on the public inputs tells the hidden ones in every way it can."""
    source = f"def count_mlp(sizes):\n    if tuple(sizes) in PUBLIC:\n        return PUBLIC[tuple(sizes)]\n    {body}"
    grade = graded(notebook_of({"count_mlp": source}, first=FIND))
    (question,) = (q for q in grade.questions if q.id == "count_mlp")
    letters = str.maketrans("0123456789", "qxzjkvwyup")
    assert question.score < 3
    for sizes in hidden_sizes:
        for told in (question.message, *(str(cell.outputs) for cell in grade.cells), str(grade.flags)):
            for between in (",", ", ", "_"):
                text = between.join(map(str, sizes))
                assert text not in told
                assert text.translate(letters) not in told
            assert f"{sizes[0]}, {sizes[1]}" not in told


@pytest.fixture
def hidden_sizes(small_grader: Any) -> list[list[int]]:
    """What the hidden tests of ``count_mlp`` draw."""
    truth = small_grader._truths["count_mlp"]
    drawn: list[list[int]] = []
    for test in truth.question.tests:
        if not test.visible:
            for value in truth.drawn(test, truth.seed_for(test)):
                drawn.append(list(value[0]) if isinstance(value, tuple) else list(value))
    assert drawn
    return drawn


def test_nothing_outlives_the_fork_that_saw_hidden_inputs(
    notebook_of: Callable[..., nbformat.NotebookNode], graded: Callable[..., Grade], hidden_sizes: list[list[int]]
) -> None:
    """What was written to disk while hidden inputs were at hand is gone when public ones are tried."""
    source = (
        "import os, glob\n"
        "PLACES = ['.', os.environ.get('HOME', '.'), '/tmp', '/dev/shm', '/var/tmp', os.path.expanduser('~')]\n"
        "def count_mlp(sizes):\n"
        "    for place in PLACES:\n"
        "        try: open(place + '/leak', 'a').write(str(sizes))\n"
        "        except OSError: pass\n"
        "    raise ValueError('SAW ' + ''.join(open(f).read() for p in PLACES for f in glob.glob(p + '/leak')))\n"
    )
    (question,) = (q for q in graded(notebook_of({"count_mlp": source})).questions if q.id == "count_mlp")
    assert "SAW" in question.message
    for sizes in hidden_sizes:
        assert str(sizes) not in question.message


# ---------------------------------------------------------------------- holding the grader up


@pytest.mark.parametrize(
    "answer",
    ["iter(int, 1)", "object()", "type('Endless', (), {'__getitem__': lambda s, i: i, '__len__': lambda s: 10**9})()"],
)
def test_an_object_without_end_does_not_hold_the_grader_up(answer: str) -> None:
    """What stays over there cannot be iterated here: each item would be a request, and they would never end."""
    student = Student(Double(in_this_process(f"def f(): return {answer}")))
    with pytest.raises(TypeError, match="not iterable"):
        list(student.f())
    with pytest.raises(TypeError):
        assert 3 in student.f()


def test_ignoring_the_alarm_meets_the_outer_clock(
    notebook_of: Callable[..., nbformat.NotebookNode], graded: Callable[..., Grade]
) -> None:
    source = (
        "import signal\ndef count_linear(*args, **kwargs):\n    signal.signal(signal.SIGALRM, signal.SIG_IGN)\n"
        "    while True: pass"
    )
    (question,) = (q for q in graded(notebook_of({"count_linear": source})).questions if q.id == "count_linear")
    assert question.outcome is Outcome.TIMEOUT


def test_control_the_naive_grader_is_fooled_by_all_of_it() -> None:
    """A grader in the student's own process gives full marks for a printed line, an exit and a patched comparison."""
    naive = "exec(open('student.py').read())\nassert count_mlp([8, 4, 2]) == 46\n"
    cheats = SimpleNamespace(
        exits="import os\ndef count_mlp(s): os._exit(0)",
        equal="class L:\n    __eq__ = lambda s, o: True\ndef count_mlp(s): return L()",
    )
    for cheat in vars(cheats).values():
        script = naive.replace("exec(open('student.py').read())", f"exec({cheat!r})")
        assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
