"""Slips with PyTorch: another loss or reduction, devices and dtypes lost, layers matched too widely or too narrowly."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.authoring.mutants.syntax import dotted, expression, places

# What is easily taken for what; each way that learners go.
_TAKEN_FOR: dict[str, tuple[str, ...]] = {
    "mean": ("sum",), "sum": ("mean",), "max": ("min",), "min": ("max",), "argmax": ("argmin",), "std": ("var",),
    "var": ("std",), "relu": ("sigmoid",), "sigmoid": ("tanh",), "tanh": ("sigmoid",), "ReLU": ("Sigmoid",),
    "Sigmoid": ("ReLU",), "Tanh": ("ReLU",), "softmax": ("log_softmax",), "log_softmax": ("softmax",),
    "mse_loss": ("l1_loss",), "MSELoss": ("L1Loss",), "cross_entropy": ("nll_loss",),
    "binary_cross_entropy": ("binary_cross_entropy_with_logits",), "BCELoss": ("BCEWithLogitsLoss",),
    "binary_cross_entropy_with_logits": ("binary_cross_entropy",), "BCEWithLogitsLoss": ("BCELoss", "MSELoss"),
    "SGD": ("Adam",), "Adam": ("SGD",), "zeros": ("ones",), "rand": ("randn",), "randn": ("rand",),
    "modules": ("children",), "named_modules": ("named_children",), "train": ("eval",), "eval": ("train",),
    "view": ("reshape",), "matmul": ("mul",), "all": ("any",), "any": ("all",), "shape": ("ndim",),
    "append": ("extend",),
    "log": ("log2",), "exp": ("exp2",), "floor": ("ceil",), "ceil": ("floor",), "expand": ("repeat",),
    "Dropout": ("Identity",), "square": ("abs",), "abs": ("square",), "numel": ("dim",), "lower": ("upper",),
}  # fmt: skip
_LOSSES = {
    "mse_loss", "cross_entropy", "binary_cross_entropy", "binary_cross_entropy_with_logits", "nll_loss",
    "MSELoss", "CrossEntropyLoss", "BCELoss", "BCEWithLogitsLoss", "NLLLoss",
}  # fmt: skip
_WIDER = {
    "Linear": ("nn.Module",), "_BatchNorm": ("nn.BatchNorm1d", "nn.BatchNorm2d"), "Module": ("nn.Linear",),
}  # fmt: skip


def taken_for_another(node: ast.expr) -> Iterator[ast.expr]:
    """One function, class or attribute for another that is like it."""
    match node:
        case ast.Attribute(value=value, attr=attr):
            yield from (ast.Attribute(value, other, ast.Load()) for other in _TAKEN_FOR.get(attr, ()))


def loss_changed(node: ast.expr) -> Iterator[ast.expr]:
    """A loss that is summed, or gets probabilities for logits."""
    if not isinstance(node, ast.Call):
        return
    name = dotted(node.func).rpartition(".")[2]
    if name not in _LOSSES:
        return
    others = [keyword for keyword in node.keywords if keyword.arg != "reduction"]
    yield ast.Call(node.func, node.args, [*others, ast.keyword("reduction", ast.Constant("sum"))])
    if len(node.args) > 1:
        first = node.args[0]
        squashed = {
            "cross_entropy": "torch.softmax(x, -1)", "binary_cross_entropy_with_logits": "torch.sigmoid(x)",
            "nll_loss": "x.exp()", "mse_loss": "torch.sigmoid(x)",
        }.get(name)  # fmt: skip
        if squashed:
            yield ast.Call(node.func, [expression(squashed, x=first), *node.args[1:]], node.keywords)


def squashed_twice(node: ast.expr) -> Iterator[ast.expr]:
    """A softmax, a sigmoid, a logarithm twice."""
    if isinstance(node, ast.Call) and len(node.args) >= 1:
        name = dotted(node.func).rpartition(".")[2]
        if name in ("softmax", "sigmoid", "log_softmax", "log", "tanh", "relu"):
            yield ast.Call(node.func, [node, *node.args[1:]], node.keywords)


def dimension_changed(node: ast.expr) -> Iterator[ast.expr]:
    """Down the columns for along the rows, or all dimensions of size 1 squeezed away."""
    if not isinstance(node, ast.Call):
        return
    for at, keyword in enumerate(node.keywords):
        if keyword.arg in ("dim", "axis"):
            new = ast.Constant(1 if isinstance(keyword.value, ast.Constant) and keyword.value.value == 0 else 0)
            yield ast.Call(
                node.func,
                node.args,
                [*node.keywords[:at], ast.keyword(keyword.arg, new), *node.keywords[at + 1 :]],
            )
    if isinstance(node.func, ast.Attribute) and node.func.attr in ("squeeze", "flatten") and node.args:
        yield ast.Call(node.func, [], [])


def place_lost(node: ast.expr) -> Iterator[ast.expr]:
    """On the CPU or in float32 whatever is given: constructors and casts of old days, ``zeros`` for ``zeros_like``."""
    match node:
        case ast.Call(func=ast.Attribute(attr="float" | "double"), args=[]):
            yield expression("x.type(torch.FloatTensor)", x=node.func.value)  # type: ignore[attr-defined]
        case ast.Call(func=ast.Attribute(attr="to"), args=[_, *_]):
            yield expression("x.type(torch.FloatTensor)", x=node.func.value)  # type: ignore[attr-defined]
        case ast.Call(func=func, args=[first, *rest]):
            name = dotted(func)
            if name in ("torch.zeros_like", "torch.ones_like", "torch.rand_like", "torch.randn_like"):
                made = name.removesuffix("_like")
                yield expression(f"{made}(x.shape)", x=first)
                yield expression(f"{made}(x.shape, dtype=x.dtype)", x=first)
                yield expression(f"{made}(x.shape, device=x.device)", x=first)
            if name == "torch.zeros":
                yield ast.Call(expression("torch.Tensor"), [first, *rest], [])
                yield ast.Call(expression("torch.FloatTensor"), [first, *rest], [])
    match node:
        case ast.Call(func=ast.Attribute(attr="new_zeros" | "new_ones" | "new_full" | "new_tensor" as new)):
            plain = ast.Attribute(ast.Name("torch", ast.Load()), new.removeprefix("new_"), ast.Load())
            yield ast.Call(plain, node.args, node.keywords)


def layers_confused(node: ast.expr) -> Iterator[ast.expr]:
    """A class of layers too wide or too narrow, one of several kinds missed, the last two tensors for the head."""
    match node:
        case ast.Call(func=ast.Name(id="isinstance"), args=[value, ast.Tuple(elts=kinds)]):
            for kind in kinds:
                rest = [other for other in kinds if other is not kind]
                yield ast.Call(node.func, [value, ast.Tuple(rest, ast.Load())], [])
        case ast.Call(func=ast.Name(id="isinstance"), args=[value, kind]):
            for other in _WIDER.get(dotted(kind).rpartition(".")[2], ()):
                yield ast.Call(node.func, [value, expression(other)], [])
            yield expression("hasattr(x, 'weight')", x=value)
        case ast.Call(func=ast.Attribute(attr="parameters"), args=[]):
            yield expression("list(x)[-2:]", x=node)
            yield expression("(p for p in x if p.dim() > 1)", x=node)


def set_for_list(tree: ast.Module) -> Iterator[None]:
    """A set, which has no order and no doubles, for a list that is given back or stands in a dict."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Return, ast.Dict)):
            for place in list(places(node)):
                for new in _sets(place.node):
                    with place.holding(new):
                        yield


