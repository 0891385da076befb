"""Parts: small tables as one file, large ones as several, named by their content, that releases share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.link.parts import quoted
from pipeline.release.arrow import arrow_schema
from pipeline.release.division import divided
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
    schema_sha256,
    write_rows,
)
from schemas import TABLES

if TYPE_CHECKING:
    import duckdb

#: Rows above which a table is kept in parts of about as many rows. The tables not named are always one file.
LARGEST_SINGLE = {"articles": 2_000, "mentions": 50_000, "quotes": 20_000, "claims": 20_000}
#: Rows up to which a table is held while its parts are written; those of a larger one go to a file for each part.
LARGEST_HELD = 1_000_000
#: Rows that are held, by each of DuckDB's threads, before they go to the files of their parts.
AT_HAND = 100_000
#: What is left of the memory limit where tables go to files.
SHARE_WITH_FILES = 0.75
#: Characters of a part's content hash in the name of its file.
NAMED = 12
#: Tables that are loaded, and parts that are written, at once; each part holds its rows in memory while it is sorted.
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a table: all (`name` is empty) or those of some articles."""

    name: str
    rows: int
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A table of rows to publish, loaded as the relation `rows_TABLE`: its parts, and the hash of all its rows."""

    table: str
    rows: int
    content_sha256: str
    parts: tuple[Part, ...]


def load(
    connection: duckdb.DuckDBPyConnection, queries: dict[str, str], version: str, before: Release | None = None
) -> dict[str, Loaded]:
    """Evaluate each table's query once, into the relations `rows_TABLE`, whose last column is the row's `part`.

    Args:
        queries: for each table the query of the rows to publish; a table that is not named has none.
        version: the release that they are for.
        before: the release whose parts are kept up.
    """

    large = [table for table in LARGEST_SINGLE if _count(connection, queries.get(table)) > LARGEST_HELD]
    if large:
        _leave_room(connection)

    def loaded(table: str) -> Loaded:
        with connection.cursor() as own:
            return _load(own, table, queries.get(table) or empty(table), version, before, in_files=table in large)

    first = loaded("articles")  # the others are divided by their articles' dates
    with ThreadPoolExecutor(AT_ONCE) as loaders:
        held = loaders.map(loaded, [table for table in TABLES if table not in {"articles", *large}])
        found = {one.table: one for one in (first, *held)}
    # Two of these at once take more memory, and are no sooner done.
    found |= {table: loaded(table) for table in large if table != "articles"}
    return {table: found[table] for table in TABLES}


def _count(connection: duckdb.DuckDBPyConnection, query: str | None) -> int:
    return int(connection.execute(f"select count(*) from ({query})").fetchall()[0][0]) if query else 0


def _leave_room(connection: duckdb.DuckDBPyConnection) -> None:
    """Lower the memory limit: rows that stand in files need less, and what reads and writes these needs some too."""
    (limit,) = connection.execute("select current_setting('memory_limit')").fetchall()[0]
    size, unit = limit.split()
    connection.execute(f"set global memory_limit = '{float(size) * SHARE_WITH_FILES:.1f} {unit}'")


def _load(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    query: str,
    version: str,
    before: Release | None,
    *,
    in_files: bool,
) -> Loaded:
    rows = _divide(connection, table, query, version, before) if table in LARGEST_SINGLE else 0
    part, joined = ("divided.part", "join divided using (article_id)") if rows else ("''", "")
    selected = f"select {columns_of(table)}, {part} as part from ({query}) {joined}"
    if in_files:
        files = _in_files(connection, table, selected)
        connection.execute(f'create or replace view "rows_{table}" as {files}')
    else:
        connection.execute(f'create or replace table "rows_{table}" as {selected}')
    return _summed(connection, table)


def _in_files(connection: duckdb.DuckDBPyConnection, table: str, query: str) -> str:
    """Write rows to files of their parts, where DuckDB spills what it cannot hold; returns the query of them."""
    (spill,) = connection.execute("select current_setting('temp_directory')").fetchall()[0]
    folder = Path(spill) / f"rows_{table}"
    connection.execute(f"set partitioned_write_flush_threshold = {AT_HAND}")
    options = "format parquet, compression lz4, partition_by part, overwrite"
    connection.execute(f"copy ({query}) to {quoted(str(folder))} ({options})")
    files = quoted(str(folder / "*" / "*.parquet"))
    return f"from read_parquet({files}, hive_partitioning = true, hive_types = {{'part': 'varchar'}})"


def _divide(connection: duckdb.DuckDBPyConnection, table: str, query: str, version: str, before: Release | None) -> int:
    """Make `divided`, the part of each article's rows of a large table; returns how many rows a large table has."""
    import pyarrow as pa

    dated = f"({query})" if table == "articles" else "rows_articles"
    rows = dict(
        connection.execute(
            f"""select found.article_id, count(*) from ({query}) found left join {dated} dated using (article_id)
            group by 1 order by any_value(dated.published_at) nulls last, 1"""
        ).fetchall()
    )
    if sum(rows.values()) <= LARGEST_SINGLE[table]:
        return 0
    parts = divided(rows, _parts_before(connection, table, before), LARGEST_SINGLE[table], version)
    connection.register("divided", pa.table({"article_id": list(parts), "part": list(parts.values())}))
    return sum(rows.values())


