"""Progress: a bar on a terminal, plain lines elsewhere, always on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[str, int, int], None]

#: Seconds between two plain lines of the same step.
EVERY = 10.0


@contextmanager
def shown(*, quiet: bool = False) -> Iterator[Report]:
    """A function to report a step's progress to: `report(step, done, all)`."""
    if quiet:
        yield lambda _step, _done, _all: None
    elif sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        yield _lines()


@contextmanager
def _bar() -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description:>10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bars: dict[str, object] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in bars:
                bars[step] = progress.add_task(step, total=total)
            progress.update(bars[step], completed=done, total=total)  # type: ignore[arg-type]

        yield report


def _lines() -> Report:
    last: dict[str, float] = {}

    def report(step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if step not in last or done == total or now - last[step] >= EVERY:
            last[step] = now
            print(f"{step}: {done} of {total}", file=sys.stderr, flush=True)

    return report
