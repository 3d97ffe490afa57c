"""The source of helpers that stand on this side, as real code, and run in a student's process, as text.

What is sent is what is named and nothing else: no helper takes a reference or an expected value along by accident.
"""

from __future__ import annotations

import functools
import inspect
import linecache
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

Part = Callable[..., Any] | ModuleType
_FUTURE = "from __future__ import annotations\n"


@functools.cache  # the files do not change while tests run, and each test sends its helpers anew
def source_of(*parts: Part) -> str:
    """The source of functions and classes, and of whole modules, one after the other as one module."""
    texts = [inspect.getsource(part).replace(_FUTURE, "") for part in parts]
    return _FUTURE + "\n" + "\n\n".join(texts)


def module_from(text: str, name: str, file: str) -> ModuleType:
    """A module of tests that is made of ``text``, and whose helpers can be sent wherever its file is out of reach.

    Args:
        name: under which it is in ``sys.modules``, where classes are looked up that it defines.
        file: where the text stands, for error messages; it need not exist.
    """
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)  # None: it is not looked for again
    module = ModuleType(name)
    module.__file__ = file
    sys.modules[name] = module
    exec(compile(text, file, "exec", dont_inherit=True), vars(module))
    return module
