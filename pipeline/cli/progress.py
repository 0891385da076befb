"""Progress: a bar on a terminal, plain lines elsewhere, JSON lines on demand; always on stderr."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from pipeline.errors import OnrecordError

Report = Callable[[str, int, int], None]

#: Seconds between two plain lines of the same step.
EVERY = 10.0
#: The step that counts articles.
ARTICLES = "annotate"


@contextmanager
def shown(*, quiet: bool = False, log_format: str = "text") -> Iterator[Report]:
    """A function to report a step's progress to: `report(step, done, all)`; `all` is articles where text is annotated.

    Raises:
        OnrecordError: there is no such format.
    """
    if log_format == "json":
        yield _lines(_json_line)
    elif log_format != "text":
        raise OnrecordError(f"there is no log format {log_format!r}: use text or json")
    elif quiet:
        yield lambda _step, _done, _all: None
    elif sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        yield _lines(_plain_line)


@contextmanager
def _bar() -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Speed(ProgressColumn):
        """Articles per second."""

        def render(self, task: Task) -> Text:
            unit = " articles/s" if task.description == ARTICLES else "/s"
            return Text(f"{task.speed:.1f}{unit}" if task.speed else "")

    columns = (
        TextColumn("{task.description:>10}"), BarColumn(), MofNCompleteColumn(), Speed(), TimeElapsedColumn(),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=120) as progress:
        bars: dict[str, TaskID] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in bars:
                bars[step] = progress.add_task(step, total=total)
            progress.update(bars[step], completed=done, total=total)

        yield report


def _lines(write: Callable[[str, int, int, float], None]) -> Report:
    first: dict[str, float] = {}
    last: dict[str, float] = {}

    def report(step: str, done: int, total: int) -> None:
        now = time.monotonic()
        first.setdefault(step, now)
        if step not in last or done == total or now - last[step] >= EVERY:
            last[step] = now
            write(step, done, total, now - first[step])

    return report


def _plain_line(step: str, done: int, total: int, seconds: float) -> None:
    speed = f", {done / seconds:.1f} articles/s" if step == ARTICLES and seconds > 1 else ""
    print(f"{step}: {done} of {total}{speed}", file=sys.stderr, flush=True)


def _json_line(step: str, done: int, total: int, seconds: float) -> None:
    event("progress", step=step, done=done, all=total, seconds=round(seconds, 3))


def event(name: str, **said: object) -> None:
    """One event as a JSON line on stderr: its time, its name and what it says."""
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    print(json.dumps({"time": moment, "event": name, **said}, ensure_ascii=False), file=sys.stderr, flush=True)
