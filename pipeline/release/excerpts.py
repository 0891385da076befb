"""Excerpts: the rows to publish, with the texts withheld that rights and budget do not give away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.configuration import Configuration
from pipeline.release.write import files
from schemas import TABLES

if TYPE_CHECKING:
    import duckdb


def published(
    connection: duckdb.DuckDBPyConnection, final: Path, configuration: Configuration, *, include_text: bool
) -> dict[str, str]:
    """The query of the rows to publish, for every table, over the final rows under `final`."""
    queries = {table: files(final, table) for table in TABLES}
    if not include_text:
        queries["articles"] = (
            f"select articles.* replace (case when rights in ('open', 'licensed') then text end as text) from"
            f" ({queries['articles']}) articles left join (select source_id, rights from ({queries['sources']}))"
            f" using (source_id)"
        )
    return queries
