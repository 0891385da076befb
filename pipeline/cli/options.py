"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Dist = Annotated[Path, typer.Option("--dist", help="Folder of releases.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show a traceback where something fails.")]
Release = Annotated[str | None, typer.Option("--release", help="Version of the release; the newest by default.")]

DIST = Path("dist")
