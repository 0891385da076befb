"""Withdraw rows: a release's tables without an article and all that rests on it, as queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.link.parts import quoted
from pipeline.release.layout import Release
from pipeline.release.write import rows_of
from schemas import TABLES

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Traces:
    """What an article left in one release or in several."""

    raw_sha256: frozenset[str]
    text_sha256: frozenset[str]
    raw_names: frozenset[str]
    entities: frozenset[str]  #: mentioned in the article
    elsewhere: frozenset[str]  #: entities that other articles' rows refer to, in this release or an older one


def open_tables(connection: duckdb.DuckDBPyConnection, release: Release) -> None:
    """Make a view `old_TABLE` for every table of a release."""
    for table in TABLES:
        connection.execute(f'create or replace view "old_{table}" as {rows_of(release.paths(table), table)}')


def traces(connection: duckdb.DuckDBPyConnection, article: str) -> Traces:
    """What an article left in the release whose tables are open."""

    def one(query: str) -> frozenset[str]:
        return frozenset(row[0] for row in connection.execute(query).fetchall() if row[0] is not None)

    own, other = f"article_id = {quoted(article)}", f"article_id != {quoted(article)}"
    referring = " union all ".join(
        [f"select entity_id from old_mentions where {other}", f"select speaker_entity_id from old_quotes where {other}"]
        + [
            f"select {column} from old_claims where {other}"
            for column in (
                "subject_entity_id",
                "object_entity_id",
                "claimant_entity_id",
                "place_entity_id",
                "unnest(entity_ids)",
                "unnest(list_transform(attribution_chain, lambda x: x.entity_id))",
            )
        ]
    )
    return Traces(
        one(f"select raw_sha256 from old_articles where {own}"),
        one(f"select text_sha256 from old_articles where {own}"),
        one(f"select raw_name from old_articles where {own}"),
        one(f"select entity_id from old_mentions where {own}"),
        one(referring),
    )


def without(connection: duckdb.DuckDBPyConnection, article: str, found: Traces) -> dict[str, str]:
    """The queries of the open release's tables without the article.

    Rows of the article go, and rejects that name it; so do entities that nothing else refers to, in this release or
    an older one. What other rows count or say of it is counted again: copies, stories, clusters, relations, mentions.
    The number of independent sources cannot be counted again from a release: where the article may have been one of
    them it is one less, so that it is rather too low than too high until the next build links anew.

    Args:
        found: what the article left over every release, and what others refer to in this one and older ones.
    """
    own = f"article_id = {quoted(article)}"
    names = _listed(found.raw_names)
    connection.execute(f"create or replace table kept_articles as select * from old_articles where not ({own})")
    connection.execute(
        f"create or replace table lost_mentions as select entity_id, text, kind from old_mentions where {own}"
    )
    connection.execute(
        f"""create or replace table gone as select entity_id from old_entities
        where entity_id in ({_listed(found.entities - found.elsewhere)})
        and entity_id not in (select merged_into from old_entities where merged_into is not null)"""
    )
    return {
        "sources": "select * from old_sources",
        "articles": f"""select kept_articles.* replace (
                case when stories.n > 1 then story_id end as story_id,
                {", ".join(f"case when copy_of is distinct from {quoted(article)} then {name} end as {name}"
                           for name in ("copy_of", "copy_kind", "copy_containment"))})
            from kept_articles left join (
                select story_id, count(*) n from kept_articles where story_id is not null group by 1) stories
            using (story_id)""",
        "mentions": f"select * from old_mentions where not ({own})",
        "entities": _entities(),
        "quotes": f"""select rows_.* replace (case when n > 1 then cluster_id end as cluster_id)
            from (select * from old_quotes where not ({own})) rows_ left join (
                select cluster_id, count(*) n from old_quotes where not ({own}) and cluster_id is not null group by 1)
            using (cluster_id)""",
        "claims": _claims(own),
        "rejects": f"select * from old_rejects where (article_id is null or not ({own}))"
        f" and (raw_name is null or raw_name not in ({names}))",
    }  # fmt: skip


def _listed(values: frozenset[str]) -> str:
    return ", ".join(quoted(value) for value in sorted(values)) or "null::varchar"


def _entities() -> str:
    return """select entities.* replace (
            greatest(0, mention_count - coalesce(lost.n, 0)) as mention_count,
            greatest(0, article_count - (lost.n is not null)::bigint) as article_count,
            case when lost.n is not null and article_count <= 1 and status = 'active' and entity_id not in (
                select merged_into from old_entities where merged_into is not null) then 'retired'
                else status end as status,
            case when lost.n is null then first_seen else days.first end as first_seen,
            case when lost.n is null then last_seen else days.last end as last_seen,
            case when lost.n is null then aliases else list_filter(
                list_transform(aliases, lambda a: struct_pack(
                    name := a.name,
                    count := case when a.source = 'corpus' then greatest(0, a.count - len(list_filter(lost.names,
                        lambda name: name = a.name))) else a.count end,
                    source := a.source)),
                lambda a: a.source != 'corpus' or a.count > 0 or not list_contains(lost.names, a.name)) end as aliases)
        from old_entities entities
        left join (select entity_id, count(*) n, list(text) filter (text is not null) names from lost_mentions
            where entity_id is not null group by 1) lost using (entity_id)
        left join (select mentions.entity_id, min(published_at)::date first, max(published_at)::date last
            from old_mentions mentions join kept_articles using (article_id)
            where mentions.entity_id in (select entity_id from lost_mentions) group by 1) days using (entity_id)
        where entity_id not in (select entity_id from gone)"""


def _claims(own: str) -> str:
    return f"""select claims.* replace (
            case when cluster.n > 1 then cluster_id end as cluster_id,
            case when lost.cluster is null then n_articles else cluster.articles end::integer as n_articles,
            case when lost.cluster is null then n_publishers else cluster.publishers end::integer as n_publishers,
            case when lost.cluster is null then n_independent_sources else least(cluster.publishers, greatest(
                n_independent_sources - lost.counted, least(1, cluster.publishers))) end::integer
                as n_independent_sources,
            case when lost.cluster is null then first_reported_at else cluster.first end as first_reported_at,
            list_filter(relations, lambda x: not list_contains(removed.ids, x.claim_id)) as relations)
        from (select * from old_claims where not ({own})) claims
        left join (select cluster_id, count(*) n, count(distinct article_id) articles,
                count(distinct source_id) publishers, min(published_at) first
            from old_claims join kept_articles using (article_id)
            where old_claims.cluster_id is not null group by 1) cluster using (cluster_id)
        left join (select distinct cluster_id as cluster, (copy_of is null and source_id is not null)::integer counted
            from old_claims join old_articles using (article_id)
            where article_id = (select article_id from old_articles where {own}) and cluster_id is not null) lost
            on lost.cluster = claims.cluster_id
        cross join (select coalesce(list(claim_id), []::varchar[]) ids from old_claims where {own}) removed"""
