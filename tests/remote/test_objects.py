"""What a test may ask of a student's objects, and what it gets: through the codec, in this process."""

from __future__ import annotations

import operator
import random
from typing import Any

import numpy as np
import pytest
import torch

from autograder.protocol.wire import Name, WorkFile
from autograder.remote.in_process import Double
from autograder.remote.objects import MAX_HANDLES, Objects
from autograder.remote.proxy import (
    Remote,
    Student,
    StudentFailed,
    assign,
    bases,
    buffers,
    call,
    define,
    defines,
    fetch,
    flags,
    gradient,
    gradients,
    is_leaf,
    keep,
    modules,
    parameters,
    same_object,
)

SOURCE = """
def kind(value):
    return type(value).__name__

import torch
from torch import nn
import torch.nn.functional as F
import numpy as np

class Box:
    def __init__(self, n=0):
        self.n = n
        self.inner = {"list": [1, 2]}
    def add(self, k):
        self.n += k
        return self.n

def identity(*args, **kwargs):
    return [list(args), kwargs]

def make_box(n=3):
    return Box(n)

def boxes():
    return [Box(1), {"two": Box(2)}, (Box(3), 4)]

def opened(box):
    return box.n

def net():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Linear(3, 1))

def dice():
    import random
    return [float(torch.rand(())), float(np.random.rand()), random.random()]

def prints():
    print("secret")
    import sys
    sys.stderr.write("secret")
    return 1

def attempted():
    raise NotImplementedError()

def library_refuses():
    import os
    path = os.path.join("lib", "site-packages", "pandas", "arrays.py")
    exec(compile("raise NotImplementedError('can only perform ops with 1-d structures')", path, "exec"))

def fails(n):
    return n / 0

CONSTANT = 7
NOTHING = None
"""


def student_of(source: str = SOURCE, **options: Any) -> Student:
    """A double with these names."""
    space: dict[str, Any] = {"__name__": "student"}
    exec(compile(source, "<student>", "exec"), space)
    return Student(Double(space), **options)


@pytest.fixture
def student() -> Student:
    return student_of()


def failure(do: Any) -> Any:
    """The failure that ``do`` ends in."""
    with pytest.raises(StudentFailed) as caught:
        do()
    return caught.value.failure


def test_calls_carry_arguments_and_answers(student: Student) -> None:
    x = torch.arange(4.0)
    args, kwargs = student.identity(1, [2, (3,)], x, key=np.arange(2))
    assert args[:2] == [1, [2, (3,)]]
    assert torch.equal(args[2], x)
    assert kwargs["key"].tolist() == [0, 1]


def test_arguments_are_copies_so_the_student_cannot_change_the_tests() -> None:
    student = student_of("def spoil(x, values):\n    x.zero_()\n    values.clear()")
    x, values = torch.ones(3), [1, 2]
    student.spoil(x, values)
    assert x.sum() == 3
    assert values == [1, 2]


def test_objects_stay_and_answer_by_handle(student: Student) -> None:
    box = student.make_box(5)
    assert isinstance(box, Remote)
    assert box.add(2) == 7
    assert fetch(box.n) == 7
    assert student.opened(box) == 7
    assert fetch(box.inner["list"][1]) == 2
    assign(box, "n", 40)
    assert student.opened(box) == 40


def test_handles_inside_lists_tuples_and_dicts(student: Student) -> None:
    one, two, (three, four) = student.boxes()
    assert [fetch(one.n), fetch(two["two"].n), fetch(three.n), four] == [1, 2, 3, 4]
    assert student.identity([one, {"k": two["two"]}])[0][0][0].add(1) == 2


def test_keep_holds_data_over_there(student: Student) -> None:
    held = keep(student, torch.ones(2).requires_grad_())
    (fetched := fetch(held)).sum()
    assert fetched.requires_grad
    assert is_leaf(held)
    assert gradient(held) is None
    assign(held, "grad", torch.full((2,), 3.0))
    assert gradient(held).tolist() == [3, 3]
    kept = call(student.make_box, keep=True)
    assert same_object(kept, kept)
    assert not same_object(kept, student.make_box())


