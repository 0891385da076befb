"""Head: meta elements, links and scripts of a page as they stand, before anything is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pipeline.ingest.html.apart import is_of_comments

#: Characters of one value, and elements of one page, that are looked at.
_MAX_VALUE = 2_000
_MAX_ELEMENTS = 2_000
#: Elements around a time element that are looked at.
_AROUND = 12


@dataclass(slots=True)
class Head:
    """What a page says outside its text. `meta` maps names in lower case to values in order."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    canonical: str | None = None
    scripts: list[str] = field(default_factory=list)  #: of type application/ld+json
    #: (datetime, itemprop and class, text) of time elements, those of comments left out
    times: list[tuple[str, str, str]] = field(default_factory=list)
    published_properties: list[str] = field(default_factory=list)  #: values of itemprop datePublished in the body

    def first(self, *names: str) -> str | None:
        """The first filled value under any of these names, the earlier name first."""
        return next((value for name in names for value in self.meta.get(name, [])), None)


def head_of(tree: Any) -> Head:
    """What a parsed page says outside its text."""
    head = Head()
    for count, element in enumerate(tree.iter("meta", "link", "script", "title", "time")):
        if count >= _MAX_ELEMENTS:
            break
        tag = element.tag
        if tag == "meta":
            _meta(element, head)
        elif tag == "link":
            rel = (element.get("rel") or "").lower().split()
            if "canonical" in rel and head.canonical is None:
                head.canonical = (element.get("href") or "").strip() or None
        elif tag == "script":
            if "ld+json" in (element.get("type") or "").lower() and element.text:
                head.scripts.append(element.text)
        elif tag == "title":
            parent = element.getparent()
            if parent is None or parent.tag in {"head", "html", "body"}:
                head.titles.append(" ".join((element.text or "").split()))
        else:
            _time(element, head)
    return head


def _meta(element: Any, head: Head) -> None:
    value = " ".join((element.get("content") or "")[:_MAX_VALUE].split())
    if not value:
        return
    for key in ("property", "name", "itemprop"):
        name = (element.get(key) or "").strip().lower()
        if name:
            head.meta.setdefault(name, []).append(value)


def _time(element: Any, head: Head) -> None:
    around = islice(element.iterancestors(), _AROUND)
    if any(is_of_comments(f"{one.get('class') or ''} {one.get('id') or ''}") for one in (element, *around)):
        return
    about = [element.get("itemprop") or "", element.get("class") or ""]
    if element.get("pubdate") is not None:
        about.append("published")
    text = " ".join("".join(element.itertext())[:200].split())
    head.times.append(((element.get("datetime") or "").strip()[:100], " ".join(about).lower(), text))
