"""A real IPython shell whose outputs are kept in the form that a notebook stores.

It is built once in the zygote, before any fork, since building it costs more than a fork. Untrusted
side: imports nothing of the graders.
"""

from __future__ import annotations

import base64
import io
import re
import sys
import types
from collections.abc import Sequence
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from IPython.utils.text import LSString, SList
from traitlets import Type
from traitlets.config import Config

from autograder.cells.statements import KeepAnswers, StatementByStatement, without_timing
from autograder.worker.audit import PROGRAM, Notice
from autograder.worker.clock import one_moment
from autograder.worker.courtesy import install, refuse_command

MAX_OUTPUT_BYTES = 1 << 20  # of one cell
MAX_OUTPUTS = 200  # a cell of the course has 2 at most; a loop that shows its steps may have a hundred
PRELUDE = """\
import math

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
"""

Output = dict[str, Any]


class Outputs:
    """The outputs of the running cell, cut where they grow out of hand."""

    def __init__(self) -> None:
        self._items: list[Output] = []
        self._streams: dict[int, list[str]] = {}
        self._bytes = 0
        self._cut = False

    def begin(self) -> None:
        """Forget the cell before."""
        self._items, self._streams, self._bytes, self._cut = [], {}, 0, False

    def finish(self) -> list[Output]:
        """The outputs in nbformat's form."""
        for index, parts in self._streams.items():
            self._items[index]["text"] = "".join(parts)
        if self._cut:
            self._items.append(
                {"output_type": "stream", "name": "stdout", "text": "\n[the rest of the output was cut]\n"}
            )
        return self._items

    def write(self, name: str, text: str) -> None:
        """Append to a stream, joined with what it wrote just before."""
        if len(text) > MAX_OUTPUT_BYTES - self._bytes:
            text = text[: MAX_OUTPUT_BYTES - self._bytes]
            self._cut = True
        if not self._room(len(text)) or not text:
            return
        last = len(self._items) - 1
        if last < 0 or self._items[last].get("name") != name:
            self._items.append({"output_type": "stream", "name": name, "text": ""})
            last += 1
        self._streams.setdefault(last, []).append(text)

    def add(self, output: Output) -> None:
        """Append a display, a result or an error."""
        if self._room(len(repr(output))):
            self._items.append(output)

    def clear(self) -> None:
        """What ``clear_output()`` asks for."""
        self._items, self._streams = [], {}

    def _room(self, size: int) -> bool:
        if self._bytes + size > MAX_OUTPUT_BYTES or len(self._items) >= MAX_OUTPUTS:
            self._cut = True
            return False
        self._bytes += size
        return True


class _Stream(io.TextIOBase):
    """Python's stdout or stderr, into the outputs."""

    encoding = "utf-8"

    def __init__(self, name: str, outputs: Outputs) -> None:
        self._name = name
        self._outputs = outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outputs.write(self._name, text)
        return len(text)


class _Publisher(DisplayPublisher):
    outputs: Outputs

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **kwargs: Any) -> None:
        self.outputs.add(
            {"output_type": "display_data", "data": _jsonable(data), "metadata": _jsonable(metadata or {})}
        )

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear()


class _Hook(DisplayHook):
    outputs: Outputs

    def start_displayhook(self) -> None: ...

    def write_output_prompt(self) -> None: ...

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        self.outputs.add(
            {
                "output_type": "execute_result",
                "execution_count": self.prompt_count,
                "data": _jsonable(format_dict),
                "metadata": _jsonable(md_dict or {}),
            }
        )

    def finish_displayhook(self) -> None: ...

    def log_output(self, format_dict: dict[str, Any]) -> None: ...


class NotebookShell(StatementByStatement, InteractiveShell):
    """An InteractiveShell without terminal, history or questions to a user."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    outputs: Outputs
    notice: Notice
    transformers: list[object]  # of IPython's own, before a cell may have added some

    def one_moment(self) -> None:
        """Called after a time limit: what is below may take a moment more."""
        one_moment()

    def transform_cell(self, raw_cell: str) -> str:
        """As IPython does. What holds none of its signs stays as it is, and need not be taken apart into tokens."""
        plain = raw_cell[:1].strip() and _OF_IPYTHON.search(raw_cell) is None
        if plain and self.transformers == _transformers(self):
            return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"
        return str(super().transform_cell(raw_cell))  # type: ignore[no-untyped-call]

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no window here; ``%matplotlib inline`` is on already."""

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.outputs.add(
            {
                "output_type": "error",
                "ename": str(etype.__name__),
                "evalue": _text(evalue),
                "traceback": [_NO_COLOUR.sub("", line) for line in stb],
            }
        )

    def system(self, cmd: str) -> None:
        """``!command`` and ``%pip``: say that there are none, and go on, as after a command that fails."""
        if refuse_command(str(cmd)):
            self.notice(PROGRAM)
        self.user_ns["_exit_code"] = 126

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """``x = !command``: no lines."""
        self.system(cmd)
        return SList([]) if split else LSString("")

    def ask_exit(self) -> None:
        """``exit()`` ends nothing here."""