def _sets(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.ListComp(elt=elt, generators=generators):
            yield ast.SetComp(elt, generators)
        case ast.List(elts=[_, *_] as elts):
            yield ast.Set(elts)
        case ast.Call(func=ast.Name(id="list"), args=[_], keywords=[]):
            yield ast.Call(ast.Name("set", ast.Load()), node.args, [])


def in_place(node: ast.expr) -> Iterator[ast.expr]:
    """The method that changes its tensor, for the one that gives a new one."""
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr=attr)) if not dotted(value).startswith(("torch", "F", "np")):
            if attr in ("relu", "sigmoid", "tanh", "clamp", "add", "sub", "mul", "div", "exp", "log", "abs", "sqrt"):
                yield ast.Call(ast.Attribute(value, attr + "_", ast.Load()), node.args, node.keywords)
        case ast.Call(func=func, args=args) if dotted(func) in ("torch.relu", "torch.sigmoid", "torch.tanh", "F.relu"):
            name = dotted(func).rpartition(".")[2]
            yield ast.Call(expression(f"torch.{name}_"), args, [])


def sizes_not_compared(node: ast.expr) -> Iterator[ast.expr]:
    """How many numbers or dimensions, where the shapes should be compared."""
    match node:
        case ast.Attribute(value=value, attr="shape"):
            yield expression("x.dim()", x=value)
            yield expression("x.numel()", x=value)
