"""`onrecord verify`: whether a release is what it says it is."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.options import DIST, Debug, Dist, Json


def verify(
    version: Annotated[
        str | None, typer.Argument(help="The release; all of them with --all.", show_default="the newest")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Check every release.")] = False,
    dist: Dist = DIST,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Check files, hashes, counts, types, keys, references, spans, changes and the chain of releases."""
    from pipeline.errors import OnrecordError
    from pipeline.release.layout import Dist as Folder
    from pipeline.release.verify import verify as check

    folder = Folder(dist)
    newest = folder.find(version)
    versions = folder.versions() if everything else [newest]
    faults = {one: check(folder, one) for one in versions}
    if json:
        import json as encoder

        listed = {one: [{"where": fault.where, "what": fault.what} for fault in found] for one, found in faults.items()}
        typer.echo(encoder.dumps({"ok": not any(faults.values()), "faults": listed}))
    for one, found in faults.items():
        if found:
            more = f" (and {len(found) - 1} more; --json lists all)" if len(found) > 1 else ""
            raise OnrecordError(f"release {one} is not right: {found[0]}{more}")
        if json:
            continue
        rows = {table: entry["rows"] for table, entry in folder.manifest(one)["tables"].items()}
        typer.echo(
            f"release {one} is right: files, hashes, {sum(rows.values()):,} rows of {len(rows)} tables, references, "
            "spans, changes, chain"
        )
