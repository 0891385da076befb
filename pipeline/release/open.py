"""Open: a release as a DuckDB connection with a commented view for every table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.link.parts import quoted
from pipeline.release.layout import Dist

if TYPE_CHECKING:
    import duckdb


def open_release(dist: str | Path = "dist", version: str | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection in which every table of a release is a view.

    Args:
        dist: the folder of releases.
        version: the release; the newest one by default.

    Raises:
        pipeline.release.layout.ReleaseError: there is no such release.
    """
    import duckdb

    folder = Dist(Path(dist))
    release = folder.release(folder.find(version))
    connection = duckdb.connect()
    connection.execute(f"set file_search_path = {quoted(str(release.resolve()))}")
    connection.execute((release / "views.sql").read_text(encoding="utf-8"))
    return connection
