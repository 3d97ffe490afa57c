"""Two graders at once on one gradebook: the later one waits instead of failing.

nbgrader opens SQLite with a wait of five seconds, and ends the whole run when that was not enough.
"""

from __future__ import annotations

import functools
import sqlite3
from typing import Any

WAIT_MILLISECONDS = 60_000


def wait_for_the_gradebook(**told: Any) -> None:
    """The hook before each submission (``c.Autograde.pre_convert_hook``): from now on this process waits a minute."""
    _listen()


@functools.cache
def _listen() -> None:
    from sqlalchemy import Engine, event

    event.listen(Engine, "connect", _be_patient)


def _be_patient(connection: Any, record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout = {WAIT_MILLISECONDS}")
