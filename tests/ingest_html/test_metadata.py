"""What a page says of itself, and when that is evidence."""

# ruff: noqa: E501 - pages in one line
from __future__ import annotations

import json

import pytest

from pipeline.ingest.decode import decode
from pipeline.ingest.html import draft_of_page
from pipeline.ingest.metadata import Metadata
from pipeline.ingest.records import RawRecord
from tests.ingest_html.test_page import LEAD, STORY, article, page

BARE = STORY.replace("<p class='date'>March 4, 2022</p>", "")


def metadata(body: str = BARE, head: str = "") -> Metadata:
    payload = page(body, head)
    return draft_of_page(decode(payload), RawRecord("x.html", payload, "text/html"))[1]


def linked(**fields: object) -> str:
    value = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def dated(line: str) -> str:
    return STORY.replace("<p class='date'>March 4, 2022</p>", line)


def test_json_ld() -> None:
    found = metadata(
        head=linked(
            headline="Bridge reopens &amp; all",
            datePublished="2022-03-04T09:00:00+01:00",
            dateModified="2022-03-05",
            author=[{"@type": "Person", "name": "Jo Roe"}],
            publisher={"@type": "Organization", "name": "The Paper"},
            url="https://paper.example/bridge",
        )
    )
    assert found.title == "Bridge reopens after repairs"  # as the page prints it
    assert found.published == [("json_ld", "2022-03-04T09:00:00+01:00")]
    assert (found.authors, found.publisher, found.url) == (["Jo Roe"], "The Paper", "https://paper.example/bridge")
    assert found.modified_at == "2022-03-05"


def test_json_ld_in_a_graph_with_references() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "headline": "H", "author": {"@id": "#jo"}, "datePublished": "2022-03-04"},
            {"@type": "Person", "@id": "#jo", "name": "Jo Roe"},
        ]
    }
    found = metadata(head=f'<script type="application/ld+json">{json.dumps(graph)}</script>')
    assert found.authors == ["Jo Roe"]


@pytest.mark.parametrize(
    "script", ["{", "[" * 5000, '{"@type": 5, "author": [[1]]}', '{"@type": "Article", "headline": ["x"]}', "null"]
)
def test_broken_json_ld_is_no_evidence(script: str) -> None:
    found = metadata(head=f'<script type="application/ld+json">{script}</script>')
    assert found.published == [] and found.title == "Bridge reopens after repairs"


def test_meta_elements() -> None:
    found = metadata(
        head="<meta property='article:published_time' content='2022-03-04T09:00:00Z'><meta name='author' content='Jo Roe'>"
        "<meta property='og:site_name' content='The Paper'><link rel='canonical' href='https://paper.example/b'>"
        "<meta name='tdm-reservation' content='1'>"
    )
    assert found.published == [("meta", "2022-03-04T09:00:00Z")]
    assert (found.authors, found.publisher, found.url) == (["Jo Roe"], "The Paper", "https://paper.example/b")
    assert found.tdm_reserved is True


@pytest.mark.parametrize(
    ("line", "evidence"),
    [
        ("<p>By Jo Roe</p><p>4 March 2022</p>", ("visible_date", "4 March 2022")),
        ("<div><span>Published:</span> <span>2022-03-04</span></div>", ("visible_date", "2022-03-04")),
        ("<div><time datetime='2022-03-04T08:00:00Z'>4 Mar</time></div>", ("time_element", "2022-03-04T08:00:00Z")),
    ],
)
def test_dates_beside_the_headline(line: str, evidence: tuple[str, str]) -> None:
    assert metadata(dated(line)).published[0] == evidence


@pytest.mark.parametrize(
    "line",
    [
        "<p>Register until March 4, 2022</p>",
        "<p>Festival: March 4, 2022 – March 9, 2022</p>",
        "<p>03/04/2022</p>",  # March or April
        "",
    ],
)
def test_no_evidence_no_date(line: str) -> None:
    assert metadata(dated(line)).published == []


def test_dates_of_other_articles_and_of_the_text_are_none_of_its_own() -> None:
    others = "".join(f"<li><a href='/{n}'>Story {n}</a> <span>March {n}, 2022</span></li>" for n in range(1, 6))
    text = (
        "<p>The bridge was first closed on June 2, 2021 after a ship had struck its second pier, the council said.</p>"
    )
    assert metadata(f"{BARE.replace('</article>', text + '</article>')}<ul>{others}</ul>").published == []


