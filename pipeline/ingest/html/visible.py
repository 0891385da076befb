"""Visible text: the characters of a page that a reader sees, each with its place in the source.

A page is scanned once, in linear time whatever it holds. `dense` has the visible characters without white space and
without invisible ones, because these are what extractors change freely; text is aligned by it (`align`).
"""

from __future__ import annotations

import html
import re
from array import array
from dataclasses import dataclass, field

#: Elements whose content is no text of the page.
_RAW = frozenset({"script", "style", "template", "noscript", "svg", "math", "iframe", "object", "textarea", "select"})
#: Elements that begin and end a block of text.
BLOCK_TAGS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog"}
    | {"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"header", "hr", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary"}
    | {"table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"}
)
_VOID = frozenset({"hr"})  #: of the block elements
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})(?:[^>\"']++|\"[^\"<]*+\"|'[^'<]*+'|[\"'])*+>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});?")
_CLOSING = {name: re.compile(f"</{name}\\s*>", re.I) for name in _RAW}
_NEXT = re.compile(r"[<&]")
#: Characters of a start tag that are kept.
_MAX_START_TAG = 1_000
#: White space, and characters without width.
_SKIPPED = "\\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f"
WORD = re.compile(f"[^{_SKIPPED}]+")
_NOT_DENSE = re.compile(f"[{_SKIPPED}]+")


def dense(text: str) -> str:
    """The characters of a text that alignment looks at."""
    return _NOT_DENSE.sub("", text)


@dataclass(frozen=True, slots=True)
class Element:
    """A block element: its tag, those around it (outermost first), its start tag, and its dense characters."""

    tag: str
    start_tag: str
    around: tuple[int, ...]  #: indices of the elements around it
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """Dense characters that no block element interrupts, and the innermost block element they stand in (or -1)."""

    start: int
    end: int
    element: int


@dataclass(slots=True)
class VisibleText:
    """The visible characters of a page.

    `places[i]` is where dense character `i` begins in the source; `entities` maps where a character reference begins
    to where it ends. `elements` are the block elements in the order they begin, `segments` the text between their
    tags; `linked` are the dense characters of links.
    """

    source: str
    dense: str = ""
    places: array[int] = field(default_factory=lambda: array("I"))
    entities: dict[int, int] = field(default_factory=dict)
    elements: list[Element] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    linked: list[tuple[int, int]] = field(default_factory=list)

    def source_end(self, index: int) -> int:
        """Where dense character `index` ends in the source."""
        place = self.places[index]
        return self.entities.get(place, place + 1)


class _Scanner:
    """One pass over a page."""

    def __init__(self, source: str) -> None:
        self.page = VisibleText(source)
        self.words: list[str] = []
        self.size = 0
        self.open: list[tuple[str, int]] = []  #: tag and index of the element
        self.starts: list[tuple[str, str, tuple[int, ...], int]] = []
        self.ends: dict[int, int] = {}
        self.broken = 0  #: where the current segment begins
        self.link = -1  #: where the open link begins
        self.unclosed: set[str] = set()  #: raw elements that have no end tag from here on

    def text(self, start: int, end: int) -> None:
        """Visible characters without references."""
        for match in WORD.finditer(self.page.source, start, end):
            self.words.append(match[0])
            self.page.places.extend(range(match.start(), match.end()))
            self.size += match.end() - match.start()

    def entity(self, match: re.Match[str]) -> None:
        """A character reference."""
        characters = html.unescape(match[0])
        if characters == match[0]:
            self.text(match.start(), match.end())
            return
        self.page.entities[match.start()] = match.end()
        for word in WORD.findall(characters):
            self.words.append(word)
            self.page.places.extend([match.start()] * len(word))
            self.size += len(word)

    def tag(self, match: re.Match[str]) -> None:
        """A tag: block elements are kept track of."""
        name = match[2].lower()
        if name == "a":
            self.anchor(is_end=bool(match[1]))
        if name not in BLOCK_TAGS and name != "br":
            return
        self.cut()
        if name == "br":
            return
        if match[1]:
            self.close(name)
            return
        if name in {"p", "li", "td", "th", "tr", "option", "dt", "dd"} and self.open and self.open[-1][0] == name:
            self.close(name)  # end tags that may be left out
        self.starts.append((name, match[0][:_MAX_START_TAG], tuple(index for _, index in self.open[-40:]), self.size))
        if name not in _VOID and not match[0].endswith("/>"):
            self.open.append((name, len(self.starts) - 1))
        else:
            self.ends[len(self.starts) - 1] = self.size

    def anchor(self, is_end: bool) -> None:
        """A link begins or ends."""
        if self.link >= 0 and self.size > self.link:
            self.page.linked.append((self.link, self.size))
        self.link = -1 if is_end else self.size

    def cut(self) -> None:
        """A block begins or ends: so does a segment."""
        if self.size > self.broken:
            self.page.segments.append(Segment(self.broken, self.size, self.open[-1][1] if self.open else -1))
            self.broken = self.size

    def close(self, name: str) -> None:
        """End the innermost open element of this name, and those left open in it."""
        depth = next(
            (n for n in range(len(self.open) - 1, max(-1, len(self.open) - 60), -1) if self.open[n][0] == name), -1
        )
        if depth < 0:
            return
        for _, index in self.open[depth:]:
            self.ends[index] = self.size
        del self.open[depth:]

    def finish(self) -> VisibleText:
        """The page as scanned."""
        self.cut()
        page = self.page
        page.dense = "".join(self.words)
        page.elements = [
            Element(name, start_tag, around, start, self.ends.get(index, self.size))
            for index, (name, start_tag, around, start) in enumerate(self.starts)
        ]
        return page


def visible_text(source: str) -> VisibleText:
    """The visible characters and block elements of a page."""
    scanner = _Scanner(source)
    position, size = 0, len(source)
    last_end = source.rfind(">")
    while position < size:
        found = _NEXT.search(source, position)
        if found is None:
            scanner.text(position, size)
            break
        here = found.start()
        scanner.text(position, here)
        if found[0] == "&":
            entity = _ENTITY.match(source, here)
            if entity is None:
                scanner.text(here, here + 1)
                position = here + 1
            else:
                scanner.entity(entity)
                position = entity.end()
        elif here > last_end:
            scanner.text(here, size)
            break
        else:
            position = _markup(scanner, source, here)
    return scanner.finish()


def _markup(scanner: _Scanner, source: str, here: int) -> int:
    """Pass over a comment, declaration, raw element or tag; gives where it ends."""
    if source.startswith("<!--", here):
        end = source.find("-->", here + 4)
        return end + 3 if end >= 0 else len(source)
    if source.startswith(("<!", "<?"), here):
        return source.index(">", here) + 1
    tag = _TAG.match(source, here)
    if tag is None:
        scanner.text(here, here + 1)
        return here + 1
    name = tag[2].lower()
    if name in _RAW and not tag[1] and not tag[0].endswith("/>"):
        closing = None if name in scanner.unclosed else _CLOSING[name].search(source, tag.end())
        if closing is not None:
            return closing.end()
        scanner.unclosed.add(name)  # not looked for again: a page of open tags would take forever
        return len(source) if name in {"script", "style"} else tag.end()
    scanner.tag(tag)
    return tag.end()


_BREAK = re.compile(r"\s|&nbsp;|&#160;|<br\b|</?(?:div|p|h[1-6]|li|td|tr)\b", re.I)
_TAGS = re.compile(r"<!--.*?-->|<[^<>]*>", re.S)


def page_text(page: VisibleText, start: int, end: int) -> str:
    """The text of dense characters, words parted where the source has white space or a break between them."""
    parts: list[str] = []
    index = start
    while index < end:
        stop = index + 1
        place = page.places[index]
        while stop < end and page.places[stop] == place + stop - index and page.places[stop - 1] not in page.entities:
            stop += 1
        parts.append(page.dense[index:stop])
        if stop < end and page.places[stop] != page.places[stop - 1]:
            gap = page.source[page.source_end(stop - 1) : page.places[stop]]
            if gap and _parts(gap):
                parts.append(" ")
        index = stop
    return "".join(parts)


def _parts(gap: str) -> bool:
    """Whether what stands between two characters parts words: white space outside tags, or a break."""
    return bool(_BREAK.search(_TAGS.sub(lambda tag: tag[0] if _BREAK.match(tag[0]) else "", gap)))
