"""Blocks: the page's own blocks of text, chosen by what the extractor took, with what it missed put back.

An extractor tells where the article is; the page's markup tells where its blocks begin and end. Text is added only
inside the element that holds the article, and only where it looks like the text around it; text is taken out where
its element says that it is something else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.ingest.html.visible import Element, Segment, VisibleText

#: Share of a segment that the extractor must have taken for it to count as taken.
_TAKEN = 0.5
#: Share of the taken text that the element holding the article must hold.
_MOST = 0.9
#: Share of a text that may stand in links.
_LINKED = 0.4
#: Dense characters of a paragraph that is put back by itself.
_PARAGRAPH = 60
#: Share of a page's paragraphs that the element holding the article must hold where no extractor found it.
_MAIN = 0.7
#: Share of letters in prose without its white space.
_LETTERS = 0.6
#: Elements that hold no article text.
_APART = frozenset({"nav", "footer", "aside", "form", "button", "figcaption", "menu", "dialog", "option", "header"})
#: Words in the names of elements that hold none.
_NAMED = re.compile(
    r"(?<![a-z])(?:share|sharing|social|related|recommend\w*|promo\w*|newsletter|subscri\w*|sign-?up|sidebar|"
    r"breadcrumbs?|comments?|cookies?|consent|banner|advert\w*|ads?|sponsor\w*|author-?(?:bio|box|info|card|about)|bio|"
    r"byline|tags?|toc|table-of-contents|pagination|pager|nav\w*|menu|footer|popup|modal|cta|caption|credits?|copyright|"
    r"disclaimer|more-(?:from|stories|posts|articles)|read-?(?:more|next)|teaser|widget|login|print-only|hidden|sr-only|"
    r"screen-reader\w*|visually-hidden|metadata|post-meta|entry-meta|feedback|rating|reactions?)(?![a-z])",
    re.I,
)
#: Words in the names of elements whose text is left out even where the extractor took it.
_DROPPED = re.compile(
    r"(?<![a-z])(?:cta|disclaimer|bio|modal|promo(?:tion|ted)?|newsletter|sign-?up|cookies?|author-?(?:box|bio|card)|"
    r"breadcrumbs?|pagination|pager|copyright|popup|banner|advert\w*|subscri\w+|byline|nav(?:bar|igation)?|menu|sidebar|"
    r"read-?more|tags?|footer|related-?(?:posts|articles|stories|content|links)|share-?(?:buttons?|bar|links|tools)|"
    r"sr-only|visually-hidden|screen-reader-text)(?![a-z])",
    re.I,
)
_CAPTIONS = re.compile(r"(?<![a-z])caption(?![a-z])", re.I)
_NAMES = re.compile(
    r"\s(?:(class)|id|role|itemprop|aria-label)\s*=\s*(?:\"([^\"]{1,500})\"|'([^']{1,500})'|([^\s\"'>]{1,100}))", re.I
)
#: Names that say how an element is laid out and not what it is ("has-sidebar"), and ids made of a heading's words.
_LAYOUT = re.compile(
    r"(?:^|[-_])(?:has|with|no|without|enabled|disabled|true|false|above|below|before|after)(?:[-_]|$)", re.I
)
_MAX_NAME = 45
_DROPPED_TAGS = frozenset({"nav", "footer", "form", "button", "dialog"})
#: Share of the taken text that an element to be dropped may hold at most.
_SMALL = 0.25
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ITEMS = frozenset({"li", "dt", "dd"})


@dataclass(frozen=True, slots=True)
class PageSegment:
    """A segment of the page with what is known of it: kind, whether it was taken, stands apart, and its links."""

    segment: Segment
    kind: str
    is_taken: bool
    is_touched: bool
    is_apart: bool
    is_dropped: bool
    linked: float

    @property
    def size(self) -> int:
        """Dense characters."""
        return self.segment.end - self.segment.start


def segments_of(page: VisibleText, taken: bytearray) -> list[PageSegment]:
    """The page's segments; `taken` has a 1 for every dense character that the extractor took."""
    apart = [
        _is_apart(page, index) and 2 * taken.count(1, element.start, element.end) < element.end - element.start
        for index, element in enumerate(page.elements)
    ]
    total = taken.count(1)
    dropped = [_is_dropped(element) and element.end - element.start <= _SMALL * total for element in page.elements]
    linked = bytearray(len(page.dense))
    for start, end in page.linked:
        linked[start:end] = b"\x01" * (end - start)
    found = []
    for segment in page.segments:
        size = segment.end - segment.start
        around = _chain(page, segment.element)
        found.append(
            PageSegment(
                segment,
                _kind(page, around),
                taken.count(1, segment.start, segment.end) >= _TAKEN * size,
                taken.find(1, segment.start, segment.end) >= 0,
                any(apart[index] for index in around),
                any(dropped[index] for index in around),
                linked.count(1, segment.start, segment.end) / size,
            )
        )
    return found


def _chain(page: VisibleText, index: int) -> tuple[int, ...]:
    """The element and those around it, outermost first."""
    return (*page.elements[index].around, index) if index >= 0 else ()


def _is_apart(page: VisibleText, index: int) -> bool:
    element = page.elements[index]
    return element.tag in _APART or _is_named(element.tag, element.start_tag, _NAMED)


