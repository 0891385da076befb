"""Quote clusters: the same words in other articles, whoever else carries them."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from pipeline import identity
from pipeline.link.connected import connected
from pipeline.link.lineage import named
from pipeline.link.parts import GROUP_ROWS, Parts, read

#: Words in a shingle of a quotation, and how many of them must tell something.
WIDTH, TELLING = 4, 2
#: Such shingles that two quotations must share: "for the sake of the children" is no quotation that travelled.
FEWEST_SHARED = 3
#: Share of the shorter quotation's shingles that the other one must hold.
SAME_WORDS = 0.6
#: A shingle in more quotations than this says nothing about any two of them.
COMMONEST = 300


def find(parts: Parts, previous: Path | None = None) -> None:
    """Write `links/quotes.parquet`: `record`, `quote_id`, `cluster_id`; quotes that stand alone have no row.

    A cluster's id is minted from its first quote: the one published first, then the first by id. It is kept from the
    previous release where the cluster was known.

    Args:
        previous: the previous release's quotes: files of the columns `quote_id` and `cluster_id`.
    """
    with parts.connect() as connection:
        connection.execute(f"create view quote_shingles as select * from {parts.files('quote_shingles')} "
                           f"where record in (select record from articles)")  # fmt: skip
        pairs = connection.execute(PAIRS).fetchall()
        members = sorted({quote for pair in pairs for quote in pair})
        connection.register("members", pl.DataFrame({"quote_id": members}, schema={"quote_id": pl.String}).to_arrow())
        before = f"select quote_id, cluster_id from {read(previous)}" if previous else NO_CLUSTERS
        known = connection.execute(
            f"""select quote_id, before.cluster_id, row_number() over (order by published_at nulls last, quote_id),
                record
            from quotes join members using (quote_id) join articles using (record)
            left join ({before}) before using (quote_id)"""
        ).fetchall()
    place = {quote: rank for quote, _, rank, _ in known}
    records = {quote: record for quote, _, _, record in known}
    groups = [sorted(group, key=lambda quote: place[quote]) for group in connected(pairs)]
    ids = named(groups, {quote: old for quote, old, _, _ in known if old}, identity.quote_cluster)
    rows = [(records[quote], quote, name) for group, name in zip(groups, ids, strict=True) for quote in group]
    columns = {"record": pl.Int64, "quote_id": pl.String, "cluster_id": pl.String}
    frame = pl.DataFrame(sorted(rows), schema=columns, orient="row")
    frame.write_parquet(parts.link("quotes"), row_group_size=GROUP_ROWS)


NO_CLUSTERS = "select null::varchar quote_id, null::varchar cluster_id where false"

PAIRS = f"""
with telling as (
    select shingle from quote_shingles group by shingle having count(distinct article_id) between 2 and {COMMONEST})
select one.quote_id, other.quote_id
from quote_shingles one join telling using (shingle) join quote_shingles other using (shingle)
where one.article_id < other.article_id
group by 1, 2 having count(*) >= greatest({FEWEST_SHARED}, {SAME_WORDS} * least(min(one.shingles), min(other.shingles)))
order by 1, 2
"""
