"""Growth: time and memory of linking, checking and publishing, from the articles of a dist to many times as many.

    python -m tests.benchmarks.growth DIST [--times 1 8] [--linking] [--memory-limit 450MB] [--workers 2]
        [--version 2100.01.01]

DIST is a folder that a build was made into: the parts of its shards are taken from its store and copied `times` over.
Each copy has ids of its own, and its words are written in another alphabet of the same letters, so that names, terms
and shingles differ from copy to copy as they do between as many articles, while offsets stay true. Words that tell
nothing and the letters of endings stay, so that a copy has as many terms as the articles it is of. The vocabulary
grows with every copy, as it would not with as many real articles. Only what comes after annotation runs, in a process
of its own with workers; with --linking nothing but linking, which is how far it goes with millions of mentions.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import random
import re
import resource
import shutil
import string
import sys
import tempfile
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import kept, workers
from pipeline.assemble import Assembly
from pipeline.build import check, link
from pipeline.link.parts import Parts
from pipeline.link.terms import stop_words
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
#: Letters of the endings that `terms.stem` takes off.
ENDINGS = frozenset("ingeds")
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


def alphabet(copy: int, *, is_id: bool) -> bytes:
    """What each letter of ASCII becomes in a copy, and each digit where it is of a text; the first copy is as it was,
    and the letters of endings stay."""
    letters = [letter for letter in string.ascii_lowercase if letter not in ENDINGS]
    others, digits = letters.copy(), list(string.digits)
    if copy:
        shuffled = random.Random(copy)
        shuffled.shuffle(others)
        shuffled.shuffle(digits)
    return bytes.maketrans(
        "".join([*letters, *map(str.upper, letters), *("" if is_id else string.digits)]).encode(),
        "".join([*others, *map(str.upper, others), *("" if is_id else digits)]).encode(),
    )


@cache
def plain_words() -> re.Pattern[bytes]:
    """The words that tell nothing of a text's topic, wherever they stand."""
    return re.compile(
        rb"\b(?:%s)\b" % b"|".join(re.escape(word.encode()) for word in sorted(stop_words())), re.IGNORECASE
    )


class Copier:
    """A part of a shard, and what of it stays in every copy: the bytes of plain words, by the array's place."""

    def __init__(self, path: Path) -> None:
        """Read the part."""
        self._table = pq.read_table(path).combine_chunks()
        self._stays: dict[int, Any] = {}

    def copied(self, copy: int) -> Any:
        """The part in a copy."""
        if copy == 0 or self._table.num_rows == 0:
            return self._table
        columns = {name: self._moved(name, self._table[name].chunk(0), copy) for name in self._table.column_names}
        if {"text", "text_sha256"} <= columns.keys():
            digests = [hashlib.sha256(text.encode()).hexdigest() for text in columns["text"].to_pylist()]
            columns["text_sha256"] = pa.array(digests, pa.large_string())
        return pa.table(columns, schema=self._table.schema)

    def _moved(self, name: str, array: Any, copy: int) -> Any:
        """The values of the column (or field) `name` in a copy."""
        kind = array.type
        if pa.types.is_large_list(kind):
            values = self._moved("entity_id" if name == "entity_ids" else name, array.values, copy)
            mask = array.is_null() if array.null_count else None
            return pa.LargeListArray.from_arrays(pa.array(_offsets(array)), values, type=kind, mask=mask)
        if pa.types.is_struct(kind):
            fields = [self._moved(kind[place].name, array.field(place), copy) for place in range(kind.num_fields)]
            return pa.StructArray.from_arrays(fields, fields=list(kind))
        if pa.types.is_large_string(kind) and name in IDS | LOCALS | WORDED:
            return self._translated(array, copy, is_id=name not in WORDED)
        if name == "record":
            return pa.array(array.to_numpy() ^ (copy << 50))
        if pa.types.is_uint64(kind):
            values = array.to_numpy()
            return pa.array(np.where(values == 0, values, values ^ np.uint64(copy << 40)))
        return array

    def _translated(self, array: Any, copy: int, *, is_id: bool) -> Any:
        """An array of text with its letters and digits changed, but for the plain words, or the prefixes of ids."""
        validity, offsets, data = array.buffers()
        before = np.frombuffer(data or b"", dtype=np.uint8)
        after = np.frombuffer(before.tobytes().translate(alphabet(copy, is_id=is_id)), dtype=np.uint8).copy()
        address = data.address if data else 0
        stays = self._stays.get(address)
        if stays is None:
            stays = self._stays[address] = _prefixes(array) if is_id else _plain(array)
        after[stays] = before[stays]
        buffers = [validity, offsets, pa.py_buffer(after.tobytes())]
        return pa.Array.from_buffers(array.type, len(array), buffers, offset=array.offset)


