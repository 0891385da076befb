"""Write: rows to one Parquet file, sorted, the same bytes for the same rows; and hashes of rows and files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.link.parts import quoted
from pipeline.release.arrow import arrow_schema
from schemas import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    import duckdb

#: Rows of a row group. Fixed, so that the bytes do not depend on how the rows arrive.
GROUP_ROWS = 20_000
LICENCE = "annotations CC BY 4.0; texts under the rights in sources"
CITATION = "The onrecord dataset: quotes, claims and entities in the news"


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a release, as the manifest lists it."""

    path: str
    rows: int
    bytes: int
    sha256: str


def footer(version: str | None = None) -> dict[str, str]:
    """The keys of a file's footer, by which a stray file says what it is.

    Args:
        version: the release; None for files that several releases share.
    """
    keys = {"dataset": "onrecord", "schema_version": SCHEMA_VERSION, "licence": LICENCE, "citation": CITATION}
    return {**keys, "version": version} if version else keys


def write_rows(
    connection: duckdb.DuckDBPyConnection, query: str, schema: pa.Schema, path: Path, keys: Mapping[str, str]
) -> Written:
    """Write the rows of an ordered query with the types and descriptions of `schema`.

    Args:
        query: gives the columns of `schema`, in its order, sorted.
        keys: what the footer says.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = 0
    described = schema.with_metadata({**(schema.metadata or {}), **keys})
    with pq.ParquetWriter(
        path,
        described,
        compression="zstd",
        compression_level=1,
        write_page_index=True,
        write_page_checksum=True,
    ) as writer:
        for group in _groups(connection.sql(query).to_arrow_reader(GROUP_ROWS)):
            rows += group.num_rows
            group = group.cast(schema).combine_chunks().replace_schema_metadata(described.metadata)
            writer.write_table(group, row_group_size=GROUP_ROWS)
    return Written(path.name, rows, path.stat().st_size, file_sha256(path))


def _groups(batches: Any) -> Iterator[pa.Table]:
    """The rows of the batches in tables of exactly `GROUP_ROWS` rows, the last one smaller."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        while batch.num_rows:
            room = GROUP_ROWS - sum(part.num_rows for part in waiting)
            waiting.append(batch.slice(0, room))
            batch = batch.slice(min(room, batch.num_rows))
            if sum(part.num_rows for part in waiting) == GROUP_ROWS:
                yield pa.Table.from_batches(waiting)
                waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting)


def columns_of(table: str) -> str:
    """A table's columns as an SQL list."""
    return ", ".join(f'"{name}"' for name in arrow_schema(table).names)


def order_of(table: str) -> str:
    """A table's sorting order as an SQL list."""
    return ", ".join(f'"{name}"' for name in TABLES[table].order())


def row_json(table: str) -> str:
    """The SQL expression of a row as JSON text, its columns in order."""
    packed = ", ".join(f"'{name}', \"{name}\"" for name in arrow_schema(table).names)
    return f"json_object({packed})::varchar"


def row_sum(table: str) -> str:
    """The SQL aggregate that sums up rows, whatever their order."""
    return f"coalesce(sum(md5_number_lower({row_json(table)})::hugeint), 0)"


def content_sha256(table: str, rows: int, total: int, schema: str | None = None) -> str:
    """The hash of a table's rows (or of some of them), from their number and `row_sum`; also of the table's schema.

    Args:
        schema: the `schema_sha256` of the release that has the rows; this program's own by default.
    """
    return hashlib.sha256(f"{schema or schema_sha256(table)}:{rows}:{total}".encode()).hexdigest()


@lru_cache(maxsize=16)
def schema_sha256(table: str) -> str:
    """The hash of what every file of a table says beside its rows: types, descriptions and footer."""
    said = "\n".join(f"{key}={value}" for key, value in sorted(footer().items()))
    return hashlib.sha256(arrow_schema(table).serialize().to_pybytes() + said.encode()).hexdigest()


def content_hash(connection: duckdb.DuckDBPyConnection, table: str, query: str, schema: str | None = None) -> str:
    """A hash of the rows themselves, whatever their order, files and compression; `schema` as in `content_sha256`."""
    rows, total = connection.execute(f"select count(*), {row_sum(table)} from ({query})").fetchall()[0]
    return content_sha256(table, rows, total, schema)


def files(folder: Path, table: str) -> str:
    """The DuckDB query of all final rows of a table."""
    return rows_of(sorted((folder / table).glob("*.parquet")), table)


def rows_of(paths: list[Path], table: str) -> str:
    """The DuckDB query of the rows of a table's files, which may be none."""
    if not paths:
        return empty(table)
    return f"select * from read_parquet([{', '.join(quoted(str(path)) for path in paths)}], union_by_name = true)"


def empty(table: str) -> str:
    """The DuckDB query of a table's columns without a row."""
    columns = ", ".join(f'null::{sql_type(field.type)} as "{field.name}"' for field in arrow_schema(table))
    return f"select {columns} where false"


def sql_type(type_: pa.DataType) -> str:
    """The DuckDB type of an Arrow type that the schemas use."""
    if pa.types.is_list(type_):
        return f"{sql_type(type_.value_type)}[]"
    if pa.types.is_struct(type_):
        inner = ", ".join(f'"{field.name}" {sql_type(field.type)}' for field in type_)
        return f"struct({inner})"
    if pa.types.is_timestamp(type_):
        return "timestamptz"
    simple = {
        "string": "varchar", "int32": "integer", "int64": "bigint", "double": "double", "bool": "boolean",
        "date32[day]": "date",
    }  # fmt: skip
    return simple[str(type_)]


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
