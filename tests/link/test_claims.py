"""Claim clusters: the same claim in other articles, counted by who is independent."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.link.made import Article, linked

FLOOD = "The river flooded Brandelholm on Monday and 14 houses were lost"
NEWS: tuple[Article, ...] = (
    (
        "a1", "s_1", 3, None,
        (FLOOD, "Mayor Tilda Qvist visited the school in Brandelholm", "A baker there sells plum cakes"),
    ),
    (
        "a2", "s_2", 4, None,
        ("Brandelholm was flooded by the river on Monday; 14 houses were lost", "Trains to Osterby stopped"),
    ),
    (
        "a3", "s_3", 4, "AFP",
        ("On Monday the river flooded Brandelholm", "Mayor Tilda Qvist visited a Brandelholm school"),
    ),
    ("a4", "s_4", 5, "AFP", ("The river that flooded Brandelholm on Monday took 14 houses", "Rain is expected")),
    (
        "b1", "s_1", 3, None,
        ("The striker scored twice for Lindenau in the cup final", "Lindenau won the cup final 3-1"),
    ),
    (
        "b2", "s_5", 3, None,
        ("Lindenau won the cup final by 3-1", "The Lindenau striker scored twice in the cup final"),
    ),
    ("n1", "s_6", 9, None, ("A museum in Havre bought a painting",)),
)  # fmt: skip


def by_id(found: pl.DataFrame) -> dict[str, dict[str, object]]:
    return {row["claim_id"]: row for row in found.to_dicts()}


def test_the_same_event_is_one_cluster_and_its_sources_are_counted(tmp_path: Path) -> None:
    found = by_id(linked(tmp_path, NEWS))
    flood = found["c_a1_0"]
    assert flood["cluster_id"] and flood["cluster_id"] == found["c_a2_0"]["cluster_id"] == found["c_a4_0"]["cluster_id"]
    # Two of the four publishers carry the same agency's report.
    assert (flood["n_articles"], flood["n_publishers"], flood["n_independent_sources"]) == (4, 4, 3)
    assert str(flood["first_reported_at"]).startswith("2026-01-03")


def test_other_claims_of_the_story_are_not_in_its_cluster(tmp_path: Path) -> None:
    found = by_id(linked(tmp_path, NEWS))
    assert "c_a1_2" not in found
    assert "c_n1_0" not in found
    assert found["c_b1_0"]["cluster_id"] == found["c_b2_1"]["cluster_id"] != found["c_b1_1"]["cluster_id"]
    assert found["c_b1_1"]["cluster_id"] == found["c_b2_0"]["cluster_id"]


def test_claims_of_close_words_agree(tmp_path: Path) -> None:
    related = by_id(linked(tmp_path, NEWS))["c_b1_1"]["relations"]
    assert [(one["claim_id"], one["relation"]) for one in related] == [("c_b2_0", "agrees")]  # type: ignore[attr-defined]


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(NEWS), shards=st.integers(1, 4))
def test_neither_order_nor_shards_matter(tmp_path_factory: object, order: list[Article], shards: int) -> None:
    expected = linked(tmp_path_factory.mktemp("one"), NEWS)  # type: ignore[attr-defined]
    assert linked(tmp_path_factory.mktemp("other"), order, shards).equals(expected)  # type: ignore[attr-defined]


def test_ids_stay_when_an_earlier_report_is_added(tmp_path: Path) -> None:
    before = linked(tmp_path / "before", NEWS)
    earlier: Article = ("a0", "s_9", 2, None, ("The river flooded Brandelholm on Monday, 14 houses were lost",))
    fresh = by_id(linked(tmp_path / "fresh", (earlier, *NEWS)))
    kept = by_id(linked(tmp_path / "after", (earlier, *NEWS), previous=before))
    old = by_id(before)["c_a1_0"]["cluster_id"]
    assert kept["c_a0_0"]["cluster_id"] == kept["c_a1_0"]["cluster_id"] == old
    assert fresh["c_a0_0"]["cluster_id"] != old  # without the previous release the first report names it
