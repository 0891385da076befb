"""`onrecord clean`: what ingest makes of raw files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, Annotated

import typer

from pipeline.cli.options import DIST, Debug, NoDist, raw_paths
from pipeline.cli.output import whole


def clean(
    raw: Annotated[list[str], typer.Argument(metavar="IN...", help="Raw files, folders, patterns or URLs.")],
    output: Annotated[
        Path | None, typer.Option("--output", help="Write JSON lines here: file_id, text, title ...")
    ] = None,
    dist: NoDist = DIST,
    debug: Debug = False,
) -> None:
    """Show what ingest makes of raw files: blocks, what was removed and why, metadata with evidence.

    On a terminal in colour; as JSON lines with --output or in a pipe. What could not be read is told on stderr.
    """
    raw_paths(raw)
    if output is None:
        _walk(raw, None if sys.stdout.isatty() else sys.stdout)
        return
    with whole(output) as stream:
        _walk(raw, stream)


def _walk(raw: list[str], stream: IO[str] | None) -> None:
    import json

    from rich.console import Console

    from pipeline.configuration import read as settings
    from pipeline.ingest.clean import clean as cleaned
    from pipeline.ingest.read import read
    from pipeline.ingest.records import Reject
    from pipeline.ingest.show import as_json_line, render, visible

    console = Console()
    for record in read(raw, settings(None).fields):
        found = record if isinstance(record, Reject) else cleaned(record)
        if isinstance(found, Reject):
            print(f"onrecord: {visible(found.raw_name or '')}: {visible(found.reason)}", file=sys.stderr)
        elif stream is None:
            assert not isinstance(record, Reject)
            console.print(render(found, record.payload))
        else:
            stream.write(json.dumps(as_json_line(found, file_id(found.raw_name)), ensure_ascii=False) + "\n")


def file_id(raw_name: str) -> str:
    """A raw name's last part without its suffixes; a record's number stays."""
    name, mark, number = raw_name.partition("#")
    last = name.rpartition("!")[2].rpartition("/")[2]
    stem = last
    for _ in range(3):
        head, dot, tail = stem.rpartition(".")
        if not (head and dot and 0 < len(tail) <= 7 and tail.isalnum() and not tail.isdigit()):
            break
        stem = head
    return stem + mark + number
