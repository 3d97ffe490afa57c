"""Slips with whole statements: left out, doubled, in the wrong place, nothing returned."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.authoring.mutants.syntax import bodies, functions, is_docstring, parameters_of, replaced

_FIXED = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Pass, ast.Global, ast.Nonlocal)
_ONCE = {
    "zero_grad",
    "zero_",
    "copy_",
    "eval",
    "train",
    "requires_grad_",
    "manual_seed",
    "set_grad_enabled",
    "sort",
    "seed",
}
_STEPS = {"backward", "step", "grad", "zero_grad", "zero_"}
_GRADIENTS = ".grad"
_MODELS = {"model", "net", "module", "optimizer", "opt", "self"}


def _is_once(node: ast.expr) -> bool:
    """A call that does the same when it is made twice."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _ONCE


def _attributes(node: ast.AST) -> set[str]:
    return {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}


def _movable(statement: ast.stmt) -> bool:
    return not isinstance(statement, _FIXED) and not is_docstring(statement)


def left_out(tree: ast.Module) -> Iterator[None]:
    """A statement is not there."""
    for body in bodies(tree):
        for at, statement in enumerate(list(body)):
            if _movable(statement) and not isinstance(statement, ast.Return):
                with replaced(body, at, at + 1):
                    yield


def doubled(tree: ast.Module) -> Iterator[None]:
    """A call that stands for itself, or an update in place, is made twice."""
    for body in bodies(tree):
        for at, statement in enumerate(list(body)):
            call = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
            if call and _is_once(statement.value):  # type: ignore[attr-defined]
                continue
            if call or isinstance(statement, ast.AugAssign):
                with replaced(body, at, at + 1, statement, statement):
                    yield


def swapped(tree: ast.Module) -> Iterator[None]:
    """Two neighbours have changed places."""
    for body in bodies(tree):
        for at, (one, other) in enumerate(zip(list(body), body[1:], strict=False)):
            if _movable(one) and _movable(other) and not _independent(one, other):
                with replaced(body, at, at + 2, other, one):
                    yield


def _independent(one: ast.stmt, other: ast.stmt) -> bool:
    """Two statements of which neither changes what the other reads can stand in either order."""
    return not (_writes(one) & (_reads(other) | _writes(other)) or _writes(other) & _reads(one))


def _reads(statement: ast.stmt) -> set[str]:
    names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
    return names | ({_GRADIENTS} if _STEPS & _attributes(statement) else set())


