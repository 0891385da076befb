"""Likeness: the same event in other words is found, another event in the same words is not."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.knowledge.tables import HERE, rows
from pipeline.link.claim_clusters import cluster
from pipeline.link.event_terms import canonical, event_terms, families
from pipeline.link.linkage import across
from pipeline.link.propositions import Proposition, Rarity, vector

RARITY = Rarity(1_000, [("the", 900)])


def claim(
    article: str, text: str, subject: str | None = None, predicate: str | None = None, object_: str | None = None
) -> Proposition:
    return Proposition(
        f"c_{article}_{text}", article, 0, text, (), subject, None, predicate, object_, None, "affirmed", "narrator",
        None, None, None, datetime(2026, 1, 1), None, None, (),
    )  # fmt: skip


def joined(*claims: Proposition) -> list[list[int]]:
    return cluster(claims, [vector(one, RARITY) for one in claims], RARITY)


def test_one_event_in_other_words_is_one_cluster() -> None:
    found = joined(
        claim("a", "Norway’s partners met in Bergen to agree on fishing quotas", "Norway’s partners", "meet"),
        claim("b", "Norwegian partners gathered for a conference on fishing quotas", "Norwegian partners", "gather"),
        claim("b", "The harbour of Bergen was painted red", None, "paint", "The harbour of Bergen"),
    )
    assert found == [[0, 1]]


def test_pictures_of_one_thing_are_one_cluster_whoever_spread_them() -> None:
    found = joined(
        claim("a", "A sailor posted a video of the burning ferry", "A sailor", "post", "a video"),
        claim("b", "images of the burning ferry circulated online", None, "circulate", "images of the burning ferry"),
        claim("b", "The ferry company sold the old terminal", "The ferry company", "sell", "the old terminal"),
    )
    assert found == [[0, 1]]


def test_names_alone_join_nothing() -> None:
    assert not joined(
        claim("a", "Tilda Qvist visited Brandelholm", "Tilda Qvist", "visit", "Brandelholm"),
        claim("b", "In Brandelholm they booed Tilda Qvist", "they", "boo", "Tilda Qvist"),
    )


def test_another_event_of_the_same_participants_is_another_claim() -> None:
    same = claim("b", "the council bought the old mill", "the council", "buy", "the old mill")
    other = claim("b", "the council burned the old mill", "the council", "burn", "the old mill")
    first = claim("a", "the council acquired the old mill with borrowed sums", "the council", "acquire", "the old mill")
    assert joined(first, same)
    close = vector(first, RARITY)
    from pipeline.link.likeness import event, likeness

    values = [likeness(event(first), event(one), close, vector(one, RARITY)) for one in (same, other)]
    assert values[0] > 1.4 * values[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bought", "sold"), ("rose", "fell"), ("hired", "fired"), ("arrested", "released"), ("won", "lost"),
        ("opened", "closed"), ("invaded", "withdrew"), ("approved", "rejected"), ("confirmed", "denied"),
        ("born", "died"), ("married", "divorced"), ("convicted", "acquitted"),
    ],
)  # fmt: skip
def test_opposites_are_no_family(one: str, other: str) -> None:
    assert not event_terms(f"they {one}") & event_terms(f"they {other}")


def test_peoples_count_as_their_country_and_units_as_one() -> None:
    assert event_terms("the Ukrainians") == event_terms("the Ukrainian") == event_terms("in Ukraine")
    assert canonical("kilometer") == canonical("km") == canonical("kilometre")


def test_every_family_has_several_words_and_each_row_a_source() -> None:
    table = [row for _, row in rows(HERE / "word_families.tsv")]
    assert all(row["source"] for row in table)
    assert all(row["word"].isalpha() and row["word"] == row["word"].lower() for row in table)
    assert min(Counter(row["family"] for row in table).values()) > 1
    assert set(families().values()) <= {row["family"] for row in table}


def test_what_one_article_says_twice_does_not_keep_it_from_the_others() -> None:
    # 0 and 1 are of one article and unlike; each is like 2.
    pairs = [(0, 2, 0.5), (1, 2, 0.4)]
    assert across(pairs, ["a", "a", "b"], 0.3) == [[0, 1, 2]]
    assert across(pairs, ["a", "c", "b"], 0.3) == [[0, 2]]


chosen = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0.01, 1)), max_size=20)


@given(chosen, st.lists(st.sampled_from("abc"), min_size=10, max_size=10), st.randoms(use_true_random=False))
def test_linkage_depends_on_no_order_and_joins_articles(
    found: list[tuple[int, int, float]], articles: list[str], random: object
) -> None:
    pairs = list({(min(a, b), max(a, b)): (min(a, b), max(a, b), v) for a, b, v in found if a != b}.values())
    clusters = across(pairs, articles, 0.3)
    random.shuffle(pairs)  # type: ignore[attr-defined]
    assert across(pairs, articles, 0.3) == clusters
    assert all(len({articles[one] for one in group}) > 1 for group in clusters)
    members = [one for group in clusters for one in group]
    assert len(members) == len(set(members))


def test_capitals_of_a_headline_in_title_case_tell_no_names() -> None:
    headline = "Fired Accountant Returns to Detroit Office"
    in_text = event_terms("the fired accountant had returned to his office in Detroit")
    common = [("fir", 60), ("fired", 60), ("accountant", 30), ("return", 200), ("offic", 300), ("office", 300)]
    rarity = Rarity(1_000, [*common, ("=accountant", 1), ("=office", 20), ("detroit", 40), ("=detroit", 40)])
    assert rarity.is_name("detroit")
    assert not rarity.is_name("accountant")
    assert event_terms(headline, is_name=rarity.is_name) == in_text
    assert not {"accountant", "office"} & event_terms(headline)


def test_capitals_within_a_sentence_tell_names_in_headlines_too() -> None:
    rarity = Rarity(1_000, [("detroit", 40)])
    sentence = "police in Detroit arrest the accountant of Kessler"
    assert event_terms(sentence, is_name=rarity.is_name) == event_terms(sentence)
