"""Changes: the rows that were added, changed and removed from one state of the tables to the next, and every cell.

`changes/TABLE.parquet` has a row for each added and removed row (its id) and for each changed cell (id, column, and
the values before and after as JSON text). `changes/rows/TABLE.parquet` has the added and the changed rows as they are
now, but for those of a part of the table that has no other rows: the manifest names that part instead. So the previous
release's rows, without those removed and changed, and these rows, are this release's rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline.link.parts import quoted
from pipeline.release.arrow import arrow_schema
from pipeline.release.layout import Release
from pipeline.release.parts import AT_ONCE
from pipeline.release.write import columns_of, empty, footer, order_of, row_json, rows_of, sql_type, write_rows
from schemas import TABLES

if TYPE_CHECKING:
    import duckdb

CHANGES = pa.schema(
    [
        pa.field("change", pa.string(), nullable=False, metadata={"comment": "added, changed or removed."}),
        pa.field("id", pa.string(), nullable=False, metadata={"comment": "Key of the row; of rejects, a hash of it."}),
        pa.field("column", pa.string(), metadata={"comment": "The column, of changed rows."}),
        pa.field("before", pa.string(), metadata={"comment": "The value before, as JSON text."}),
        pa.field("after", pa.string(), metadata={"comment": "The value after, as JSON text."}),
    ]
)
ORDER = '"id", "column"'


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of a table were added, changed and removed, and how many cells changed."""

    added: int
    changed: int
    removed: int
    cells: int


def plain_schema(table: str) -> pa.Schema:
    """A table's types without descriptions, which would weigh more than a few rows do."""
    return pa.schema([pa.field(field.name, field.type, field.nullable) for field in arrow_schema(table)])


def identified(table: str, query: str) -> str:
    """The rows of a query with `row_key`: the table's key; of a table without one, a hash of the row and a number."""
    key = TABLES[table].key()
    if not TABLES[table].to_schema().columns[key].nullable:
        return f'select *, "{key}" as row_key from ({query})'
    whole = f"md5({row_json(table)})"
    return f"select *, {whole} || '.' || row_number() over (partition by {whole}) as row_key from ({query})"


def fitted(connection: duckdb.DuckDBPyConnection, table: str, query: str) -> str:
    """The rows of a query with this schema's columns and types; a column that they lack is null."""
    there = {row[0] for row in connection.execute(f"describe ({query})").fetchall()}
    columns = ", ".join(
        f'"{field.name}"::{sql_type(field.type)} as "{field.name}"'
        if field.name in there
        else f'null::{sql_type(field.type)} as "{field.name}"'
        for field in arrow_schema(table)
    )
    return f"select {columns} from ({query})"


def compare(connection: duckdb.DuckDBPyConnection, table: str, before: str, after: str) -> Counts:
    """Find what changed between two queries of a table's rows.

    Makes the relations `changes_TABLE` (the columns of `CHANGES`) and `changed_rows_TABLE` (the rows as they are now).
    """
    names = arrow_schema(table).names
    before, after = (identified(table, fitted(connection, table, query)) for query in (before, after))
    # Most rows are as they were: a hash of 64 bits tells, and the others alone are looked at cell by cell.
    hashed = f"select row_key, hash({columns_of(table)}) as digest from"
    connection.execute(
        f"""create or replace temp table differing as select row_key
        from ({hashed} ({before})) one full join ({hashed} ({after})) other using (row_key)
        where one.digest is distinct from other.digest"""
    )
    connection.execute(f"create or replace temp table was as from ({before}) semi join differing using (row_key)")
    connection.execute(f"create or replace temp table now_ as from ({after}) semi join differing using (row_key)")
    cells = ", ".join(
        f'case when was."{name}" is distinct from now_."{name}" then'
        f" {{'column': {quoted(name)}, 'before': to_json(was.\"{name}\")::varchar,"
        f" 'after': to_json(now_.\"{name}\")::varchar}} end"
        for name in names
    )
    connection.execute(
        f"""create or replace temp table "changes_{table}" as
        select 'added' as change, row_key as id, null::varchar as "column", null::varchar as before,
            null::varchar as after from now_ anti join was using (row_key)
        union all by name
        select 'removed' as change, row_key as id from was anti join now_ using (row_key)
        union all by name
        select 'changed' as change, id, cell."column", cell.before, cell.after from (
            select row_key as id, unnest([{cells}]) as cell from was join now_ using (row_key))
        where cell is not null"""
    )
    connection.execute(
        f"""create or replace temp table "changed_rows_{table}" as select {columns_of(table)} from now_
        where row_key in (select id from "changes_{table}" where change != 'removed')"""
    )
    for name in ("differing", "was", "now_"):
        connection.execute(f"drop table {name}")
    found = connection.execute(
        f"""select count(*) filter (change = 'added'), count(distinct id) filter (change = 'changed'),
            count(*) filter (change = 'removed'), count(*) filter (change = 'changed') from "changes_{table}" """
    ).fetchall()[0]
    return Counts(*found)


