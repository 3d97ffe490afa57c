"""Mistakes that every question knows are named on evidence in every failed test, and so are errors."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks.failed import Wanted
from autograder.course.assignment import assignment_names, load_assignment
from autograder.judging.failures import Kind
from autograder.judging.general_mistakes import FORBIDDEN, GENERAL, general_mistake
from autograder.judging.run_test import Fingerprint
from autograder.protocol.wire import GIVEN, Failure

TABLE = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
PARTS = torch.tensor([0.123, 0.456, 0.378, 0.912])
LEAF = "w = torch.ones(2, requires_grad=True); "


def failed(actual: Any, wanted: Any, kind: str = "check", *, call: str = "", what: str = "it differs") -> Fingerprint:
    return Fingerprint(1, kind, what, actual, wanted, call=call)  # type: ignore[arg-type]


def refused() -> Fingerprint:
    return Fingerprint(1, Kind.CHECK, "no error was raised for 3 labels", TABLE, Wanted("an exception"))


def stays() -> Fingerprint:
    words = "the answer is not on the device of the input, or the code stops there"
    return Fingerprint(1, Kind.CHECK, words, "TypeError", Wanted("the device"), whole=("the code stops", Wanted("it")))


def stopped(run: str) -> Fingerprint:
    """How a test fails whose student's code ends in the error that running this code raises."""
    try:
        exec(run, {"torch": torch, "np": np, "math": math})
    except Exception as error:
        said = Failure("raised", type(error).__name__, str(error), text=run, function="answer")
        return Fingerprint(1, Kind.RAISED, f"{said.type_name}: {said.message}", "", None, failure=said)
    raise AssertionError(f"{run} raises nothing")


