"""Stories: articles on the same event, by the words, names and figures they share within a window of days.

Candidates share several of their most telling terms (a join in DuckDB, bounded by how common a term may be);
their similarity is computed exactly: the cosine of their words, that of their names and that of their figures,
in fixed shares. Within each connected group weighted linkage decides, so that a chain of half-related articles
does not become one story.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import polars as pl

from pipeline import identity
from pipeline.link.connected import connected
from pipeline.link.lineage import named
from pipeline.link.parts import Parts, read

#: What words, names and figures count for in the similarity of two articles.
WORDS, NAMES, FIGURES = 0.3, 0.45, 0.25
#: Similarity between two groups from which they are one story.
SAME_STORY = 0.2
#: Similarity that joins two articles into a group; and below which they have none.
RELATED, UNRELATED = 0.2, 0.05
#: Articles published further apart than this are not of one story.
WINDOW_DAYS = 5
#: How many of an article's most telling terms propose candidates, and in how many articles such a term may stand.
TELLING, COMMONEST = 25, 150
#: Articles in a connected group above which its weakest edges are cut first.
LARGEST_GROUP = 1_000
#: Articles that stand in for a corpus where there are few: a term's rarity is smoothed towards one in a hundred.
SMOOTHING = 50


def find(parts: Parts, previous: Path | None = None) -> None:
    """Write `links/stories.parquet`: `article_id`, `story_id`; articles that stand alone have no row.

    A story's id is minted from its first article: the one published first, then the one whose id sorts first. It is
    kept from the previous release where the story was known.

    Args:
        previous: the previous release's articles: files with the columns `article_id` and `story_id`.
    """
    with parts.connect() as connection:
        connection.execute(f"create view terms as select * from {parts.files('terms')} "
                           f"where record in (select record from articles)")  # fmt: skip
        connection.execute(CANDIDATES)
        edges = connection.execute(EDGES).fetchall()
        order = dict(
            connection.execute(
                "select article_id, row_number() over (order by published_at nulls last, article_id) from articles"
            ).fetchall()
        )
        before = f"select article_id, story_id from {read(previous)} where story_id is not null" if previous else NONE
        known = dict(
            connection.execute(
                f"select article_id, before.story_id from ({before}) before semi join articles using (article_id)"
            ).fetchall()
        )
    found = [
        sorted(story, key=lambda article: order[article])
        for group in groups(edges)
        for story in weighted_linkage(group)
    ]
    ids = named(found, known, identity.story)
    rows = sorted((article, name) for story, name in zip(found, ids, strict=True) for article in story)
    frame = pl.DataFrame(rows, schema={"article_id": pl.String, "story_id": pl.String}, orient="row")
    frame.write_parquet(parts.link("stories"))


NONE = "select null::varchar article_id, null::varchar story_id where false"

Edge = tuple[str, str, float]


def groups(edges: list[Edge], threshold: float = RELATED) -> list[list[Edge]]:
    """The edges within each group that edges of at least `threshold` connect; a group that is too large is cut at a
    higher one."""
    place = {
        node: number
        for number, group in enumerate(connected((one, other) for one, other, value in edges if value >= threshold))
        for node in group
    }
    members: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge[0] in place and place[edge[0]] == place.get(edge[1]):
            members[place[edge[0]]].append(edge)
    found = []
    for _, own in sorted(members.items()):
        size = len({node for one, other, _ in own for node in (one, other)})
        found += groups(own, threshold + 0.05) if size > LARGEST_GROUP and threshold < 1 else [own]
    return found


def weighted_linkage(edges: list[Edge], threshold: float = SAME_STORY) -> list[list[str]]:
    """Clusters of more than one article whose mean similarity stays at or above `threshold`.

    Agglomerative clustering with weighted average linkage (WPGMA; Sokal and Michener 1958): a cluster's similarity
    is the mean of its two parts', whatever their sizes. Pairs without an edge have similarity 0. Ties are broken by
    order of id.
    """
    nodes = sorted({node for one, other, _ in edges for node in (one, other)})
    place = {node: number for number, node in enumerate(nodes)}
    similarity = np.zeros((len(nodes), len(nodes)))
    for one, other, value in edges:
        similarity[place[one], place[other]] = similarity[place[other], place[one]] = value
    clusters: dict[int, list[int]] = {number: [number] for number in range(len(nodes))}
    while len(clusters) > 1:
        best = int(similarity.argmax())
        if similarity.flat[best] < threshold:
            break
        first, second = sorted(divmod(best, len(nodes)))
        merged = ((similarity[first] + similarity[second]) / 2).round(9)
        similarity[first] = similarity[:, first] = merged
        similarity[first, first] = 0
        similarity[second] = similarity[:, second] = 0
        clusters[first] += clusters.pop(second)
    return [[nodes[number] for number in members] for _, members in sorted(clusters.items()) if len(members) > 1]


CANDIDATES = f"""
create temp table numbered as
    select article_id, published_at, (row_number() over (order by article_id))::integer as number from articles;
create temp table frequency as select term, count(*) as df from terms group by term;
create temp table weighted as
    select number, term, df, weight * ln(1 + ((select count(*) from articles) + {SMOOTHING})
        / (df + {SMOOTHING} / 100)) as weight
    from terms join frequency using (term) join numbered using (article_id);
create temp table vectors as
    select number, term, df, (weight * sqrt(case term[1] when '=' then {NAMES} when '#' then {FIGURES} else {WORDS} end)
        / sqrt(sum(weight * weight) over (partition by number, case term[1] when '=' then 1 when '#' then 2 else 0 end))
        )::float as weight
    from weighted;
create temp table telling as
    select number, term from vectors where df between 2 and {COMMONEST}
    qualify row_number() over (partition by number order by weight desc, term) <= {TELLING};
create temp table candidates as
    select one.number as first, other.number as second
    from telling one join telling other using (term)
    join numbered a on a.number = one.number join numbered b on b.number = other.number
    where one.number < other.number
      and coalesce(abs(date_diff('hour', a.published_at, b.published_at)) <= 24 * {WINDOW_DAYS}, true)
    group by 1, 2 having count(*) >= 3;
"""

EDGES = f"""
select a.article_id, b.article_id, cosine from (
    select first, second, round(sum(one.weight::double * other.weight::double), 4) as cosine
    from candidates join vectors one on one.number = first join vectors other on other.number = second
        and other.term = one.term
    group by 1, 2)
join numbered a on a.number = first join numbered b on b.number = second
where cosine >= {UNRELATED} order by 1, 2
"""
