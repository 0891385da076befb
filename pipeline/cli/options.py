"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer


def _folder(name: str) -> Path:
    """The folder for what `--dist` says: itself, or for a URL the mirror of it, brought up to date."""
    if "://" not in str(name):
        return Path(name)
    from pipeline.release.remote import place, refresh

    root = place(name)
    refresh(root)
    return root


Dist = Annotated[
    Path,
    typer.Option(
        "--dist", metavar="DIR", parser=_folder, help="Folder of releases, or a URL such as s3://bucket/path.",
        show_default=True,
    ),
]  # fmt: skip
NoDist = Annotated[
    Path, typer.Option("--dist", metavar="DIR", help="Taken by every command; this one needs no releases.")
]
Json = Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show a traceback where something fails.")]
LogFormat = Annotated[str, typer.Option("--log-format", help="What is told on the way: text or json lines.")]
Release = Annotated[str | None, typer.Option("--release", help="Version of the release; the newest by default.")]

DIST = Path("dist")


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def raw_paths(raw: list[str]) -> tuple[str, ...]:
    """The raw inputs, where they are there.

    Raises:
        OnrecordError: a path that is neither pattern nor URL is not there.
    """
    from pipeline.errors import OnrecordError

    for path in raw:
        if "://" not in path and not any(mark in path for mark in "*?[") and not Path(path).exists():
            raise OnrecordError(f"there is nothing at {path}: give a file, a folder, a pattern or a URL")
    return tuple(raw)
