"""Claim clusters: the same claim in other articles, who made it first, and from how many sources."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from pipeline import identity, workers
from pipeline.link.claim_ranges import CLUSTERED, RangeTask, clustered, folder_of, write_clustered
from pipeline.link.connected import connected
from pipeline.link.event_terms import forget
from pipeline.link.lineage import named
from pipeline.link.parts import Parts, quoted, read, write
from pipeline.link.propositions import Rarity

if TYPE_CHECKING:
    import duckdb

#: Rows that are fetched at once.
BATCH = 10_000
#: Claims that DuckDB puts in the order of their stories at once: joining them all takes memory that it cannot spill.
AT_ONCE = 100_000
#: Ranges of stories, so that workers have something to share where claims are few.
FEWEST_RANGES = 4


def find(parts: Parts, previous: Path | None = None, pool: workers.Pool | None = None) -> None:
    """Write `links/claims.parquet`: `record`, `claim_id`, `cluster_id`, counts, `first_reported_at`, `relations`.

    A claim that stands alone has no row. Claims are compared within a story, range by range of stories, by workers. A
    cluster's id is minted from its first claim, and kept from the previous release where the cluster was known.

    Args:
        previous: the previous release's claims: files with the columns `claim_id` and `cluster_id`.
        pool: the workers; by default this process.
    """
    folder = folder_of(parts.work)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with parts.connect() as connection:
        _copy_groups(connection, parts)
        _rarity(connection, parts).write(folder)
        ranges = _place(connection, parts.link("stories"))
        for name, query in (("own", OWN), ("known", KNOWN.format(entities=read(parts.link("entities"))))):
            connection.execute(f"copy ({query}) to {quoted(str(folder / name))} (format parquet, partition_by range)")
    forget()
    tasks = [RangeTask(number, parts) for number in range(ranges)]
    write_clustered(folder, "none", [])
    for _ in workers.run(pool or workers.InProcess(), clustered, tasks):
        pass
    with parts.connect() as connection:
        connection.execute(f"create view clustered as from read_parquet({quoted(str(folder / CLUSTERED))})")
        _name(connection, previous)
        write(connection, LINKED, parts.link("claims"))
    shutil.rmtree(folder)


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


def _place(connection: duckdb.DuckDBPyConnection, stories: Path) -> int:
    """Make `placed`: each article of a story, and the number of the story's range; returns how many ranges there are.

    A range is of stories that follow one another by id, so many that their claims fit in memory.
    """
    found = connection.execute(
        f"select story_id, count(*) from claims join {read(stories)} using (article_id) group by 1 order by 1"
    ).fetchall()
    most = min(AT_ONCE, sum(own for _, own in found) // FEWEST_RANGES)
    rows: list[tuple[str, int]] = []
    number = claims = 0
    for story, own in found:
        if claims and claims + own > most:
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
    in_headline,
    list_sort(list_distinct(
        [agency.name for agency in agencies if agency.role in ('whole', 'contributed')])) as agencies
from claims join placed using (article_id)
left join copied using (article_id)
"""

KNOWN = """
select range, local, entity_id, canonical_name from {entities} entities join placed using (record)
"""

NONE_KNOWN = "select null::varchar claim_id, null::varchar cluster_id where false"

LINKED = """
select claims.record, claims.claim_id, ids.cluster_id, n_articles, n_publishers, n_independent_sources,
    clustered.first_reported_at at time zone 'UTC' as first_reported_at, relations
from (select record, claim_id from claims) claims join clustered using (claim_id) join ids using (number)
order by claims.record, claims.claim_id
"""
