"""A student's notebook, read by the role of each cell; tolerant of cells added, split, doubled or deleted."""

from __future__ import annotations

import json
import os
import re
import stat
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nbformat

from autograder.cells.matching import Questions
from autograder.cells.merges import Conflict, in_file, in_outputs
from autograder.cells.roles import Cell as Cell
from autograder.cells.roles import Role as Role
from autograder.cells.roles import read_roles, why_not_asked
from autograder.errors import ReportedError

# The course's largest notebook has 0.34 MB and 48 cells with all outputs; a student may show a hundred times as much.
MAX_BYTES = 50 << 20
MAX_CELLS = 2_000
_KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
MAX_DEPTH = 60  # of the file's JSON; a notebook as Jupyter writes it is less than 10 deep
# The names of well-known kernels, for notebooks that state no language.
_OTHER_KERNEL = re.compile(
    r"(ir|julia|javascript|ijavascript|jslab|deno|typescript|bash|calysto|xcpp|cling|sas|scala|almond|apache_toree|"
    r"matlab|octave|rust|evcxr|sql|xsqlite|gophernotes|gonb|\.net|dotnet|ihaskell|haskell|kotlin|ruby|iruby|java|ijava|"
    r"maple|mathematica|wolfram|stata|lua|xlua|perl|fortran)(\b|[-_\d])"
)
_LANGUAGE = re.compile(r"\w[\w+#. /-]{0,39}")  # what can be the name of one; anything else states no language
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


class BrokenNotebook(ReportedError):
    """A file that is no notebook this course can read: what is wrong, in one line."""


@dataclass(frozen=True)
class Notebook:
    """A notebook's cells by role, and the notebook itself in nbformat's form.

    Args:
        flags: what a person should look at.
        conflicts: places that a merge left open, each with the questions that it touches.
        turned: questions whose cell was made into one that is not run, with its kind.
    """

    path: str
    cells: tuple[Cell, ...]
    node: Any
    flags: tuple[str, ...] = ()
    conflicts: tuple[tuple[Conflict, frozenset[str]], ...] = ()
    turned: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> tuple[Cell, ...]:
        """The code to run, in order: everything but tests."""
        return tuple(cell for cell in self.cells if cell.role in (Role.SOLUTION, Role.GIVEN, Role.STUDENT))

    @property
    def end(self) -> int:
        """The place after the last cell."""
        return max((cell.index for cell in self.cells), default=-1) + 1

    def above(self, place: int | None) -> tuple[Cell, ...]:
        """The code to run above the cell at ``place``; all of it where that is None."""
        return self.code if place is None else tuple(cell for cell in self.code if cell.index < place)

    def solutions(self, question: str) -> tuple[Cell, ...]:
        """The solution cells of a question: none if it was deleted, several if it was doubled."""
        return tuple(cell for cell in self.cells if cell.role is Role.SOLUTION and cell.question == question)

    def test(self, question: str) -> Cell | None:
        """The test cell of a question: the first below its last answer, or the last that there is."""
        last = max((cell.index for cell in self.solutions(question)), default=-1)
        tests = [cell for cell in self.cells if cell.role is Role.TEST and cell.question == question]
        return next((cell for cell in tests if cell.index > last), tests[-1] if tests else None)

    def moment(self, question: str) -> int | None:
        """The place at which a question is asked, with the cells above it run: its test cell.

        Where that was deleted, below its answer, where it stood in the released notebook. None if there is neither.
        """
        test = self.test(question)
        if test is not None:
            return test.index
        answers = self.solutions(question)
        return answers[-1].index + 1 if answers else None

    @property
    def merge(self) -> str:
        """What is to be told of an unresolved merge; "" where there is none."""
        if not self.conflicts:
            return ""
        first = min((conflict for conflict, _ in self.conflicts), key=lambda conflict: conflict.index)
        more = f", and in {len(self.conflicts) - 1} more" if len(self.conflicts) > 1 else ""
        return f"an unresolved merge, first in {first.in_words()}{more}"

    def why_not_asked(self, question: str) -> str:
        """Why a question's tests cannot be run, whatever its cells define; "" where they can."""
        return why_not_asked(self.conflicts, question)


def read_notebook(path: Path, questions: Questions | None = None) -> Notebook:
    """The notebook in the file ``path``.

    Args:
        questions: of the assignment with their names, by which cells are found again that lost their marks.

    Raises:
        BrokenNotebook: it is missing, too large, not JSON, not a notebook, or not for Python.
    """
    try:
        text = _read(path).decode("utf-8-sig")
    except BrokenNotebook:
        raise
    except FileNotFoundError as problem:
        raise BrokenNotebook("there is no such file") from problem
    except UnicodeDecodeError as problem:
        raise BrokenNotebook("the file is not UTF-8 text, so it is no notebook") from problem
    except (OSError, ValueError) as problem:
        raise BrokenNotebook(f"the file cannot be read: {getattr(problem, 'strerror', None) or problem}") from problem
    return parse_notebook(text, str(path), questions)


def _read(path: Path) -> bytes:
    # Without blocking, since a named pipe would wait for a writer for ever; what is no file has no size to trust.
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise BrokenNotebook("it is no file, but a folder, a pipe or a device")
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise BrokenNotebook(f"the file has more than {MAX_BYTES >> 20} MiB, which is too much. Clear its outputs")
    return data


