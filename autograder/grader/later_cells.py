"""What the cells below a question may have done to its answer, as far as their source shows it.

The question is asked at the notebook's end first. Where it loses there, this tells whether its test cell can have seen
another answer at all, and which cell a student is to be told of. In doubt it can.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from autograder.cells.matching import MAX_SOURCE, parsed
from autograder.judging.source_rules import as_python_reads
from autograder.submission.notebook import Cell

# What changes more than a name: settings of torch, NumPy, Python and IPython, and ways to a name that are no binding.
_SETTING = re.compile(
    r"\b(?:set_default_\w+|set_grad_enabled|set_float32_matmul_precision|set_num_\w*threads|set_(?:detect_)?anomaly\w*|"
    r"set_flush_denormal|set_deterministic\w*|set_printoptions|set_options?|use_deterministic_algorithms|allow_tf32|"
    r"seterr|simplefilter|filterwarnings|inference_mode|enter_context)\b"
)
_WAYS = re.compile(
    r"\b(?:globals|locals|vars|exec|eval|setattr|delattr|__\w+__|get_ipython|reload|chdir|environ|patch)\b"
    r"|^\s*[%!]|\bimport\s*\*",
    re.M,
)
_RESET = re.compile(r"^\s*%(?:reset|reset_selective|xdel)\b", re.M)
_MOST_WORDS = 60  # of a line that is quoted


@dataclass(frozen=True)
class Change:
    """A cell that binds a name again or changes a setting: its place, the name ("" for a setting), and the line."""

    cell: int
    name: str
    line: str

    def in_words(self) -> str:
        """For the student: "`mse` is bound again in cell 14 (`mse = mse(a, b)`)"; cells are counted from 1."""
        where = f"cell {self.cell + 1}" + (f" (`{self.line}`)" if self.line else "")
        return f"`{self.name}` is bound again in {where}" if self.name else f"{where} changes a setting"


class Trees:
    """The syntax of a notebook's cells, each parsed once; None for a cell that Python cannot read."""

    def __init__(self) -> None:
        self._known: dict[int, ast.Module | None] = {}

    def of(self, cell: Cell) -> ast.Module | None:
        """The cell's syntax, with its names in the one form under which Python knows them."""
        if cell.index not in self._known:
            self._known[cell.index] = parsed(as_python_reads(cell.source))
        return self._known[cell.index]


def may_have_changed(names: Iterable[str], above: Sequence[Cell], below: Sequence[Cell], trees: Trees) -> bool:
    """Whether an answer at the notebook's end can be another one than at its test cell.

    Args:
        names: of the question.
        above: the code above the test cell.
        below: the code below it.
    """
    if _too_long(above, below):
        return True
    before = [tree for cell in above if (tree := trees.of(cell)) is not None]
    after = [tree for cell in below if (tree := trees.of(cell)) is not None]
    unread = len(before) + len(after) < len(above) + len(below)
    if unread or any(_SETTING.search(cell.source) or _WAYS.search(cell.source) for cell in below):
        return True
    used = _used_by(frozenset(names), before)
    if used is None:
        return True
    return any(not used.isdisjoint(_bound_in(tree)) or not used.isdisjoint(_patched_in(tree)) for tree in after)


def what_changed(names: Iterable[str], above: Sequence[Cell], below: Sequence[Cell], trees: Trees) -> Change | None:
    """The cell below the test cell that is likeliest to have changed the answer; None if no source shows one."""
    if _too_long(above, below):
        return None
    own = frozenset(names)
    before = [tree for cell in above if (tree := trees.of(cell)) is not None]
    for wanted in (own, _loaded_by(own, before)):  # the question's own names first, then what the answer uses
        for cell in below:
            tree = trees.of(cell)
            for name, line in () if tree is None else _bindings(tree):
                if name in wanted:
                    return Change(cell.index, name, _line(cell.source, line))
    for pattern in (_RESET, _SETTING):
        for cell in below:
            found = pattern.search(cell.source)
            if found is not None:
                return Change(cell.index, "", _line(cell.source, cell.source.count("\n", 0, found.end()) + 1))
    return None


