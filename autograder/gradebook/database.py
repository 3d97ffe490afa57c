"""The gradebook's database: a URL that is checked, one writer at a time, and no half-written submission."""

from __future__ import annotations

import functools
import random
import sqlite3
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from autograder.errors import ReportedError
from autograder.light_imports import nbgrader_without_server

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine
    from sqlalchemy.orm import Session

T = TypeVar("T")
WAIT_SECONDS = 120.0  # how long a grader waits for others before it gives up
_LOCK = 0x6175746F67726164  # "autograd": the key of PostgreSQL's advisory lock
_BUSY = (
    "database is locked", "database table is locked", "deadlock detected", "could not serialize",
    "too many clients", "remaining connection slots",
)  # fmt: skip


class GradebookError(ReportedError):
    """The gradebook cannot be used: which one, why, and what to do."""


def gradebook_url(text: str) -> URL:
    """The database that ``text`` names: a SQLite file or a PostgreSQL URL.

    Raises:
        GradebookError: it names neither. (nbgrader itself takes some malformed URLs for SQLite files, and
            then writes the marks of a class where nobody looks for them.)
    """
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    if ":" not in text and "//" not in text and text.strip():
        text = f"sqlite:///{Path(text).resolve()}"
    text = "postgresql" + text.removeprefix("postgres") if text.startswith("postgres://") else text
    forms = "want a file name, sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE"
    try:
        url = make_url(text)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError) as problem:
        raise GradebookError(f"the gradebook {_unsecret(text)!r} is no database URL; {forms}") from problem
    shown = url.render_as_string(hide_password=True)
    if backend == "sqlite":
        if url.host or not url.database or url.database == ":memory:":
            raise GradebookError(
                f"the gradebook {shown!r} names no file; {forms} (three slashes, four for an absolute path)"
            )
    elif backend == "postgresql":
        if not url.database:
            raise GradebookError(f"the gradebook {shown!r} names no database; {forms}")
        if "+" not in url.drivername:
            url = url.set(drivername=f"postgresql+{_driver()}")
    else:
        raise GradebookError(f"the gradebook {shown!r} is neither SQLite nor PostgreSQL; {forms}")
    return url


def _driver() -> str:
    """The driver that is installed; SQLAlchemy's own choice changed between its versions."""
    return "psycopg" if find_spec("psycopg2") is None and find_spec("psycopg") is not None else "psycopg2"


def connect(text: str) -> Engine:
    """The database, reached and with nbgrader's tables in it; they are made where there are none.

    Raises:
        GradebookError: the URL is malformed, the database cannot be reached, or another version of nbgrader made it.
    """
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import SQLAlchemyError

    nbgrader_without_server()  # before anything else of it is imported
    url = gradebook_url(text)
    shown = url.render_as_string(hide_password=True)
    lite = url.get_backend_name() == "sqlite"
    arguments: dict[str, Any] = {"timeout": 10} if lite else {"connect_timeout": 15}
    try:
        engine = create_engine(url, connect_args=arguments, pool_size=1, max_overflow=0, pool_pre_ping=not lite)
    except ImportError as problem:
        raise GradebookError(
            f"the gradebook {shown} needs a driver that is not here ({problem}): "
            "pip install 'firststeps-autograder[postgresql]'"
        ) from problem
    except SQLAlchemyError as problem:
        raise GradebookError(f"the gradebook {shown} cannot be opened: {_line(problem)}") from problem
    if lite:
        event.listen(engine, "connect", _no_implicit_begin)
        event.listen(engine, "begin", _begin_immediate)
    write(engine, _make_tables)
    return engine


def write(engine: Engine, work: Callable[[Session], T]) -> T:
    """Do ``work`` in one transaction that no other grader's can overlap, and again if another was in the way.

    Raises:
        GradebookError: the database is gone, refuses, or stayed busy for two minutes.
    """
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError, IntegrityError
    from sqlalchemy.orm import Session

    shown = engine.url.render_as_string(hide_password=True)
    deadline = time.monotonic() + WAIT_SECONDS
    conflicts = 0
    while True:
        try:
            with Session(engine) as session, session.begin():
                if engine.dialect.name == "postgresql":
                    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                return work(session)
        except IntegrityError as problem:  # a stock nbgrader command wrote the same row meanwhile
            conflicts += 1
            if conflicts > 5:
                raise GradebookError(f"the gradebook {shown} is contradictory: {_line(problem)}") from problem
        except DBAPIError as problem:
            words = str(problem.orig).lower()
            if not any(part in words for part in _BUSY):
                raise GradebookError(f"the gradebook {shown} cannot be used: {_line(problem)}") from problem
            if time.monotonic() > deadline:
                raise GradebookError(
                    f"the gradebook {shown} was in use for {WAIT_SECONDS:g} s without a pause: is another grader or "
                    "formgrader stuck? Run the same command again; what was graded before is kept"
                ) from problem
        time.sleep(random.uniform(0.02, 0.2))


def _no_implicit_begin(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # sqlite3 would begin by itself, and without taking the lock


def _begin_immediate(connection: Any) -> None:
    # Taken at once: two readers that both want to write next could never go on.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _make_tables(session: Session) -> None:
    from nbgrader.api import Base
    from sqlalchemy import inspect, text

    connection = session.connection()
    tables = set(inspect(connection).get_table_names())
    head = _alembic_head()
    if "assignment" not in tables:
        Base.metadata.create_all(connection)
        if "alembic_version" not in tables:
            session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            session.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": head})
        return
    version = (
        session.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if "alembic_version" in tables
        else head
    )
    if version != head:
        url = session.get_bind().engine.url.render_as_string(hide_password=True)
        raise GradebookError(
            f"the gradebook {url} was made by another version of nbgrader: back it up, then run `nbgrader db upgrade`"
        )


@functools.cache  # one command opens the gradebook several times
def _alembic_head() -> str:
    """The version of nbgrader's tables; nbgrader itself asks a command for it, which need not be on the PATH."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR

    config = Config()
    config.set_main_option("script_location", ALEMBIC_DIR)
    config.set_main_option("path_separator", "os")
    return str(ScriptDirectory.from_config(config).get_current_head())


def _line(problem: BaseException) -> str:
    words = str(getattr(problem, "orig", None) or problem).strip()
    return " ".join(words.split())[:300] or type(problem).__name__


def _unsecret(text: str) -> str:
    head, at, tail = text.rpartition("@")
    return f"{head.rpartition(':')[0] or head}:***@{tail}" if at else text
