"""Main event: one cluster where articles open with one event, none where they share no more than an affair's names."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.link.claim_clusters import cluster
from pipeline.link.main_event import ONE_EVENT, openings
from pipeline.link.propositions import Proposition, Rarity, cosine, normal, vector

RARITY = Rarity(1_000, [])

#: What four papers put first on the day after a fire, and what each had to add further down.
FIRE = (
    "A warehouse fire in Osterby destroyed the old harbour cranes",
    "The Osterby harbour cranes burned in a warehouse fire",
    "Fire at a harbour warehouse in Osterby left the cranes destroyed",
    "In Osterby a fire at the harbour warehouse reached the cranes and destroyed them",
)
ADDED = (
    "Osterby bought the first harbour crane from a shipyard in 1911",
    "Osterby sells smoked eel to visitors of the harbour in spring",
    "Osterby elected a harbour captain as mayor twice",
    "Osterby lost the harbour ferry to Lindenau when tolls rose",
)
#: How four papers began their pieces on a minister's long affair.
AFFAIR = (
    "Minister Tilda Qvist of Brandelholm wept before the committee",
    "Polls put Tilda Qvist of Brandelholm behind a dentist",
    "Why nobody thanks Tilda Qvist of Brandelholm for railways",
    "Tilda Qvist of Brandelholm hired two lawyers on Tuesday",
)


def claim(article: int, text: str, start: int) -> Proposition:
    return Proposition(
        f"c_{article}_{start}", f"a_{article}", start, text, (), None, None, None, None, None, "affirmed", "narrator",
        None, None, None, None, None, None, (),
    )  # fmt: skip


def clusters(claims: list[Proposition]) -> list[set[str]]:
    return [
        {claims[number].text for number in group}
        for group in cluster(claims, [vector(one, RARITY) for one in claims], RARITY)
    ]


def story(first: tuple[str, ...], added: tuple[str, ...], below: int) -> list[Proposition]:
    texts = zip(first, added, strict=True)
    return [claim(n, text, at) for n, own in enumerate(texts) for text, at in zip(own, (0, below), strict=True)]


def alike(claims: list[Proposition]) -> float:
    return openings(claims, [vector(one, RARITY) for one in claims], RARITY)


def test_what_every_article_opens_with_is_one_cluster() -> None:
    claims = story(FIRE, ADDED, below=6_000)
    assert alike(claims) >= ONE_EVENT
    assert clusters(claims) == [set(FIRE)]


def test_what_stands_further_down_must_be_closer_to_the_event() -> None:
    assert set(ADDED) & clusters(story(FIRE, ADDED, below=300))[0]
    assert not set(ADDED) & clusters(story(FIRE, ADDED, below=6_000))[0]
    # What another article opens with is about the event wherever it stands.
    late = [*story(FIRE, ADDED, below=6_000), claim(4, "Rain is expected", 0), claim(4, FIRE[0], 3_000)]
    assert ("a_4", 3_000) in {
        (late[n].article_id, late[n].start) for n in cluster(late, [vector(one, RARITY) for one in late], RARITY)[0]
    }


def test_an_affair_is_not_one_claim_because_its_names_recur() -> None:
    claims = story(AFFAIR, ADDED, below=6_000)
    assert alike(claims) < ONE_EVENT
    assert not clusters([one for one in claims if one.start == 0])


def test_the_same_claim_within_an_affair_is_found() -> None:
    said = "Tilda Qvist denied that she sold the ferry licence"
    claims = [claim(n, text, 0) for n, text in enumerate(AFFAIR)]
    assert clusters([*claims, claim(0, said, 900), claim(2, said, 2_000)]) == [{said}]


@given(st.lists(st.text("abcdef ", min_size=1, max_size=40), min_size=2, max_size=6))
def test_openings_are_the_mean_over_all_pairs(texts: list[str]) -> None:
    claims = [claim(number, text, 0) for number, text in enumerate(texts)]
    pairs = [
        cosine(normal(one), normal(other))
        for one, other in itertools.combinations([vector(claim, RARITY) for claim in claims], 2)
    ]
    assert alike(claims) == pytest.approx(sum(pairs) / len(pairs), abs=1e-3)
