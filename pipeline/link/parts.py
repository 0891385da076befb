"""Parts: the files that the shards wrote, as DuckDB relations, and the place for what linking finds."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb


#: Rows of a row group of the files that linking writes.
GROUP_ROWS = 10_240


@dataclass(frozen=True, slots=True)
class Parts:
    """The work folder of a run: `parts/NUMBER/TABLE.parquet` and `links/NAME.parquet`."""

    work: Path
    memory_limit: str = "450MB"

    @property
    def shards(self) -> list[Path]:
        """The folders of the shards, in order."""
        return sorted(path for path in (self.work / "parts").glob("[0-9]*") if path.is_dir())

    def files(self, table: str) -> str:
        """The DuckDB expression that reads every shard's part of a table."""
        return f"read_parquet({quoted(str(self.work / 'parts' / '[0-9]*' / f'{table}.parquet'))})"

    def link(self, name: str) -> Path:
        """The file of a link step's result."""
        return self.work / "links" / f"{name}.parquet"

    @contextmanager
    def connect(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A DuckDB connection with the memory limit and a view for every table of the parts.

        Once `current` is known the views show the current records alone.
        """
        import duckdb

        (self.work / "links").mkdir(parents=True, exist_ok=True)
        (self.work / "spill").mkdir(parents=True, exist_ok=True)
        spill = tempfile.mkdtemp(dir=self.work / "spill")  # of its own: DuckDB names its files alike in every process
        connection = duckdb.connect(
            config={
                "memory_limit": self.memory_limit,
                "temp_directory": spill,
                "threads": 2,
                "preserve_insertion_order": False,
            }
        )
        try:
            connection.execute("set global TimeZone = 'UTC'")
            current = self.link("current")
            only = f" where record in (select record from {read(current)})" if current.exists() else ""
            for table in ("articles", "mentions", "entities", "quotes", "claims", "origins"):
                if not any((self.work / "parts").glob(f"[0-9]*/{table}.parquet")):
                    continue
                connection.execute(f"create view {table} as select * from {self.files(table)}{only}")
            yield connection
        finally:
            connection.close()
            shutil.rmtree(spill, ignore_errors=True)


def read(path: Path) -> str:
    """The DuckDB expression that reads one Parquet file."""
    return f"read_parquet({quoted(str(path))})"


def quoted(text: str) -> str:
    """`text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def write(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the rows of a query to a Parquet file, in groups so small that a shard's rows are read without the rest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    options = f"format parquet, compression zstd, row_group_size {GROUP_ROWS}"
    connection.execute(f"copy ({query}) to {quoted(str(path))} ({options})")