def _parts_before(connection: duckdb.DuckDBPyConnection, table: str, before: Release | None) -> dict[str, str]:
    """The part of each article's rows in a release; none where the table is one file there."""
    import duckdb

    found: dict[str, str] = {}
    for path in before.paths(table) if before else ():
        if path.parent.name == table and path.is_file():
            query = f"select distinct article_id from read_parquet({quoted(str(path))})"
            try:
                listed = connection.execute(query).fetchall()
            except duckdb.Error:  # a damaged part is cut anew
                continue
            found |= dict.fromkeys((article for (article,) in listed), path.stem[: -NAMED - 1])
    return found


def _summed(connection: duckdb.DuckDBPyConnection, table: str) -> Loaded:
    found = connection.execute(
        f'select part, count(*), {row_sum(table)} from "rows_{table}" group by part order by part'
    ).fetchall()
    rows = sum(count for _, count, _ in found)
    whole = content_sha256(table, rows, sum(total for _, _, total in found))
    if not any(part for part, _, _ in found):
        return Loaded(table, rows, whole, (Part("", rows, whole),))
    parts = (Part(part, count, content_sha256(table, count, total)) for part, count, total in found)
    return Loaded(table, rows, whole, tuple(parts))


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
    with ThreadPoolExecutor(AT_ONCE) as writers:
        waiting = {
            table: [
                writers.submit(_write_part, connection.cursor(), table, part, folder, version, held)
                for part in found.parts
            ]
            for table, found in loaded.items()
        }
        written = {table: [part.result() for part in parts] for table, parts in waiting.items()}
    return {
        table: {
            "rows": found.rows,
            "content_sha256": found.content_sha256,
            "schema_sha256": schema_sha256(table),
            "columns": {field.name: str(field.type) for field in arrow_schema(table)},
            "files": [asdict(file) for file in written[table]],
        }
        for table, found in loaded.items()
    }


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
    if not part.name:
        query = f"{rows} order by {order_of(table)}"
        return write_rows(connection, query, arrow_schema(table), folder / f"{table}.parquet", footer(version))
    name = f"{table}/{part.name}-{part.content_sha256[:NAMED]}.parquet"
    for path, file in held.get(name, ()):
        # A part that is damaged where it lies is written again rather than passed on.
        if path.is_file() and file_sha256(path) == file["sha256"]:
            share(path, folder / name)
            return Written(name, file["rows"], file["bytes"], file["sha256"])
    query = f"{rows} where part = '{part.name}' order by {order_of(table)}"
    written = write_rows(connection, query, arrow_schema(table), folder / name, footer())
    return Written(name, written.rows, written.bytes, written.sha256)
