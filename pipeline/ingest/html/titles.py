"""Titles: the headline as the page prints it, chosen among headings and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.ingest.html.head import Head
from pipeline.ingest.html.json_ld import ArticleData
from pipeline.ingest.html.visible import Element, VisibleText, dense, page_text

#: Dense characters that a headline has at least and at most.
_MIN = 4
_MAX = 400
_MAX_HEADINGS = 50
#: Share of a heading's or title's trigrams that the other must have.
_LIKE = 0.3
_NOT_LETTERS = re.compile(r"[\W_]+")
#: What parts the headline from the site's name in a page's title.
_SITE_MARK = re.compile(r"\s+[|–—\-·•»:]\s+|\s*\|\s*")


@dataclass(frozen=True, slots=True)
class Title:
    """A headline and its dense characters in the page; `start` is -1 where the page does not print it."""

    text: str
    start: int
    end: int


def title_of(page: VisibleText, head: Head, data: ArticleData, body_start: int) -> Title | None:
    """The headline: the top heading that agrees with what the page says, else what it says.

    `body_start`: the first dense character of the body, or -1.
    """
    told = [
        one for one in (data.headline, head.first("og:title"), head.first("twitter:title"), *head.titles[:1]) if one
    ]
    headings = [one for one in page.elements if one.tag == "h1" and _MIN <= one.end - one.start <= _MAX]
    best = _best(page, headings, told, body_start)
    if best is not None:
        return Title(page_text(page, best.start, best.end), best.start, best.end)
    named = [one for one in (data.headline, head.first("og:title"), head.first("twitter:title")) if one]
    if named:
        return _placed(page, named[0], body_start)
    if told:
        parts = [part for part in _SITE_MARK.split(told[0]) if part]
        return _placed(page, max(parts, key=len) if parts else told[0], body_start)
    return None


def _best(page: VisibleText, headings: list[Element], told: list[str], body_start: int) -> Element | None:
    """The heading of level 1 that has most letters in common with a title told; the first where none is told."""
    if not headings:
        return None
    keys = [set(_trigrams(_key(text))) for text in told]
    scored = []
    for number, heading in enumerate(headings[:_MAX_HEADINGS]):
        own = set(_trigrams(_key(page.dense[heading.start : heading.end])))
        if own:
            likeness = max((2 * len(own & key) / (len(own) + len(key)) for key in keys), default=1.0)
            within = max((len(own & key) / max(1, min(len(own), len(key))) for key in keys), default=1.0)
            scored.append((round(likeness, 3), -number, within, heading))
    if not scored:
        return None
    _, _, within, heading = max(scored, key=lambda one: one[:2])
    return heading if within >= _LIKE or len(headings) == 1 else None


def _trigrams(key: str) -> Iterator[str]:
    return (key[place : place + 3] for place in range(max(1, len(key) - 2)) if key)


def _key(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()


def _placed(page: VisibleText, text: str, body_start: int) -> Title:
    """A title with the place where the page prints it: the last one before the body."""
    key = dense(text)
    place = page.dense.rfind(key, 0, body_start + len(key) if body_start >= 0 else len(page.dense)) if key else -1
    return Title(text, place, place + len(key) if place >= 0 else -1)