def _too_long(above: Sequence[Cell], below: Sequence[Cell]) -> bool:
    return sum(len(cell.source) for cell in (*above, *below)) > MAX_SOURCE


def _patched_in(tree: ast.Module) -> set[str]:
    """The names of what a cell sets an attribute of: a function, a class or a module can be changed in this way."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, (ast.Store, ast.Del)):
            owner: ast.expr = node.value
            while isinstance(owner, ast.Attribute):
                owner = owner.value
            if isinstance(owner, ast.Name):
                found.add(owner.id)
    return found


def _used_by(names: AbstractSet[str], trees: Sequence[ast.Module]) -> frozenset[str] | None:
    """The names that an answer uses, its own included; None where it may use more than names.

    An answer of functions, classes and modules can only change where one of these names is bound again. One that uses
    a value which is not made by ``def``, ``class`` or ``import`` may change with it, and so may one that remembers.
    """
    kinds: dict[str, list[ast.stmt]] = {}
    for tree in trees:
        for statement in tree.body:
            for name in _bound_by(statement):
                kinds.setdefault(name, []).append(statement)
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for statement in kinds.get(name, []):
            match statement:
                case ast.Import() | ast.ImportFrom():
                    continue
                case ast.FunctionDef() | ast.ClassDef() if not _remembers(statement):
                    waiting += _loaded_in(statement)
                case _:
                    return None
    return frozenset(found)


def _loaded_by(names: AbstractSet[str], trees: Sequence[ast.Module]) -> frozenset[str]:
    """The names that an answer uses, its own not included, whatever they stand for."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        for tree in trees:
            for statement in tree.body:
                if name in _bound_by(statement):
                    new = set(_loaded_in(statement)) - found - set(names)
                    found |= new
                    waiting += new
    return frozenset(found)


def _remembers(statement: ast.FunctionDef | ast.ClassDef) -> bool:
    """Whether a function or class can answer differently later, with nothing bound again: it keeps something."""
    for node in ast.walk(statement):
        match node:
            case ast.Global() | ast.Nonlocal() | ast.Yield() | ast.YieldFrom():
                return True
            case ast.FunctionDef(decorator_list=decorators, args=arguments):
                defaults = [*arguments.defaults, *(one for one in arguments.kw_defaults if one is not None)]
                if decorators or not all(isinstance(one, (ast.Constant, ast.Attribute, ast.Name)) for one in defaults):
                    return True
            case ast.ClassDef(decorator_list=decorators, body=body):
                if decorators or any(isinstance(part, (ast.Assign, ast.AnnAssign)) for part in body):
                    return True
            case ast.Attribute(value=ast.Name(id="self"), ctx=ast.Store()):
                pass
            case ast.Attribute(ctx=ast.Store()) | ast.Name(id="open"):
                return True
    return False


def _loaded_in(statement: ast.AST) -> list[str]:
    return [node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]


def _bound_in(tree: ast.Module) -> set[str]:
    return {name for name, _ in _bindings(tree)}


def _bindings(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """(name, line) of every binding of a name of the notebook, also by ``global`` inside a function."""
    for statement in tree.body:
        for name in _bound_by(statement):
            yield name, statement.lineno


def _bound_by(statement: ast.stmt) -> set[str]:
    """The notebook's names that a statement binds or deletes."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        inside = {name for node in ast.walk(statement) if isinstance(node, ast.Global) for name in node.names}
        return {statement.name, *inside}
    found: set[str] = set()
    for node in _outside_functions(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found |= {name, *(n for part in ast.walk(node) if isinstance(part, ast.Global) for n in part.names)}
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                found |= {(alias.asname or alias.name).partition(".")[0] for alias in aliases}
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                found.add(name)
            case _:
                pass
    return found


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """``node`` and what is in it, but not what is local to a function or a comprehension."""
    yield node
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
        return
    local = isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp))
    for child in ast.iter_child_nodes(node):
        if local and isinstance(child, ast.comprehension):
            continue
        yield from _outside_functions(child)


def _line(source: str, number: int) -> str:
    """The line of that number, short enough to be quoted; "" for one that is not."""
    lines = source.split("\n")
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    return line if len(line) <= _MOST_WORDS and "`" not in line and line.isprintable() else ""
