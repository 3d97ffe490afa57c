"""Slips inside an expression: a call left out, arguments swapped, a bound or a sign that is off."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from autograder.authoring.mutants.syntax import MODULES, dotted

_KEPT = {
    "range",
    "zip",
    "enumerate",
    "isinstance",
    "super",
    "len",
    "hasattr",
    "getattr",
    "setattr",
    "type",
    "list",
    "tuple",
    "float",
    "iter",
    "print",
}
_MANY = 50  # rounds, of which one more or less decides nothing
_BOUNDS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE,), ast.LtE: (ast.Lt,), ast.Gt: (ast.GtE,), ast.GtE: (ast.Gt,), ast.Eq: (ast.GtE, ast.LtE),
    ast.NotEq: (ast.Gt, ast.Lt),
}  # fmt: skip
_SIGNS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Pow: ast.Mult,
    ast.Mod: ast.FloorDiv,
}  # fmt: skip
_SYMMETRIC = {"mse_loss", "l1_loss", "dot", "min", "max", "maximum", "minimum", "allclose", "equal", "isclose", "vdot"}
_ORDERED = (ast.Sub, ast.Div, ast.MatMult, ast.Pow, ast.FloorDiv, ast.Mod)


def call_left_out(node: ast.expr) -> Iterator[ast.expr]:
    """``x.clone()`` is ``x``, and ``torch.relu(x)`` is ``x``."""
    match node:
        case ast.Call(func=ast.Attribute(attr="contiguous" | "cpu" | "numpy" | "item" | "manual_seed")):
            pass  # without it the same numbers are there, or nothing is
        case ast.Call(func=ast.Attribute(value=value)) if dotted(value).partition(".")[0] not in MODULES:
            yield value
        case ast.Call(func=func, args=[first, *_]) if not isinstance(first, ast.Starred):
            name = dotted(func).rpartition(".")[2]
            if name and name not in _KEPT and not name[0].isupper():
                yield first


def arguments_swapped(node: ast.expr) -> Iterator[ast.expr]:
    """Two arguments, or the two sides of an operator that has an order, have changed places."""
    match node:
        case ast.Call(func=func, args=args, keywords=keywords):
            for at, (one, other) in enumerate(pairwise(args)):
                alike = ast.dump(one) == ast.dump(other) or dotted(func).rpartition(".")[2] in _SYMMETRIC
                if not alike and not isinstance(one, ast.Starred):
                    yield ast.Call(func, [*args[:at], other, one, *args[at + 2 :]], keywords)
        case ast.BinOp(left=left, op=op, right=right) if isinstance(op, _ORDERED):
            yield ast.BinOp(right, op, left)


def argument_left_out(node: ast.expr) -> Iterator[ast.expr]:
    """An argument that has a default is not given."""
    if isinstance(node, ast.Call):
        for keyword in node.keywords:
            yield ast.Call(node.func, node.args, [other for other in node.keywords if other is not keyword])
        if len(node.args) > 1:
            yield ast.Call(node.func, node.args[:-1], node.keywords)
        if len(node.args) == 1 and isinstance(node.func, ast.Attribute):
            yield ast.Call(node.func, [], node.keywords)


def operand_left_out(node: ast.expr) -> Iterator[ast.expr]:
    """A factor, a term or a minus is missing."""
    match node:
        case ast.BinOp(left=left, right=right):
            yield left
            yield right
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert(), operand=operand):
            yield operand


def operator_changed(node: ast.expr) -> Iterator[ast.expr]:
    """Plus for minus, times for divided by, ``//`` for ``/``."""
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        yield ast.BinOp(node.left, _SIGNS[type(node.op)](), node.right)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        yield ast.BinOp(node.left, ast.FloorDiv(), node.right)


def number_changed(node: ast.expr) -> Iterator[ast.expr]:
    """A number is off by one, or twice as large."""
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)) if value <= _MANY:
            yield ast.Constant(value + 1)
            if value > 0:
                yield ast.Constant(value - 1)
        case ast.Constant(value=float(value)):
            yield ast.Constant(2 * value if value else 1.0)


def bound_changed(node: ast.expr) -> Iterator[ast.expr]:
    """``<=`` for ``<``, and ``>=`` for ``==``."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=right):
            yield from (ast.Compare(left, [other()], right) for other in _BOUNDS.get(type(op), ()))


def condition_changed(node: ast.expr) -> Iterator[ast.expr]:
    """One of several conditions is missing, ``or`` stands for ``and``, or one branch is always taken."""
    match node:
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for value in values:
                rest = [other for other in values if other is not value]
                yield ast.BoolOp(op, rest) if len(rest) > 1 else rest[0]
        case ast.IfExp(body=body, orelse=orelse):
            yield body
            yield orelse
        case ast.ListComp(elt=elt, generators=[one]) | ast.GeneratorExp(elt=elt, generators=[one]) if one.ifs:
            yield type(node)(elt, [ast.comprehension(one.target, one.iter, [], one.is_async)])


def part_forgotten(node: ast.expr) -> Iterator[ast.expr]:
    """A slice is not cut, a list lacks its last or its first item, a range its last or first number."""
    match node:
        case ast.Subscript(value=value, slice=ast.Slice()):
            yield value
        case ast.Call(func=ast.Name(id="range"), args=[ast.Constant(value=int(stop))]) if stop > _MANY:
            pass
        case ast.Call(func=ast.Name(id="range"), args=[stop], keywords=[]):
            yield ast.Call(node.func, [ast.Constant(1), stop], [])
            yield ast.Call(node.func, [ast.BinOp(stop, ast.Sub(), ast.Constant(1))], [])
            yield ast.Call(node.func, [ast.BinOp(stop, ast.Add(), ast.Constant(1))], [])
        case ast.List(elts=[_, *_] as elts):
            yield ast.List(elts[:-1], ast.Load())
            yield ast.List(elts[1:], ast.Load())
