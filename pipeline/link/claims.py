"""Claim clusters: the same claim in other articles, who made it first, and from how many sources."""

from __future__ import annotations

import shutil
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from pipeline import identity
from pipeline.link.claim_clusters import cluster
from pipeline.link.connected import connected
from pipeline.link.event_terms import forget
from pipeline.link.independence import support
from pipeline.link.lineage import named
from pipeline.link.parts import Parts, quoted, read, write
from pipeline.link.propositions import Proposition, Rarity, vector
from pipeline.link.relations import relations

if TYPE_CHECKING:
    import duckdb

#: Rows of clustered claims that are held before they are handed to DuckDB.
BATCH = 10_000
#: Claims that DuckDB puts in the order of their stories at once: joining them all takes memory that it cannot spill.
AT_ONCE = 100_000

_RELATION = pl.Struct({"claim_id": pl.String, "relation": pl.String, "score": pl.Float64})
_CLUSTERED: dict[str, Any] = {
    "claim_id": pl.String,
    "number": pl.Int64,
    "place": pl.Int32,
    "n_articles": pl.Int32,
    "n_publishers": pl.Int32,
    "n_independent_sources": pl.Int32,
    "first_reported_at": pl.Datetime("us"),
    "relations": pl.List(_RELATION),
}


def find(parts: Parts, previous: Path | None = None) -> None:
    """Write `links/claims.parquet`: `record`, `claim_id`, `cluster_id`, counts, `first_reported_at`, `relations`.

    A claim that stands alone has no row. Claims are compared within a story. A cluster's id
    is minted from its first claim, and kept from the previous release where the cluster was known.

    Args:
        previous: the previous release's claims: files with the columns `claim_id` and `cluster_id`.
    """
    with parts.connect() as connection:
        _copy_groups(connection, parts)
        _cluster(connection, _stories(connection, parts), _rarity(connection, parts))
        _name(connection, previous)
        write(connection, LINKED, parts.link("claims"))
    forget()


def _copy_groups(connection: duckdb.DuckDBPyConnection, parts: Parts) -> None:
    """Make `copied`: the articles that are copies of one another, with a name for each group."""
    pairs = connection.execute(
        f"select original, article_id from {read(parts.link('pairs'))} where kind = 'copy' order by 1, 2"
    ).fetchall()
    rows = [(article, group[0]) for group in connected(pairs) for article in group]
    frame = pl.DataFrame(rows, schema={"article_id": pl.String, "copies": pl.String}, orient="row")
    connection.register("copied", frame.to_arrow())


def _rarity(connection: duckdb.DuckDBPyConnection, parts: Parts) -> Rarity:
    """How many articles hold each term; a term that is not there stands in one."""
    (articles,) = connection.execute("select count(*) from articles").fetchall()[0]
    terms = f"{parts.files('terms')} where record in (select record from articles)"
    found = connection.execute(f"select term, count(*) from {terms} group by term having count(*) > 1")
    return Rarity(articles, (pair for batch in iter(lambda: found.fetchmany(BATCH), []) for pair in batch))


def _stories(connection: duckdb.DuckDBPyConnection, parts: Parts) -> Iterator[list[Proposition]]:
    """The claims of one story after the other, in order of the stories' ids."""
    from pyarrow import parquet

    folder, path = parts.work / "claims_by_story", parts.link("claims_by_story")
    folder.mkdir()
    ranges = _place(connection, parts.link("stories"))
    for name, query in (("own", OWN), ("known", KNOWN.format(entities=read(parts.link("entities"))))):
        connection.execute(f"copy ({query}) to {quoted(str(folder / name))} (format parquet, partition_by range)")
    for number in range(ranges):
        own, known = (folder / name / f"range={number}" for name in ("own", "known"))
        write(connection, BY_STORY.format(own=_all(own), known=_all(known) if known.is_dir() else NO_ENTITY), path)
        with parquet.ParquetFile(path) as file:
            rows = (row for batch in file.iter_batches(batch_size=BATCH) for row in batch.to_pylist())
            for _, own_rows in groupby(rows, key=lambda row: row.pop("story_id")):
                yield [
                    Proposition(**row | {"names": tuple(row["names"] or ()), "agencies": tuple(row["agencies"] or ())})
                    for row in _apart(list(own_rows))
                ]
        path.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _all(folder: Path) -> str:
    return f"from read_parquet({quoted(str(folder / '*.parquet'))})"


