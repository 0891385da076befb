"""Feeds: RSS 0.9 to 2.0 and Atom (RFC 4287) files that carry the articles themselves."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import urljoin

from pipeline.ingest.bounds import MAX_PAYLOAD
from pipeline.ingest.formats.named import Numbered
from pipeline.ingest.names import record
from pipeline.ingest.records import Given, RawRecord, Reject
from pipeline.ingest.refusal import Refused
from pipeline.ingest.streams import UntilBroken

_ATOM = "http://www.w3.org/2005/Atom"
_ROOTS = {"rss", "feed", "RDF"}
_ENTRIES = {"item", "entry"}
#: Elements that hold an article, the fullest first.
_BODIES = ("encoded", "content", "description", "summary")


def read_feed(stream: io.BufferedReader, raw_name: str) -> Iterator[RawRecord | Reject]:
    """Every item of a feed, its content as a fragment of HTML.

    Raises:
        Refused: it is no feed, not well-formed from some place on, declares entities, or breaks off; items before
            that place have been given.
    """
    from lxml import etree

    while stream.peek(1)[:1].isspace():  # parsers want the XML declaration first; many feeds do not have it there
        stream.read(1)
    source = UntilBroken(stream)
    number, publisher, inside = 0, None, 0
    events = etree.iterparse(
        Numbered(source),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for event, element in events:
            name = _local(element)
            if event == "start":
                if element.getparent() is None:
                    _check_root(element, name)
                inside += name in _ENTRIES
                continue
            if name in _ENTRIES:
                inside -= 1
            if inside:
                continue
            if name in _ENTRIES:
                number += 1
                try:
                    yield _record(element, raw_name, number, publisher)
                except Refused as refused:
                    yield Reject(refused.check, refused.reason, record(raw_name, number))
            elif name == "title" and publisher is None:
                publisher = _text(element)
            if element.getparent() is not None and name not in {"channel"}:
                _forget(element)
    except etree.XMLSyntaxError as error:
        broken = source.broken or Refused("well_formed", f"not well-formed XML: {_one_line(error.msg)}")
        raise Refused(broken.check, f"behind item {number}: {broken.reason}") from None
    if source.broken is not None:
        raise Refused(source.broken.check, f"behind item {number}: {source.broken.reason}")


def _check_root(root: Any, name: str) -> None:
    if name not in _ROOTS:
        raise Refused("media_type", f"it is XML with root {name}, not a feed")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise Refused("entities", "the feed declares entities, which no feed needs and bombs are made of")


def _one_line(message: str) -> str:
    """A parser's message without what it quotes from the feed: a reason is one line of plain words."""
    return message.partition("\n")[0]


def _forget(element: Any) -> None:
    """Free an element that has been read, and those before it."""
    element.clear()
    parent = element.getparent()
    while element.getprevious() is not None:
        del parent[0]


def _record(item: Any, raw_name: str, number: int, publisher: str | None) -> RawRecord:
    parts: dict[str, list[Any]] = {}
    for child in item:
        if isinstance(child.tag, str):
            parts.setdefault(_local(child), []).append(child)
    body = next((_markup(part) for name in _BODIES for part in parts.get(name, []) if _markup(part).strip()), None)
    if body is None:
        raise Refused("text", f"item {number} has no content")
    payload = body.encode("utf-8")
    if len(payload) > MAX_PAYLOAD:
        raise Refused("size", f"item {number} is longer than {MAX_PAYLOAD:,} bytes")
    given = Given(
        "feed",
        url=_link(parts),
        title=_first(parts, "title"),
        publisher=_first(parts, "publisher") or publisher,
        published_at=_first(parts, "pubDate", "published", "date", "issued"),
        modified_at=_first(parts, "updated", "modified"),
        authors=tuple(_authors(parts)),
        licence=_first(parts, "license", "licence"),
        rights=None,
    )
    key = _first(parts, "guid", "id") or number
    return RawRecord(record(raw_name, key), payload, "text/html", given, "utf-8")


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _text(element: Any) -> str | None:
    return " ".join("".join(element.itertext()).split()) or None


def _first(parts: dict[str, list[Any]], *names: str) -> str | None:
    return next((text for name in names for part in parts.get(name, []) if (text := _text(part))), None)


def _markup(element: Any) -> str:
    """The content as HTML: escaped or in CDATA as RSS has it, or by the `type` that Atom gives."""
    kind = element.get("type", "") if element.tag.startswith(f"{{{_ATOM}}}") else "html"
    if kind == "xhtml":
        from lxml import etree

        inner = [etree.tostring(child, encoding="unicode", method="html", with_tail=True) for child in element]
        return (element.text or "") + "".join(inner)
    text = "".join(element.itertext())
    return text if "html" in kind else escape(text, quote=False)


def _link(parts: dict[str, list[Any]]) -> str | None:
    """The item's absolute address: Atom's alternate link, RSS's link, or a guid that is said to be one."""
    for part in parts.get("link", []):
        if part.get("rel", "alternate") == "alternate" and (text := part.get("href") or _text(part)):
            return _absolute(part.base, text)
    for part in parts.get("guid", []):
        if part.get("isPermaLink", "true") == "true" and (text := _text(part)):
            return _absolute(None, text)
    return None


def _absolute(base: str | None, address: str) -> str | None:
    """An address resolved against its `xml:base`; None where that leaves it relative."""
    try:
        found = urljoin(base or "", address)
    except ValueError:
        return None
    return found if found.startswith(("http://", "https://")) else None


def _authors(parts: dict[str, list[Any]]) -> Iterator[str]:
    """Names of creators and authors; RSS's `author` is an address with the name in brackets."""
    for name in ("creator", "author"):
        for part in parts.get(name, []):
            inner = next((child for child in part if _local(child) == "name"), part)
            text = _text(inner) or ""
            if "@" in text:
                text = text.partition("(")[2].rpartition(")")[0]
            if text.strip():
                yield text.strip()
