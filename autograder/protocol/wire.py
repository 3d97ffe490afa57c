"""The wire format: plain data and tensors as tagged bytes, and nothing that could run.

A value is one tag byte and its payload; all integers are little-endian.

====  =============================================================================
tag   payload
====  =============================================================================
N     none                              T, F  the booleans
i     u32 length, two's complement      f     float64        c     two float64
s     u32 length, UTF-8                 y     u32 length, bytes
l t   u32 count, that many values: list, tuple
S     u32 count, that many values: set (frozensets arrive as sets)
d     u32 count, that many key-value pairs
x     tensor: u8 dtype, u8 flags (1 requires grad, 2 on ``meta``: no bytes follow),
      u8 rank, u64 for each dimension, raw bytes in C order
a     NumPy array: as a tensor          g     NumPy scalar: u8 dtype, raw bytes
D     torch dtype: u8                   V     torch device: string
k     slice: three values               E     Ellipsis
h     handle: u64 number, string type name: an object that stays over there
n     name: string, a dotted path looked up over there
A     attribute: value it is of, string, a dotted path
I     item: value it is of, value that is the key
w     file name: string, resolved inside the work folder over there
e     failure: six strings and an int (see ``Failure``)
====  =============================================================================

The decoder allocates nothing before the length that asks for it was checked against the bytes that
are there, and refuses what is too deep, too long or unknown with ``WireError``. There is no pickle.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

# Honest replies are far smaller; these bound what a reply can make the grader allocate.
MAX_BYTES = 64 << 20
MAX_DEPTH = 40  # of nests: each level is a few frames of Python's 1,000
MAX_VALUES = 200_000  # of about 100 bytes each: 20 MB
TENSOR_VALUES = 64  # what a tensor counts for among them: it takes some hundred bytes, however empty it is
MAX_ELEMENTS = 1 << 22  # of one tensor, dimensions of length 0 counted as 1: they make no bytes, but make lists
MAX_RANK = 16
MAX_INT_BYTES = 512  # 1,233 decimal digits: below the 4,300 from which on Python refuses to write a number
MAX_ALIKE = 100

DTYPES: tuple[torch.dtype, ...] = (
    torch.float32, torch.float64, torch.float16, torch.bfloat16,
    torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8,
    torch.bool, torch.complex64, torch.complex128,
)  # fmt: skip
NUMPY_DTYPES: tuple[np.dtype[Any] | None, ...] = tuple(
    None if name is None else np.dtype(name)
    for name in (
        "<f4", "<f8", "<f2", None, "<i8", "<i4", "<i2", "i1", "u1", "?", "<c8", "<c16",
        "<u2", "<u4", "<u8",
    )
)  # fmt: skip
FAILED, HANDLE = b"e", b"h"  # how an encoded failure begins, and a handle
U32, U64, F64 = struct.Struct("<I"), struct.Struct("<Q"), struct.Struct("<d")


class WireError(ValueError):
    """Bytes that are not a value, or a value that may not cross."""


class OurFault(Exception):
    """The grader's own code failed while it served a request: never a student's failure."""


@dataclass(frozen=True, slots=True)
class Handle:
    """An object that stays on the other side, by number."""

    number: int
    type_name: str


@dataclass(frozen=True, slots=True)
class Name:
    """A dotted path that the other side looks up: ``count_mlp`` or ``torch.nn.Linear``."""

    path: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute, or a dotted path of them, of something on the other side."""

    of: Any
    path: str


@dataclass(frozen=True, slots=True)
class Item:
    """What stands under a key in something on the other side."""

    of: Any
    key: Any


@dataclass(frozen=True, slots=True)
class WorkFile:
    """A file in the work folder of the other side."""

    name: str


GIVEN = "(given by the test)"  # the file name of the code that a test defines over there


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a request was not answered, as data.

    ``kind`` is one of raised, not_attempted, missing, forbidden, timeout, memory, unusable, and ours: then the
    grader's own code failed, and nothing is said about the answer.
    ``line`` and ``text`` point into the student's own code where that is known. ``cell`` is the question's
    id where the grader itself says that its cell is at fault. ``function`` is that of the student's line, or ``GIVEN``
    where a test's own helper stopped, with no line of the student's at work.
    """

    kind: str
    type_name: str
    message: str
    cell: str = ""
    line: int = 0
    text: str = ""
    function: str = ""


Keep = Callable[[object], Handle]
