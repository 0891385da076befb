"""A writer to be killed: publishes, updates or withdraws from rows that lie ready, in a process of its own."""

from __future__ import annotations

from pathlib import Path

import duckdb  # noqa: F401  (loaded before the fork, so that kills fall on the work and not on imports)
import pyarrow.parquet  # noqa: F401

from pipeline.link.parts import Parts
from pipeline.release import describe, excerpts, gate  # noqa: F401
from pipeline.release.layout import Dist
from pipeline.release.lock import writing
from pipeline.release.publish import publish
from pipeline.release.recover import recover
from pipeline.release.update import update
from pipeline.release.withdraw import withdraw
from tests.release.made import ABOUT


def main(kind: str, *words: str) -> None:
    """Do one thing: `publish DIST FINAL VERSION`, `withdraw DIST ARTICLE` or `update COPY DIST`."""
    if kind == "update":
        update(Path(words[0]), Dist(Path(words[1])))
        return
    dist = Dist(Path(words[0]))
    with writing(dist.root):
        recover(dist)
        if kind == "withdraw":
            withdraw(dist, words[1], "a test of kills")
        else:
            work = dist.store / "run"
            publish(dist, Path(words[1]), Parts(work), words[2], ABOUT, include_text=True, force=True, accept="a test")
