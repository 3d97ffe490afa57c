"""Mistakes that an error of Python or of a library tells: which one stopped the student's code, in kind words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.judging.evidence import Explains
from autograder.judging.failures import Kind
from autograder.judging.general_mistake import general
from autograder.judging.run_test import Fingerprint
from autograder.protocol.wire import GIVEN


def stopped_by(*texts: str, given: bool = False) -> Explains:
    """Most failures are errors of the student's own code, all of them of one of these kinds.

    Args:
        texts: patterns for "TypeName: message", one of which must match from the beginning.
        given: whether it may be ours that stopped over what the student gave: a model that cannot be called, say.
    """
    pattern = re.compile("|".join(f"(?:{text})" for text in texts), re.S)

    def explains(failures: Sequence[Fingerprint]) -> bool:
        told = [failure for failure in failures if not _only_stops(failure)]
        stopped = [failure for failure in told if failure.kind is not Kind.CHECK]
        if 2 * len(stopped) <= len(told):
            return False
        return all(_own_error(failure, given) and _matches(pattern, failure) for failure in stopped)

    return explains


def _own_refusal(failures: Sequence[Fingerprint]) -> bool:
    """Most failures are errors that the student's own line raises."""
    told = [failure for failure in failures if not _only_stops(failure)]
    said = [failure.failure for failure in told if failure.failure is not None]
    own = all(one.text.strip().startswith(("raise ", "assert ")) for one in said)
    return own and 2 * len(said) > len(told)


def _only_stops(failure: Fingerprint) -> bool:
    stops = failure.compared[0]
    return failure.kind is Kind.CHECK and isinstance(stops, str) and stops == "the code stops"


def _own_error(failure: Fingerprint, given: bool) -> bool:
    said = failure.failure
    if failure.kind is not Kind.RAISED or said is None or said.cell:
        return False
    return given or said.function != GIVEN


def _matches(pattern: re.Pattern[str], failure: Fingerprint) -> bool:
    said = failure.failure
    return said is not None and pattern.match(f"{said.type_name}: {said.message}") is not None


