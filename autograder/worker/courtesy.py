"""What a confined process cannot do, answered in words: each works in another way, or says what to do instead.

Untrusted side: imports nothing of the graders.
"""

from __future__ import annotations

import builtins
import functools
import getpass
import importlib
import inspect
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from IPython.core.error import UsageError

from autograder.worker import absent

_SCRIPTS = ("bash", "sh", "script", "perl", "ruby", "python", "python2", "python3", "pypy", "cmd")
_INSTALLERS = ("pip", "pip3", "conda", "mamba", "micromamba", "uv", "apt", "apt-get")
# In so many notebooks that were written elsewhere that they tell nothing about a student.
_COMMON = (
    *_INSTALLERS, "nvidia-smi", "ls", "pwd", "cd", "cat", "head", "tail", "wc", "echo", "date", "which", "mkdir", "cp",
    "mv", "unzip", "tar", "gdown", "git", "wget", "curl", "tensorboard", "jupyter", "df", "free", "lscpu", "uname",
)  # fmt: skip


class NoInput(RuntimeError):
    """Nobody is there to type an answer."""

    refused_here = True  # at home there is somebody, and the rest of the cell would run


def install(shell: Any, more: Sequence[str] = ()) -> None:
    """Give way in this process, which has that IPython shell, before any fork of it.

    Args:
        more: packages that this course's students may have and the grader has not.
    """
    builtins.input = _no_input
    getpass.getpass = _no_input  # type: ignore[assignment]
    sys.breakpointhook = _pass_over
    for name in _SCRIPTS:
        shell.register_magic_function(_refuse_script, "cell", name)
    for name in ("conda", "mamba", "micromamba"):
        shell.register_magic_function(_refuse_install, "line", name)
    shell.register_magic_function(_stay_inline, "line", "matplotlib")
    shell.register_magic_function(functools.partial(_no_extension, shell), "line", "load_ext")
    _one_process_loaders()
    _compile_nothing()
    _one_process_pools()
    _plain_progress_bars()
    _leave_threads_alone()
    _forgive_missing_magics()
    absent.install(more)


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


def _no_extension(shell: Any, line: str) -> None:
    name = line.strip()
    _say(f"%load_ext {name} is passed over while a notebook is graded.")
    magic = name.rpartition(".")[2]  # as extensions mostly name their magic, so that %autoreload 2 is no error
    if magic and magic not in shell.magics_manager.magics["line"]:
        shell.register_magic_function(lambda line: None, "line", magic)


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


def _one_process_pools() -> None:
    """A pool of processes computes the same with threads; a process of its own is run at once, in this one."""
    import concurrent.futures
    import multiprocessing
    import multiprocessing.context
    import multiprocessing.pool

    @functools.wraps(multiprocessing.Pool)
    def threads(processes: int | None = None, initializer: Any = None, initargs: Any = (), *rest: Any) -> Any:
        _say("Pool: there is one process while a notebook is graded, so threads do its work here.")
        return multiprocessing.pool.ThreadPool(1, initializer, initargs)

    def pool(self: object, *args: Any, **kwargs: Any) -> Any:
        return threads(*args, **{key: value for key, value in kwargs.items() if key != "maxtasksperchild"})

    class OneThread(concurrent.futures.ThreadPoolExecutor):
        def __init__(self, max_workers: Any = None, mp_context: Any = None, *args: Any, **kwargs: Any) -> None:
            kwargs.pop("max_tasks_per_child", None)
            super().__init__(1, "", *args, **kwargs)

    def start(self: multiprocessing.process.BaseProcess) -> None:
        self.run()

    multiprocessing.context.BaseContext.Pool = pool  # type: ignore[method-assign]
    multiprocessing.Pool = functools.partial(pool, None)
    concurrent.futures.ProcessPoolExecutor = OneThread  # type: ignore[misc, assignment]
    multiprocessing.process.BaseProcess.start = start  # type: ignore[method-assign]
    multiprocessing.process.BaseProcess.join = lambda self, timeout=None: None  # type: ignore[method-assign]


def _plain_progress_bars() -> None:
    """``tqdm`` in every of its forms is the plain one: no widgets, and no thread that watches."""
    try:
        plain = importlib.import_module("tqdm.std")
        places = [importlib.import_module(name) for name in ("tqdm", "tqdm.auto", "tqdm.autonotebook", "tqdm.notebook")]
    except ImportError:
        return
    plain.tqdm.monitor_interval = 0
    for place in places:
        place.tqdm = place.tqdm_notebook = plain.tqdm  # type: ignore[attr-defined]
        place.trange = place.tnrange = plain.trange  # type: ignore[attr-defined]


def _forgive_missing_magics() -> None:
    """A magic of an extension that is not here costs its own line alone."""
    setattr(UsageError, "refused_here", True)  # noqa: B010  mypy knows no such attribute


def _leave_threads_alone() -> None:
    """``torch.set_num_interop_threads`` raises once work has begun, and changes nothing that is graded."""
    import torch

    def leave(nthreads: int) -> None:
        """Nothing: one thread is set already."""

    torch.set_num_interop_threads = leave


def _say(words: str) -> None:
    print(words, file=sys.stderr)
