"""`onrecord clean`: what ingest makes of raw files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, Annotated

import typer

from pipeline.cli.options import Debug


def clean(
    raw: Annotated[list[str], typer.Argument(metavar="IN...", help="Raw files, folders, patterns or URLs.")],
    output: Annotated[
        Path | None, typer.Option("--output", help="Write JSON lines here: file_id, text, title ...")
    ] = None,
    debug: Debug = False,
) -> None:
    """Show what ingest makes of raw files: blocks, what was removed and why, metadata with evidence.

    On a terminal in colour; as JSON lines with --output or in a pipe. What could not be read is told on stderr.
    """
    from pipeline.errors import OnrecordError

    for path in raw:
        if "://" not in path and not any(mark in path for mark in "*?[") and not Path(path).exists():
            raise OnrecordError(f"there is nothing at {path}: give a file, a folder, a pattern or a URL")
    if output is None:
        _walk(raw, None if sys.stdout.isatty() else sys.stdout)
        return
    beside = output.with_name(f".{output.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as stream:
            _walk(raw, stream)
        beside.replace(output)
    except OSError as error:
        raise OnrecordError(f"cannot write {output}: {error.strerror or error}") from error


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
