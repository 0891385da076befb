"""Linking at growing size: stored parts made larger by perturbation; CPU seconds of each step and peak memory.

    python -m tests.benchmarks.linking WORK [--sizes 1000,5000,40000] [--memory-limit 1GB]

WORK is the work folder of a build (it holds `parts/NUMBER/TABLE.parquet`). Every copy of its articles gets ids of its
own, names and figures of its own (so that its stories are other stories) and a day of its own; its common words stay.
Each size runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import polars as pl

from pipeline.link import claims, duplicates, entities, quotes, revisions, stories
from pipeline.link.parts import Parts

TABLES = ("articles", "claims", "entities", "origins", "quote_shingles", "quotes", "sketches", "terms")
#: Columns with ids of articles and of what stands in them.
IDS = (
    "article_id", "claim_id", "quote_id", "local", "subject_entity_id", "object_entity_id", "claimant_entity_id",
    "place_entity_id", "speaker_entity_id",
)  # fmt: skip
#: Records of one copy are so far from those of the next.
APART = 10_000_000


def letters(number: int) -> str:
    """A word ending for a copy; none for the first."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)) if number else ""


def perturbed(frame: pl.DataFrame, table: str, copy: int) -> pl.DataFrame:
    """A part of a copy: ids, names, figures and hashes of its own."""
    ending = letters(copy)
    changes = [pl.col("record") + copy * APART]
    changes += [pl.col(name) + ending for name in IDS if name in frame.columns]
    if table == "terms":
        own = pl.col("term").str.starts_with("=") | pl.col("term").str.starts_with("#")
        changes.append(pl.when(own).then(pl.col("term") + ending).otherwise(pl.col("term")).alias("term"))
    if table == "claims":
        changes.append(pl.col("text").str.replace_all(r"\b([A-Z][a-z]+|\d+)\b", "${1}" + ending))
        changes.append(pl.col("entity_ids").list.eval(pl.element() + ending))
    if table == "entities":
        changes.append(pl.col("canonical_name") + ending)
    if table in ("sketches", "quote_shingles"):
        changes.append(pl.col("shingle") ^ pl.lit(copy * 0x9E3779B9, pl.UInt64))
    if table == "articles":
        day = pl.datetime(2026, 1, 1, time_zone="UTC", time_unit="us") + timedelta(days=copy * 7 % 365)
        changes.append(pl.coalesce("published_at", day).alias("published_at"))
    return frame.with_columns(changes)


def made(work: Path, target: Path, articles: int) -> None:
    """Write parts of about so many articles into `target`."""
    shards = sorted((work / "parts").glob("[0-9]*"))
    own = {table: pl.concat([pl.read_parquet(shard / f"{table}.parquet") for shard in shards]) for table in TABLES}
    own["articles"] = own["articles"].with_columns(text=pl.lit(None, pl.String))
    for copy in range(-(-articles // own["articles"].height)):
        left = articles - copy * own["articles"].height
        records = own["articles"]["record"].sort().head(left)
        folder = target / "parts" / f"{copy:06d}"
        folder.mkdir(parents=True)
        for table, frame in own.items():
            some = frame.filter(pl.col("record").is_in(records.implode()))
            perturbed(some, table, copy).write_parquet(folder / f"{table}.parquet", compression="zstd")


def measured(work: str, articles: int, memory_limit: str) -> str:
    """One size: a line with CPU seconds of each step and the process's peak of memory."""
    target = Path(tempfile.mkdtemp())
    try:
        made(Path(work), target, articles)
        parts = Parts(target, memory_limit)
        steps: dict[str, Callable[[], None]] = {
            "revisions": lambda: revisions.find(parts, None),
            "duplicates": lambda: duplicates.find(parts),
            "entities": lambda: entities.find(parts, None, "2026.01.01"),
            "stories": lambda: stories.find(parts),
            "quotes": lambda: quotes.find(parts),
            "claims": lambda: claims.find(parts),
        }
        told = []
        total = 0.0
        for name, step in steps.items():
            started = time.process_time()
            step()
            seconds = time.process_time() - started
            total += seconds
            told.append(f"{name} {seconds:.1f}")
        found = pl.read_parquet(parts.link("claims"), columns=["cluster_id"])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        in_stories = pl.read_parquet(parts.link("stories"))
        return (
            f"{articles:>7,} articles, {found.height:>9,} claims: {total:7.1f} s ({1000 * total / articles:5.1f} ms an "
            f"article; {', '.join(told)}), peak {peak:,.0f} MB; {in_stories['story_id'].n_unique():,} stories, "
            f"{found['cluster_id'].n_unique():,} clusters"
        )
    finally:
        shutil.rmtree(target)


def main() -> None:
    """Read the arguments, measure, print a line a size."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("work")
    ask.add_argument("--sizes", default="1000,5000,40000")
    ask.add_argument("--memory-limit", default="1GB")
    given = ask.parse_args()
    for size in given.sizes.split(","):
        with get_context("spawn").Pool(1) as one:
            print(one.apply(measured, (given.work, int(size), given.memory_limit)), flush=True)


if __name__ == "__main__":
    main()