ERRORS = (
    general(
        "refuses_what_fits",
        "Your own code raises an error for an input that it should answer.",
        "Which condition stands before your `raise` or `assert`, and is it true for this input?",
        _own_refusal,
    ),
    general(
        "shapes_do_not_meet",
        "Your code stops since the shapes of two tensors (or arrays) do not fit each other.",
        "Which two shapes meet there? Print them: is one transposed, or is a dimension missing?",
        stopped_by(
            r"RuntimeError: (mat1 and mat2 shapes|mat1 dim|size mismatch|The size of tensor|shape '|The expanded)",
            r"RuntimeError: (inconsistent tensor|1D tensors expected|self must be|batch1|Expected size|expand\()",
            r"RuntimeError: (einsum\(\): |Sizes of tensors must|stack expects each|t\(\) expects|output with shape)",
            r"RuntimeError: (Tensors must have same number|both arguments to|.*invalid for input of size)",
            r"RuntimeError: .*(must match the size|size of tensor|cannot be multiplied)",
            r"ValueError: (operands could not be broadcast|matmul: |shapes |cannot reshape|Using a target size)",
            r"ValueError: all the input array",
            r"RuntimeError: attempting to assign a gradient of size",
            given=True,
        ),
    ),
    general(
        "graph_is_cut",
        "`backward` finds no way back: the loss does not hang together with anything that asks for a gradient.",
        "Where is the connection lost: by `detach`, `.item()`, `no_grad` or a new `torch.tensor(...)`? "
        "Or has nothing `requires_grad=True`?",
        stopped_by(
            r"RuntimeError: element 0 of tensors does not require grad",
            r"RuntimeError: One of the differentiated Tensors",
        ),
    ),
    general(
        "graph_used_twice",
        "`backward` goes through a graph that is used up: something computed before an earlier step is used again.",
        "Is all of the loss computed anew in each step?",
        stopped_by(r"RuntimeError: Trying to backward through the graph a second time"),
    ),
    general(
        "leaf_changed_while_recording",
        "A parameter is changed in place while autograd is recording, which it does not allow.",
        "Which `with` block switches recording off for the step?",
        stopped_by(r"RuntimeError: a (view of a )?leaf Variable that requires grad"),
    ),
    general(
        "changed_before_backward",
        "A tensor that `backward` still needs was changed in place before it.",
        "Which line has `+=` or a method that ends with an underscore, and does it stand before `backward`?",
        stopped_by(r"RuntimeError: one of the variables needed for gradient computation has been modified"),
    ),
    general(
        "backward_from_many",
        "`backward` needs one number to start from, and your tensor has several.",
        "Is the mean or the sum of the losses taken first?",
        stopped_by(r"RuntimeError: grad can be implicitly created only for scalar outputs"),
    ),
    general(
        "numpy_with_a_graph",
        "NumPy cannot take a tensor that hangs on a graph (or has `requires_grad=True`).",
        "Does the calculation need NumPy at all? If so: what does `detach` give?",
        stopped_by(r"RuntimeError: Can't call numpy\(\) on Tensor that requires grad"),
    ),
    general(
        "one_number_of_many",
        "A tensor of several numbers is used where one number is needed.",
        "How many numbers are in it, and which one of them, or which mean, is meant?",
        stopped_by(
            r"(RuntimeError|ValueError): a Tensor with \d+ elements cannot be converted to Scalar",
            r"(TypeError|ValueError): only (one element tensors|length-1 arrays|0-dimensional arrays|single-element)",
            r"TypeError: only integer tensors of a single element",
            r"ValueError: setting an array element",
        ),
    ),
    general(
        "one_truth_of_many",
        "An `if`, `while`, `and`, `or` or `max` asks a tensor of several numbers whether it is true.",
        "Do you mean all of them, any of them, or each on its own, as `torch.where` does?",
        stopped_by(
            r"RuntimeError: Boolean value of Tensor with (more than one|no) value",
            r"ValueError: The truth value of an array",
        ),
    ),
    general(
        "dtypes_do_not_meet",
        "Your code stops since a dtype does not suit: whole numbers for real ones, or float32 and float64.",
        "Which dtypes meet in the line where it stops? What would `.float()` or `.long()` change?",
        stopped_by(
            r"RuntimeError: (expected (scalar type|target dtype|m1 and m2|dtype)|mat1 and mat2 must have)",
            r"RuntimeError: (Found dtype|result type|Expected floating point|mean\(\): could not infer|Input type)",
            r"RuntimeError: (std and var only support|dot : expected|[Oo]nly Tensors of floating|Index tensor must)",
            r"RuntimeError: (gather\(\): Expected dtype|one_hot is only|Index put requires)",
            r"(NotImplementedError|RuntimeError): .*not implemented for '",
            r"IndexError: tensors used as indices must be",
            r"(\w*UFunc\w*|TypeError): .*[Cc](an't|annot) (be )?cast",
            given=True,
        ),
    ),
    general(
        "forward_not_there",
        "The module has no method `forward`, so it cannot be called.",
        "Is `forward` spelled like that, and does it stand inside of the class?",
        stopped_by(r'NotImplementedError: .*missing the required "forward"', given=True),
    ),
    general(
        "name_not_there",
        "Your code uses a name that is defined nowhere, or not yet at that place.",
        "Is it spelled the same everywhere, is what it needs imported, and is it set on every way that leads there?",
        stopped_by(r"(NameError|UnboundLocalError|ModuleNotFoundError|ImportError): "),
    ),
    general(
        "none_used",
        "Your code goes on with None where it expects a value.",
        "What gave that None: a function without `return`, a `.grad` before `backward`, or an in-place method?",
        stopped_by(r"(AttributeError|TypeError): .*NoneType"),
    ),
    general(
        "module_not_set_up",
        "A module is used before `nn.Module` has set it up.",
        "Does `__init__` begin with `super().__init__()`?",
        stopped_by(r"AttributeError: cannot assign (module|parameters?) before Module"),
    ),
    general(
        "plain_number_for_a_tensor",
        "A plain number of Python stands where a tensor is needed: it has no `backward`, no `grad` and no shape.",
        "Which of your values are still numbers, and where should `torch.tensor(...)` make a tensor of them?",
        stopped_by(
            r"AttributeError: '(int|float)' object has no attribute",
            r"TypeError: .*must be Tensor, not (int|float)",
        ),
    ),
    general(
        "tensor_for_a_parameter",
        "A plain tensor is put in the place of a parameter, which a module does not allow.",
        "How do you change the numbers inside of a parameter: by `copy_` under `no_grad`, or by a new `nn.Parameter`?",
        stopped_by(r"TypeError: cannot assign '.*' as (parameter|child module|buffer)", given=True),
    ),
    general(
        "attribute_not_there",
        "Your code asks something for an attribute or a method that it does not have.",
        "What is it: a tensor, a number, a list, a module? `type(...)` tells. Or is it a typing slip?",
        stopped_by(r"AttributeError: "),
    ),
    general(
        "called_with_other_arguments",
        "Something is called with more, fewer or other arguments than it takes.",
        "Which arguments does the question give to your function, and which does each function that you call take?",
        stopped_by(
            r"TypeError: .*(positional argument|unexpected keyword|required (keyword|positional)|takes no arguments)",
            r"TypeError: .*(got multiple values|invalid combination|missing \d+ required)",
            r"TypeError: .*must be (Tensor|int|tuple|torch)",
        ),
    ),
    general(
        "used_as_what_it_is_not",
        "Your code does something with a value that its kind does not allow: calls it, indexes it, adds it to another.",
        "Of which type is each value in the line where it stops?",
        stopped_by(
            r"TypeError: .*(not callable|not subscriptable|not iterable|unsupported operand|has no len|bad operand)",
            r"TypeError: .*(does not support item|can only concatenate|cannot be interpreted as an integer|unhashable)",
            r"TypeError: .*(indices must be|not an iterator|not supported between|must be real number|a 0-d tensor)",
        ),
    ),
    general(
        "no_length",
        "What you give is asked for its length, and has none.",
        "Does its class have a method `__len__`, spelled like that and indented into the class?",
        stopped_by(r"TypeError: object of type '.*' has no len\(\)", given=True),
    ),
    general(
        "index_out_of_range",
        "Your code asks for an element or a dimension that is not there.",
        "From which number to which do the indices go, and how many are there?",
        stopped_by(r"IndexError: ", r"RuntimeError: .*index .*out of (bounds|range)"),
    ),
    general(
        "key_not_there",
        "Your code looks up a key that a dict does not have.",
        "Which keys are there, and what should happen with one that is not?",
        stopped_by(r"KeyError: "),
    ),
    general(
        "division_by_zero",
        "Your code divides by zero.",
        "For which input is the divisor 0, and what should come out then?",
        stopped_by(r"ZeroDivisionError: "),
    ),
    general(
        "outside_of_the_domain",
        "A function of `math` gets a number that it has no answer for, such as the logarithm of 0, or `exp` of 1000.",
        "For which input does that happen, and what should come out then?",
        stopped_by(r"ValueError: (math domain error|expected a (positive|nonnegative) input)", r"OverflowError: "),
    ),
    general(
        "endless_recursion",
        "Your function calls itself without end.",
        "In which case should it stop calling itself?",
        stopped_by(r"RecursionError: "),
    ),
    general(
        "nothing_to_optimise",
        "The optimizer gets no parameters, or something that is no parameter.",
        "What does `list(model.parameters())` show, and is that what the optimizer was given?",
        stopped_by(
            r"ValueError: (optimizer got an empty|can't optimize a non-leaf|some parameters appear)",
            r"TypeError: (optimizer can only|params argument)",
        ),
    ),
)
