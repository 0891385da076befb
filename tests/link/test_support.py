"""Independence: who counts once."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.link.independence import support
from pipeline.link.propositions import Proposition


def claim(
    article: str,
    source: str | None = None,
    copies: str | None = None,
    agency: str | None = None,
    claimant: str | None = None,
) -> Proposition:
    return Proposition(
        f"c_{article}", article, 0, "x", (), None, None, None, None, None, "affirmed", "narrator", claimant, None, None,
        datetime(2026, 1, 1), source, copies, (agency,) if agency else (),
    )  # fmt: skip


def counts(*claims: Proposition) -> tuple[int, int, int]:
    found = support(claims)
    return found.n_articles, found.n_publishers, found.n_independent_sources


def test_unknown_publishers_count_as_none() -> None:
    assert counts(claim("a"), claim("b", "s1")) == (2, 1, 1)
    assert counts(claim("a"), claim("b")) == (2, 0, 0)


def test_publishers_count_once_each() -> None:
    assert counts(claim("a", "s1"), claim("b", "s1"), claim("c", "s2")) == (3, 2, 2)


def test_copies_agencies_and_one_named_source_count_once() -> None:
    assert counts(claim("a", "s1", copies="x"), claim("b", "s2", copies="x")) == (2, 2, 1)
    assert counts(claim("a", "s1", agency="AFP"), claim("b", "s2", agency="afp")) == (2, 2, 1)
    assert counts(claim("a", "s1", claimant="e"), claim("b", "s2", claimant="e")) == (2, 2, 1)


def test_a_report_in_the_outlets_own_voice_is_independent_of_the_named_source() -> None:
    own = claim("b", "s2")
    assert counts(claim("a", "s1", claimant="e"), own, claim("b", "s2", claimant="e")) == (2, 2, 2)


maybe = st.sampled_from([None, "1", "2"])


@given(st.lists(st.builds(claim, st.sampled_from("abcde"), maybe, maybe, maybe, maybe), min_size=1))
def test_independent_sources_are_publishers_and_publishers_have_articles(claims: list[Proposition]) -> None:
    source = {one.article_id: one for one in claims}
    n_articles, n_publishers, n_independent = counts(*source.values())
    assert 0 <= n_independent <= n_publishers <= n_articles
    assert (n_independent > 0) == (n_publishers > 0)