def _offsets(array: Any) -> Any:
    """Where the values of an array of texts or lists start, and where the last one ends."""
    return np.frombuffer(array.buffers()[1], dtype=np.int64)[array.offset : array.offset + len(array) + 1]


def _prefixes(array: Any) -> Any:
    """The places of the bytes that every id begins with."""
    offsets = _offsets(array)
    starts = offsets[:-1][np.diff(offsets) > 0]
    return np.concatenate([starts + place for place in range(PREFIX)])


def _plain(array: Any) -> Any:
    """The places of the bytes of plain words."""
    offsets = _offsets(array)
    data = array.buffers()[2]
    whole = data.to_pybytes() if data else b""
    values = [whole[start:end] for start, end in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)]
    joined = b"\n".join(values)
    stays = np.zeros(len(joined) + 1, dtype=bool)
    for match in plain_words().finditer(joined):
        stays[match.start() : match.end()] = True
    between = offsets[1:] - offsets[0] + np.arange(len(values))
    return np.flatnonzero(np.delete(stays, between)) + offsets[0]


def grown(dist: Path, work: Path, times: int) -> int:
    """Write the parts of a dist's shards `times` over; returns the number of articles."""
    articles = number = 0
    source = work / "source"
    for entry in entries(dist / ".store", kept.KIND):
        found = kept.restore(dist / ".store", entry.stem, source)
        if found is None:
            continue
        articles += found.articles * times
        for path in sorted(source.glob("*.parquet")):
            copier = Copier(path)
            for copy in range(times):
                folder = work / "parts" / f"{number + copy:06d}"
                folder.mkdir(parents=True, exist_ok=True)
                pq.write_table(copier.copied(copy), folder / path.name, compression="lz4")
        number += times
    return articles


def measure(work: Path, articles: int, version: str, linking: bool, memory_limit: str, processes: int) -> None:
    """Link, check and publish the parts in a work folder, or link them alone, and print a line."""
    parts = Parts(work, memory_limit)
    peaks: dict[str, float] = {}

    def told(step: str, _done: int, _all: int) -> None:
        if step != "check":  # told while it runs; the last step is another until it ends
            peaks[next(reversed(run.seconds), "start")] = peak()

    pool = workers.pool("process", processes)
    run = Run(
        Job((), work / "dist"), Dist(work / "dist"), parts, Assembly(work / "final"), version, datetime.now(UTC), pool,
        progress=told,
    )  # fmt: skip
    run.dist.store.mkdir(parents=True)
    mentions = pl.scan_parquet(work / "parts" / "*" / "mentions.parquet").select(pl.len()).collect().item()
    started = time.perf_counter()
    link(run)
    run.progress("", 0, 0)
    if not linking:
        check(run, TABLES["rejects"].frame([]))
        run.progress("", 0, 0)
        publishing = time.perf_counter()
        publish(run.dist, run.final.folder, run.parts, version, {"models": [], "inputs": {}}, accept="benchmark")
        run.seconds["publish"] = time.perf_counter() - publishing
    seconds = time.perf_counter() - started
    pool.close()
    run.progress("", 0, 0)
    steps = ", ".join(f"{step} {value:.1f} s {peaks.get(step, 0):.0f} MB" for step, value in run.seconds.items())
    print(
        f"{articles:,} articles, {mentions:,} mentions: {seconds:.1f} s,"
        f" {1e3 * seconds / articles:.1f} ms an article, peak {peak():.0f} MB, of a worker"
        f" {peak(resource.RUSAGE_CHILDREN):.0f} MB ({steps})",
        flush=True,
    )


def peak(who: int = resource.RUSAGE_SELF) -> float:
    """The most memory that this process, or one of its workers that have ended, has held so far, in megabytes."""
    return resource.getrusage(who).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def main() -> None:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dist", type=Path)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 8])
    parser.add_argument("--linking", action="store_true", help="link alone: nothing is checked and published")
    parser.add_argument("--memory-limit", default="450MB")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--version", default="2100.01.01")
    arguments = parser.parse_args()
    for times in arguments.times:
        work = Path(tempfile.mkdtemp(prefix="onrecord-growth-"))
        try:
            articles = grown(arguments.dist, work, times)
            process = multiprocessing.get_context("spawn").Process(
                target=measure,
                args=(work, articles, arguments.version, arguments.linking, arguments.memory_limit, arguments.workers),
            )
            process.start()
            process.join()
        finally:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
