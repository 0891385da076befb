"""Claim ranges: the claims of some stories, from what the disk holds of them to clusters, by a worker."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.link.claim_clusters import cluster
from pipeline.link.event_terms import forget
from pipeline.link.independence import support
from pipeline.link.parts import Parts, quoted, write
from pipeline.link.propositions import Proposition, Rarity, vector
from pipeline.link.relations import relations

#: Rows that are held as Python's objects before they are claims.
BATCH = 10_000
#: A cluster's number is its number within its range, and the range's above it.
RANGE_BITS = 32
#: The files of what was found, within the folder of claims by story.
CLUSTERED = Path("clustered") / "*.parquet"

_RELATION = pl.Struct({"claim_id": pl.String, "relation": pl.String, "score": pl.Float64})
_COLUMNS: dict[str, Any] = {
    "claim_id": pl.String,
    "number": pl.Int64,
    "place": pl.Int32,
    "n_articles": pl.Int32,
    "n_publishers": pl.Int32,
    "n_independent_sources": pl.Int32,
    "first_reported_at": pl.Datetime("us"),
    "relations": pl.List(_RELATION),
}


@dataclass(frozen=True, slots=True)
class RangeTask:
    """What a worker is told: which range of stories, of which parts."""

    number: int
    parts: Parts


def folder_of(work: Path) -> Path:
    """Where the claims stand by story, and what was found about them."""
    return work / "claims_by_story"


def clustered(task: RangeTask) -> None:
    """Write a row for each claim of the range's stories that stands in a cluster."""
    folder = folder_of(task.parts.work)
    rarity = Rarity.read(folder)
    rows: list[tuple[Any, ...]] = []
    number = task.number << RANGE_BITS
    for claims in _stories(task.parts, task.number):
        vectors = [vector(claim, rarity) for claim in claims]
        for group in cluster(claims, vectors, rarity):
            group.sort(key=lambda member: claims[member].order)
            own = [claims[member] for member in group]
            told = support(own)
            related = relations(own, [vectors[member] for member in group])
            rows += [
                (claim.claim_id, number, place, told.n_articles, told.n_publishers, told.n_independent_sources,
                 told.first_reported_at, related[place])
                for place, claim in enumerate(own)
            ]  # fmt: skip
            number += 1
    write_clustered(folder, f"{task.number:06d}", rows)
    forget()


def write_clustered(folder: Path, name: str, rows: list[tuple[Any, ...]]) -> None:
    """Write the rows of clustered claims to a file of their own."""
    path = (folder / CLUSTERED).with_name(f"{name}.parquet")
    path.parent.mkdir(exist_ok=True)
    pl.DataFrame(rows, schema=_COLUMNS, orient="row").write_parquet(path, compression="lz4")


def _stories(parts: Parts, number: int) -> Iterator[list[Proposition]]:
    """The claims of one story of the range after the other, in order of the stories' ids."""
    from pyarrow import parquet

    folder = folder_of(parts.work)
    own, known = (folder / name / f"range={number}" for name in ("own", "known"))
    path = folder / "by_story" / f"{number:06d}.parquet"
    path.parent.mkdir(exist_ok=True)
    with parts.connect() as connection:
        write(connection, BY_STORY.format(own=_all(own), known=_all(known) if known.is_dir() else NO_ENTITY), path)
    with parquet.ParquetFile(path) as file:
        rows = (row for batch in file.iter_batches(batch_size=BATCH) for row in batch.to_pylist())
        for _, own_rows in groupby(rows, key=lambda row: row.pop("story_id")):
            yield [
                Proposition(**row | {"names": tuple(row["names"] or ()), "agencies": tuple(row["agencies"] or ())})
                for row in _apart(list(own_rows))
            ]
    path.unlink()


def _all(folder: Path) -> str:
    return f"from read_parquet({quoted(str(folder / '*.parquet'))})"


def _apart(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows of a story, in order of place, each without the words of claims that stand within it.

    Who published a video and what it shows are two claims; only the inner one is about what it shows.
    """
    inner: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        inner[row["article_id"]].append((row["start"], row["end"]))
    for row in rows:
        first, last, parts = row["start"], row.pop("end"), row.pop("parts")
        spans = inner[row["article_id"]]
        if parts == 1:
            kept, place = [], first
            for start, end in spans[bisect_left(spans, (first, 0)) : bisect_left(spans, (last, 0))]:
                if (start, end) != (first, last) and start >= place and end <= last:
                    kept.append(row["text"][place - first : start - first])
                    place = end
            row["text"] = " ".join((*kept, row["text"][place - first :]))
        yield row


NO_ENTITY = "select null::varchar as local, null::varchar as entity_id, null::varchar as canonical_name where false"

BY_STORY = """
with own as ({own}), known as ({known}),
names as (
    select claim_id, list(distinct canonical_name order by canonical_name) as names
    from (select claim_id, unnest(entity_ids) as local from own) join known using (local) group by claim_id)
select story_id, own.claim_id, article_id, own.start, own."end", parts, own.text, names,
    subject, subjects.entity_id as subject_entity, predicate, object, objects.entity_id as object_entity,
    polarity, attribution, claimants.entity_id as claimant,
    event_time_start at time zone 'UTC' as event_start, event_time_end at time zone 'UTC' as event_end,
    published_at at time zone 'UTC' as published_at, source_id, copies, agencies, in_headline
from own
left join names using (claim_id)
left join known claimants on claimants.local = own.claimant_entity_id
left join known subjects on subjects.local = own.subject_entity_id
left join known objects on objects.local = own.object_entity_id
order by story_id, article_id, own.start, own."end", own.claim_id
"""
