"""Shards: raw records gathered into files of a bounded size, which workers take as paths."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest.records import Given, RawRecord, Reject

#: A shard is closed when its payloads reach this size, whatever the number of records.
SHARD_BYTES = 32 * 2**20
#: A record's number is its shard's number, below `SHARDS`, times `PLACES`, and its place in the shard.
SHARDS, PLACES = 2**40, 2**22

_SCHEMA = pa.schema(
    [
        ("record", pa.int64()),
        ("raw_name", pa.string()),
        ("payload", pa.binary()),
        ("media_type", pa.string()),
        ("encoding", pa.string()),
        ("given", pa.string()),
    ]
)


@dataclass(slots=True)
class RawShards:
    """The shards of a run, the rejects met while reading, and how many records there are."""

    paths: list[Path] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    records: int = 0
    bytes: int = 0
    sha256: str = ""  #: of every record's name, payload and given metadata, whatever their order


def gather(found: Iterable[RawRecord | Reject], folder: Path, shard_articles: int) -> RawShards:
    """Write records to shard files under `folder`, streaming; keep the rejects.

    A shard ends after `shard_articles` records on average, where the hash of a record's name says so, and at the
    latest after twice as many: a new record changes the shard that it falls into and leaves the others as they are.
    A record's number tells it from all others of the run, and stays while its shard does.
    """
    shards = RawShards()
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = []
    digests: list[bytes] = []
    firsts: set[int] = set()
    size = 0

    def close() -> None:
        nonlocal size
        path = folder / f"{len(shards.paths):06d}.parquet"
        first = _number(digests[-len(rows) :])
        while first in firsts:  # the very same records again
            first = (first + 1) % SHARDS
        firsts.add(first)
        for place, row in enumerate(rows):
            row["record"] = first * PLACES + place
        pq.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA), path, compression="zstd")
        shards.paths.append(path)
        rows.clear()
        size = 0

    for item in found:
        if isinstance(item, Reject):
            shards.rejects.append(item)
            continue
        given = None if item.given is None else _dump(item.given)
        rows.append(
            {
                "raw_name": item.raw_name,
                "payload": item.payload,
                "media_type": item.media_type,
                "encoding": item.encoding,
                "given": given,
            }
        )
        payload = hashlib.sha256(item.payload).hexdigest()
        named = json.dumps([item.raw_name, payload, item.media_type, item.encoding, given])
        digests.append(hashlib.sha256(named.encode()).digest())
        shards.records += 1
        shards.bytes += len(item.payload)
        size += len(item.payload)
        ends = int.from_bytes(hashlib.sha256(item.raw_name.encode(errors="surrogatepass")).digest()[:8], "big")
        if ends % shard_articles == 0 or len(rows) >= 2 * shard_articles or size >= SHARD_BYTES:
            close()
    if rows or not shards.paths:  # one at least: what follows reads the tables of some shard
        close()
    shards.sha256 = hashlib.sha256(b"".join(sorted(digests))).hexdigest()
    return shards


def _number(digests: list[bytes]) -> int:
    """A number of a shard, below `SHARDS`, from its records' digests."""
    return int.from_bytes(hashlib.sha256(b"".join(digests)).digest()[:8], "big") % SHARDS


def records(path: Path) -> Iterator[tuple[int, RawRecord]]:
    """The records of a shard, with their numbers in the run."""
    for batch in pq.ParquetFile(path).iter_batches(batch_size=16):
        for row in batch.to_pylist():
            given = None if row["given"] is None else _load(row["given"])
            yield row["record"], RawRecord(row["raw_name"], row["payload"], row["media_type"], given, row["encoding"])


def _dump(given: Given) -> str:
    return json.dumps(
        {**asdict(given), "fetched_at": given.fetched_at.isoformat() if given.fetched_at else None}, ensure_ascii=False
    )


def _load(text: str) -> Given:
    found = json.loads(text)
    found["authors"] = tuple(found["authors"])
    found["fetched_at"] = datetime.fromisoformat(found["fetched_at"]) if found["fetched_at"] else None
    return Given(**found)
