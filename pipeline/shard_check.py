"""One shard's annotations through every check, by a worker: paths in, final rows out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from pipeline.assemble import Assembly, assemble_shard
from pipeline.link.parts import Parts
from pipeline.past_rows import CHECKED, PastRows


@dataclass(frozen=True, slots=True)
class CheckTask:
    """What a worker is told: everything is a path or a plain value."""

    shard: str
    parts: Parts
    final: Assembly
    store: Path
    made_by: str
    force: bool


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a worker tells: how many rows were extracted, and the entries of past work that it met."""

    extracted: int
    met: frozenset[str]


def check(task: CheckTask) -> CheckReport:
    """Write the shard's final mentions, quotes and claims, the failing ones set apart."""
    past = PastRows(task.store, CHECKED, task.made_by, fresh=task.force)
    entities = task.final.file("entities", "all")
    found = entities.stat()
    ids = _ids(entities, found.st_ino, found.st_mtime_ns)
    extracted = assemble_shard(task.parts, task.final, task.shard, ids, past)
    return CheckReport(extracted, past.met)


@lru_cache(maxsize=1)
def _ids(entities: Path, _file: int, _written: int) -> pl.Series:
    """The ids of the final entities, which every shard of a run is checked against."""
    return pl.read_parquet(entities, columns=["entity_id"]).to_series()