@pytest.mark.parametrize(
    ("observed", "name"),
    [
        ([failed(None, 3)], "nothing_returned"),
        ([failed(None, Wanted("a tensor")), None], "nothing_returned"),
        ([failed(-TABLE, TABLE), failed([-1.5], [1.5])], "sign_wrong"),
        ([failed({"dw": TABLE / 2, "db": 0.25}, {"dw": TABLE, "db": 0.5})], "half_of_it"),
        ([failed(2 * TABLE, TABLE)], "twice_as_much"),
        ([failed(TABLE.T, TABLE)], "rows_and_columns_exchanged"),
        ([failed(None, None)], None),  # a failure that says nothing of what came back
        ([failed(["torch"], [])], None),  # answers that are wrong, where none should be
        ([failed([None, None], [1, 2])], "nothing_returned"),
        ([failed(TABLE, Wanted("a pair"), what="two things were wanted, (w, b)")], "not_all_came_back"),
        ([failed(["a"], ["b"], what="the keys are different")], "other_keys"),
        ([failed("Slow", Wanted("slow"), what="that is none of the four words")], "word_not_offered"),
        ([failed(None, 3), failed(4, 3)], None),
        ([failed(None, 3), failed("x", "y", "raised")], None),
        ([failed(-TABLE, TABLE), failed(TABLE + 1, TABLE)], None),
        ([failed(torch.zeros(3), torch.zeros(3))], None),  # nothing times anything
        ([failed(TABLE.flatten(), TABLE)], "other_shape"),
        ([failed(TABLE.double(), TABLE)], "other_dtype"),
        ([failed(TABLE.double().flatten(), TABLE)], "other_shape_and_dtype"),
        ([failed(TABLE.tolist(), TABLE)], "other_container"),
        ([failed([torch.tensor(1.5)], [1.5])], "other_container"),
        ([failed([[5], [7]], [5, 7])], "other_container"),
        ([failed((4,), (4, 1), what="the shape of the output is different")], "other_shape"),
        ([failed((3,), (4, 1), what="the shape of the output is different")], None),
        ([failed((4,), (4, 1))], None),  # a pair of whole numbers need not be a shape
        ([failed(TABLE[:1], TABLE)], "other_size"),
        ([failed(3, [1, 2, 3])], "another_kind_of_value"),
        ([failed(["0.weight"], Wanted("a gradient for every parameter"))], None),  # what was wanted is in words
        ([failed({"a": 1.0}, {"b": 1.0})], "other_keys"),
        ([failed({"a": 2.0, "b": 4.0}, {"c": 1.0, "d": 2.0})], "other_keys"),
        ([failed(TABLE / 0, TABLE)], "not_finite"),
        ([failed(TABLE * 5, TABLE), failed(7.0 * TABLE, TABLE)], "a_whole_number_of_times_too_large"),
        ([failed(TABLE / 5, TABLE)], "a_whole_number_of_times_too_small"),
        ([failed(TABLE / math.log(10), TABLE)], "logarithm_of_another_base"),
        ([failed(TABLE * 1.7, TABLE)], "one_factor_for_all"),
        ([failed(1.7, 1.0)], None),  # one number is always some multiple of another
        ([failed(TABLE + 0.3, TABLE)], "one_number_added_to_all"),
        ([failed(TABLE.flip(0), TABLE)], "in_another_order"),
        ([failed(1 - TABLE, TABLE)], "complement"),
        ([failed(TABLE.sigmoid(), TABLE)], "one_sigmoid_too_many"),
        ([failed(PARTS.logit(), PARTS)], "sigmoid_missing"),
        ([failed(TABLE.exp(), TABLE)], "exponential_of_it"),
        ([failed(PARTS.log(), PARTS)], "logarithm_of_it"),
        ([failed(PARTS**2, PARTS)], "square_of_it"),
        ([failed(PARTS.sqrt(), PARTS)], "root_of_it"),
        ([failed(1 / PARTS, PARTS)], "one_divided_by_it"),
        ([failed((PARTS - 0.5).abs(), PARTS - 0.5)], "without_the_sign"),
        ([failed((PARTS - 0.5).relu(), PARTS - 0.5)], "negatives_cut_off"),
        ([failed((PARTS * 100).round() / 100, PARTS)], "rounded"),
        ([failed(PARTS.round(), PARTS)], "rounded"),
        ([failed(PARTS * (1 + 1e-6), PARTS)], "nearly_right"),
        ([failed(torch.tensor([0.99996, 4e-5, 4e-5]), torch.tensor([1.0, 0.0, 0.0]))], "nearly_right"),
        ([failed(torch.zeros(3), torch.tensor([8e-9, 2e-8, 1e-9]))], None),
        ([failed(torch.ones(4), torch.tensor([1.0, -1.0, 1.0, -1.0]))], "one_number_throughout"),  # no root is missing
        ([failed(torch.tensor([0.1, 1.0, 0.1]), torch.tensor([0.01, 1.0, 0.01]))], None),  # one number, and 1
        ([failed(1.0, 0.7)], None),  # one number meets a whole one by chance
        ([failed(torch.ones(4), PARTS)], "one_number_throughout"),
        ([failed(4, 3, call="f(1)"), failed(8, 7, call="f(2)")], "one_too_large"),
        ([failed(2, 3, call="f(1)"), failed(6, 7, call="f(2)")], "one_too_small"),
        (
            [failed(4, 3, call="f(1)"), failed(4, 3, call="f(1)")],
            None,
        ),  # one number that is off by one has many reasons
        ([failed(4, 3), failed(8, 7)], None),  # no answer of the student's own, but something of ours
        ([failed(5.0, 3.0, call="f(1)"), failed(5.0, 7.0, call="f(2)")], "always_the_same"),
        ([failed(12, 3, call="f(1)"), failed(28, 7, call="f(2)")], "one_factor_for_all"),
        ([failed(12, 3, call="f(1)"), failed(29, 7, call="f(2)")], None),
        ([failed(5.0, 3.0, call="f(1)"), failed(5.0, 3.0, call="f(2)")], None),
        ([refused(), failed(TABLE.tolist(), TABLE)], "other_container"),
        ([refused(), None], "accepts_what_does_not_fit"),
        ([stays(), None], "made_on_the_cpu"),
        ([stays(), refused()], "accepts_what_does_not_fit"),
        ([failed(2, 1)], None),  # whole numbers: a count that is twice too large has many reasons
        ([failed(torch.ones(2), "a text")], None),
        ([None], None),
        ([], None),
    ],
)
def test_a_name_needs_its_evidence_in_every_failure(observed: list[Fingerprint | None], name: str | None) -> None:
    found = general_mistake({f"t{number}": failure for number, failure in enumerate(observed)})
    assert (None if found is None else found.name) == name


