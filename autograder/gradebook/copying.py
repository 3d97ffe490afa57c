"""Copies a gradebook into another database, every row of it, and proves that nothing was lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from autograder.gradebook.database import GradebookError, connect, gradebook_url, write

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Table

_AT_ONCE = 1000  # rows in memory


def copy_gradebook(source: str, target: str) -> dict[str, int]:
    """Copy the gradebook at ``source`` into a new one at ``target``; how many rows of each table.

    Nobody can write into either meanwhile. The target is filled as a whole, compared row by row, or left empty.

    Raises:
        GradebookError: one of them cannot be used, the target holds something, or the source holds what has no place.
    """
    _require_file(source)
    if gradebook_url(source) == gradebook_url(target):
        raise GradebookError("the gradebook cannot be copied onto itself: name another one to copy it to")
    from_engine, to_engine = connect(source), connect(target)
    try:
        return write(
            from_engine,
            lambda reading: write(
                to_engine, lambda writing: _copy(reading.connection(), writing.connection(), from_engine, to_engine)
            ),
        )
    finally:
        from_engine.dispose()
        to_engine.dispose()


def _require_file(source: str) -> None:
    from pathlib import Path

    url = gradebook_url(source)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).is_file():
        raise GradebookError(f"there is no gradebook {url.database}")


def _copy(reading: Connection, writing: Connection, from_engine: Engine, to_engine: Engine) -> dict[str, int]:
    from nbgrader.api import Base
    from sqlalchemy import func, inspect, select

    tables: Sequence[Table] = Base.metadata.sorted_tables
    foreign = set(inspect(reading).get_table_names()) - {table.name for table in tables} - {"alembic_version"}
    if foreign:
        shown = from_engine.url.render_as_string(hide_password=True)
        raise GradebookError(f"{shown} has tables that are not nbgrader's: {', '.join(sorted(foreign))}")
    for table in tables:
        if writing.execute(select(func.count()).select_from(table)).scalar():
            shown = to_engine.url.render_as_string(hide_password=True)
            raise GradebookError(f"{shown} is not empty: copy into a new database, nothing is merged")
    counts: dict[str, int] = {}
    for table in tables:
        counts[table.name] = 0
        for rows in _rows(reading, table):
            writing.execute(table.insert(), rows)
            counts[table.name] += len(rows)
    for table in tables:
        _require_same(reading, writing, table)
    return counts


def _rows(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table, some at a time, by their keys."""
    from sqlalchemy import select

    found = connection.execution_options(stream_results=True).execute(select(table).order_by(*table.primary_key))
    for part in found.mappings().partitions(_AT_ONCE):
        yield [dict(row) for row in part]


def _require_same(reading: Connection, writing: Connection, table: Table) -> None:
    """Read both tables again, whole; databases may sort keys differently."""

    def by_key(connection: Connection) -> list[tuple[str, ...]]:
        return sorted(tuple(map(repr, row.values())) for rows in _rows(connection, table) for row in rows)

    for one, other in zip_longest(by_key(reading), by_key(writing)):
        if one != other:
            raise GradebookError(f"the copy differs in the table {table.name}: {one} became {other}; nothing was kept")
