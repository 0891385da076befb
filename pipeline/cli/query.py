"""`onrecord query`: SQL over a release, or over all of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import DIST, Debug, Dist, Release, raw_paths

Text = Annotated[bool, typer.Option("--text", help="Put withheld texts back from the local store.")]
Raw = Annotated[
    list[str] | None, typer.Option("--raw", metavar="PATH", help="Put them back from raw files, cleaned again.")
]


def query(
    sql: Annotated[
        str | None, typer.Argument(help="The statement, - for standard input; without it a prompt opens.")
    ] = None,
    release: Release = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All releases; every table has a column release in front.")
    ] = False,
    text: Text = False,
    raw: Raw = None,
    format: Annotated[str, typer.Option("--format", help="table, csv, json or parquet.")] = "table",
    output: Annotated[Path | None, typer.Option("--output", help="Write the rows to a file.")] = None,
    dist: Dist = DIST,
    debug: Debug = False,
) -> None:
    """Ask a release with DuckDB; every table is a view, and so is what people ask most (show tables).

    Statements read the releases and nothing else, and write no file.
    """
    from pipeline.cli.results import FORMATS, show
    from pipeline.errors import OnrecordError
    from pipeline.release.open import lock, open_all, open_release
    from pipeline.release.statements import run

    if everything and release:
        raise OnrecordError("give --release or --all, not both")
    if format not in FORMATS:
        raise OnrecordError(f"there is no format {format!r}: use {', '.join(FORMATS)}")
    if output is not None and format == "table":
        format = {".json": "json", ".parquet": "parquet"}.get(output.suffix, "csv")
    raw_paths(raw or [])
    connection = (
        open_all(dist, text=text, raw=raw or ())
        if everything
        else open_release(dist, release, text=text, raw=raw or ())
    )
    lock(connection, dist)
    if sql is None and sys.stdin.isatty():
        from pipeline.cli.prompt import prompt

        prompt(connection, format)
        return
    statement = sys.stdin.read() if sql is None or sql == "-" else sql
    if not statement.strip():
        raise OnrecordError('give a statement, such as "select * from said limit 10"')
    frame = run(connection, statement)
    if frame is not None:
        show(frame, format, output)
