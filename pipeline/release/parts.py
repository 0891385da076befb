"""Parts: small tables as one file, large ones as monthly files named by content that releases share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.release.arrow import arrow_schema
from pipeline.release.durable import share
from pipeline.release.layout import Release
from pipeline.release.write import (
    Written,
    columns_of,
    content_sha256,
    empty,
    file_sha256,
    footer,
    order_of,
    row_sum,
    write_rows,
)
from schemas import TABLES

if TYPE_CHECKING:
    import duckdb

#: Rows above which a table is kept in monthly parts. The tables not named are always one file.
LARGEST_SINGLE = {"articles": 2_000, "mentions": 20_000, "quotes": 20_000, "claims": 20_000}
#: The part of the rows whose article has no date.
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a table: all (`month` is empty) or those of a month."""

    month: str
    rows: int
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A table of rows to publish, loaded as the relation `rows_TABLE`: its parts, and the hash of all its rows."""

    table: str
    rows: int
    content_sha256: str
    parts: tuple[Part, ...]


def load(connection: duckdb.DuckDBPyConnection, queries: dict[str, str]) -> dict[str, Loaded]:
    """Evaluate each table's query once, into the relations `rows_TABLE`, whose last column is the part's month.

    Args:
        queries: for each table the query of the rows to publish; a table that is not named has none.
    """
    loaded = {}
    for table in sorted(TABLES, key=lambda name: name != "articles"):
        query = f"select {columns_of(table)} from ({queries.get(table) or empty(table)})"
        if table == "articles":
            month = f"coalesce(strftime(published_at, '%Y-%m'), '{UNDATED}')"
            query = f"select *, {month} as part_month from ({query})"
        elif table in LARGEST_SINGLE:
            months = "select article_id, part_month from rows_articles"
            query = (
                f"select found.*, coalesce(part_month, '{UNDATED}') as part_month from ({query}) found"
                f" left join ({months}) using (article_id)"
            )
        else:
            query = f"select *, '' as part_month from ({query})"
        connection.execute(f'create or replace temp table "rows_{table}" as {query}')
        loaded[table] = _summed(connection, table)
    return {table: loaded[table] for table in TABLES}


def _summed(connection: duckdb.DuckDBPyConnection, table: str) -> Loaded:
    found = connection.execute(
        f'select part_month, count(*), {row_sum(table)} from "rows_{table}" group by part_month order by part_month'
    ).fetchall()
    rows = sum(count for _, count, _ in found)
    whole = content_sha256(table, rows, sum(total for _, _, total in found))
    if rows <= LARGEST_SINGLE.get(table, rows):
        return Loaded(table, rows, whole, (Part("", rows, whole),))
    return Loaded(
        table,
        rows,
        whole,
        tuple(Part(month, count, content_sha256(table, count, total)) for month, count, total in found),
    )


def write_tables(
    connection: duckdb.DuckDBPyConnection,
    loaded: dict[str, Loaded],
    folder: Path,
    version: str,
    shared: Sequence[Release] = (),
) -> dict[str, Any]:
    """Write the loaded tables into a release's folder; returns the manifest's `tables`.

    A part that one of the releases `shared` holds is not written again but shared with it.
    """
    held = _held(shared)
    tables: dict[str, Any] = {}
    for table, found in loaded.items():
        written = [_write_part(connection, table, part, folder, version, held) for part in found.parts]
        tables[table] = {
            "rows": found.rows,
            "content_sha256": found.content_sha256,
            "columns": {field.name: str(field.type) for field in arrow_schema(table)},
            "files": [asdict(file) for file in written],
        }
    return tables


def _held(releases: Sequence[Release]) -> dict[str, list[tuple[Path, dict[str, Any]]]]:
    held: dict[str, list[tuple[Path, dict[str, Any]]]] = defaultdict(list)
    for release in releases:
        for table in TABLES:
            for file in release.listed(table):
                held[file["path"]].append((release.folder / file["path"], file))
    return held


def _write_part(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    part: Part,
    folder: Path,
    version: str,
    held: dict[str, list[tuple[Path, dict[str, Any]]]],
) -> Written:
    rows = f'select {columns_of(table)} from "rows_{table}"'
    if not part.month:
        query = f"{rows} order by {order_of(table)}"
        return write_rows(connection, query, arrow_schema(table), folder / f"{table}.parquet", footer(version))
    name = f"{table}/{part.month}-{part.content_sha256[:12]}.parquet"
    for path, file in held.get(name, ()):
        # A part that is damaged where it lies is written again rather than passed on.
        if path.is_file() and file_sha256(path) == file["sha256"]:
            share(path, folder / name)
            return Written(name, file["rows"], file["bytes"], file["sha256"])
    query = f"{rows} where part_month = '{part.month}' order by {order_of(table)}"
    written = write_rows(connection, query, arrow_schema(table), folder / name, footer())
    return Written(name, written.rows, written.bytes, written.sha256)
