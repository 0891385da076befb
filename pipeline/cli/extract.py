"""`onrecord extract`: annotate given texts as they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import DIST, Debug, Json, NoDist


def extract(
    input: Annotated[Path, typer.Option("--input", help="JSON lines: doc_id, text, published_at.")],
    output: Annotated[Path, typer.Option("--output", help="JSON lines: doc_id, mentions, quotes, claims, times.")],
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes.", show_default="one a core")
    ] = None,
    dist: NoDist = DIST,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Annotate texts as they stand: no cleaning, no linking across articles.

    Offsets are Python string indices into the given text, end exclusive. A line that is no document is told on
    stderr and left out; the others go on, and the exit code is 1.
    """
    from pipeline import extract as path
    from pipeline.cli.options import cores
    from pipeline.cli.output import whole
    from pipeline.cli.progress import shown
    from pipeline.errors import OnrecordError

    if not input.is_file():
        raise OnrecordError(f"there is no file {input}")
    problems: list[str] = []
    with input.open(encoding="utf-8", errors="replace") as lines:
        total = sum(1 for text in lines if text.strip())
    number = 0
    with (
        shown(quiet=json) as progress,
        whole(output) as out,
        input.open(encoding="utf-8", errors="replace") as lines,
    ):
        for number, text in enumerate(path.extract(lines, workers or cores(), problems.append), 1):
            out.write(text + "\n")
            progress("documents", number, total)
    if json:
        import json as encoder

        typer.echo(encoder.dumps({"documents": number, "problems": problems, "output": str(output)}))
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise OnrecordError(f"{input}, {problems[0]}{more}; the other documents are in {output}")