def build_shell(folder: str, absent: Sequence[str] = ()) -> NotebookShell:
    """The shell, with plots inline and the course's imports done.

    Args:
        folder: an empty folder for IPython's profile, which it insists on having.
        absent: packages that students may have and the grader has not, beside the usual ones.
    """
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    main = types.ModuleType("__main__")
    main.__dict__["__builtins__"] = __builtins__
    shell = NotebookShell.instance(
        config=config,
        profile_dir=ProfileDir.create_profile_dir(folder),
        user_module=main,
        user_ns=main.__dict__,
    )
    outputs = Outputs()
    shell.outputs = outputs
    shell.notice = lambda letter: None
    vars(shell.display_pub)["outputs"] = vars(shell.displayhook)["outputs"] = outputs
    sys.modules["__main__"] = main
    shell.ast_transformers.append(KeepAnswers(shell.user_ns))
    _plots_inline(shell)
    install(shell, absent)
    shell.transformers = _transformers(shell)
    return shell


def run_cell(
    shell: NotebookShell, source: str, count: int, leave_out: int | None = None
) -> tuple[list[Output], BaseException | None]:
    """Run one cell as Jupyter would; its outputs, and the exception that ended it.

    Args:
        leave_out: the place of a statement that is not run, since it took too long before; ``NO_STATEMENT`` leaves out
            all but definitions.
    """
    outputs = shell.outputs
    shell.stopped_at, shell.leave_out = None, leave_out
    outputs.begin()
    shell.execution_count = count
    stdout, stderr, stdin = sys.stdout, sys.stderr, sys.stdin
    sys.stdout, sys.stderr = _Stream("stdout", outputs), _Stream("stderr", outputs)
    problem: BaseException | None
    try:
        result = shell.run_cell(without_timing(source), store_history=True)  # type: ignore[no-untyped-call]
        problem = result.error_before_exec or result.error_in_exec
    except BaseException as raised:
        problem = raised
        outputs.add({"output_type": "error", "ename": type(raised).__name__, "evalue": _text(raised), "traceback": []})
    finally:
        sys.stdout, sys.stderr, sys.stdin = stdout, stderr, stdin
    return outputs.finish(), problem


# Magics, commands, help, IPython's marks at the start of a line, and prompts that were pasted.
_OF_IPYTHON = re.compile(r"[%!?\f\r]|^[ \t]*(?:[,;/]|>>>|\.\.\.|In \[)", re.MULTILINE)


def _transformers(shell: NotebookShell) -> list[object]:
    manager = shell.input_transformer_manager
    kinds = (manager.cleanup_transforms, manager.line_transforms, manager.token_transformers)
    return [*(one for kind in kinds for one in kind), *shell.input_transformers_post]


def _plots_inline(shell: NotebookShell) -> None:
    import matplotlib

    matplotlib.use("module://matplotlib_inline.backend_inline")
    matplotlib.interactive(True)  # as in Jupyter: a figure is shown when its cell ends
    from matplotlib_inline.backend_inline import configure_inline_support, flush_figures

    configure_inline_support(shell, "module://matplotlib_inline.backend_inline")
    if flush_figures not in shell.events.callbacks["post_execute"]:
        shell.events.register("post_execute", flush_figures)


_NO_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def _jsonable(data: dict[str, Any]) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        match value:
            case bytes():
                return base64.b64encode(value).decode()
            case dict():
                return {str(key): plain(item) for key, item in value.items()}
            case list() | tuple():
                return [plain(item) for item in value]
            case str() | int() | float() | bool() | None:
                return value
            case _:
                return str(value)

    return {str(key): plain(value) for key, value in data.items()}


def _text(problem: BaseException) -> str:
    try:
        return str(problem)[:2000]
    except BaseException:
        return "(its message could not be read)"
