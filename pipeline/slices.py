"""Slices: the records of few shards, spread over all workers, annotated into the store before the shards are made."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.ingest.records import Article
from pipeline.shard import FAILURES, Past, ShardTask


@dataclass(frozen=True, slots=True)
class Slice:
    """Every `count`-th record of a shard."""

    shard: ShardTask
    number: int
    count: int


def slices(tasks: Sequence[ShardTask], count: int) -> list[Slice]:
    """The shards in slices, so many of each."""
    return [Slice(task, number, count) for task in tasks for number in range(count)]


@dataclass(frozen=True, slots=True)
class SliceReport:
    """What a worker tells: of how many records, how many articles it annotated, and in how many seconds."""

    records: int
    articles: int
    seconds: float


def ahead(own: Slice) -> SliceReport:
    """Clean and annotate the records of a slice into the store; what cannot be is told when the shard is made."""
    from pipeline.ingest.shards import records
    from pipeline.knowledge.gazetteer import USER_FILES

    os.environ[USER_FILES] = own.shard.gazetteers  # before the first gazetteer is read, on another machine too
    past = Past(own.shard)
    started, met, articles = time.perf_counter(), 0, 0
    for number, record in records(Path(own.shard.raw)):
        if number % own.count != own.number:
            continue
        met += 1
        if past.has(record):
            continue
        article = past.cleaned(record)
        if isinstance(article, Article) and article.language == "en":
            with suppress(*FAILURES):
                _, was_stored = past.annotated(article)
                articles += not was_stored
    return SliceReport(met, articles, time.perf_counter() - started)


def new_records(tasks: Iterable[ShardTask], most: int) -> int:
    """How many of the shards' records past work does not have; counting stops above `most`."""
    from pipeline.ingest.shards import records

    found = 0
    for task in tasks:
        past = Past(task)
        for _, record in records(Path(task.raw)):
            found += not past.has(record)
            if found > most:
                return found
    return found
