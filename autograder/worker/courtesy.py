"""What a confined process cannot do, answered in words: each works in another way, or says what to do instead.

Untrusted side: imports nothing of the graders.
"""

from __future__ import annotations

import builtins
import functools
import getpass
import inspect
import sys
from collections.abc import Callable
from typing import Any, NoReturn

_SCRIPTS = ("bash", "sh", "script", "perl", "ruby", "python", "python2", "python3", "pypy", "cmd")
_INSTALLERS = ("pip", "pip3", "conda", "mamba", "micromamba", "uv", "apt", "apt-get")
# In so many notebooks that were written elsewhere that they tell nothing about a student.
_COMMON = (*_INSTALLERS, "nvidia-smi")


class NoInput(RuntimeError):
    """Nobody is there to type an answer."""


def install(shell: Any) -> None:
    """Give way in this process, which has that IPython shell, before any fork of it."""
    builtins.input = _no_input
    getpass.getpass = _no_input  # type: ignore[assignment]
    sys.breakpointhook = _pass_over
    for name in _SCRIPTS:
        shell.register_magic_function(_refuse_script, "cell", name)
    for name in ("conda", "mamba", "micromamba"):
        shell.register_magic_function(_refuse_install, "line", name)
    shell.register_magic_function(_stay_inline, "line", "matplotlib")
    _one_process_loaders()
    _compile_nothing()
    _threads_as_they_are()


def refuse_command(command: str) -> bool:
    """Answer a command of the system; whether it is one that a person may want to know of."""
    words = [word.rpartition("/")[2] for word in command.split()]
    if words[:2] in (["python", "-m"], ["python3", "-m"]):
        words = words[2:]
    words = words[1:] if words[:1] == ["sudo"] else words
    if words and words[0] in _INSTALLERS:
        _refuse_install("")
    else:
        _say(
            "Commands of the system are not run while a notebook is graded; the rest of the cell is. If your answer "
            "needs what this command does, please write it in Python."
        )
    return not (words and words[0] in _COMMON)


def _refuse_install(line: str) -> None:
    _say("Nothing is installed while a notebook is graded: what the course needs is there. You may leave the line.")


def _refuse_script(line: str, cell: str) -> None:
    _say(
        "Scripts for other programs (%%bash and the like) are not run while a notebook is graded. If your answer needs "
        "what this one does, please write it in Python."
    )


def _stay_inline(line: str) -> None:
    """``%matplotlib``: plots are inline here already, and there is no window to open."""


def _no_input(prompt: object = "", *rest: object) -> NoReturn:
    raise NoInput("input() has nobody to ask while a notebook is graded: write the value into the cell instead")


def _pass_over(*args: object, **kwargs: object) -> None:
    _say("breakpoint() is passed over while a notebook is graded: nobody is there to type. You may take it out.")


def _one_process_loaders() -> None:
    """``DataLoader(num_workers=2)`` loads the same batches in the same order without workers."""
    from torch.utils.data import DataLoader

    original: Callable[..., None] = DataLoader.__init__
    signature = inspect.signature(original)

    @functools.wraps(original)
    def without_workers(*args: Any, **kwargs: Any) -> None:
        try:
            given = signature.bind(*args, **kwargs)
        except TypeError:
            return original(*args, **kwargs)  # which says what is wrong with them
        if given.arguments.get("num_workers"):
            _say("DataLoader: there is one process while a notebook is graded, so num_workers counts as 0 here.")
            for name in ("prefetch_factor", "persistent_workers", "multiprocessing_context", "timeout"):
                given.arguments.pop(name, None)
            given.arguments["num_workers"] = 0
        return original(*given.args, **given.kwargs)

    DataLoader.__init__ = without_workers  # type: ignore[method-assign]


def _compile_nothing() -> None:
    """``torch.compile`` starts a compiler; what it was to compile computes the same without."""
    import torch

    @functools.wraps(torch.compile)
    def as_it_is(model: Any = None, **kwargs: Any) -> Any:
        _say("torch.compile does nothing while a notebook is graded: the code runs as it is.")
        return model if model is not None else lambda function: function

    torch.compile = as_it_is


def _threads_as_they_are() -> None:
    """There is one thread; a number set after work has started would else end the cell with an error."""
    import torch

    def leave(nthreads: int) -> None:
        """Threads are as they are while a notebook is graded."""

    torch.set_num_threads = torch.set_num_interop_threads = leave


def _say(words: str) -> None:
    print(words, file=sys.stderr)
