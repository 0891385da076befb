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
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

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
PREFIX = len("a_")  #: what every id begins with
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


def alphabet(copy: int) -> bytes:
    """What each letter of ASCII becomes in a copy; the first copy is as it was."""
    letters = list(string.ascii_lowercase)
    if copy:
        random.Random(copy).shuffle(letters)
    to = "".join(letters)
    return bytes.maketrans(string.ascii_letters.encode(), (to + to.upper()).encode())


def translated(array: Any, letters: bytes, prefix: int = 0) -> Any:
    """An array of text with its letters changed, but for the first characters of each value."""
    validity, offsets, data = array.buffers()
    before = np.frombuffer(data or b"", dtype=np.uint8)
    after = np.frombuffer(before.tobytes().translate(letters), dtype=np.uint8).copy()
    starts = np.frombuffer(offsets, dtype=np.int64)[array.offset : array.offset + len(array) + 1]
    starts = starts[:-1][np.diff(starts) > 0]
    for place in range(prefix):
        after[starts + place] = before[starts + place]
    buffers = [validity, offsets, pa.py_buffer(after.tobytes())]
    return pa.Array.from_buffers(array.type, len(array), buffers, offset=array.offset)


def moved(name: str, array: Any, copy: int, letters: bytes) -> Any:
    """The values of the column (or field) `name` in a copy."""
    kind = array.type
    if pa.types.is_large_list(kind):
        values = moved("entity_id" if name == "entity_ids" else name, array.values, copy, letters)
        offsets = pa.array(np.frombuffer(array.buffers()[1], dtype=np.int64)[array.offset :][: len(array) + 1])
        mask = array.is_null() if array.null_count else None
        return pa.LargeListArray.from_arrays(offsets, values, type=kind, mask=mask)
    if pa.types.is_struct(kind):
        fields = [moved(kind[place].name, array.field(place), copy, letters) for place in range(kind.num_fields)]
        return pa.StructArray.from_arrays(fields, fields=list(kind))
    if pa.types.is_large_string(kind) and name in IDS | LOCALS:
        return translated(array, letters, PREFIX)
    if pa.types.is_large_string(kind) and name in WORDED:
        return translated(array, letters)
    if name == "record":
        return pa.array(array.to_numpy() ^ (copy << 50))
    if pa.types.is_uint64(kind):
        values = array.to_numpy()
        return pa.array(np.where(values == 0, values, values ^ np.uint64(copy << 40)))
    return array


def copied(table: Any, copy: int) -> Any:
    """A part of a shard in a copy."""
    if copy == 0 or table.num_rows == 0:
        return table
    letters = alphabet(copy)
    table = table.combine_chunks()
    columns = {name: moved(name, table[name].chunk(0), copy, letters) for name in table.column_names}
    if "text_sha256" in columns and "text" in columns:
        texts = columns["text"].to_pylist()
        digests = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        columns["text_sha256"] = pa.array(digests, pa.large_string())
    return pa.table(columns, schema=table.schema)


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
                pq.write_table(copied(pq.read_table(path), copy), folder / path.name, compression="lz4")
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
