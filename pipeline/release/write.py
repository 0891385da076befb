"""Write: a table's final rows to Parquet, sorted, the same bytes for the same rows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
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
    """A file of a table, as the manifest lists it."""

    path: str
    rows: int
    bytes: int
    sha256: str


def write_table(connection: duckdb.DuckDBPyConnection, table: str, query: str, path: Path, version: str) -> Written:
    """Write the rows of a query, sorted by the table's order, with its declared types and descriptions."""
    schema = arrow_schema(table)
    keys = {
        "dataset": "onrecord",
        "version": version,
        "schema_version": SCHEMA_VERSION,
        "licence": LICENCE,
        "citation": CITATION,
    }
    columns = ", ".join(f'"{name}"' for name in schema.names)
    order = ", ".join(f'"{name}"' for name in TABLES[table].order())
    found = connection.sql(f"select {columns} from ({query}) order by {order}")
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = 0
    waiting: list[pa.RecordBatch] = []
    with pq.ParquetWriter(
        path,
        schema.with_metadata({**(schema.metadata or {}), **keys}),
        compression="zstd",
        compression_level=9,
        write_page_index=True,
        write_page_checksum=True,
    ) as writer:

        def flush(batches: list[pa.RecordBatch]) -> None:
            table_ = pa.Table.from_batches(batches).cast(schema).combine_chunks()
            writer.write_table(table_.replace_schema_metadata(writer.schema.metadata), row_group_size=GROUP_ROWS)

        for batch in found.to_arrow_reader(GROUP_ROWS):
            while batch.num_rows:
                room = GROUP_ROWS - sum(part.num_rows for part in waiting)
                waiting.append(batch.slice(0, room))
                batch = batch.slice(room) if batch.num_rows > room else batch.slice(0, 0)
                rows += waiting[-1].num_rows
                if sum(part.num_rows for part in waiting) == GROUP_ROWS:
                    flush(waiting)
                    waiting = []
        if waiting:
            flush(waiting)
    return Written(path.name, rows, path.stat().st_size, file_sha256(path))


def content_hash(connection: duckdb.DuckDBPyConnection, table: str, query: str) -> str:
    """A hash of the rows themselves, whatever their order, files and compression."""
    columns = ", ".join(f'"{name}" := "{name}"' for name in arrow_schema(table).names)
    count, total = connection.execute(
        f"select count(*), sum(md5_number_lower(to_json(struct_pack({columns}))::varchar)::hugeint) from ({query})"
    ).fetchall()[0]
    return hashlib.sha256(f"{count}:{total or 0}".encode()).hexdigest()


def files(folder: Path, table: str) -> str:
    """The DuckDB query of all final rows of a table."""
    found = sorted((folder / table).glob("*.parquet"))
    if not found:
        empty: Any = ", ".join(f'null as "{name}"' for name in arrow_schema(table).names)
        return f"select {empty} where false"
    return f"select * from read_parquet([{', '.join(quoted(str(file)) for file in found)}])"


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
