"""Page metadata: title, authors, publisher, address and dates that a page gives, each with its evidence."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from pipeline.ingest.dates import parse
from pipeline.ingest.html.head import Head
from pipeline.ingest.html.json_ld import ArticleData
from pipeline.ingest.html.visible_dates import VisibleDate
from pipeline.ingest.publisher import date_in_path

_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "publishdate", "publish_date", "publish-date", "publication_date", "published",
    "published_time", "published-date", "pubdate", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
    "dc.date.created", "dcterms.created", "citation_publication_date", "citation_online_date", "citation_date",
    "date", "rnews:datepublished", "cxenseparse:recs:publishtime", "article.published", "bt:pubdate", "created",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dc.date.modified",
    "dcterms.modified", "lastmod", "article.updated", "revised",
)  # fmt: skip
_SITE = ("og:site_name", "application-name", "dc.publisher", "publisher", "citation_journal_title", "al:ios:app_name")
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "citation_author", "byl")
#: ISO 8601, as schema.org and Open Graph ask for; dates in words come from page builders' templates, which often
#: fill in the day on which the page was built.
_ISO = re.compile(r"(?:19|20)\d\d-[01]\d")


_NAME = re.compile(r"publi(?:sh|cation)\w*[-_.: ]?(?:date|time|on|at)|(?:date|time)[-_.: ]?publi(?:sh|cation)", re.I)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+", re.I)
_QUOTE = r"(?:\\\\{0,3}\"|&quot;)"
_STATE = re.compile(
    rf"{_QUOTE}datePublished{_QUOTE}\s{{0,3}}:\s{{0,3}}{_QUOTE}((?:19|20)\d\d-[01]\d-[0-3][\d:.TZ+-]{{1,24}})"
)
_CHANGED = re.compile("modif|updat|revis")
_DAY = timedelta(days=1)


def published_of(head: Head, data: ArticleData, visible: list[VisibleDate], url: str | None) -> list[tuple[str, str]]:
    """The evidence for the day of publication, strongest first; values that are no dates are left out."""
    told = [("json_ld", data.published or "")]
    told.extend(("meta", value) for name in _PUBLISHED for value in head.meta.get(name, [])[:1])
    told.extend(("meta", values[0]) for name, values in head.meta.items() if _NAME.search(name))
    # Time stamps are written by the publisher's system; dates in words often by a page builder, on the day it ran.
    ranked = [one for one in told if _ISO.match(one[1])]
    updated = {one.text for one in visible if one.label == "updated"}
    ranked.extend(
        ("time_element", value or text)
        for value, about, text in head.times
        if "publish" in about and not _CHANGED.search(about) and value not in updated
    )
    for kind in ("published", ""):
        ranked.extend((one.kind, one.text) for one in visible if one.label == kind)
    ranked.extend(one for one in told if not _ISO.match(one[1]))
    path = date_in_path(url) if url else None
    if path:
        ranked.append(("url_path", path))
    found: list[tuple[str, str]] = []
    for kind, text in ranked:
        text = text if parse(text) is not None else _WEEKDAY.sub("", text)
        if (kind, text) not in found and parse(text) is not None:
            found.append((kind, text))
    if [kind for kind, _ in found] == ["json_ld"]:  # nothing else on the page bears it out
        if data.is_of_page:
            return []  # the day on which a page was set up, which content management systems note for all of theirs
        if not _ISO.match(found[0][1]) and data.published == data.modified:
            return []  # the page builder's day
    return _without_stamp(found, data)


def date_in_state(source: str) -> list[tuple[str, str]]:
    """The day of publication in the data that a page's scripts carry, if there is one and no other.

    Pages drawn by scripts have the fields of their JSON-LD in an attribute or a string, with quotation marks escaped.
    """
    values = dict.fromkeys(match[1] for match in _STATE.finditer(source))
    days = {moment.at.date() for value in values if (moment := parse(value)) is not None}
    return [("json_ld", value) for value in values if parse(value) is not None][:1] if len(days) == 1 else []


def _without_stamp(found: list[tuple[str, str]], data: ArticleData) -> list[tuple[str, str]]:
    """The evidence, a JSON-LD date last that is the very moment of the last change while others are days earlier."""
    if len(found) > 1 and found[0] == ("json_ld", data.published) and data.published == data.modified:
        stamp = parse(found[0][1])
        others = [other for _, text in found[1:] if (other := parse(text)) is not None]
        if stamp is not None and stamp.precision != "day" and all(other.at < stamp.at - _DAY for other in others):
            return [*found[1:], found[0]]
    return found


def modified_of(head: Head, data: ArticleData, visible: list[VisibleDate]) -> str | None:
    """When the page says that it was last changed."""
    told = [data.modified, head.first(*_MODIFIED), *(one.text for one in visible if one.label == "updated")]
    return next((one for one in told if one and parse(one) is not None), None)


def url_of(head: Head, data: ArticleData, given: str | None) -> str | None:
    """The page's canonical address: what it names itself, made absolute where the given address allows."""
    for one in (head.canonical, head.first("og:url"), data.url):
        if not one:
            continue
        try:
            address = urljoin(given or "", one)
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname:
            return address
    return None


def authors_of(head: Head, data: ArticleData) -> list[str]:
    """Names of authors, people and organisations alike; addresses of profiles are none."""
    names = data.authors or [one for name in _AUTHORS for one in head.meta.get(name, [])]
    kept = [name for name in names if "://" not in name and not name.startswith(("@", "www."))]
    return [name for number, name in enumerate(kept) if name not in kept[:number]]


def publisher_of(head: Head, data: ArticleData) -> str | None:
    """The publisher's name: JSON-LD's, else the site's."""
    return data.publisher or next((one for one in [head.first(*_SITE)] if one and "://" not in one), None)


def reserved(head: Head) -> bool | None:
    """The TDM Reservation Protocol's meta element: 1 reserved, 0 not."""
    return {"1": True, "0": False}.get(head.first("tdm-reservation") or "")
