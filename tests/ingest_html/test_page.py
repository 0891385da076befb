"""A page becomes an article whose characters are those of the page."""

# ruff: noqa: E501 - pages in one line
from __future__ import annotations

import itertools
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.clean import clean
from pipeline.ingest.decode import decode
from pipeline.ingest.html import draft_of_page
from pipeline.ingest.html.align import align, runs_of
from pipeline.ingest.html.visible import dense, visible_text
from pipeline.ingest.records import Article, RawRecord, Reject

LEAD = "The harbour bridge reopened on Monday after nine months of repairs, the city council said."
SECOND = "“We had expected to finish in May,” Mayor Ada Field told reporters &amp; residents at the ceremony."
THIRD = "Engineers replaced some 400 of the cables that hold up the deck, and painted the rest of them."
ITEM = "The toll stays at two crowns for cars until the end of the year, the council decided."


def page(body: str, head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Bridge reopens - The Paper</title>{head}</head><body>"
        f"<nav><ul><li><a href='/'>Home</a></li><li><a href='/s'>Sport</a></li></ul></nav>{body}"
        "<footer><p>Copyright The Paper. All rights reserved by the publisher of this paper.</p></footer></body></html>"
    ).encode()


STORY = (
    f"<article><h1>Bridge <em>re</em>opens after repairs</h1><p class='date'>March 4, 2022</p>\n<p>{LEAD}</p>\n"
    f"<p>{SECOND}</p><h2>Cables and paint</h2>\n<p>{THIRD.replace('400', '<b>400</b>')}</p><ul><li>{ITEM}</li></ul></article>"
)


def article(payload: bytes) -> Article:
    found = clean(RawRecord("page.html", payload, "text/html"))
    assert isinstance(found, Article), found
    return found


def blocks(found: Article) -> list[tuple[str, str]]:
    return [(block.kind, found.text[block.start : block.end]) for block in found.blocks]


@pytest.mark.parametrize("fragment", [LEAD, f"<p>{LEAD}</p>", f"<div>{LEAD}</div>"])
def test_a_fragment_of_one_paragraph_is_an_article(fragment: str) -> None:
    assert blocks(article(fragment.encode())) == [("paragraph", LEAD)]


def test_a_page_drawn_by_scripts_has_its_article_in_json_ld() -> None:
    told = {"@type": "NewsArticle", "headline": "Bridge reopens", "articleBody": f"{LEAD}\n\n<p>{THIRD}</p>\n{SECOND}"}
    head = f"<script type='application/ld+json'>{json.dumps(told)}</script>"
    found = article(page("<h1>Bridge reopens</h1><p>Please turn on JavaScript to read this.</p>", head))
    assert blocks(found) == [
        ("title", "Bridge reopens"),
        ("paragraph", LEAD),
        ("paragraph", THIRD),
        ("paragraph", SECOND.replace("&amp;", "&")),
    ]
    assert any(flag.startswith("unaligned_characters=") for flag in found.flags)
    assert blocks(article(page(STORY, head)))[1] == ("paragraph", LEAD)


def test_blocks_kinds_and_date() -> None:
    found = article(page(STORY))
    assert blocks(found) == [
        ("title", "Bridge reopens after repairs"),
        ("paragraph", LEAD),
        ("paragraph", SECOND.replace("&amp;", "&")),
        ("crosshead", "Cables and paint"),
        ("paragraph", THIRD),
        ("list_item", ITEM),
    ]
    assert found.published_at is not None and found.published_at.date().isoformat() == "2022-03-04"
    assert found.published_evidence == [("visible_date", "March 4, 2022")]


def test_every_copied_character_is_the_pages() -> None:
    payload = page(STORY)
    found = article(payload)
    copied = 0
    for run in found.offsets:
        if run.raw_end > run.raw_start:
            assert payload[run.raw_start : run.raw_end].decode() == found.text[run.start : run.end]
            copied += run.end - run.start
    assert copied > 0.95 * len(found.text)
    covered = sorted(
        [(run.raw_start, run.raw_end) for run in found.offsets if run.raw_end > run.raw_start]
        + [(run.raw_start, run.raw_end) for run in found.removed]
    )
    assert covered[0][0] == 0 and covered[-1][1] == len(payload)
    assert all(one[1] == other[0] for one, other in itertools.pairwise(covered))