def test_a_date_of_change_alone_is_flagged() -> None:
    found = metadata(dated("<p>Updated: March 4, 2022</p>"))
    assert "date_of_update" in found.flags
    assert found.modified_at is not None


@pytest.mark.parametrize(
    "line",
    [
        "<span>4 March 2022</span> <span>Updated: 6 March 2022</span>",
        "<p>4 March 2022. <i>Updated: 6 March 2022</i></p>",
    ],
)
@pytest.mark.parametrize("place", ["above the headline", "below it", "at the end of the body"])
def test_a_date_before_a_date_of_change_is_of_publication(line: str, place: str) -> None:
    parts = BARE.partition("<h1>") if place == "above the headline" else BARE.partition("</h1>")
    if place == "at the end of the body":
        parts = BARE.partition("</article>")
    before, tag, after = parts
    body = f"{before}{line}{tag}{after}" if place != "below it" else f"{before}{tag}{line}{after}"
    found = metadata(body)
    assert found.published[0] == ("visible_date", "4 March 2022") and "date_of_update" not in found.flags
    assert found.modified_at == "6 March 2022"


def test_who_reviewed_it_does_not_make_the_date_one_of_review() -> None:
    line = "<p>Reviewed by <a href='/ada'>Ada Field</a></p><p>March 4, 2022<span> · </span>8 min read</p>"
    assert metadata(dated(line)).published == [("visible_date", "March 4, 2022")]


def test_a_list_of_events_does_not_date_its_page() -> None:
    events = "".join(f"<li><div>March 4, 2022</div><h2>Fair {n}</h2><p>In Riverton</p></li>" for n in range(3))
    assert metadata(dated(f"<ul>{events}</ul>")).published == []


def test_the_days_of_a_list_of_events_are_not_taken_for_date_lines() -> None:
    events = "".join(
        f"<li><div>March {day}, 2022</div><h2>Fair of the {day}th</h2><p>{LEAD} Day {day}.</p></li>"
        for day in (4, 5, 6)
    )
    assert article(page(BARE.replace("</h1>", f"</h1><ul>{events}</ul>"))).published_at is None


def test_comments_and_cards_do_not_date_an_article() -> None:
    comment = "<li class='comment'><time pubdate datetime='2022-03-05T10:00:00Z'>March 5</time><p>Good news.</p></li>"
    card = "<article><h3>Other news</h3><p>Published: March 6, 2022</p></article>"
    assert metadata(f"{BARE}<ol class='comment-list'>{comment}</ol>{card}").published == []


def test_an_aside_may_hold_the_articles_own_date() -> None:
    line = "<aside class='meta'><h2>About this article</h2><time datetime='2022-03-04'>4 March</time></aside>"
    assert ("time_element", "2022-03-04") in metadata(dated(line)).published


def test_when_a_page_was_set_up_is_evidence_only_beside_other_evidence() -> None:
    stamp = "2022-03-04T09:00:00+00:00"
    set_up = linked(datePublished=stamp).replace("NewsArticle", "WebPage")
    assert metadata(head=set_up).published == []
    assert metadata(dated("<p>March 4, 2022</p>"), set_up).published[0] == ("json_ld", stamp)
    both = set_up + f"<meta property='article:published_time' content='{stamp}'>"
    assert metadata(head=both).published[0] == ("json_ld", stamp)


def test_a_page_builders_stamp_gives_way() -> None:
    stamp = "2022-06-01T10:00:00.000Z"
    found = metadata(dated("<p>March 4, 2022</p>"), linked(headline="H", datePublished=stamp, dateModified=stamp))
    assert found.published[0] == ("visible_date", "March 4, 2022")


def test_title_without_a_heading_comes_from_the_page_head() -> None:
    body = BARE.replace("<h1>Bridge <em>re</em>opens after repairs</h1>", "")
    assert metadata(body).title == "Bridge reopens"
    assert metadata(body, "<meta property='og:title' content='The bridge is open'>").title == "The bridge is open"


def test_a_sites_name_in_a_heading_is_not_the_title() -> None:
    found = metadata("<h1>The Paper</h1>" + BARE, "<meta property='og:title' content='Bridge reopens after repairs'>")
    assert found.title == "Bridge reopens after repairs"
