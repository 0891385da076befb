"""Dates, evidence, authors, publisher, language: only what is known, and only as exactly as it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.authors import byline, people
from pipeline.ingest.dates import parse
from pipeline.ingest.language import detect
from pipeline.ingest.published import published
from pipeline.ingest.publisher import date_in_path, publisher_of, web_address
from pipeline.ingest.records import Given
from tests.ingest_text.accounting import BODY, cleaned


@pytest.mark.parametrize(
    ("text", "at", "precision"),
    [
        ("2023-01-20", "2023-01-20T00:00:00", "day"),
        ("2023-01-20T10:11:12Z", "2023-01-20T10:11:12", "second"),
        ("2023-01-20T01:11+02:00", "2023-01-19T23:11:00", "minute"),
        ("2023-01-20T10:11:12", "2023-01-20T00:00:00", "day"),
        ("Fri, 20 Jan 2023 10:30:11 +0000", "2023-01-20T10:30:11", "second"),
        ("January 20th, 2023", "2023-01-20T00:00:00", "day"),
        ("Published: 20 Jan. 2023, 10:30 GMT", "2023-01-20T10:30:00", "minute"),
        ("Jan. 20, 2023, 10:30 a.m. ET", "2023-01-20T00:00:00", "day"),
        ("20.01.2023", "2023-01-20T00:00:00", "day"),
        ("01/20/2023", "2023-01-20T00:00:00", "day"),
        ("2023/jan/20", "2023-01-20T00:00:00", "day"),
        ("2023/january/20", "2023-01-20T00:00:00", "day"),
        ("2023 Jan 20", "2023-01-20T00:00:00", "day"),
        ("January 2023", "2023-01-01T00:00:00", "month"),
    ],
)
def test_dates(text: str, at: str, precision: str):
    moment = parse(text)
    assert moment is not None
    assert (moment.at.isoformat(), moment.precision) == (f"{at}+00:00", precision)


@pytest.mark.parametrize("text", ["01/02/2023", "2023-13-41", "31 February 2023", "yesterday", "7/23/..", "", "2023"])
def test_what_is_no_date_or_two(text: str):
    assert parse(text) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader_of_dates(text: str):
    parse(text)


def test_the_strongest_evidence_gives_the_day_and_any_that_agrees_the_time():
    found = published(
        [("sidecar", "2023-01-20"), ("json_ld", "2023-01-20T09:30:00Z"), ("url_path", "2019/05/01")], None
    )
    assert str(found.at) == "2023-01-20 09:30:00+00:00"
    assert (found.precision, found.flags) == ("second", ["date_conflict"])
    assert [kind for kind, _ in found.evidence] == ["sidecar", "json_ld"]


def test_no_date_is_later_than_the_fetch():
    fetched = datetime(2023, 1, 20, 12, tzinfo=UTC)
    found = published([("meta", "2031-01-01"), ("url_path", "2023/01/20")], fetched)
    assert str(found.at) == "2023-01-20 00:00:00+00:00"
    assert found.flags == ["date_after_fetch"]
    assert published([("meta", "2031-01-01")], fetched).at is None


def test_no_evidence_no_date():
    article = cleaned(BODY)
    assert (article.published_at, article.published_precision, article.published_evidence) == (None, "none", [])
    assert {"no_date", "no_url", "no_publisher", "no_title"} <= set(article.flags)


def test_what_is_given_goes_before_what_the_text_says():
    beside = Given("record", url="https://x.example/2020/02/03/a", publisher="The Gazette", published_at="2020-02-03")
    article = cleaned(f"March 5, 2021\n\n{BODY}", given=beside)
    assert article.publisher == "The Gazette"
    assert article.published_evidence == [("sidecar", "2020-02-03"), ("url_path", "2020/02/03")]
    assert "date_conflict" in article.flags


@pytest.mark.parametrize(
    ("given_names", "expected"),
    [
        (["Ada Quist, Bo Larsen"], ["Ada Quist", "Bo Larsen"]),
        (["Quist, Ada"], []),
        (["ADA QUIST and BO VAN DER LARSEN"], ["Ada Quist"]),
        (["By Ada Quist", "Ada Quist"], ["Ada Quist"]),
        (["Reuters Staff", "Editorial Board", "Email The Author", "https://x.example/a", "AFP"], []),
        (["Ada Quist (Associated Press)"], ["Ada Quist"]),
    ],
)
def test_people_are_told_from_organisations(given_names: list[str], expected: list[str]):
    found = people(given_names)
    assert found[: len(expected)] == expected
    assert all(" " in name and "Staff" not in name for name in found)


def test_what_is_too_long_for_a_name_costs_nothing():
    assert people(["x" * 5_000_000, "Anna Bell"]) == ["Anna Bell"]


@pytest.mark.parametrize(
    "line", ["By the time it was over, nobody cared", "By 2030 it will be gone", "By sea and by air"]
)
def test_a_sentence_is_no_byline(line: str):
    assert byline(line) is None


def test_the_publisher_is_known_by_its_domain():
    assert publisher_of("https://www.themoscowtimes.com/2023/01/20/a") == "The Moscow Times"
    assert publisher_of("https://unknown.example/a") is None
    assert publisher_of("http://[broken") is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://x.example/2023/01/20/walls", "2023/01/20"),
        ("https://x.example/world/2023-01-20/walls", "2023-01-20"),
        ("https://x.example/2023/jan/20/walls", "2023/jan/20"),
        ("https://x.example/2023/january/20/walls", "2023/january/20"),
        ("https://x.example/article-20230120.html", None),
        ("https://x.example/2023/walls", None),
    ],
)
def test_the_day_in_an_address(url: str, day: str | None):
    assert date_in_path(url) == day


def test_language():
    assert detect(BODY)[0] == "en"
    assert detect("Les autorités du port ont fermé les deux jetées mardi après la découverte de fissures.")[0] == "fr"
    assert detect("Власти порта закрыли оба пирса во вторник после обнаружения трещин в стене.")[0] == "ru"
    assert detect("12 34 56") == ("und", None)


@pytest.mark.parametrize(
    ("given_address", "kept"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://example.org", "HTTP://example.org"),
        (" https://example.org/a\u202e\x1b\n", "https://example.org/a"),
        ("example.org:8080/page", "example.org:8080/page"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("\n", None),
    ],
)
def test_an_address_is_one_that_a_reader_can_follow(given_address: str, kept: str | None):
    assert web_address(given_address) == kept
