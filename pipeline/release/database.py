"""Database: DuckDB connections for work on releases, with bounded memory, the UTC time zone and a place to spill."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


@contextmanager
def database(memory_limit: str = "700MB") -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that spills to a folder of its own, which goes with it."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="onrecord-") as spill:
        connection = duckdb.connect(
            config={
                "memory_limit": memory_limit,
                "temp_directory": spill,
                "threads": 2,
                "preserve_insertion_order": False,
            }
        )
        try:
            connection.execute("set global TimeZone = 'UTC'")
            yield connection
        finally:
            connection.close()
