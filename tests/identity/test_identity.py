"""Identity: the same thing gets the same id, another thing another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import identity


@pytest.mark.parametrize(
    "url",
    [
        "https://www.daily.example/a/1",
        "http://daily.example/a/1/",
        "https://daily.example/a/1?utm_source=x&fbclid=1",
        "https://DAILY.example:443/a/1#top",
    ],
)
def test_addresses_of_one_article_give_one_id(url: str) -> None:
    assert identity.article(url, None, "0") == identity.article("https://daily.example/a/1", "s_x", "1")


def test_other_addresses_give_other_ids() -> None:
    urls = [
        "https://daily.example/a",
        "https://daily.example/b",
        "https://daily.example/a?page=2",
        "https://x.example/a",
    ]
    assert len({identity.article(url, None, "0") for url in urls}) == len(urls)


def test_without_address_publisher_and_words_decide() -> None:
    assert identity.article(None, "s_a", "1") != identity.article(None, "s_b", "1")
    assert identity.article(None, "s_a", "1") != identity.article(None, "s_a", "2")
    assert identity.article(None, "s_a", "1") == identity.article("", "s_a", "1")


@given(st.lists(st.text(max_size=8), max_size=4), st.lists(st.text(max_size=8), max_size=4))
def test_parts_do_not_run_together(one: list[str], other: list[str]) -> None:
    assert (identity.mint("x", *one) == identity.mint("x", *other)) == (one == other)


def test_same_words_twice_are_two_rows_and_stable() -> None:
    def ids() -> list[str]:
        rows = identity.Rows("a_1")
        return [
            rows.mint("q", "It is safe."),
            rows.mint("q", " it  is SAFE. "),
            rows.mint("q", "No."),
            rows.mint("m", "No."),
        ]

    assert ids() == ids()
    assert len(set(ids())) == 4
