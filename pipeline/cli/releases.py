"""`onrecord releases`: which releases there are."""

from __future__ import annotations

import typer

from pipeline.cli.options import DIST, Debug, Dist, Json


def releases(dist: Dist = DIST, json: Json = False, debug: Debug = False) -> None:
    """List the releases, newest first."""
    from pipeline.release.layout import Dist as Folder

    folder = Folder(dist)
    folder.find(None)
    listed = [(version, folder.manifest(version)) for version in folder.versions()]
    if json:
        import json as encoder

        typer.echo(encoder.dumps({"releases": [manifest for _, manifest in listed]}))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("version", "schema", "articles", "quotes", "claims", "rejects")
    for version, manifest in listed:
        rows = {name: f"{found['rows']:,}" for name, found in manifest["tables"].items()}
        table.add_row(
            version, manifest["schema_version"], rows["articles"], rows["quotes"], rows["claims"], rows["rejects"]
        )
    Console(highlight=False).print(table)