def test_a_line_is_not_taken_for_its_double_in_the_menu() -> None:
    payload = page("<ul><li><a href='/b'>Cables and paint</a></li></ul>" + STORY)
    found = article(payload)
    start = found.text.index("Cables and paint")
    run = next(run for run in found.offsets if run.start <= start < run.end and run.raw_end > run.raw_start)
    assert run.raw_start > payload.index(b"<article>")


@pytest.mark.parametrize(
    "clutter",
    [
        "<div class='newsletter-signup'><p>Get the day’s stories in your inbox every morning of the week.</p></div>",
        "<div class='related-posts'><p>Ferry fares rise for the third time in as many years, says the port.</p></div>",
        "<div class='author-bio'><p>Jo Roe is a reporter who covers roads and bridges for this paper.</p></div>",
        "<div id='cookie-banner'><p>We use cookies to improve your experience of our pages and those of others.</p></div>",
    ],
)
def test_what_stands_apart_is_left_out(clutter: str) -> None:
    middle = f"</p>{clutter}<p>"
    found = article(page(STORY.replace("</p><h2>", f"{middle}{ITEM}</p><h2>")))
    assert dense(clutter.split("<p>")[1].split("</p>", maxsplit=1)[0]) not in dense(found.text)
    assert THIRD in found.text


def test_layout_names_do_not_hide_an_article() -> None:
    found = article(page(f"<div class='has-sidebar sidebar-enabled'>{STORY}</div>"))
    assert THIRD in found.text and LEAD in found.text


def test_paragraphs_between_those_taken_are_put_back() -> None:
    inner = "".join(f"<p>{LEAD} Part {number} of it.</p>" for number in range(4))
    lost = "<section><div><div>Divers had found rust on the third pier, the engineer in charge of the works said.</div></div></section>"
    found = article(page(f"<article><h1>Bridge reopens</h1>{inner}{lost}{inner.replace('Part', 'Day')}</article>"))
    assert "Divers had found rust" in found.text


def test_captions_are_notes() -> None:
    figure = "<figure><img src='x'><figcaption>The bridge at dusk, seen from the old town.</figcaption></figure>"
    found = article(page(STORY.replace("<h2>", f"{figure}<h2>")))
    assert "at dusk" not in found.text
    assert any("at dusk" in (text or "") for _, text in found.notes)


def test_a_fragment_of_a_feed_is_a_body() -> None:
    found = article(f"<p>{LEAD}</p><p>{SECOND}</p>".encode())
    assert LEAD in found.text and "reporters & residents" in found.text


def test_words_are_parted_at_breaks_and_not_within() -> None:
    found = article(page(STORY.replace("Engineers", "Engi<wbr>neers").replace("hold up", "hold<br/>up")))
    assert "Engineers replaced" in found.text
    assert "holdup" not in found.text


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "&amp;", "&nbsp;", "&#8217;", "\n", " ", "<!-- x -->", "<br>", "<", "&", "é"]
        )
        | st.text(alphabet="abc dé", max_size=12),
        max_size=30,
    )
)
def test_dense_characters_are_where_they_are_said_to_be(parts: list[str]) -> None:
    seen = visible_text("".join(parts))
    assert len(seen.places) == len(seen.dense)
    assert list(seen.places) == sorted(seen.places)
    for index, place in enumerate(seen.places):
        assert place in seen.entities or seen.source[place] == seen.dense[index]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.text(alphabet="abcde fgh.", min_size=1, max_size=60), min_size=1, max_size=8),
    st.randoms(use_true_random=False),
)
def test_aligned_runs_say_the_text(texts: list[str], random: object) -> None:
    """Whatever is lost or put in between, runs give back the text: copied where found, inserted where not."""
    texts = [" ".join(text.split()) for text in texts]
    seen = visible_text("".join(f"<p>{text.replace(' ', '  <i>')}</p>" for text in texts[::2] + texts))
    places = align(seen, texts)
    for text, place in zip(texts, places, strict=True):
        runs = runs_of(seen, text, place)
        said = "".join(run if isinstance(run, str) else seen.source[run[0] : run[1]] for run in runs)
        assert " ".join(said.split()) == text


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_any_damage_gives_a_draft(noise: bytes, place: int) -> None:
    payload = page(STORY)
    payload = payload[:place] + noise + payload[place:]
    draft, _ = draft_of_page(decode(payload), RawRecord("x.html", payload, "text/html"))
    done = 0
    for piece in draft.edited.pieces:
        assert piece.start >= done or not piece.end > piece.start
        done = max(done, piece.end)
    assert done == len(draft.edited.source)