def _writes(statement: ast.stmt) -> set[str]:
    """The names that a statement binds or, by a method, changes; the gradients, for one that makes or clears them."""
    stored = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    used = _attributes(statement)
    if used & {"backward", "zero_grad", "zero_"}:
        return stored | {_GRADIENTS}
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=value))):
            return stored | {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
        case ast.Assign(targets=targets):
            roots = [node for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
            return stored | {node.id for node in roots}
        case ast.Assign() | ast.AugAssign() | ast.AnnAssign():
            return stored
        case _:
            return stored | _reads(statement)


def moved(tree: ast.Module) -> Iterator[None]:
    """One level in or out: a neighbour of a loop or of an ``if`` stands inside it, or an end of it does not."""
    for body in bodies(tree):
        for at, block in enumerate(list(body)):
            if not isinstance(block, (ast.For, ast.While, ast.If)) or block.orelse:
                continue
            inside = block.body
            if at + 1 < len(body) and _movable(body[at + 1]):  # what follows is indented too far
                with replaced(inside, len(inside), len(inside), body[at + 1]), replaced(body, at + 1, at + 2):
                    yield
            if isinstance(block, (ast.For, ast.While)) and at and _movable(body[at - 1]):  # begun anew in every round
                with replaced(inside, 0, 0, body[at - 1]), replaced(body, at - 1, at):
                    yield
            if len(inside) > 1 and _movable(inside[-1]) and not isinstance(inside[-1], (ast.Break, ast.Continue)):
                with replaced(body, at + 1, at + 1, inside[-1]), replaced(inside, len(inside) - 1, len(inside)):
                    yield
            if len(inside) > 1 and isinstance(block, (ast.For, ast.While)) and _movable(inside[0]):
                with replaced(body, at, at, inside[0]), replaced(inside, 0, 1):
                    yield


def one_round(tree: ast.Module) -> Iterator[None]:
    """A loop ends after its first round."""
    for body in bodies(tree):
        for block in body:
            if isinstance(block, (ast.For, ast.While)):
                with replaced(block.body, len(block.body), len(block.body), ast.Break()):
                    yield


def block_taken_away(tree: ast.Module) -> Iterator[None]:
    """What stands in an ``if``, a ``with`` or a ``try`` stands there without it."""
    for body in bodies(tree):
        for at, block in enumerate(list(body)):
            if isinstance(block, (ast.If, ast.With, ast.Try)):
                with replaced(body, at, at + 1, *block.body):
                    yield
            if isinstance(block, ast.If) and block.orelse:
                with replaced(body, at, at + 1, *block.orelse):
                    yield


def decorator_left_out(tree: ast.Module) -> Iterator[None]:
    """A decorator is not there."""
    for function in functions(tree):
        for decorator in list(function.decorator_list):
            before = list(function.decorator_list)
            function.decorator_list.remove(decorator)
            yield
            function.decorator_list = before


def printed(tree: ast.Module) -> Iterator[None]:
    """The answer is printed, and nothing returned."""
    for body in bodies(tree):
        for at, statement in enumerate(list(body)):
            if isinstance(statement, ast.Return) and statement.value is not None:
                call = ast.Call(ast.Name("print", ast.Load()), [statement.value], [])
                with replaced(body, at, at + 1, ast.Expr(call)):
                    yield


def another_returned(tree: ast.Module) -> Iterator[None]:
    """The model, the optimizer, a list, or a part of the answer is returned."""
    for function in functions(tree):
        given = [name for name in parameters_of(function) if name in _MODELS]
        for body in bodies(ast.Module([function], [])):
            for at, statement in enumerate(list(body)):
                if not isinstance(statement, ast.Return) or statement.value is None:
                    continue
                for value in _others(statement.value, given):
                    with replaced(body, at, at + 1, ast.Return(value)):
                        yield


def _others(value: ast.expr, given: list[str]) -> Iterator[ast.expr]:
    yield from (ast.Name(name, ast.Load()) for name in given)
    if isinstance(value, ast.Tuple):
        yield value.elts[0]
        yield ast.Tuple(value.elts[::-1], ast.Load())
    else:
        yield ast.List([value], ast.Load())


def memory_kept(tree: ast.Module) -> Iterator[None]:
    """A list, a dict or a counter that a call should begin anew is a global that remembers the calls before."""
    for function in [node for node in tree.body if isinstance(node, ast.FunctionDef)]:
        for at, statement in enumerate(list(function.body)):
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.List() | ast.Dict() | ast.Constant()):
                    place = tree.body.index(function)
                    share = ast.Global([name])
                    with replaced(function.body, at, at + 1, share), replaced(tree.body, place, place, statement):
                        yield


def left_behind(tree: ast.Module) -> Iterator[None]:
    """State stays behind: autograd off for good, the model in another mode, a tensor kept on the module."""
    for body in bodies(tree):
        for at, block in enumerate(list(body)):
            if isinstance(block, ast.With) and "no_grad" in ast.unparse(block.items[0]):
                off = ast.parse("torch.set_grad_enabled(False)").body
                with replaced(body, at, at + 1, *off, *block.body):
                    yield
    for function in functions(tree):
        for name in parameters_of(function):
            if name in _MODELS - {"optimizer", "opt", "self"}:
                for call in _left(function, name):
                    with replaced(function.body, 0, 0, *ast.parse(call).body):
                        yield
        if function.name == "forward":
            for at, statement in enumerate(function.body):
                if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                    kept = ast.parse(f"self.kept = {statement.targets[0].id}").body
                    with replaced(function.body, at + 1, at + 1, *kept):
                        yield


def _left(function: ast.AST, model: str) -> Iterator[str]:
    """Calls that leave ``model`` in another state, of the kinds that such a function is about."""
    used = _attributes(function)
    runs = any(isinstance(node, ast.Call) and ast.unparse(node.func) == model for node in ast.walk(function))
    if runs:
        yield f"{model}.eval()"
    if runs and not used & {"backward", "grad"}:
        yield f"{model}.train()"
    if "requires_grad" in used or "requires_grad_" in used:
        yield f"{model}.requires_grad_(True)"


def argument_changed(tree: ast.Module) -> Iterator[None]:
    """A parameter is changed in place where a new value is bound."""
    for function in functions(tree):
        given = set(parameters_of(function))
        for body in bodies(ast.Module([function], [])):
            for at, statement in enumerate(list(body)):
                match statement:
                    case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(ast.Name(id=left), op, right)) if (
                        left in given and name == left
                    ):
                        change = ast.AugAssign(ast.Name(name, ast.Store()), op, right)
                        with replaced(body, at, at + 1, change):
                            yield


def parameter_ignored(tree: ast.Module) -> Iterator[None]:
    """A parameter that has a default always has it."""
    for function in functions(tree):
        args = function.args
        positional = [*args.posonlyargs, *args.args]
        pairs = [
            *zip(positional[len(positional) - len(args.defaults) :], args.defaults, strict=True),
            *zip(args.kwonlyargs, args.kw_defaults, strict=True),
        ]
        for arg, default in pairs:
            if default is not None:
                bound = ast.Assign([ast.Name(arg.arg, ast.Store())], default, lineno=0)
                with replaced(function.body, 0, 0, bound):
                    yield
