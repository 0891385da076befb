"""Verify rows: keys, references, spans, contents, and that the previous rows and the changes make this release's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.link.parts import quoted
from pipeline.references import NESTED, SLICES
from pipeline.release.changes import compare, differing, new_rows
from pipeline.release.layout import Dist, Release
from pipeline.release.write import content_hash, rows_of
from schemas import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    import duckdb


def check_rows(connection: duckdb.DuckDBPyConnection, release: Release) -> Iterator[tuple[str, str]]:
    """Where and what is wrong with the rows of a release."""
    for table in TABLES:
        connection.execute(f'create or replace temp view "{table}" as {rows_of(release.paths(table), table)}')
    for table, model in TABLES.items():
        columns = model.to_schema().columns
        key = model.key()
        if not columns[key].nullable:
            yield from _first(
                connection,
                table,
                f'select "{key}", count(*) from "{table}" group by 1 having count(*) > 1 or "{key}" is null order by 1',
                f"{key} {{0}} stands in {{1}} rows",
            )
        for name, column in columns.items():
            target = (column.metadata or {}).get("references")
            if target:
                listed = str(release.manifest["tables"][table]["columns"].get(name)).startswith("list")
                yield from _references(connection, table, f'"{name}"' if listed else f'["{name}"]', name, target)
    for table, nested in NESTED.items():
        for name, inner, target in nested:
            expression = f'list_transform("{name}", lambda x: x.{inner})'
            yield from _references(connection, table, expression, name, target)
    yield from _spans(connection)
    if release.manifest["schema_version"] == SCHEMA_VERSION:
        for table in TABLES:
            found = release.manifest["tables"][table]
            # A later version of this program may describe the same columns in other words: the release's own count.
            schema = found.get("schema_sha256")
            if content_hash(connection, table, f'select * from "{table}"', schema) != found["content_sha256"]:
                yield table, "the rows are not those that the manifest's content hash was made of"


def _first(connection: duckdb.DuckDBPyConnection, where: str, query: str, message: str) -> Iterator[tuple[str, str]]:
    """The first row of a query of faults, as a message, and how many more there are."""
    found = connection.execute(query).fetchmany(1)
    if found:
        total = connection.execute(f"select count(*) from ({query})").fetchall()[0][0]
        yield where, message.format(*found[0]) + (f" (and {total - 1:,} more)" if total > 1 else "")


def _references(
    connection: duckdb.DuckDBPyConnection, table: str, expression: str, name: str, target: str
) -> Iterator[tuple[str, str]]:
    other, column = target.split(".")
    key = TABLES[table].key()
    yield from _first(
        connection,
        table,
        f"""select id, found from (select "{key}" as id, unnest({expression}) as found from "{table}")
            where found is not null and found not in (select "{column}" from "{other}") order by all""",
        f"{name} of {{0}} is {{1}}, which is not in {target}",
    )


def _spans(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Spans lie inside their article; where the article's text is published, every text is its slice."""
    for table, slices in SLICES.items():
        key = TABLES[table].key()
        joined = f'"{table}" rows_ join articles using (article_id)'
        yield from _first(
            connection,
            table,
            f'select rows_."{key}", start, "end", text_chars from {joined}'
            ' where not (0 <= start and start < "end" and "end" <= text_chars) order by all',
            "{0} runs from {1} to {2} in a text of {3} characters",
        )
        for column, start, end in slices:
            cut = f'substring(articles.text, rows_."{start}" + 1, rows_."{end}" - rows_."{start}")'
            yield from _first(
                connection,
                table,
                f'select rows_."{key}" from {joined} where rows_."{column}" is not null and articles.text is not null'
                f' and rows_."{column}" is distinct from {cut} order by all',
                f"{column} of {{0}} is not the slice of its article",
            )
        if table == "mentions":
            continue
        parts = (
            'array_to_string(list_transform(spans, lambda x: substring(articles.text, x.start + 1, x."end" - x.start)),'
            " ' ')"
        )
        yield from _first(
            connection,
            table,
            f'select rows_."{key}" from {joined} where rows_.text is not null and articles.text is not null'
            f" and rows_.text is distinct from {parts} order by all",
            "text of {0} is not that of its spans",
        )


def check_changes(connection: duckdb.DuckDBPyConnection, dist: Dist, release: Release) -> Iterator[tuple[str, str]]:
    """Where a release's `changes/` are not what lies between the previous release, if it is at hand, and this one."""
    previous = release.manifest["previous"]
    before = dist.opened(previous) if previous in dist.versions() else None
    if (previous and before is None) or release.manifest["schema_version"] != SCHEMA_VERSION:
        return
    for table in TABLES:
        listed = release.manifest.get("changes", {}).get(table)
        if listed is None:
            yield "manifest.json", f"it lists no changes of {table}"
            continue
        paths = [release.folder / file["path"] for file in listed["files"]]
        try:
            counts = compare(connection, table, *differing(before, release, table))
        except Exception as error:
            if not isinstance(error, _errors()):
                raise
            yield f"changes/{table}.parquet", f"the previous release {previous} cannot be compared: {error}"
            continue
        if (counts.added, counts.changed, counts.removed) != tuple(listed[k] for k in ("added", "changed", "removed")):
            yield (
                f"changes/{table}.parquet",
                f"the manifest counts {listed['added']} added, {listed['changed']} changed and {listed['removed']} "
                f"removed rows; from {previous} it is {counts.added}, {counts.changed} and {counts.removed}",
            )
        elif _differ(connection, f'select * from "changes_{table}"', paths[0]):
            yield f"changes/{table}.parquet", f"the changes are not those from {previous}"
        elif content_hash(connection, table, rows_of(new_rows(table, release), table)) != content_hash(
            connection, table, f'select * from "changed_rows_{table}"'
        ):
            yield f"changes/rows/{table}.parquet", f"the rows are not those that changed since {previous}"


def _errors() -> tuple[type[Exception], ...]:
    import duckdb

    return (duckdb.Error, pa.ArrowException, OSError)


def _differ(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> bool:
    """Whether a query's rows and a file's are not the same."""
    stored = f"select * from read_parquet({quoted(str(path))})"
    either = f"(({query}) except all ({stored})) union all (({stored}) except all ({query}))"
    return bool(connection.execute(f"select count(*) from ({either})").fetchall()[0][0])