def _place(connection: duckdb.DuckDBPyConnection, stories: Path) -> int:
    """Make `placed`: each article of a story, and the number of the story's range; returns how many ranges there are.

    A range is of stories that follow one another by id, so many that their claims fit in memory.
    """
    rows: list[tuple[str, int]] = []
    number = claims = 0
    for story, own in connection.execute(
        f"select story_id, count(*) from claims join {read(stories)} using (article_id) group by 1 order by 1"
    ).fetchall():
        if claims and claims + own > AT_ONCE:
            number, claims = number + 1, 0
        rows.append((story, number))
        claims += own
    frame = pl.DataFrame(rows, schema={"story_id": pl.String, "range": pl.Int32}, orient="row")
    connection.register("ranges", frame.to_arrow())
    connection.execute(
        f"""create temp table placed as
        select article_id, articles.record, found.story_id, range, published_at, source_id, agencies
        from {read(stories)} found join articles using (article_id) join ranges on ranges.story_id = found.story_id"""
    )
    return number + 1 if rows else 0


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


def _cluster(connection: duckdb.DuckDBPyConnection, stories: Iterable[list[Proposition]], rarity: Rarity) -> None:
    """Make `clustered`: a row for each claim that stands in a cluster."""
    connection.execute(CLUSTERED)
    rows: list[tuple[Any, ...]] = []
    number = 0
    for claims in stories:
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
        if len(rows) > BATCH:
            _insert(connection, rows)
            rows = []
    _insert(connection, rows)


def _insert(connection: duckdb.DuckDBPyConnection, rows: list[tuple[Any, ...]]) -> None:
    connection.register("batch", pl.DataFrame(rows, schema=_CLUSTERED, orient="row").to_arrow())
    connection.execute("insert into clustered select * from batch")
    connection.unregister("batch")


def _name(connection: duckdb.DuckDBPyConnection, previous: Path | None) -> None:
    """Make `ids`: each cluster's id."""
    known = f"select claim_id, cluster_id from {read(previous)}" if previous else NONE_KNOWN
    groups: dict[int, list[str]] = {}
    before: dict[str, str] = {}
    for number, claim_id, old in connection.execute(
        f"select number, claim_id, cluster_id from clustered left join ({known}) using (claim_id)"
        " where place = 0 or cluster_id is not null order by number, place"
    ).fetchall():
        groups.setdefault(number, []).append(claim_id)
        if old:
            before[claim_id] = old
    ids = named(list(groups.values()), before, identity.claim_cluster)
    columns = {"number": pl.Int64, "cluster_id": pl.String}
    frame = pl.DataFrame({"number": list(groups), "cluster_id": ids}, schema=columns)
    connection.register("ids", frame.to_arrow())


OWN = """
select range, story_id, claims.record, claim_id, article_id, start, "end", len(spans) as parts,
    coalesce(claims.text, '') as text, entity_ids, subject, subject_entity_id, predicate, object, object_entity_id,
    polarity, attribution, claimant_entity_id, event_time_start, event_time_end, published_at, source_id, copies,
    list_sort(list_distinct(
        [agency.name for agency in agencies if agency.role in ('whole', 'contributed')])) as agencies
from claims join placed using (article_id)
left join copied using (article_id)
"""

KNOWN = """
select range, local, entity_id, canonical_name from {entities} entities join placed using (record)
"""

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
    published_at at time zone 'UTC' as published_at, source_id, copies, agencies
from own
left join names using (claim_id)
left join known claimants on claimants.local = own.claimant_entity_id
left join known subjects on subjects.local = own.subject_entity_id
left join known objects on objects.local = own.object_entity_id
order by story_id, article_id, own.start, own."end", own.claim_id
"""

CLUSTERED = """
create temp table clustered (
    claim_id varchar, number bigint, place integer, n_articles integer, n_publishers integer,
    n_independent_sources integer, first_reported_at timestamp,
    relations struct(claim_id varchar, relation varchar, score double)[])
"""

NONE_KNOWN = "select null::varchar claim_id, null::varchar cluster_id where false"

LINKED = """
select claims.record, claims.claim_id, ids.cluster_id, n_articles, n_publishers, n_independent_sources,
    clustered.first_reported_at at time zone 'UTC' as first_reported_at, relations
from (select record, claim_id from claims) claims join clustered using (claim_id) join ids using (number)
order by claims.record, claims.claim_id
"""
