"""`onrecord build`: raw news in, a release out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.options import DIST, Debug, Dist, Json, LogFormat, cores, raw_paths
from pipeline.journal import note, summary

if TYPE_CHECKING:
    from pipeline.release.publish import Published
    from pipeline.run import Job, Run


def build(
    raw: Annotated[
        list[str] | None, typer.Argument(help="Raw files, folders, patterns or URLs.", show_default="seeds/")
    ] = None,
    dist: Dist = DIST,
    version: Annotated[
        str | None, typer.Option("--version", help="Name of the release.", show_default="the UTC date")
    ] = None,
    direct: Annotated[bool, typer.Option("--direct", help="Walk the same steps without Prefect.")] = False,
    include_text: Annotated[
        bool, typer.Option("--include-text", help="Publish every text; only with the right to.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Use nothing from the store, publish even if nothing changed.")
    ] = False,
    accept: Annotated[
        str | None, typer.Option("--accept", metavar="REASON", help="Publish although the gate closed.")
    ] = None,
    runner: Annotated[str, typer.Option("--runner", help="Who does the work: process or dask.")] = "process",
    address: Annotated[
        str | None, typer.Option("--address", help="The Dask scheduler, such as tcp://127.0.0.1:8786.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes.", show_default="one a core")
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Settings.", show_default="onrecord.toml")] = None,
    log_format: LogFormat = "text",
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Turn raw news into the next release: clean, annotate, link, check, publish.

    Bad input becomes rows of `rejects`; nothing new publishes nothing; a release appears whole or not at all.
    """
    from contextlib import closing

    from pipeline.cli.progress import event, shown
    from pipeline.configuration import read
    from pipeline.run import Job, started

    job = Job(
        raw_paths(raw or ["seeds"]), dist, version=version, include_text=include_text, force=force, accept=accept,
        runner=runner, address=address, workers=workers or cores(), configuration=read(config),
    )  # fmt: skip
    start = datetime.now(UTC)
    try:
        # The workers first: to import Prefect takes as long as their loading.
        with (
            shown(quiet=json and log_format == "text", log_format=log_format) as progress,
            closing(started(job)) as pool,
        ):
            if direct:
                from pipeline.build import build as walk
            else:
                from pipeline.flow import build as walk
            published, run = walk(job, None, progress, pool)
    except Exception as error:
        failed(job, start, error)
        raise
    found = summary(published, run)
    note(dist / ".store", start, scheduled=False, **found)
    if log_format == "json":
        event("done", **found)
    if json:
        import json as encoder

        typer.echo(encoder.dumps(found))
    else:
        _summary(published, run)


def failed(job: Job, start: datetime, error: Exception) -> None:
    """Note a failed build in the journal, where the folder takes it; the build's own error is what is told."""
    from contextlib import suppress

    from pipeline.release.lock import HeldError

    if not isinstance(error, HeldError) and (job.dist / ".store").is_dir():
        with suppress(OSError):
            note(job.dist / ".store", start, error=" ".join(str(error).split()), scheduled=False)


def _summary(published: Published, run: Run) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from pipeline.build_report import rejects_by_reason, rows_by_table

    console = Console(highlight=False)
    before, rows = rows_by_table(published, run)
    table = Table(title=f"onrecord {published.version}", title_justify="left")
    table.add_column("table")
    for column in ("rows", before, "difference") if before else ("rows",):
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(row["table"], *_numbers(row, compared=before is not None))
    console.print(table)
    for name, check, count in rejects_by_reason(published) if published.rows.get("rejects") else []:
        console.print(f"rejected: {count:,} of {escape(name)} by check {escape(check)}", soft_wrap=True)
    seconds: dict[str, Any] = {step: round(value, 1) for step, value in run.seconds.items() if value >= 0.05}
    console.print("seconds: " + ", ".join(f"{step} {value}" for step, value in seconds.items()))
    console.print(f"{run.counts['extracted']:,} rows extracted = rows published + rows rejected")
    if published.new:
        console.print(f"published: {published.path}")
    else:
        console.print(
            f"nothing changed: the rows equal release {published.version} in {published.path}; nothing was published"
        )
    console.print(f'next: onrecord query "select speaker_name, text from quotes" --dist {run.job.dist}', soft_wrap=True)


def _numbers(row: dict[str, Any], *, compared: bool) -> list[str]:
    found = [f"{row['rows']:,}"]
    if compared:
        found += [f"{row['before']:,}", f"{row['difference']:+,}"] if "before" in row else ["", ""]
    return found
