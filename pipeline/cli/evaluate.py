"""`onrecord evaluate`: how well the extraction does on gold data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import DIST, Debug, Json, NoDist


def evaluate(
    gold: Annotated[Path, typer.Option("--gold", metavar="DIR", help="Folder of gold data.")] = Path("gold"),
    only: Annotated[
        str, typer.Option("--only", metavar="TASKS", help="Tasks, with commas between: quotes,claims,entities,times.")
    ] = "quotes,claims,entities,times",
    split: Annotated[str, typer.Option("--split", help="Half of the gold data: dev or heldout.")] = "dev",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="The first documents of each data set alone.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes.", show_default="one a core")
    ] = None,
    as_json: Json = False,
    dist: NoDist = DIST,
    debug: Debug = False,
) -> None:
    """Score the extraction on gold data: figures in percent, by the rules of that data's scorers."""
    from pipeline import extract
    from pipeline.cli.options import cores
    from pipeline.cli.progress import shown
    from pipeline.errors import OnrecordError
    from pipeline.evaluate.run import evaluate as run

    if not gold.is_dir():
        raise OnrecordError(f"there is no folder {gold}: name one with --gold")
    problems: list[str] = []
    with shown() as progress:
        figures = run(
            gold, lambda lines: extract.extract(lines, workers or cores(), problems.append), only.split(","), split,
            limit, progress,
        )  # fmt: skip
    if as_json:
        import json
        from dataclasses import asdict

        rows = [asdict(one) | {"value": None if one.value is None else round(one.value, 2)} for one in figures]
        typer.echo(json.dumps({"split": split, "results": rows, "problems": problems}))
        return
    from rich import print as show
    from rich.table import Table

    table = Table("task", "data set", "metric")
    table.add_column("value", justify="right")
    table.add_column("n", justify="right")
    for one in figures:
        table.add_row(one.task, one.dataset, one.metric, "-" if one.value is None else f"{one.value:.1f}", f"{one.n:,}")
    show(table)
    for problem in problems:
        typer.echo(f"no output: {problem}", err=True)
