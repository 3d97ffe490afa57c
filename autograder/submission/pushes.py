"""The host's record of pushes: when it received which commit, which no clone can tell and no student can date back.

Forms: what GitHub's API gives for ``/repos/OWNER/REPO/activity`` and ``/repos/OWNER/REPO/events``, and its webhooks'
``push``; one JSON value, a value a line, or pages one after the other. A folder holds one such file for each clone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.errors import UsageError
from autograder.submission.moments import parse_timestamp


class NoPushes(UsageError):
    """The record of pushes cannot be read."""


@dataclass(frozen=True)
class Push:
    """One push: the commits before and after it, when the host received it, and who pushed.

    Args:
        repository: the repository's own name; empty where the record does not say.
        branch: the branch; empty where the record does not say.
    """

    repository: str
    branch: str
    before: str
    after: str
    moment: datetime
    actor: str


def read_pushes(path: Path) -> tuple[Push, ...]:
    """All pushes in a file or a folder of files, oldest first.

    Raises:
        NoPushes: it cannot be read, or holds no push.
    """
    files = sorted(path.glob("*.json*")) if path.is_dir() else [path]
    pushes: list[Push] = []
    for file in files:
        try:
            text = file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            raise NoPushes(f"the record of pushes {file} cannot be read: {problem}") from problem
        named = file.name.partition(".json")[0] if path.is_dir() else ""
        pushes += [push for value in _values(text, file) for push in _in(value, named)]
    if not pushes:
        raise NoPushes(f"{path} holds no push, in none of the forms of GitHub's API: activity, events, webhooks")
    return tuple(sorted(pushes, key=lambda push: push.moment))


def _values(text: str, file: Path) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as problem:
            raise NoPushes(f"the record of pushes {file} is not JSON: {problem}") from problem
        yield value


def _in(value: Any, repository: str) -> Iterator[Push]:
    if isinstance(value, list):
        for item in value:
            yield from _in(item, repository)
    elif isinstance(value, dict):
        push = _push(value, repository)
        if push is not None:
            yield push
        elif not {"type", "activity_type", "ref"} & value.keys():  # by repository: {"hw1-ada": [...]}
            for name, inner in value.items():
                if isinstance(inner, list):
                    yield from _in(inner, _last(name))


def _push(value: dict[str, Any], repository: str) -> Push | None:
    payload = value.get("payload") if isinstance(value.get("payload"), dict) else value
    assert isinstance(payload, dict)
    after = payload.get("after") or payload.get("head")
    if value.get("type", "PushEvent") != "PushEvent" or not isinstance(after, str):
        return None
    told = value.get("repo") or value.get("repository")
    name = told.get("name") or told.get("full_name") if isinstance(told, dict) else told
    when = value.get("timestamp") or value.get("created_at") or value.get("pushed_at")
    if when is None and isinstance(told, dict):
        when = told.get("pushed_at")
    try:
        moment = parse_timestamp(str(when))
    except ValueError:
        return None
    actor = value.get("actor") or value.get("pusher") or value.get("sender")
    login = actor.get("login") or actor.get("name") if isinstance(actor, dict) else actor
    branch = str(payload.get("ref") or "").removeprefix("refs/heads/")
    where = _last(str(name)) if name else repository
    return Push(where, branch, str(payload.get("before") or ""), after, moment, str(login or ""))


def _last(name: str) -> str:
    return name.rstrip("/").rpartition("/")[2]
