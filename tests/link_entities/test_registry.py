"""Ids of entities: stable, order free, never dangling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import duckdb
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import identity
from pipeline.link.entity_ids import settle
from pipeline.link.entity_keys import shared
from pipeline.link.entity_registry import Assignment, Group, Known, assign

NAMES = ["Anna Petrova", "Ivan Sokolov", "Maria Lindqvist", "Northwind Press", "Harbour Union"]


def _group(kind: str, name: str, item: str | None = None, row: str | None = None) -> Group:
    found = shared(kind, name, row, item, None, None)
    assert found is not None
    return Group(found, kind, name, item, None, None)


def _release(groups: list[Group], assigned: Assignment, old: list[Known]) -> list[Known]:
    """What the next release knows, as `entities` would hold it."""
    ids, redirects = assigned.ids, assigned.redirects
    created = {one.entity_id: one.created_release for one in old}
    version = str(max((int(one.created_release) for one in old), default=0) + 1)
    rows = {
        ids[one.key]: Known(
            ids[one.key], one.type, one.canonical_name, one.wikidata_id, one.geonames_id, one.country_code,
            "active", None, created.get(ids[one.key], version),
        )
        for one in groups
    }  # fmt: skip
    for one in old:
        if one.entity_id not in rows:
            target = redirects.get(one.entity_id)
            fate = "merged" if target else "split" if one.entity_id in assigned.splits else "retired"
            rows[one.entity_id] = Known(
                one.entity_id, one.type, one.canonical_name, one.wikidata_id, one.geonames_id, one.country_code,
                fate, target, one.created_release,
            )  # fmt: skip
    return [rows[key] for key in sorted(rows)]


groups = st.lists(
    st.builds(
        _group,
        st.sampled_from(["PERSON", "ORG"]),
        st.sampled_from(NAMES),
        st.sampled_from([None, None, "Q1", "Q2", "Q3"]),
        st.sampled_from([None, None, "row/a", "row/b"]),
    ),
    unique_by=lambda group: group.key,
    max_size=8,
)


@given(groups, st.randoms(use_true_random=False))
def test_order_does_not_matter(found: list[Group], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(found)
    random.shuffle(shuffled)
    assert assign(found, []) == assign(shuffled, [])


@given(groups, groups)
def test_adding_articles_keeps_ids_and_rebuilding_changes_nothing(first: list[Group], more: list[Group]) -> None:
    ids = assign(first, []).ids
    known = _release(first, assign(first, []), [])
    assert assign(first, known).ids == ids
    both = list({group.key: group for group in [*more, *first]}.values())
    later = assign(both, known).ids
    same_keys = [key for key in ids if later[key] == ids[key]]
    assert len(same_keys) == len(ids)


@given(st.lists(groups, min_size=2, max_size=4))
def test_no_redirect_dangles_and_no_id_is_given_twice(releases: list[list[Group]]) -> None:
    known: list[Known] = []
    for found in releases:
        assigned = assign(found, known)
        assert len(set(assigned.ids.values())) == len(assigned.ids)
        before = {one.entity_id for one in known}
        known = _release(found, assigned, known)
        live = {one.entity_id for one in known if one.status == "active"}
        assert before <= {one.entity_id for one in known}
        assert all(one.merged_into in live for one in known if one.status == "merged")


@settings(deadline=None, max_examples=50)
@given(st.lists(groups, min_size=2, max_size=4))
def test_plain_cases_by_query_are_what_the_registry_says(releases: list[list[Group]]) -> None:
    known: list[Known] = []
    for found in releases:
        assigned = assign(found, known)
        with duckdb.connect() as connection:
            connection.register("groups", _rows(Group, found))
            connection.register("old", _rows(Known, known))
            settled = settle(connection, "groups", "old")
            ids = dict(connection.execute("select key, entity_id from ids").fetchall())
        assert ids == assigned.ids
        assert (settled.redirects, settled.splits) == (assigned.redirects, assigned.splits)
        known = _release(found, assigned, known)


def _rows(kind: type, rows: Sequence[Group | Known]) -> pa.Table:
    types = {field.name: pa.int64() if field.name == "geonames_id" else pa.string() for field in fields(kind)}
    return pa.table({name: pa.array([getattr(row, name) for row in rows], type_) for name, type_ in types.items()})


def test_a_name_that_gets_an_item_keeps_its_id() -> None:
    before = [_group("PERSON", "Anna Petrova")]
    first = assign(before, [])
    known = _release(before, first, [])
    after = [_group("PERSON", "Anna Petrova", "Q1")]
    assert assign(after, known).ids["wikidata|Q1"] == first.ids[before[0].key]


def test_a_name_that_turns_out_to_be_two_is_split() -> None:
    before = [_group("PERSON", "Anna Petrova")]
    known = _release(before, assign(before, []), [])
    after = [_group("PERSON", "Anna Petrova", item) for item in ("Q1", "Q2")]
    found = assign(after, known)
    assert found.splits == {known[0].entity_id}
    assert known[0].entity_id not in found.ids.values()
    assert not _release(after, found, known)[0].merged_into


def test_two_that_turn_out_to_be_one_keep_the_older_id() -> None:
    named, linked = _group("PERSON", "Anna Petrova"), _group("PERSON", "Anna Petrovna Petrova", "Q1")
    first = _release([named], assign([named], []), [])
    both = assign([named, linked], first)
    second = _release([named, linked], both, first)
    old, young = both.ids[named.key], both.ids[linked.key]
    assert old != young
    merged = Group("wikidata|Q1", "PERSON", "Anna Petrova", "Q1", None, None)
    found = assign([merged], second)
    assert found.ids == {"wikidata|Q1": old} and found.redirects == {young: old}


def test_an_item_that_contradicts_is_another_entity() -> None:
    one, other = _group("PERSON", "Anna Petrova", "Q1"), _group("PERSON", "Anna Petrova", "Q2")
    known = _release([one], assign([one], []), [])
    ids = assign([other], known).ids
    assert ids[other.key] != known[0].entity_id
    assert ids[other.key] == identity.entity(other.key)


def test_keys_follow_the_contract() -> None:
    assert shared("PERSON", "Petrova", None, None, None, None) is None
    assert shared("ORG", "Ministry of Education", None, None, None, None) is None
    assert shared("ORG", "Ministry of Education", None, None, None, "KZ") is not None
    assert shared("WEAPON", "Скиф-5М", None, None, None, None) != shared("WEAPON", "Skif-6", None, None, None, None)
    assert shared("WEAPON", "ТОС-9", None, None, None, None) == shared("WEAPON", "TOC 9", None, None, None, None)
    assert shared("PERSON", "Mikhailo Podoliak", None, None, None, None) == "gazetteer|person/mykhailo-podolyak"
    assert shared("NORP", "Westerners", None, None, None, None) == shared("NORP", "Western", None, None, None, None)
