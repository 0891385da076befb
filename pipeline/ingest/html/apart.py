"""Apart: the stretches of a page that are of other things than its article: cards of others, comments, asides."""

from __future__ import annotations

import re

from pipeline.ingest.html.visible import Element, VisibleText

#: Elements that make a card where they hold a heading of their own.
_CARDS = frozenset({"li", "article", "tr", "nav"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
#: Names of class or id under which content management systems print readers' comments.
_COMMENT = re.compile(
    r"(?:^|[\s\"'=])(?:comments?|commentlist|comment[-_]{1,2}(?:list|item|body|content|meta|metadata|time|date|thread))"
    r"(?=[\s\"'>]|$)",
    re.I,
)
_NAMED = re.compile(r"\b(?:class|id)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)


def is_of_comments(names: str) -> bool:
    """Whether the classes and id of an element are those of readers' comments."""
    return bool(_COMMENT.search(names))


def apart(page: VisibleText, headline: int, body: tuple[int, int]) -> list[tuple[int, int]]:
    """Dense characters of what stands apart from an article, in order.

    `headline` is where its headline begins, `body` its body: what holds the one or most of the other is its own.
    """
    half = (body[1] - body[0]) // 2
    cards = {
        index
        for heading in page.elements
        if heading.tag in _HEADINGS
        for index in heading.around
        if page.elements[index].tag in _CARDS
    }
    return sorted(
        (one.start, one.end)
        for index, one in enumerate(page.elements)
        if (index in cards or _is_comment(one))
        and not one.start <= headline < one.end
        and min(one.end, body[1]) - max(one.start, body[0]) <= half
    )


def outside(start: int, stop: int, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of the characters from `start` to `stop` outside sorted ranges."""
    left: list[tuple[int, int]] = []
    for first, last in ranges:
        if first >= stop:
            break
        if last <= start:
            continue
        if first > start:
            left.append((start, first))
        start = last
    return [*left, (start, stop)] if start < stop else left


def _is_comment(element: Element) -> bool:
    names = " ".join(one for match in _NAMED.finditer(element.start_tag) for one in match.groups() if one)
    return "comment" in names.lower() and is_of_comments(names)
