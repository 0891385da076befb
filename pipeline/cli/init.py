"""`onrecord init`: a configuration file with every setting described."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import DIST, Debug, NoDist


def init(
    folder: Annotated[Path, typer.Argument(help="Folder to put onrecord.toml into.")] = Path(),
    dist: NoDist = DIST,
    debug: Debug = False,
) -> None:
    """Write an onrecord.toml with every setting at its default, described and commented out."""
    from pipeline.configuration import FILE, template
    from pipeline.errors import OnrecordError

    path = folder / FILE
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(template())
    except FileExistsError as error:
        raise OnrecordError(f"{path} is there already: edit it, or move it away first") from error
    except OSError as error:
        raise OnrecordError(f"cannot write {path}: {error.strerror or error}") from error
    typer.echo(f"wrote {path}; next: onrecord build")
