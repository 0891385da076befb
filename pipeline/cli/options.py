"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

Dist = Annotated[Path, typer.Option("--dist", help="Folder of releases.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show a traceback where something fails.")]
Release = Annotated[str | None, typer.Option("--release", help="Version of the release; the newest by default.")]

DIST = Path("dist")


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