def parse_notebook(text: str, path: str = "", questions: Questions | None = None) -> Notebook:
    """The notebook in ``text``; ``path`` is kept for messages, and ``questions`` as for ``read_notebook``.

    Raises:
        BrokenNotebook: as ``read_notebook``.
    """
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as problem:
        if merge := in_file(text):
            raise BrokenNotebook(merge) from problem
        raise BrokenNotebook(f"the file is not JSON, so it is no notebook ({_first_line(problem)})") from problem
    if not isinstance(raw, dict) or not isinstance(raw.get("cells", raw.get("worksheets")), list):
        raise BrokenNotebook("the file is JSON, but no notebook: it has no list of cells")
    cells = _cells_in(raw)
    if len(cells) > MAX_CELLS:
        raise BrokenNotebook(f"the notebook has {len(cells):,} cells; at most {MAX_CELLS:,} are read")
    merged_outputs = in_outputs(cells)
    for cell in cells:
        if isinstance(cell, dict) and "outputs" in cell:
            cell["outputs"] = []  # they are made anew, and thousands of them take nbformat minutes
    if _too_deep(raw):
        raise BrokenNotebook(f"the notebook's data are nested more than {MAX_DEPTH} levels deep")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # ids that are missing or doubled are mended below
        try:
            whole = json.dumps(raw, ensure_ascii=False).encode("utf-8", "replace").decode()  # no halves of characters
            node = nbformat.convert(nbformat.reader.reads(whole), 4)  # not validated: what matters is mended below
        except Exception as problem:  # nbformat raises whatever a broken part makes it raise
            raise BrokenNotebook(f"the notebook cannot be read ({_first_line(problem)})") from problem
    _require_python(node)
    _mend(node)
    read = read_roles(node.cells, questions or {})
    conflicts = (*read.conflicts, *((conflict, frozenset[str]()) for conflict in merged_outputs))
    notebook = Notebook(path, read.cells, node, read.flags, conflicts, dict(read.turned))
    return replace(notebook, flags=(*read.flags, notebook.merge)) if conflicts else notebook


def _cells_in(raw: dict[str, Any]) -> list[Any]:
    """The cells, which versions before 4 keep in worksheets."""
    if isinstance(raw.get("cells"), list):
        return list(raw["cells"])
    sheets = [sheet.get("cells") for sheet in raw["worksheets"] if isinstance(sheet, dict)]
    return [cell for cells in sheets if isinstance(cells, list) for cell in cells]


def _too_deep(raw: Any) -> bool:
    """Whether ``raw`` is nested deeper than any notebook is: copying such data runs out of stack."""
    level = [raw]
    for _ in range(MAX_DEPTH):
        holders = [value for value in level if isinstance(value, (dict, list))]
        level = [item for held in holders for item in (held.values() if isinstance(held, dict) else held)]
        if not level:
            return False
    return True


def _require_python(node: Any) -> None:
    if not isinstance(node.get("metadata"), dict):
        node["metadata"] = nbformat.NotebookNode()
    kernel = node.metadata.get("kernelspec")
    kernel = kernel if isinstance(kernel, dict) else {}
    info = node.metadata.get("language_info")
    info = info if isinstance(info, dict) else {}
    # What ran it last says it best; a kernel may have any name, and need not state its language.
    stated = [str(said) for said in (info.get("name"), kernel.get("language")) if _LANGUAGE.fullmatch(str(said or ""))]
    name = str(kernel.get("name") or "python3")
    if stated and stated[0].lower() not in ("python", "python3", "ipython"):
        raise BrokenNotebook(f"the notebook is for the language {stated[0]!r}; this course needs Python 3")
    if not stated and _OTHER_KERNEL.match(name.lower()):
        raise BrokenNotebook(f"the notebook is for the kernel {name[:60]!r}; this course needs Python 3")


def _mend(node: Any) -> None:
    """Make every cell one that can be run and stored: texts for sources, dicts for metadata, an id each."""
    seen: set[str] = set()
    for index, cell in enumerate(node.cells):
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
            node.cells[index] = cell = nbformat.v4.new_raw_cell()
        source = cell.get("source", "")
        cell["source"] = "".join(map(str, source)) if isinstance(source, list) else str(source)
        cell["source"] = cell["source"].encode("utf-8", "replace").decode()
        if not isinstance(cell.get("metadata"), dict):
            cell["metadata"] = nbformat.NotebookNode()
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        cell_id = cell.get("id")
        if not isinstance(cell_id, str) or not _ID.fullmatch(cell_id) or cell_id in seen:
            cell_id = cell["id"] = _new_id(index, seen)
        seen.add(cell_id)
    kernel = node.metadata.get("kernelspec")
    if not isinstance(kernel, dict) or not {"name", "display_name"} <= kernel.keys():
        node.metadata["kernelspec"] = nbformat.from_dict(_KERNEL)
    if not isinstance(node.metadata.get("language_info", {}), dict):
        del node.metadata["language_info"]
    node.nbformat, node.nbformat_minor = 4, 5


def _new_id(index: int, seen: set[str]) -> str:
    cell_id = f"cell-{index}"
    while cell_id in seen:
        cell_id += "-"
    return cell_id


def _first_line(problem: BaseException) -> str:
    line = (str(problem).strip().splitlines() or [type(problem).__name__])[0][:200]
    return "".join(letter if letter.isprintable() else "?" for letter in line)