def differing(before: Release | None, after: Release, table: str) -> tuple[str, str]:
    """The queries of the rows before and after that may differ: those of files that the two do not share."""
    if before is None:
        return empty(table), empty(table)
    hashes = {file["sha256"] for file in before.listed(table)} & {file["sha256"] for file in after.listed(table)}
    one, other = (
        rows_of(
            [release.folder / file["path"] for file in release.listed(table) if file["sha256"] not in hashes], table
        )
        for release in (before, after)
    )
    return one, other


def write_changes(connection: duckdb.DuckDBPyConnection, before: Release | None, after: Release) -> dict[str, Any]:
    """Write `changes/` into the folder of `after`; returns the manifest's `changes`.

    Args:
        before: the previous release; None for the first one, whose changes are empty.
        after: a folder whose tables are written, and a manifest that lists them.
    """

    def written(table: str) -> dict[str, Any]:
        with connection.cursor() as own:
            rows, parts = differing(before, after, table), new_parts(before, after, table)
            return write_changes_of(own, table, *rows, after.folder, after.version, parts)

    with ThreadPoolExecutor(AT_ONCE) as writers:
        return dict(zip(TABLES, writers.map(written, TABLES), strict=True))


def new_parts(before: Release | None, after: Release, table: str) -> list[str]:
    """The files of a table of several that the previous release does not have."""
    listed = after.listed(table)
    hashes = {file["sha256"] for file in before.listed(table)} if before else set()
    return [file["path"] for file in listed if file["sha256"] not in hashes] if len(listed) > 1 else []


def write_changes_of(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    before: str,
    after: str,
    folder: Path,
    version: str,
    parts: Sequence[str] = (),
) -> dict[str, Any]:
    """Write the changes of one table, between two queries of its rows; returns the manifest's entry.

    Args:
        parts: files of the table below `folder`; those that hold nothing but added and changed rows are named, and
            their rows are not written a second time.
    """
    counts = compare(connection, table, before, after)
    keys = {**footer(version), "table": f"changes of {table}"}
    name = f"changes/{table}.parquet"
    written = write_rows(connection, f'select * from "changes_{table}" order by {ORDER}', CHANGES, folder / name, keys)
    listed = [{**asdict(written), "path": name}]
    whole = [part for part in parts if counts.added and _is_new(connection, table, folder / part)]
    rest = f'select * from "changed_rows_{table}"'
    if whole:
        key = TABLES[table].key()
        rest += f" where {key} not in (select {key} from ({rows_of([folder / part for part in whole], table)}))"
    if connection.execute(f"select exists ({rest})").fetchall()[0][0]:
        name = f"changes/rows/{table}.parquet"
        query = f"{rest} order by {order_of(table)}"
        written = write_rows(connection, query, plain_schema(table), folder / name, footer(version))
        listed.append({**asdict(written), "path": name})
    connection.execute(f'drop table "changes_{table}"')
    connection.execute(f'drop table "changed_rows_{table}"')
    return {**asdict(counts), "files": listed, "parts": whole}


def _is_new(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> bool:
    """Whether a file of a table holds nothing but added and changed rows."""
    key = TABLES[table].key()
    old = f"""select 1 from read_parquet({quoted(str(path))})
        where {key} not in (select id from "changes_{table}" where change != 'removed')"""
    return not connection.execute(f"select exists ({old})").fetchall()[0][0]


def new_rows(table: str, release: Release) -> list[Path]:
    """The files with the rows that a release added or changed."""
    listed: Mapping[str, Any] = release.manifest["changes"][table]
    names = [file["path"] for file in listed["files"][1:]] + list(listed.get("parts", ()))
    return [release.folder / name for name in names]


def applied(table: str, before: str, release: Release) -> str:
    """The query of a release's rows, from the query of the previous release's rows and the release's `changes/`."""
    changes = release.folder / release.manifest["changes"][table]["files"][0]["path"]
    gone = f"select id from read_parquet({quoted(str(changes))}) where change != 'added'"
    kept = f"select {columns_of(table)} from ({identified(table, before)}) where row_key not in ({gone})"
    paths = new_rows(table, release)
    return f"{kept} union all by name {rows_of(paths, table)}" if paths else kept
