"""Three things that nbgrader cannot wait for or read: a gradebook in use, other zones than UTC, a byte order mark.

nbgrader opens SQLite with a wait of five seconds, and ends the whole run when that was not enough. Of
``timestamp.txt`` it takes ``+0100`` for a hundred seconds and a zone that it does not know for UTC. And a notebook that
some editors of Windows saved, with the mark that they put first, is no JSON to it.
"""

from __future__ import annotations

import functools
import sqlite3
from datetime import UTC, datetime
from typing import Any, TextIO

import nbgrader.coursedir
from nbconvert.exporters import exporter

from autograder.submission.moments import parse_timestamp

WAIT_MILLISECONDS = 60_000  # for another writer: SQLite's own 5 seconds are too few where several grade at once


def wait_for_the_gradebook(**told: Any) -> None:
    """The hook before each submission (``c.Autograde.pre_convert_hook``): from now on this process waits a minute.

    And from now on it reads times and notebooks as the other doors do.
    """
    _listen()
    nbgrader.coursedir.parse_utc = _utc
    exporter.open = _open_text  # type: ignore[attr-defined]


@functools.cache
def _listen() -> None:
    from sqlalchemy import Engine, event

    event.listen(Engine, "connect", _be_patient)


def _open_text(path: str, encoding: str) -> TextIO:
    """As ``open``, without the byte order mark where UTF-8 is asked for."""
    return open(path, encoding="utf-8-sig" if encoding == "utf-8" else encoding)


def _utc(moment: str | datetime | None) -> datetime | None:
    """As nbgrader's ``parse_utc``: in UTC, without a zone.

    Raises:
        ValueError: it is no time, or nobody can tell which zone is meant.
    """
    if isinstance(moment, str):
        moment = parse_timestamp(moment)
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).replace(tzinfo=None)


def _be_patient(connection: Any, record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout = {WAIT_MILLISECONDS}")
