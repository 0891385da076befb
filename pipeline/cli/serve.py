"""`onrecord serve`: builds on a schedule."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import DIST, Debug, Dist, cores, raw_paths


def serve(
    inbox: Annotated[list[str], typer.Argument(help="Raw files, folders, patterns or URLs.")],
    cron: Annotated[str, typer.Option("--cron", help="When to build, such as '0 6 * * *' (UTC).")],
    dist: Dist = DIST,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes.", show_default="one a core")
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Settings.", show_default="onrecord.toml")] = None,
    debug: Debug = False,
) -> None:
    """Build from INBOX on a schedule until stopped, one run at a time; `onrecord status` says how things stand.

    A build that fails leaves the last release in place and runs the command that the setting `alert` names.
    """
    from pipeline.configuration import read
    from pipeline.journal import serving
    from pipeline.run import Job

    job = Job(raw_paths(inbox), dist, workers=workers or cores(), configuration=read(config))

    from pipeline.flow import serve as run

    def told(url: str) -> None:
        typer.echo(f"building from {', '.join(inbox)} into {dist} at {cron!r} (UTC); Prefect's API: {url}")

    with serving(dist / ".store") as note:
        run(job, cron, config, (note, told))