PARAGRAPH = f"<p>{LEAD}</p>"
HOSTILE = {
    "nested": "<div>" * 20_000 + PARAGRAPH * 5,
    "inline": PARAGRAPH * 5 + "<b>" * 20_000,
    "open tags": PARAGRAPH * 3 + "<a " * 100_000,
    "open quotes": PARAGRAPH * 3 + '<a "' * 100_000,
    "open comments": PARAGRAPH * 3 + "<!--" * 100_000,
    "open elements": PARAGRAPH * 3 + "<svg>" * 30_000 + "<iframe>" * 30_000,
    "references": PARAGRAPH * 3 + "&amp" * 30_000,
    "json": "<script type='application/ld+json'>" + "[" * 200_000 + "</script>" + PARAGRAPH * 5,
    "times": "<h1>Bridge reopens</h1>" + "<time datetime=2020-01-01>" * 30_000 + PARAGRAPH * 5,
    "names": PARAGRAPH + f"<div class='{'share ' * 100_000}'>" + PARAGRAPH * 4,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_in_time(name: str) -> None:
    started = time.process_time()
    clean(RawRecord("x.html", page(HOSTILE[name]), "text/html"))
    assert time.process_time() - started < 10


def test_encoding_named_by_the_page() -> None:
    text = "Мэр заявил в понедельник, что город восстановит мост к концу года."
    for name, codec in (("windows-1251", "cp1251"), ("koi8-r", "koi8-r")):
        source = f"<html><head><meta charset={name}><title>Мост</title></head><body><p>{text}</p></body></html>"
        found = article(source.encode(codec))
        assert (found.raw_encoding, text in found.text, "encoding_guessed" in found.flags) == (codec, True, False)
    japanese = "市長は月曜日に橋を再建すると発表した。市議会は木曜日に採決を行う予定だ。"
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">'
    found = article(f"<html><head>{meta}</head><body><p>{japanese}</p></body></html>".encode("shift_jis"))
    assert japanese in found.text and found.raw_encoding == "cp932"


def test_encoding_named_wrongly_yields_to_the_bytes() -> None:
    sound = page(STORY.replace("Ada", "Zoë"), "<meta charset='iso-8859-1'>")
    assert "Zoë" in article(sound).text
    utf16 = sound.replace(b"iso-8859-1", b"utf-16").decode().encode("cp1252")
    assert "Zoë" in article(utf16).text
    comment = b"<!-- <meta charset=koi8-r> -->" + page(STORY.replace("Ada", "Zoë")).decode().encode("cp1252")
    assert "Zoë" in article(comment).text


@pytest.mark.parametrize(
    "body",
    [
        "<p " + " ".join(f"a{number}='<>'" for number in range(100_000)) + ">One",
        "<p>" + "&eacute;" * 1_000_000,
        "<p>The mayor said that the bridge would be rebuilt.</p>" * 20_000,
        "<b>x" * 500_000,
    ],
    ids=["attributes", "references", "blocks", "tags"],
)
def test_more_markup_than_any_page_has_is_refused_at_once(body: str) -> None:
    began = time.perf_counter()
    found = clean(RawRecord("page.html", page(body), "text/html"))
    assert isinstance(found, Reject) and found.check == "markup" and found.raw_name == "page.html"
    assert time.perf_counter() - began < 10


def test_as_many_attributes_as_real_pages_have_are_read() -> None:
    crowded = "<div " + " ".join(f"data-a{number}='x'" for number in range(200)) + f">{STORY}</div>"
    assert LEAD in article(page(crowded)).text
