"""The head of a text: title, versions of it, subtitle, date lines and bylines."""

from __future__ import annotations

import pytest

from pipeline.ingest.records import Given
from tests.ingest_text.accounting import BODY, cleaned, kinds, removed

FIRST, SECOND = BODY.split("\n\n")
TITLE = "Cracks close both piers of the old harbour"


def test_the_first_short_line_is_the_title():
    article = cleaned(f"{TITLE}\n\n{BODY}")
    assert article.title == TITLE
    assert kinds(article) == ["title", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    "first",
    [
        FIRST,
        "By Ada Quist",
        "“The wall will hold,” the engineer said.",
        "Advertisement",
        "Ada Quist and Bo Larsen",
        "The older wall at low tide. (Ada Quist/Reuters)",
    ],
)
def test_other_first_lines_are_no_title(first: str):
    assert cleaned(f"{first}\n\n{BODY}").title is None


def test_a_single_paragraph_has_no_title():
    article = cleaned("Cracks close both piers of the old harbour until further notice")
    assert article.title is None
    assert kinds(article) == ["paragraph"]


def test_of_two_versions_the_second_is_the_title():
    page_title = "Cracks close both piers of the old harbour The Gazette"
    text = f"{page_title}\n\nCracks: close both piers of the old harbour\n\n{BODY}"
    article = cleaned(text)
    assert article.title == "Cracks: close both piers of the old harbour"
    assert removed(article, text) == [("page_title", page_title)]
    assert "duplicate_title_line" in article.flags


def test_the_same_line_twice_is_one_title():
    text = f"{TITLE}\n\n{TITLE}\n\n{BODY}"
    article = cleaned(text)
    assert article.text == f"{TITLE}\n\n{BODY}"
    assert removed(article, text) == [("duplicate_title", TITLE)]


def test_a_given_title_found_in_the_text_is_copied_from_it():
    article = cleaned(f"{TITLE}\n\n{BODY}", given=Given("record", title=TITLE.replace("old", "OLD")))
    assert article.text == f"{TITLE}\n\n{BODY}"
    assert article.offsets[0].raw_end == len(TITLE)


def test_a_given_title_that_is_not_in_the_text_is_inserted():
    article = cleaned(BODY, given=Given("record", title="Harbour &amp; walls"))
    assert article.text == f"Harbour & walls\n\n{BODY}"
    assert (article.offsets[0].raw_start, article.offsets[0].raw_end) == (0, 0)


def test_a_given_title_below_other_lines_stands_first_once():
    text = f"The two walls were built in different centuries and of different stone\n\n{TITLE}\n\n{BODY}"
    article = cleaned(text, given=Given("record", title=TITLE))
    assert article.text.count(TITLE) == 1
    assert article.text.startswith(TITLE)
    assert removed(article, text) == [("duplicate_title", TITLE)]


def test_a_deck_is_told_by_the_paragraph_that_repeats_it():
    deck = "Engineers found cracks in the older wall of the harbour. Both piers closed on Tuesday."
    article = cleaned(f"{TITLE}\n\n{deck}\n\n{BODY}")
    assert article.subtitle == deck
    assert kinds(article)[:3] == ["title", "subtitle", "paragraph"]


def test_a_first_paragraph_is_no_subtitle():
    assert cleaned(f"{TITLE}\n\n{BODY}").subtitle is None


def test_date_line_and_byline_are_read_and_taken_out():
    text = f"{TITLE}\n\nBy Ada Quist and Bo Larsen, Reuters\n\nPublished: March 5, 2021 at 10:30 a.m. ET\n\n{BODY}"
    article = cleaned(text)
    assert article.text == f"{TITLE}\n\n{BODY}"
    assert article.authors == ["Ada Quist", "Bo Larsen"]
    assert article.agencies == [("Reuters", "whole")]
    assert str(article.published_at) == "2021-03-05 00:00:00+00:00"
    assert article.published_precision == "day"
    assert [kind for kind, _ in article.published_evidence] == ["visible_date"]
    assert [kind for kind, _ in removed(article, text)] == ["byline", "dateline_date"]


def test_a_date_of_change_is_no_date_of_publication():
    article = cleaned(f"{TITLE}\n\nUpdated: March 6, 2021\n\n{BODY}")
    assert article.published_at is None
    assert str(article.modified_at) == "2021-03-06 00:00:00+00:00"


def test_the_days_of_a_timeline_stay():
    days = "\n\n".join(f"March {day}, 2014\n\n{FIRST}" for day in (3, 4, 7))
    article = cleaned(f"{TITLE}\n\n{days}")
    assert article.published_at is None
    assert "March 4, 2014" in article.text


def test_a_sentence_with_a_date_is_no_date_line():
    text = f"On March 5, 2021 the wall cracked.\n\n{BODY}"
    article = cleaned(text)
    assert article.text == text
    assert article.published_at is None


def test_markdown_heading_is_the_title_and_later_ones_crossheads():
    text = f"# {TITLE}\n\n{FIRST}\n\n## What comes next\n\n{SECOND}"
    article = cleaned(text, "text/markdown")
    assert article.title == TITLE
    assert kinds(article) == ["title", "paragraph", "crosshead", "paragraph"]
    assert [kind for kind, _ in removed(article, text)] == ["markdown_heading_marker"] * 2


def test_front_matter_is_read():
    text = f"---\ntitle: {TITLE}\nauthor: [Ada Quist, Bo Larsen]\ndate: 2021-03-05\nurl: https://h.example/a\n---\n\n{BODY}"
    article = cleaned(text, "text/markdown")
    assert article.text == f"{TITLE}\n\n{BODY}"
    assert article.authors == ["Ada Quist", "Bo Larsen"]
    assert article.published_evidence == [("meta", "2021-03-05")]
    assert article.url == "https://h.example/a"


def test_the_title_given_beside_a_page_goes_before_its_own():
    body = f"<article><h1>Piers are shut</h1>{_paragraphs()}</article>"
    page = f"<html><head><title>Harbour</title></head><body>{body}</body></html>"
    article = cleaned(page, "text/html", Given("feed", title=TITLE))
    assert article.text == f"{TITLE}\n\n{BODY}"
    assert article.title == TITLE


def _paragraphs() -> str:
    return "".join(f"<p>{part}</p>" for part in BODY.split("\n\n"))
