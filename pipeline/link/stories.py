"""Stories: articles on the same event, by the cosine of their terms within a window of days.

Candidates share several of their most telling terms (a join in DuckDB, bounded by how common a term may be);
their cosines are computed exactly; within each connected group average linkage decides, so that a chain of
half-related articles does not become one story.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import polars as pl

from pipeline import identity
from pipeline.link.connected import connected
from pipeline.link.parts import Parts

#: Mean cosine between two groups from which they are one story.
SAME_STORY = 0.22
#: Cosine below which two articles are not looked at further.
RELATED = 0.2
#: Articles published further apart than this are not of one story.
WINDOW_DAYS = 5
#: How many of an article's most telling terms propose candidates, and in how many articles such a term may stand.
TELLING, COMMONEST = 25, 150
#: Articles in a connected group above which its weakest edges are cut first.
LARGEST_GROUP = 1_000
#: Articles that stand in for a corpus where there are few: a term's rarity is smoothed towards one in a hundred.
SMOOTHING = 50


def find(parts: Parts) -> None:
    """Write `links/stories.parquet`: `article_id`, `story_id`; articles that stand alone have no row.

    A story's id is minted from its first article: the one published first, then the one whose id sorts first.
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
    rows = []
    for group in groups(edges):
        for story in average_linkage(group):
            first = min(story, key=lambda article: order[article])
            rows += [(article, identity.story(first)) for article in story]
    frame = pl.DataFrame(sorted(rows), schema={"article_id": pl.String, "story_id": pl.String}, orient="row")
    frame.write_parquet(parts.link("stories"))


Edge = tuple[str, str, float]


def groups(edges: list[Edge], threshold: float = RELATED) -> list[list[Edge]]:
    """The edges of each connected group, weakest edges cut where a group would be too large."""
    strong = [edge for edge in edges if edge[2] >= threshold]
    place = {
        node: number for number, group in enumerate(connected((edge[0], edge[1]) for edge in strong)) for node in group
    }
    members: dict[int, list[Edge]] = defaultdict(list)
    for edge in strong:
        members[place[edge[0]]].append(edge)
    found = []
    for _, own in sorted(members.items()):
        size = len({node for one, other, _ in own for node in (one, other)})
        found += groups(own, threshold + 0.05) if size > LARGEST_GROUP and threshold < 1 else [own]
    return found


def average_linkage(edges: list[Edge], threshold: float = SAME_STORY) -> list[list[str]]:
    """Clusters of more than one article whose mean similarity stays at or above `threshold`.

    Agglomerative clustering with unweighted average linkage (UPGMA; Sokal and Michener 1958); pairs
    without an edge have similarity 0. Ties are broken by order of id.
    """
    nodes = sorted({node for one, other, _ in edges for node in (one, other)})
    place = {node: number for number, node in enumerate(nodes)}
    similarity = np.zeros((len(nodes), len(nodes)))
    for one, other, value in edges:
        similarity[place[one], place[other]] = similarity[place[other], place[one]] = value
    clusters: dict[int, list[int]] = {number: [number] for number in range(len(nodes))}
    sizes = np.ones(len(nodes))
    while True:
        best = int(similarity.argmax())
        if similarity.flat[best] < threshold:
            break
        first, second = sorted(divmod(best, len(nodes)))
        merged = (similarity[first] * sizes[first] + similarity[second] * sizes[second]) / (
            sizes[first] + sizes[second]
        )
        similarity[first] = similarity[:, first] = merged.round(9)
        similarity[first, first] = 0
        similarity[second] = similarity[:, second] = 0
        sizes[first] += sizes[second]
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
    select number, term, df, (weight / sqrt(sum(weight * weight) over (partition by number)))::float as weight from weighted;
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
where cosine >= {RELATED} / 2 order by 1, 2
"""
