"""Growth: time and memory of linking, checking and publishing, from the articles of a dist to many times as many.

    python -m tests.benchmarks.growth DIST [--times 1 8] [--linking] [--memory-limit 1GB] [--version 2100.01.01]

DIST is a folder that a build was made into: the parts of its shards are taken from its store and copied `times` over.
Each copy has ids of its own, and every word is written in another alphabet of the same letters, so that names, terms
and shingles differ from copy to copy as they do between as many articles, while offsets stay true. Only what comes
after annotation runs, in a process of its own; with --linking nothing but linking, which is how far it goes with
millions of mentions.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import random
import resource
import shutil
import string
import sys
import tempfile
import time
from base64 import b32encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipeline import kept
from pipeline.assemble import Assembly
from pipeline.build import check, link
from pipeline.link.parts import Parts
from pipeline.release.layout import Dist
from pipeline.release.publish import publish
from pipeline.run import Job, Run
from pipeline.store import entries
from schemas import TABLES

#: Columns, and fields of lists, whose words change.
WORDED = frozenset(
    [
        "title",
        "subtitle",
        "text",
        "subject",
        "predicate",
        "object",
        "speaker_text",
        "speaker_name",
        "cue_text",
        "claimant_text",
        "claimant_name",
        "place_text",
        "canonical_name",
        "name",
        "term",
    ]
)
IDS = frozenset(["article_id", "mention_id", "quote_id", "claim_id"])
#: Ids of an article's own entities: the article's id and a number.
LOCALS = frozenset(
    [
        "local",
        "entity_id",
        "speaker_entity_id",
        "claimant_entity_id",
        "subject_entity_id",
        "object_entity_id",
        "place_entity_id",
    ]
)


def alphabet(copy: int) -> dict[int, int]:
    """What each letter becomes in a copy; the first copy is as it was."""
    letters = list(string.ascii_lowercase)
    random.Random(copy).shuffle(letters)
    to = string.ascii_lowercase if copy == 0 else "".join(letters)
    return str.maketrans(string.ascii_lowercase + string.ascii_uppercase, to + to.upper())


def minted(old: str, copy: int) -> str:
    """Another id of the same form."""
    kind = old.partition("_")[0]
    return f"{kind}_{b32encode(hashlib.sha256(f'{copy}|{old}'.encode()).digest()[:10]).decode().lower()}"


def local(old: str, copy: int) -> str:
    """The key of an article's own entity in a copy."""
    article, _, number = old.partition(":")
    return f"{minted(article, copy)}:{number}"


def moved(name: str, value: Any, copy: int, letters: dict[int, int]) -> Any:
    """A value of the column (or field) `name` in a copy."""
    if value is None:
        return None
    if isinstance(value, list):
        return [moved("entity_id" if name == "entity_ids" else name, item, copy, letters) for item in value]
    if isinstance(value, dict):
        return {field: moved(field, item, copy, letters) for field, item in value.items()}
    if name in IDS:
        return minted(value, copy)
    if name in LOCALS:
        return local(value, copy)
    return value.translate(letters) if name in WORDED else value


def copied(frame: pl.DataFrame, copy: int) -> pl.DataFrame:
    """A part of a shard in a copy."""
    letters = alphabet(copy)
    changes = []
    for name, kind in frame.schema.items():
        nested = isinstance(kind, pl.List) and (isinstance(kind.inner, pl.Struct) or name == "entity_ids")
        if name in WORDED | IDS | LOCALS or nested:
            values = [moved(name, value, copy, letters) for value in frame[name].to_list()]
            changes.append(pl.Series(name, values, dtype=kind))
        elif kind == pl.UInt64 and name != "record" and copy:
            changed = (
                pl.when(pl.col(name) == 0)
                .then(pl.lit(0, pl.UInt64))
                .otherwise(pl.col(name) ^ pl.lit(copy * 2**40, pl.UInt64))
            )
            changes.append(frame.select(changed.cast(kind).alias(name)).to_series())
        elif name == "record":
            changes.append(frame[name] ^ (copy << 50))
    return frame.with_columns(changes)


def grown(dist: Path, work: Path, times: int) -> int:
    """Write the parts of a dist's shards `times` over; returns the number of articles."""
    articles = number = 0
    source = work / "source"
    for entry in entries(dist / ".store", kept.KIND):
        found = kept.restore(dist / ".store", entry.stem, source)
        if found is None:
            continue
        articles += found.articles * times
        for copy in range(times):
            folder = work / "parts" / f"{number:06d}"
            folder.mkdir(parents=True)
            for path in sorted(source.glob("*.parquet")):
                copied(pl.read_parquet(path), copy).write_parquet(folder / path.name, compression="zstd")
            number += 1
    return articles


def measure(work: Path, articles: int, version: str, linking: bool, memory_limit: str) -> None:
    """Link, check and publish the parts in a work folder, or link them alone, and print a line."""
    parts = Parts(work, memory_limit)
    run = Run(Job((), work / "dist"), Dist(work / "dist"), parts, Assembly(work / "final"), version, datetime.now(UTC))
    run.dist.store.mkdir(parents=True)
    mentions = pl.scan_parquet(work / "parts" / "*" / "mentions.parquet").select(pl.len()).collect().item()
    started = time.perf_counter()
    link(run)
    if not linking:
        check(run, TABLES["rejects"].frame([]))
        publishing = time.perf_counter()
        publish(run.dist, run.final.folder, run.parts, version, {"models": [], "inputs": {}}, accept="benchmark")
        run.seconds["publish"] = time.perf_counter() - publishing
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_SELF)
    peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    steps = ", ".join(f"{step} {value:.1f}" for step, value in run.seconds.items())
    print(
        f"{articles:,} articles, {mentions:,} mentions: {seconds:.1f} s,"
        f" {1e3 * seconds / articles:.1f} ms an article, peak {peak / 1e6:.0f} MB ({steps})",
        flush=True,
    )


def main() -> None:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dist", type=Path)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 8])
    parser.add_argument("--linking", action="store_true", help="link alone: nothing is checked and published")
    parser.add_argument("--memory-limit", default="1GB")
    parser.add_argument("--version", default="2100.01.01")
    arguments = parser.parse_args()
    for times in arguments.times:
        work = Path(tempfile.mkdtemp(prefix="onrecord-growth-"))
        try:
            articles = grown(arguments.dist, work, times)
            process = multiprocessing.get_context("spawn").Process(
                target=measure,
                args=(work, articles, arguments.version, arguments.linking, arguments.memory_limit),
            )
            process.start()
            process.join()
        finally:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
