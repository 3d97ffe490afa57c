"""The source of helpers that stand on this side, as real code, and run in a student's process, as text.

What is sent is what is named and nothing else: no helper takes a reference or an expected value along by accident.
"""

from __future__ import annotations

import functools
import inspect
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
