"""Apart: the steps of linking that need nothing of one another, each by a worker."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.link import entities, quotes, stories
from pipeline.link.parts import Parts


@dataclass(frozen=True, slots=True)
class LinkTask:
    """What a worker is told: the step, the work folder, what the previous release has of it, the version to be."""

    step: str
    work: str
    memory_limit: str
    previous: str | None
    version: str


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What a worker tells: the seconds that a step took."""

    step: str
    seconds: float


def tasks(parts: Parts, previous: dict[str, Path | None], version: str) -> list[LinkTask]:
    """The steps, the longest first.

    Args:
        previous: the files of the previous release, for each step.
    """
    work = str(parts.work.absolute())
    before = {step: str(path.absolute()) if path else None for step, path in previous.items()}
    return [
        LinkTask(step, work, parts.memory_limit, before[step], version) for step in ("entities", "stories", "quotes")
    ]


def find(task: LinkTask) -> LinkReport:
    """Take the step."""
    started = time.perf_counter()
    parts = Parts(Path(task.work), task.memory_limit)
    previous = Path(task.previous) if task.previous else None
    gc.freeze()  # what libraries and earlier tasks hold is not searched for garbage over and over
    if task.step == "entities":
        entities.find(parts, previous, task.version)
    elif task.step == "stories":
        stories.find(parts, previous)
    else:
        quotes.find(parts, previous)
    return LinkReport(task.step, time.perf_counter() - started)