def _is_dropped(element: Element) -> bool:
    return element.tag in _DROPPED_TAGS or _is_named(element.tag, element.start_tag, _DROPPED)


def _is_caption(element: Element) -> bool:
    return _is_named(element.tag, element.start_tag, _CAPTIONS)


@lru_cache(maxsize=8192)
def _is_named(tag: str, start_tag: str, words: re.Pattern[str]) -> bool:
    """Whether one of an element's names has one of these words; headings are named by what they say."""
    return tag not in _HEADINGS and any(words.search(name) for name in _names(start_tag))


def _names(start_tag: str) -> Iterator[str]:
    for match in _NAMES.finditer(start_tag):
        for name in (match[2] or match[3] or match[4]).split():
            if len(name) <= _MAX_NAME and _LAYOUT.search(name) is None and (match[1] or name.count("-") <= 3):
                yield name


def _kind(page: VisibleText, around: Sequence[int]) -> str:
    tags = [page.elements[index].tag for index in around[-3:]]
    if "figcaption" in tags or any(_is_caption(page.elements[index]) for index in around[-2:]):
        return "caption"
    if any(tag in _HEADINGS for tag in tags):
        return "crosshead"
    return "list_item" if any(tag in _ITEMS for tag in tags[-2:]) else "paragraph"


def home(page: VisibleText, segments: Sequence[PageSegment]) -> int:
    """The innermost element that holds nearly all that was taken; -1 for the page."""
    total = sum(one.size for one in segments if one.is_taken)
    held: Counter[int] = Counter()
    for one in segments:
        if one.is_taken:
            for index in _chain(page, one.segment.element):
                held[index] += one.size
    good = [index for index, size in held.items() if size >= _MOST * total]
    return max(good, key=lambda index: len(page.elements[index].around), default=-1)


def missed(page: VisibleText, segments: Sequence[PageSegment], headline_end: int) -> list[PageSegment]:
    """Segments that belong to the article though the extractor did not take them.

    They stand inside the element that holds it, not apart, between the headline and the last segment taken, and are
    paragraphs, or headings and items beside such as were taken.
    """
    taken = [one for one in segments if one.is_taken]
    if not taken:
        return []
    where = home(page, segments)
    start = page.elements[where].start if where >= 0 else 0
    start = max(start, headline_end)
    last = taken[-1].segment.end
    parents = Counter(_parent(page, one) for one in taken)
    found = []
    for one in segments:
        if one.is_touched or one.segment.start < start or one.segment.end > last or one.linked > _LINKED:
            continue
        if one.kind == "caption":
            found.append(one)
            continue
        if one.is_apart or one.is_dropped or not _is_prose(page.dense[one.segment.start : one.segment.end]):
            continue
        if one.size >= _PARAGRAPH or parents[_parent(page, one)] >= 2:
            found.append(one)
    return found


def _is_prose(text: str) -> bool:
    """Whether a text is made of letters, as code and data are not."""
    return sum(map(str.isalpha, text)) >= _LETTERS * len(text) and '":' not in text


def _parent(page: VisibleText, one: PageSegment) -> int:
    chain = _chain(page, one.segment.element)
    return chain[-2] if len(chain) > 1 else -1


def taken_of(size: int, ranges: Iterable[Sequence[int]]) -> bytearray:
    """A 1 for each dense character among the indices of aligned blocks."""
    taken = bytearray(size)
    for indices in ranges:
        if isinstance(indices, range):
            taken[indices.start : indices.stop] = b"\x01" * len(indices)
            continue
        for index in indices:
            if index >= 0:
                taken[index] = 1
    return taken


def share_taken(segments: Sequence[PageSegment]) -> float:
    """How much of the page's prose the extractor took."""
    taken = sum(one.size for one in segments if one.is_taken)
    left = sum(one.size for one in segments if not one.is_taken and _is_plain(one) and one.size >= _PARAGRAPH)
    return taken / max(1, taken + left)


def _is_plain(one: PageSegment) -> bool:
    return not one.is_apart and not one.is_dropped and one.linked <= _LINKED


def prose(page: VisibleText, segments: Sequence[PageSegment], headline_end: int) -> list[PageSegment]:
    """The article by the page's own blocks: the innermost element with most of its paragraphs, and what is in it."""
    paragraphs = [one for one in segments if _is_plain(one) and one.size >= _PARAGRAPH and one.kind != "caption"]
    paragraphs = [one for one in paragraphs if _is_prose(page.dense[one.segment.start : one.segment.end])]
    total = sum(one.size for one in paragraphs)
    held: Counter[int] = Counter()
    for one in paragraphs:
        for index in _chain(page, one.segment.element):
            held[index] += one.size
    good = [index for index, size in held.items() if size >= _MAIN * total]
    where = max(good, key=lambda index: len(page.elements[index].around), default=-1)
    inside = [one for one in paragraphs if where < 0 or where in _chain(page, one.segment.element)]
    inside = [one for one in inside if one.segment.start >= headline_end] or inside
    if not inside:
        return []
    first, last = inside[0].segment.start, inside[-1].segment.end
    return [one for one in segments if _is_plain(one) and first <= one.segment.start and one.segment.end <= last]
