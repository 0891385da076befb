"""`onrecord rehydrate`: a release with full texts, from your own copy of the raw files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import DIST, Debug, Dist, Json, raw_paths


def rehydrate(
    version: Annotated[str, typer.Argument(help="The release; latest for the newest.")],
    raw: Annotated[list[str], typer.Option("--raw", metavar="PATH", help="Your raw files or folders.")],
    output: Annotated[Path, typer.Option("--output", help="Folder that the full release is put into.")] = Path(
        "rehydrated"
    ),
    dist: Dist = DIST,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Clean your copy of the raw files again, compare hashes, and write the release with its texts put back."""
    from pipeline.release.layout import Dist as Folder
    from pipeline.release.rehydrate import rehydrate as put_back

    raw_paths(raw)
    folder = Folder(dist)
    found = put_back(folder, folder.find(version), raw, output)
    if json:
        import json as encoder
        from dataclasses import asdict

        typer.echo(encoder.dumps({**asdict(found), "path": str(found.path)}))
        return
    typer.echo(f"{found.filled:,} texts put back, {found.already:,} were there: {found.path}")
    for what, listed in (("other text than the release's", found.differing), ("not in the raw files", found.missing)):
        if listed:
            more = f" and {len(listed) - 5:,} more" if len(listed) > 5 else ""
            typer.echo(f"{what}: {', '.join(listed[:5])}{more}")
    typer.echo(f"next: onrecord query --dist {output}")
