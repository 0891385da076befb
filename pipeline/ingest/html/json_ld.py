"""JSON-LD: what a page says of its article in schema.org's terms."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from pipeline.ingest.surrogates import paired

#: Characters of one script, objects of one page, and depth that are looked at.
_MAX_SCRIPT = 2**20
_MAX_OBJECTS = 2_000
_MAX_DEPTH = 12
_ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "LiveBlogPosting", "Posting")
_WRAPPERS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item", "subjectOf")
_PEOPLE = {"Person"}
_SCRIPT_MARKS = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_TAG = re.compile(r"<[^<>]{1,200}>")


@dataclass(slots=True)
class ArticleData:
    """The fields of an article object that are used; texts are unescaped, dates as they stand."""

    headline: str | None = None
    description: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: list[str] = field(default_factory=list)
    publisher: str | None = None
    url: str | None = None
    body: list[str] = field(default_factory=list)  #: paragraphs
    is_of_page: bool = False  #: the page itself is told of, no article on it


def article_data(scripts: list[str], titles: Collection[str] = ()) -> ArticleData:
    """The fullest article object in a page's `application/ld+json` scripts, one with a headline among `titles` first.

    Empty where there is none.
    """
    objects = [one for script in scripts for one in _objects(script)][:_MAX_OBJECTS]
    names = {key: name for one in objects if (key := _string(one.get("@id"))) and (name := _name(one))}
    articles = [one for one in objects if _is_article(one)]
    if not articles:
        dated = [one for one in objects if _string(one.get("datePublished")) and "WebPage" in _types(one)]
        return _data(dated[0], names, of_page=True) if dated else ArticleData()
    best = max(articles, key=lambda one: (_text(one.get("headline")) in titles, len(one)))
    data = _data(best, names)
    for other in articles:
        if other is not best and _text(other.get("headline")) == data.headline:
            more = _data(other, names)
            data.published = data.published or more.published
            data.authors = data.authors or more.authors
    return data


def _objects(script: str) -> Iterator[dict[str, Any]]:
    """The objects of a script, those within lists and wrappers too."""
    if len(script) > _MAX_SCRIPT:
        return
    for text in (script, _SCRIPT_MARKS.sub("", script).strip().rstrip(";")):
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _walk(value, 0)
        return


def _walk(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for one in value[:_MAX_OBJECTS]:
            yield from _walk(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _WRAPPERS:
            if isinstance(value.get(key), dict | list):
                yield from _walk(value[key], depth + 1)
        for key in ("author", "creator", "publisher"):
            if isinstance(value.get(key), dict | list):
                yield from _walk(value[key], depth + 1)


def _types(value: dict[str, Any]) -> list[str]:
    types = value.get("@type")
    return [one for one in (types if isinstance(types, list) else [types]) if isinstance(one, str)]


def _is_article(value: dict[str, Any]) -> bool:
    return any(one.rpartition("/")[2].endswith(_ARTICLE_TYPES) for one in _types(value))


def _data(value: dict[str, Any], names: dict[str, str], of_page: bool = False) -> ArticleData:
    return ArticleData(
        headline=None if of_page else _text(value.get("headline")) or _text(value.get("name")),
        description=_text(value.get("description")),
        published=_string(value.get("datePublished")) or (None if of_page else _string(value.get("dateCreated"))),
        modified=_string(value.get("dateModified")),
        authors=list(_names(value.get("author") or value.get("creator"), names)),
        publisher=next(_names(value.get("publisher"), names), None),
        url=_url(value),
        body=[text for line in (_string(value.get("articleBody")) or "").splitlines() if (text := _text(line))],
        is_of_page=of_page,
    )


def _names(value: Any, names: dict[str, str]) -> Iterator[str]:
    """Names of people and organisations, given as texts, objects or references to objects."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            name = _name(one) or names.get(_string(one.get("@id")) or "")
        else:
            name = _text(one)
        if name:
            yield name


def _name(value: dict[str, Any]) -> str | None:
    name = value.get("name")
    return _text(name[0] if isinstance(name, list) and name else name)


def _url(value: dict[str, Any]) -> str | None:
    page = value.get("mainEntityOfPage")
    if isinstance(page, dict):
        page = page.get("@id") or page.get("url")
    for one in (value.get("url"), page, value.get("@id")):
        text = _string(one)
        if text and text.startswith(("http://", "https://")):
            return text.partition("#")[0]
    return None


def _string(value: Any) -> str | None:
    return paired(value).strip() or None if isinstance(value, str) else None


def _text(value: Any) -> str | None:
    """A text without entities and markup, which many pages escape twice."""
    if not isinstance(value, str):
        return None
    text = unescape(unescape(paired(value)))
    return " ".join(_TAG.sub(" ", text).split()) or None
