"""`onrecord status`: last run, next run, and how much room store and releases take."""

from __future__ import annotations

import typer

from pipeline.cli.options import DIST, Debug, Dist, Json


def status(dist: Dist = DIST, json: Json = False, debug: Debug = False) -> None:
    """Say how things stand: the last run and why it failed, the next one, sizes of store and releases."""
    import os

    from pipeline.cli.results import printable
    from pipeline.journal import served, state

    found = state(dist)
    api = served(dist / ".store")
    if api or "PREFECT_API_URL" in os.environ:
        from pipeline.flow import next_run

        found["next_run"] = next_run(api)
    else:
        found["next_run"] = None
    if json:
        import json as encoder

        typer.echo(encoder.dumps(found))
        return
    last = found["last_run"]
    if last is None:
        typer.echo(f"no build has run in {dist}")
    elif last["ok"]:
        came = f"release {last['version']}" if last["new"] else f"nothing new, release {last['version']} stays"
        typer.echo(f"last run: {last['ended']}: {came}, {last['rows']['articles']:,} articles")
    else:
        typer.echo(f"last run: {last['ended']}: failed: {printable(last['error'])}")
    if found["running"]:
        typer.echo("a build is running")
    typer.echo(f"next run: {found['next_run'] or 'none is scheduled from here'}")
    typer.echo(
        f"releases: {found['releases']} ({found['release_bytes'] / 1e6:.1f} MB), latest {found['latest'] or 'none'}"
    )
    typer.echo(f"store: {found['store_entries']:,} entries ({found['store_bytes'] / 1e6:.1f} MB)")
