"""Errors of Python and torch whose words never change, so that they may be shown where hidden inputs were at hand.

A message is shown only if it is one of these as a whole, under its own exception: whoever raises one by hand says no
more than which line of this list it is. Each was raised by the library itself (``tests/judging/test_fixed_texts.py``).
"""

from __future__ import annotations

_TEXTS: dict[str, tuple[str, ...]] = {
    "RuntimeError": (
        "Boolean value of Tensor with more than one value is ambiguous",
        "Boolean value of Tensor with no values is ambiguous",
        "element 0 of tensors does not require grad and does not have a grad_fn",
        "grad can be implicitly created only for scalar outputs",
        "Trying to backward through the graph a second time (or directly access saved tensors after they have already "
        "been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). "
        "Specify retain_graph=True if you need to backward through the graph a second time or if you need to access "
        "saved tensors after calling backward.",
        "a leaf Variable that requires grad is being used in an in-place operation.",
        "a view of a leaf Variable that requires grad is being used in an in-place operation.",
        "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
        "only Tensors of floating point dtype can require gradients",
        "Only Tensors of floating point and complex dtype can require gradients",
        "result type Float can't be cast to the desired output type Long",
        "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: Long",
        "mat1 and mat2 must have the same dtype, but got Double and Float",
        "mat1 and mat2 must have the same dtype, but got Long and Float",
        "expected target dtype to be Long or Byte, but got Float",
        "expected m1 and m2 to have the same dtype, but got: double != float",
        "Found dtype Double but expected Float",
        "Found dtype Long but expected Float",
        "one_hot is only applicable to index tensor of type LongTensor.",
        "Class values must be smaller than num_classes.",
        "Class values must be non-negative.",
        "all elements of input should be between 0 and 1",
    ),
    "ValueError": (
        "can't optimize a non-leaf Tensor",
        "optimizer got an empty parameter list",
        "some parameters appear in more than one parameter group",
        "math domain error",
    ),
    "TypeError": (
        "'NoneType' object is not iterable",
        "'NoneType' object is not callable",
        "'NoneType' object is not subscriptable",
        "object of type 'NoneType' has no len()",
        "unsupported operand type(s) for *: 'float' and 'NoneType'",
        "unsupported operand type(s) for -: 'NoneType' and 'float'",
        "'int' object is not callable",
        "'float' object is not callable",
        "'int' object is not iterable",
        "'float' object is not iterable",
        "'Tensor' object is not callable",
        "object of type 'generator' has no len()",
        "'generator' object is not subscriptable",
        "optimizer can only optimize Tensors, but one of the params is str",
    ),
    "AttributeError": (
        "'NoneType' object has no attribute 'zero_'",
        "'NoneType' object has no attribute 'backward'",
        "'NoneType' object has no attribute 'shape'",
        "'float' object has no attribute 'backward'",
        "'float' object has no attribute 'item'",
        "'float' object has no attribute 'detach'",
        "'int' object has no attribute 'item'",
        "'list' object has no attribute 'shape'",
        "'list' object has no attribute 'backward'",
        "'tuple' object has no attribute 'backward'",
        "'tuple' object has no attribute 'shape'",
        "cannot assign module before Module.__init__() call",
        "cannot assign parameters before Module.__init__() call",
    ),
    "IndexError": (
        "list index out of range",
        "tensors used as indices must be long, int, byte or bool tensors",
    ),
    "ZeroDivisionError": (
        "division by zero",
        "float division by zero",
        "float floor division by zero",
        "integer division or modulo by zero",
        "integer modulo by zero",
    ),
    "RecursionError": ("maximum recursion depth exceeded",),
}  # fmt: skip


def is_fixed_text(type_name: str, message: str) -> bool:
    """Whether a message is one of those that an exception of that name always has."""
    return message in _TEXTS.get(type_name, ())


def fixed_texts() -> list[tuple[str, str]]:
    """Every (exception, text)."""
    return [(name, text) for name, texts in _TEXTS.items() for text in texts]