def test_models_tell_parameters_flags_gradients_buffers_and_modules(student: Student) -> None:
    net = student.net()
    assert [tuple(p.shape) for p in parameters(net).values()] == [(3, 2), (3,), (3,), (3,), (1, 3), (1,)]
    assert set(flags(net).values()) == {True}
    assert set(gradients(net).values()) == {None}
    assert set(buffers(net)) == {"1.running_mean", "1.running_var", "1.num_batches_tracked"}
    assert modules(net)[:2] == [("", "Sequential"), ("0", "Linear")]
    assert "torch.nn.modules.module.Module" in bases(net)
    student.torch.nn.functional.mse_loss(net(torch.ones(4, 2)), torch.zeros(4, 1))
    assert failure(lambda: parameters(student.make_box())).kind == "raised"


def test_the_methods_of_a_model_cannot_answer_for_it() -> None:
    student = student_of(
        "from torch import nn\nclass M(nn.Linear):\n    def named_parameters(self, *a, **k):\n        return iter([])\n"
        "def make():\n    return M(2, 1)"
    )
    assert set(parameters(student.make())) == {"weight", "bias"}


def test_the_library_is_reached_by_its_own_name_whatever_the_student_did() -> None:
    student = student_of("torch = None\nimport math\nmath = 'x'")
    layer = student.torch.nn.Linear(3, 2)
    assert parameters(layer)["weight"].shape == (2, 3)
    assert student.math.sqrt(9.0) == 3


def test_helpers_are_defined_over_there(student: Student) -> None:
    twice = define(student, "twice", "def twice(f, x):\n    return f(f(x))")
    add = define(student, "add", "def add(x):\n    return x + 1")
    assert twice(add, 1) == 3


def test_names_that_exist(student: Student) -> None:
    assert defines(student, "make_box", "no_such_name", "CONSTANT", "NOTHING") == [True, False, True, True]
    assert fetch(student.CONSTANT) == 7
    assert fetch(student.NOTHING) is None


def test_failures_say_what_kind_and_where(student: Student) -> None:
    found = failure(lambda: student.fails(1))
    assert (found.kind, found.type_name, found.function) == ("raised", "ZeroDivisionError", "fails")
    assert found.line > 0
    assert failure(lambda: student.attempted()).kind == "not_attempted"
    assert failure(lambda: student.library_refuses()).kind == "raised"
    assert failure(lambda: student.no_such_name()).kind == "missing"
    assert failure(lambda: student.CONSTANT()).type_name == "TypeError"
    assert failure(lambda: fetch(student.make_box().nothing)).type_name == "AttributeError"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("raise MemoryError", "memory"),
        ("raise SystemExit(0)", "raised"),
        ("raise RuntimeError('DefaultCPUAllocator: not enough memory')", "memory"),
        ("raise type('T', (BaseException,), {'is_time_limit': True})", "timeout"),
        ("import torch; torch.empty(2, device='meta').tolist()", "raised"),
        ("import torch; return torch.empty(2).new_tensor(object())", "raised"),
        ("return f()", "raised"),
        ("class E(Exception):\n        __str__ = lambda s: 1 / 0\n    raise E", "raised"),
        ("loop = []; loop.append(loop); return loop", "unusable"),
    ],
)
def test_kinds_of_failure(body: str, kind: str) -> None:
    assert failure(lambda: student_of(f"def f():\n    {body}").f()).kind == kind


def test_in_the_sandbox_an_interrupt_is_the_students_own() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    answer = Objects({"f": interrupted}, None).answer({"op": "call", "target": Name("f"), "args": [], "seed": 1})
    assert (answer.kind, answer.type_name) == ("raised", "KeyboardInterrupt")


def test_prints_of_a_call_are_dropped(student: Student, capsys: pytest.CaptureFixture[str]) -> None:
    assert student.prints() == 1
    assert "secret" not in "".join(capsys.readouterr())


def test_randomness_is_seeded_for_each_call_and_ours_is_left_alone() -> None:
    ours = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist()
    first, second = student_of(seed=5), student_of(seed=5)
    runs = [[side.dice(), side.dice()] for side in (first, second)]
    assert runs[0] == runs[1]
    assert runs[0][0] != runs[0][1]
    assert student_of(seed=6).dice() != runs[0][0]
    assert torch.equal(torch.get_rng_state(), ours[0])
    assert random.getstate() == ours[1]
    assert np.random.get_state()[1].tolist() == ours[2]


def test_files_lie_in_the_scratch_folder() -> None:
    student = student_of("def save(path):\n    open(path, 'w').write('x')\n    return path")
    path = student.save(WorkFile("../../etc/escape.pt"))
    assert path.endswith("/escape.pt")
    assert "/etc/" not in path


