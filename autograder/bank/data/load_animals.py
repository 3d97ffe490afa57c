"""From a CSV file to tensors: features without name and label, classes in the stated order."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from autograder.checks import CheckFailed, Wanted, assert_close, assert_equal, assert_true
from autograder.checks.kinds import article, kind_of
from autograder.course.question import Question, visible
from autograder.judging.inputs import Draw
from autograder.protocol.wire import WorkFile
from autograder.remote.proxy import Student, define

QUESTION = Question(
    id="load_animals",
    points=3,
    names=("load_animals",),
    title="From a CSV file to tensors",
    minutes=15,
    difficulty="medium",
    hints=(
        "Three things come out: features, labels, class names. Which columns are features, and which are not?",
        "Read the file with `pd.read_csv`. Leave out the name and the type, turn the rest into float32; the label is "
        "the place of the type in the list of classes.",
        "`table.drop(columns=['animal_name', 'type']).to_numpy()` into a float32 tensor; "
        "`torch.tensor([classes.index(kind) for kind in table['type']])`; return both and `classes`.",
    ),
)

FEATURES = (
    "hair", "feathers", "eggs", "milk", "airborne", "aquatic", "predator", "toothed", "backbone", "breathes",
    "venomous", "fins", "legs", "tail", "domestic", "catsize",
)  # fmt: skip
CLASSES = ("mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate")
HEADER = ",".join(["animal_name", *FEATURES, "type"]) + "\n"
EIGHT = """aardvark,1,0,0,1,0,0,1,1,1,1,0,0,4,1,0,1,mammal
wasp,0,0,1,0,1,0,1,0,0,1,1,0,6,0,0,0,insect
pike,0,0,1,0,0,1,1,1,1,0,0,1,0,1,0,1,fish
pelican,0,1,1,0,1,1,1,0,1,1,0,0,2,1,0,1,bird
crab,0,0,1,0,0,1,1,0,0,0,0,0,10,0,0,0,invertebrate
gecko,0,0,1,0,0,0,1,1,1,1,0,0,4,1,0,0,reptile
olm,0,0,1,0,0,1,1,1,1,1,0,0,4,1,0,0,amphibian
perch,0,0,1,0,0,1,1,1,1,0,0,1,0,1,0,0,fish
"""
NAMES = ("ant", "bat", "cod", "doe", "eel", "fly", "gnu", "hen", "ibis", "jay", "kid", "owl")
WRITE = """
def write(path, text):
    with open(path, "w") as file:
        file.write(text)
"""


def drawn(rng: Draw, kinds: list[str]) -> str:
    """A file of made-up animals of these classes."""
    names = rng.sample(
        ["ant", "bat", "cod", "doe", "eel", "fly", "gnu", "hen", "ibis", "jay", "kid", "owl"], len(kinds)
    )
    flags, legs = rng.integers(0, 1, len(kinds), 16).clone(), rng.integers(0, 5, len(kinds))
    flags[:, FEATURES.index("legs")] = 2 * legs
    lines = [
        ",".join([name, *map(str, row.tolist()), kind]) for name, row, kind in zip(names, flags, kinds, strict=True)
    ]
    return "\n".join([",".join(["animal_name", *FEATURES, "type"]), *lines]) + "\n"


def loaded(student: Student, name: str, text: str) -> tuple[Any, Any, Any]:
    """The three parts that come back of a file with this text."""
    define(student, "write", WRITE)(WorkFile(name), text)
    answer = student.load_animals(WorkFile(name))
    if not isinstance(answer, (tuple, list)) or len(answer) != 3:
        words = f"{article(kind_of(answer))} came back where X, y and the classes were wanted"
        raise CheckFailed(words, kind_of(answer), Wanted("three parts: X, y, classes"))
    return answer[0], answer[1], answer[2]


def assert_same(student: Student, reference: Student, name: str, text: str) -> None:
    """Fail unless features, labels and classes are those of the reference."""
    X, y, classes = loaded(student, name, text)
    wanted = loaded(reference, name, text)
    assert_close(X, wanted[0], "the features X")
    whole = isinstance(y, torch.Tensor) and y.dtype.is_floating_point
    assert_true(not whole, "the labels are real numbers", actual="real numbers", expected=Wanted("whole numbers"))
    assert_close(y, wanted[1], "the labels y")
    if hasattr(classes, "tolist"):
        classes = classes.tolist()
    assert_equal(classes, list(wanted[2]), "the classes are different, or in another order")


@visible
@pytest.mark.points(1.5)
def test_a_small_file(student: Student, reference: Student) -> None:
    """eight animals: sixteen float32 features, labels 0 to 6 in the stated order, seven class names"""
    assert_same(student, reference, "eight.csv", HEADER + EIGHT)


@visible
@pytest.mark.points(0.5)
def test_a_class_may_be_missing(student: Student, reference: Student, rng: Draw) -> None:
    """a file without some of the classes has the same labels, and the same seven class names"""
    kinds = ["fish", "insect", "bird", "insect", "reptile"]
    assert_same(student, reference, "five.csv", drawn(rng, kinds))


@pytest.mark.points(1)
def test_other_files(student: Student, reference: Student, rng: Draw) -> None:
    """other animals, in another order, all rows kept"""
    kinds = [CLASSES[i] for i in (6, 2, 5, *rng.sample(range(7), 6))]
    text = drawn(rng, kinds)
    lines = text.splitlines()
    twin = lines[2].replace(lines[2].partition(",")[0], "zebu", 1)  # the same features under another name
    assert_same(student, reference, "nine.csv", "\n".join([*lines, twin]) + "\n")
