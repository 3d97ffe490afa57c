"""Breaks notebooks at random, reproducibly: structure, metadata, ids, types, encodings, sizes."""

# ruff: noqa: E501  code of students and attackers stands on one line

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

Node = dict[str, Any]
_JUNK: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1.5, float("nan"), "", "x", "\x00", "\ud800", "\u202e=1+1", "<script>alert(1)</script>", "x" * 5_000, [], [[]],
    {}, {"a": {}}, ["a", 1, None], {"nbgrader": None}, [[[[[[[[[[]]]]]]]]]],
)  # fmt: skip


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (holder, key) in nested lists and dicts."""
    found: list[tuple[Any, Any]] = []
    ahead = [value]
    while ahead:
        holder = ahead.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        for key in keys:
            found.append((holder, key))
            ahead.append(holder[key])
    return found


def _put_junk(node: Node, rng: random.Random) -> None:
    holder, key = rng.choice(_places(node))
    holder[key] = copy.deepcopy(rng.choice(_JUNK))


def _take_away(node: Node, rng: random.Random) -> None:
    holder, key = rng.choice(_places(node))
    del holder[key]


def _double(node: Node, rng: random.Random) -> None:
    lists = [holder for holder, _ in _places(node) if isinstance(holder, list)]
    if lists:
        chosen = rng.choice(lists)
        chosen.insert(rng.randrange(len(chosen) + 1), copy.deepcopy(rng.choice(chosen)))


def _swap(node: Node, rng: random.Random) -> None:
    places = _places(node)
    (one, a), (other, b) = rng.choice(places), rng.choice(places)
    one[a], value = copy.deepcopy(other[b]), copy.deepcopy(one[a])
    if other is not one and b in (other if isinstance(other, dict) else range(len(other))):
        other[b] = value


def _rename_key(node: Node, rng: random.Random) -> None:
    dicts = [holder for holder, _ in _places(node) if isinstance(holder, dict)]
    chosen = rng.choice(dicts)
    key = rng.choice(list(chosen))
    chosen[rng.choice(["cells", "metadata", "source", "id", "outputs", "nbgrader", "x", ""])] = chosen.pop(key)


def _same_id(node: Node, rng: random.Random) -> None:
    for cell in node.get("cells", []):
        if isinstance(cell, dict):
            cell["id"] = "same"


def _other_version(node: Node, rng: random.Random) -> None:
    node["nbformat"] = rng.choice([1, 2, 3, 5, 99, "4", None, 4.5])
    node["nbformat_minor"] = rng.choice([0, 1, 5, 99, None, "x"])


def _into_worksheets(node: Node, rng: random.Random) -> None:
    node["worksheets"] = [{"cells": node.pop("cells", []), "metadata": {}}]
    node["nbformat"] = 3


def _text_cells(node: Node, rng: random.Random) -> None:
    node["cells"] = [json.dumps(cell) if rng.random() < 0.3 else cell for cell in node.get("cells", [])]


def _deep(node: Node, rng: random.Random) -> None:
    deep: Any = []
    for _ in range(rng.choice([20, 100, 400])):
        deep = [deep] if rng.random() < 0.5 else {"d": deep}
    holder, key = rng.choice(_places(node))
    holder[key] = deep


def _flags(node: Node, rng: random.Random) -> None:
    for cell in node.get("cells", []):
        flags = (
            cell.get("metadata", {}).get("nbgrader")
            if isinstance(cell, dict) and isinstance(cell.get("metadata"), dict)
            else None
        )
        if isinstance(flags, dict) and flags and rng.random() < 0.5:
            flags[rng.choice(list(flags))] = copy.deepcopy(rng.choice(_JUNK))


def _many_cells(node: Node, rng: random.Random) -> None:
    node["cells"] = (node.get("cells") or []) * rng.choice([0, 2, 5])


_SHAPES: tuple[Callable[[Node, random.Random], None], ...] = (
    _put_junk, _put_junk, _take_away, _take_away, _double, _swap, _rename_key, _same_id, _other_version, _into_worksheets, _text_cells, _deep,
    _flags, _many_cells,
)  # fmt: skip


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def _flip(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randrange(1, 12)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _splice(data: bytes, rng: random.Random) -> bytes:
    at, junk = (
        rng.randrange(len(data)),
        rng.choice([b"\x00" * 9, b"\xff\xfe", b'"', b"}{", b"\xed\xa0\x80", b"," * 40, b"[" * 5_000]),
    )
    return data[:at] + junk + data[at:]


_BYTES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _flip, _splice, lambda data, rng: b"\xef\xbb\xbf" + data, lambda data, rng: data.decode("utf-8", "replace").encode("utf-16"),
    lambda data, rng: data * 2, lambda data, rng: b"",
)  # fmt: skip


def mutate(notebook: Node, seed: int) -> bytes:
    """The bytes of ``notebook``, broken in one to four ways that ``seed`` chooses."""
    rng = random.Random(seed)
    node = copy.deepcopy(notebook)
    for _ in range(rng.randrange(1, 5)):
        try:
            rng.choice(_SHAPES)(node, rng)
        except (IndexError, KeyError, AttributeError, TypeError):
            break  # there is nothing left that this could break
    data = json.dumps(node, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    return rng.choice(_BYTES)(data, rng) if rng.random() < 0.25 else data