def test_what_stays_over_there_cannot_be_looped_over(student: Student) -> None:
    for use in (list, tuple, set, sum, lambda box: 1 in box, lambda box: [*box]):
        with pytest.raises(TypeError):
            use(student.make_box())


def test_too_many_objects_are_refused() -> None:
    student = student_of(f"def many():\n    return [object() for _ in range({MAX_HANDLES + 1})]")
    assert failure(lambda: student.many()).kind == "unusable"


# ---------------------------------------------------------------------- rules

USES = {
    "by its name": "torch.add(x, 1)",
    "by an operator": "x + 1",
    "by another name": "plus(x, 1)",
    "as a method": "x.add(1)",
    "with the error swallowed": "swallow(lambda: x + 1)",
    "with everything swallowed": "swallow_all(lambda: x + 1)",
}
HELPERS = """
import torch
plus = torch.add
def swallow(do):
    try:
        return do()
    except Exception:
        return 3
def swallow_all(do):
    try:
        return do()
    except BaseException:
        return 3
"""


@pytest.mark.parametrize("expression", USES.values(), ids=USES.keys())
def test_a_forbidden_library_is_noticed(expression: str) -> None:
    source = HELPERS + f"def f():\n    x = 1\n    make = torch.ones\n    x = make(2)\n    return {expression}"
    assert failure(lambda: student_of(source, forbid=("torch",)).f()).kind == "forbidden"


@pytest.mark.parametrize("expression", [*list(USES.values())[:1], "plus(x, 1)", "swallow(lambda: torch.add(x, 1))"])
def test_a_forbidden_function_is_noticed(expression: str) -> None:
    source = HELPERS + f"def f():\n    x = torch.ones(2)\n    return {expression}"
    assert failure(lambda: student_of(source, forbid=("torch.add",)).f()).kind == "forbidden"


def test_a_forbidden_optimiser_is_noticed_even_behind_a_try() -> None:
    source = (
        "import torch\nMake = torch.optim.SGD\ndef f():\n    try:\n"
        "        Make([torch.ones(1).requires_grad_()], lr=1)\n"
        "    except Exception:\n        pass\n    return 1\ndef g():\n    return float(torch.ones(1))"
    )
    student = student_of(source, forbid=("torch.optim",))
    assert failure(lambda: student.f()).kind == "forbidden"
    assert student.g() == 1
    torch.optim.SGD([torch.ones(1).requires_grad_()], lr=0.1)  # ours again


@pytest.mark.parametrize("module", ["torch.optim.sgd", "torch.optim._functional"])
def test_a_forbidden_optimiser_is_noticed_as_a_function(module: str) -> None:
    source = (
        f"import torch\nfrom {module} import sgd\n"
        "def f():\n    p = torch.ones(2)\n"
        "    sgd([p], [torch.ones(2)], [None], weight_decay=0.0, momentum=0.0, lr=0.1, dampening=0.0,"
        " nesterov=False, maximize=False)\n    return p"
    )
    assert student_of(source).f().tolist() == pytest.approx([0.9, 0.9]), "the control"
    assert failure(lambda: student_of(source, forbid=("torch.optim",)).f()).kind == "forbidden"


def test_what_is_not_forbidden_passes_and_the_test_itself_is_free() -> None:
    student = student_of("def f(x):\n    return x * 2", forbid=("torch.add", "torch.optim"))
    assert student.f(torch.ones(1)).item() == 2
    assert student.torch.add(1, torch.ones(1)).item() == 2


def test_an_address_is_no_data_and_data_no_address() -> None:
    student = student_of()
    model = call(student.net)
    assert student.kind(model[0]) == "Linear"
    assert student.kind(model[0].weight) == "Parameter"
    assert student.kind((model, "append")) == "tuple"
    assert student.kind((model, ["append"])) == "tuple"
    assert student.kind([model[1], (2, "x")]) == "list"


def test_an_error_of_ours_is_told_as_ours_and_not_as_the_students(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = operator.itemgetter("a hidden value: 123")  # in C: no file of a student's is in the traceback
    student = student_of()
    monkeypatch.setattr("autograder.remote.objects.seed_everything", broken)
    with pytest.raises(StudentFailed) as caught:
        student.identity(1)
    failure = caught.value.failure
    assert (failure.kind, failure.type_name) == ("ours", "TypeError")
    assert "123" not in failure.message
