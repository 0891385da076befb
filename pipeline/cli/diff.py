"""`onrecord diff`: what changed between two releases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import DIST, Debug, Dist, Json

#: Columns named of a table, those with most changed cells first.
SHOWN = 4


def diff(
    before: Annotated[str, typer.Argument(help="The older release.")],
    after: Annotated[str, typer.Argument(help="The newer release.")] = "latest",
    parquet: Annotated[
        Path | None, typer.Option("--parquet", metavar="FILE", help="Write every change into a Parquet file.")
    ] = None,
    dist: Dist = DIST,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Compare two releases: rows added, changed and removed, and which columns changed."""
    from pipeline.errors import OnrecordError
    from pipeline.release.diff import diff as compare
    from pipeline.release.layout import Dist as Folder

    try:
        found = compare(Folder(dist), before, after, parquet)
    except OSError as error:
        raise OnrecordError(f"cannot write {parquet}: {error.strerror or error}") from error
    if json:
        import json as encoder

        typer.echo(encoder.dumps(found.as_json()))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    table = Table("table", "added", "changed", "removed", "changed cells by column, most first")
    for name, counts in found.tables.items():
        cells = list(found.columns[name].items())
        columns = ", ".join(f"{column} {number:,}" for column, number in cells[:SHOWN])
        if len(cells) > SHOWN:
            columns += f", {len(cells) - SHOWN} more"
        table.add_row(name, f"{counts.added:,}", f"{counts.changed:,}", f"{counts.removed:,}", columns)
    console.print(f"from {found.before} to {found.after}")
    if len(set(found.schema_versions)) > 1:
        console.print(f"the schema changed: {found.schema_versions[0]} to {found.schema_versions[1]}")
    console.print(table)
    for name, kinds in found.examples.items():
        for change, ids in kinds.items():
            console.print(f"{name}, {change}: {', '.join(ids)}", soft_wrap=True)
    if parquet:
        console.print(f"every change: {parquet}", soft_wrap=True)
