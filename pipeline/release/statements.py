"""Statements: SQL that may be run on releases, which reads and never writes a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import OnrecordError

if TYPE_CHECKING:
    import duckdb
    import polars as pl

_EXPLAIN = re.compile(r"\s*explain\s+(?:analyze\s+)?", re.IGNORECASE)
#: Statements that change nothing outside of the connection's memory.
ALLOWED = ("SELECT", "EXPLAIN", "CREATE", "RELATION")


class QueryError(OnrecordError):
    """A statement failed or may not be run; the message says why."""


def run(connection: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame | None:
    """Run statements; returns the rows of the last one, None where that has none.

    Views, tables and macros may be made; they last as long as the connection.

    Raises:
        QueryError: a statement fails, or is of a kind that could write a file or change settings.
    """
    import duckdb

    try:
        statements = connection.extract_statements(sql)
        for statement in statements:
            _check(connection, statement)
        frame = None
        for statement in statements:
            found = connection.sql(statement.query)
            made = found is None or _kind(statement) == "CREATE"
            frame = None if made else found.pl()
    except duckdb.Error as error:
        raise QueryError(f"the statement failed: {' '.join(str(error).split())}") from error
    return frame


def _check(connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement) -> None:
    kind = _kind(statement)
    if kind not in ALLOWED:
        raise QueryError(
            f"{kind.replace('_', ' ')} is not run here: releases are read only; use --format and --output to write a "
            "result, or open_release() in Python"
        )
    if kind != "EXPLAIN":
        return
    explained = _EXPLAIN.sub("", statement.query, count=1)
    inner = connection.extract_statements(explained)
    if len(inner) != 1 or _kind(inner[0]) != "SELECT":
        raise QueryError("only a SELECT can be explained here")


def _kind(statement: duckdb.Statement) -> str:
    return str(statement.type).rpartition(".")[2]
