"""Lineage: groups keep their ids, and no id is given twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.link.lineage import named


def mint(member: str) -> str:
    return f"id of {member}"


def test_a_new_group_is_named_after_its_first_member() -> None:
    assert named([["b", "a"]], {}, mint) == ["id of b"]


def test_of_two_groups_that_come_of_one_the_larger_keeps_the_id() -> None:
    before = dict.fromkeys("abc", "id of a")
    assert named([["a"], ["b", "c"]], before, mint) == ["id of a|1", "id of a"]


def test_a_group_that_joins_two_keeps_the_id_of_its_earliest_member() -> None:
    assert named([["a", "b"]], {"a": "one", "b": "other"}, mint) == ["one"]


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=20),
    st.dictionaries(st.integers(0, 19), st.integers(0, 19), max_size=12),
)
def test_no_id_is_given_twice(labels: list[int], old: dict[int, int]) -> None:
    groups = [[str(place) for place, label in enumerate(labels) if label == one] for one in sorted(set(labels))]
    before = {str(place): mint(str(name)) for place, name in old.items() if place < len(labels)}
    ids = named(groups, before, mint)
    assert len(set(ids)) == len(groups)
    for group, name in zip(groups, ids, strict=True):
        known = {before[member] for member in group if member in before}
        assert name in known or not known or all(name != one for one in known)
