"""Stories: weighted linkage over likeness."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.link.stories import groups, weighted_linkage
from pipeline.link.terms import terms


def test_names_and_figures_are_terms_of_their_own() -> None:
    found = dict(terms("The dam at Orrin broke. Some 1,200 people fled Orrin."))
    assert {"=orrin", "#1,200", "people"} <= found.keys()


def test_a_chain_is_not_one_story() -> None:
    chain = [("a", "b", 0.5), ("b", "c", 0.3), ("c", "d", 0.5)]
    assert weighted_linkage(chain, 0.2) == [["a", "b"], ["c", "d"]]
    assert len(groups(chain)) == 1


edges = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.floats(0.05, 1).map(lambda x: round(x, 3))),
    max_size=15,
    unique_by=lambda edge: frozenset(edge[:2]),
).map(lambda found: [(min(a, b), max(a, b), value) for a, b, value in found if a != b])


@given(edges, st.randoms())
def test_clusters_are_disjoint_and_the_order_of_edges_does_not_matter(
    found: list[tuple[str, str, float]], chance: object
) -> None:
    clusters = weighted_linkage(found)
    members = [node for cluster in clusters for node in cluster]
    assert len(members) == len(set(members))
    assert all(len(cluster) > 1 for cluster in clusters)
    mixed = list(found)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert sorted(map(sorted, weighted_linkage(mixed))) == sorted(map(sorted, clusters))
