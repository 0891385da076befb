"""`onrecord update`: bring a downloaded copy of a release forward."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import DIST, Debug, Dist, Json


def update(
    folder: Annotated[Path, typer.Argument(help="The copy: a folder with a release's manifest.json.")],
    dist: Dist = DIST,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Bring a copy of a release forward to the newest one, by the changes since; the result is checked."""
    from pipeline.release.layout import Dist as Folder
    from pipeline.release.update import update as forward

    found = forward(folder, Folder(dist))
    if json:
        import json as encoder
        from dataclasses import asdict

        typer.echo(encoder.dumps(asdict(found)))
    elif not found.steps and not found.whole:
        typer.echo(f"{folder} is release {found.after} already")
    else:
        typer.echo(f"{folder}: from {found.before} to {found.after} by the changes of {found.steps} releases")
        if found.whole:
            typer.echo(f"taken whole, for the changes did not lead to them: {', '.join(found.whole)}")
