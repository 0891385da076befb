"""Names compared across spellings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.link.spelling import key, similarity, words

NAMES = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéöłжи -'."), max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mikhailo Podoliak", "Mykhailo Podolyak"),
        ("Sergei Shevchenko", "Sergey Shevchenko"),
        ("Dmitri Sokolov", "Dmitriy Sokolov"),
        ("Yevgeny Kuznetsov", "Evgeny Kuznetsov"),
        ("Юлия Иванова", "Yulia Ivanova"),
        ("Dr. Anna B. Petrova", "Anna Petrova"),
    ],
)
def test_romanisations_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brian Fletcher", "Bryan Fletcher"),
        ("Anna Petrova", "Inna Petrova"),
        ("John Miller", "Jane Miller"),
        ("Peter Hall Jr.", "Peter Hall"),
        ("Kim Dae-jung", "Kim Dae-ung"),
    ],
)
def test_different_people_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_surname_alone_is_no_key() -> None:
    assert key("Podolyak") is None
    assert key("Mr. Podolyak") is None
    assert key("") is None


def test_titles_degrees_and_order_are_no_part_of_a_name() -> None:
    assert words("Prof. Dr. Lena Vogt (politician), PhD") == ("lena", "vogt")
    assert words("Vogt, Lena") == ("lena", "vogt")


def test_likeness_is_graded() -> None:
    same = similarity("Yevhen Tkachenko", "Evgeny Tkachenko")
    assert 0.8 < same < similarity("Yevhen Tkachenko", "Yevhen Tkachenko") == 1.0
    assert similarity("Yevhen Tkachenko", "Maria Lindqvist") < 0.5 < same
    assert similarity("", "Maria Lindqvist") == 0.0


@given(NAMES, NAMES)
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    score = similarity(one, other)
    assert 0.0 <= score <= 1.0
    assert score == pytest.approx(similarity(other, one))


@given(NAMES)
def test_a_key_does_not_depend_on_case(name: str) -> None:
    assert key(name) == key(name.upper()) or "ß" in name or "ı" in name


@pytest.mark.slow
@pytest.mark.skipif("ONRECORD_GOLD" not in os.environ, reason="ONRECORD_GOLD names no gold data")
def test_variants_are_told_apart() -> None:
    sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
    from name_variants import measure

    found = measure(Path(os.environ["ONRECORD_GOLD"]) / "entities" / "name_variants.dev.jsonl")
    assert found["similarity"] >= 0.95 > found["token_set_ratio"]