@pytest.mark.parametrize(
    ("run", "name"),
    [
        ("torch.ones(2, 3) @ torch.ones(2, 3)", "shapes_do_not_meet"),
        ("torch.ones(2) + torch.ones(3)", "shapes_do_not_meet"),
        ("torch.ones(2).reshape(3)", "shapes_do_not_meet"),
        ("torch.ones(2, 3) @ torch.ones(2)", "shapes_do_not_meet"),
        ("torch.einsum('ij,j->i', torch.ones(2, 3), torch.ones(2))", "shapes_do_not_meet"),
        ("torch.cat([torch.ones(2, 3), torch.ones(2, 2)])", "shapes_do_not_meet"),
        ("torch.stack([torch.ones(2), torch.ones(3)])", "shapes_do_not_meet"),
        ("np.ones(2) + np.ones(3)", "shapes_do_not_meet"),
        ("np.ones((2, 3)) @ np.ones(2)", "shapes_do_not_meet"),
        ("torch.ones(()).backward()", "graph_is_cut"),
        (LEAF + "y = (w * w).sum(); y.backward(); y.backward()", "graph_used_twice"),
        (LEAF + "w += 1", "leaf_changed_while_recording"),
        (LEAF + "v = w * 1; y = (v * v).sum(); v.add_(1); y.backward()", "changed_before_backward"),
        (LEAF + "(w * 2).backward()", "backward_from_many"),
        (LEAF + "w.numpy()", "numpy_with_a_graph"),
        ("torch.ones(2).item()", "one_number_of_many"),
        ("float(np.ones(2))", "one_number_of_many"),
        ("math.exp(torch.ones(2))", "one_number_of_many"),
        ("bool(torch.ones(2) > 0)", "one_truth_of_many"),
        ("bool(np.ones(2) > 0)", "one_truth_of_many"),
        ("torch.ones(2, 2) @ torch.ones(2, 2, dtype=torch.int64)", "dtypes_do_not_meet"),
        ("torch.ones(2, 2) @ torch.ones(2, 2).double()", "dtypes_do_not_meet"),
        ("torch.ones(2, dtype=torch.int64).mean()", "dtypes_do_not_meet"),
        ("torch.softmax(torch.ones(2, dtype=torch.int64), 0)", "dtypes_do_not_meet"),
        ("a = torch.ones(2, dtype=torch.int64); a += 0.5", "dtypes_do_not_meet"),
        ("a = np.ones(2, dtype=int); a += 0.5", "dtypes_do_not_meet"),
        ("torch.ones(3)[torch.ones(2)]", "dtypes_do_not_meet"),
        ("torch.ones(2, dtype=torch.int64, requires_grad=True)", "dtypes_do_not_meet"),
        ("torch.nn.Module()(1)", "forward_not_there"),
        ("undefined_name", "name_not_there"),
        ("None.shape", "none_used"),
        ("None + 1", "none_used"),
        ("class A(torch.nn.Module):\n def __init__(self):\n  self.a = torch.nn.Linear(1, 1)\nA()", "module_not_set_up"),
        ("torch.ones(2).shpae", "attribute_not_there"),
        ("(lambda a: a)()", "called_with_other_arguments"),
        ("torch.ones(2).sum(axes=1)", "called_with_other_arguments"),
        ("(3)(4)", "used_as_what_it_is_not"),
        ("3[0]", "used_as_what_it_is_not"),
        ("'a' + 1", "used_as_what_it_is_not"),
        ("[1][5]", "index_out_of_range"),
        ("torch.ones(2).sum(dim=1)", "index_out_of_range"),
        ("torch.ones(2)[5]", "index_out_of_range"),
        ("torch.ones(2, 2).gather(1, torch.tensor([[5]]))", "index_out_of_range"),
        ("{}['lr']", "key_not_there"),
        ("1 / 0", "division_by_zero"),
        ("math.log(0)", "outside_of_the_domain"),
        ("math.exp(1000)", "outside_of_the_domain"),
        ("f = lambda: f()\nglobals()['f'] = f\nf()", "endless_recursion"),
        ("torch.optim.SGD([], lr=0.1)", "nothing_to_optimise"),
        (LEAF + "torch.optim.SGD([w * 2], lr=0.1)", "nothing_to_optimise"),
        ("raise ValueError('no')", "refuses_what_fits"),
        ("raise IndexError(-1)", "refuses_what_fits"),
        ("(2).backward()", "plain_number_for_a_tensor"),
        ("torch.sin(2.0)", "plain_number_for_a_tensor"),
        ("torch.nn.Linear(1, 1).weight = torch.ones(1, 1)", "tensor_for_a_parameter"),
        (LEAF + "w.grad = torch.ones(1)", "shapes_do_not_meet"),
        ("assert 1 == 2", "refuses_what_fits"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_an_error_of_a_library_is_told_in_kind_words(run: str, name: str) -> None:
    failure = stopped(run)
    found = general_mistake({"one": failure, "two": failure, "three": stays(), "four": None})
    assert (None if found is None else found.name) == name, failure.what
    assert general_mistake({"one": failure, "two": failed(3, 4)}) is None
    assert general_mistake({"one": failure, "two": failure, "three": failed(3, 4)}) is not None, "most of them stop"
    ours = replace(failure, failure=replace(failure.failure, function=GIVEN, text=""))  # type: ignore[type-var]
    said = general_mistake({"one": ours})  # an error in a test's own helper says nothing of the code but for these
    told = ("shapes_do_not_meet", "dtypes_do_not_meet", "forward_not_there", "tensor_for_a_parameter")
    assert said is None or said.name in told


def test_what_is_given_may_lack_a_length() -> None:
    failure = stopped("len(object())")
    ours = replace(failure, failure=replace(failure.failure, function=GIVEN, text=""))  # type: ignore[type-var]
    found = general_mistake({"one": ours})
    assert found is not None
    assert found.name == "no_length"


def test_names_and_words_are_there_once() -> None:
    known = [*(one.mistake for one in GENERAL), FORBIDDEN]
    assert len({one.name for one in known}) == len(known)
    assert len({one.says for one in known}) == len(known)
    assert all(one.says.endswith(".") and one.ask.endswith("?") for one in known)


def test_no_question_has_a_mistake_of_its_own_under_such_a_name() -> None:
    general = {one.mistake.name for one in GENERAL}
    for name in assignment_names():
        for question in load_assignment(name).questions:
            assert not general & {mistake.name for mistake in question.answers.mistakes}, question.id
