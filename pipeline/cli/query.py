"""`onrecord query`: SQL over a release."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline.cli.options import DIST, Debug, Dist, Release


def query(
    sql: Annotated[str | None, typer.Argument(help="The statement; without one a prompt opens.")] = None,
    release: Release = None,
    format: Annotated[str, typer.Option("--format", help="table, csv, json or parquet.")] = "table",
    dist: Dist = DIST,
    debug: Debug = False,
) -> None:
    """Ask a release with DuckDB; every table is a view."""
    import duckdb

    from pipeline.errors import OnrecordError
    from pipeline.release.open import open_release

    connection = open_release(dist, release)
    if sql is None:
        raise OnrecordError("give a statement")
    try:
        found = connection.sql(sql)
        if found is None:
            return
        frame = found.pl()
    except duckdb.Error as error:
        raise OnrecordError(f"the statement failed: {' '.join(str(error).split())}") from error
    if format == "csv":
        typer.echo(frame.write_csv(), nl=False)
    elif format == "json":
        typer.echo(frame.write_json())
    elif format == "parquet":
        frame.write_parquet(sys.stdout.buffer)
    elif format == "table":
        from rich.console import Console
        from rich.table import Table

        table = Table()
        for name in frame.columns:
            table.add_column(name)
        for row in frame.iter_rows():
            table.add_row(*("" if value is None else str(value) for value in row))
        Console(highlight=False, markup=False).print(table)
    else:
        raise OnrecordError(f"there is no format {format!r}: use table, csv, json or parquet")
