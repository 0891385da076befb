"""Cut a text into the pieces that the parser sees at once, and keep their offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.annotate import title_case

_LINE = re.compile(r"[^\n]+")
_MARKUP = re.compile(r"</?(?:u|b|i|em|strong|a|span|sup|sub|mark|small)\b[^<>\n]{0,300}>|^#{1,6}[ \t]+", re.IGNORECASE)
_TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]]*$|[\"”»]$")
#: Above this a segment is cut at white space: the parser's memory grows with it.
LONGEST = 20_000
#: A line shorter than this that does not end a sentence may be a headline.
HEADLINE_WORDS = 14
#: Words after which no paragraph ends: articles, prepositions, conjunctions, possessives.
_OPEN_END = frozenset(
    "a an the of in on at by for from with to into onto over under near outside inside between among against "
    "about after before during since until through across toward towards around and or but nor that which who "
    "whose when where while because if than as its his her their our my your is are was were be been has have "
    "had will would could should may might must can not".split()
)


@dataclass(frozen=True, slots=True)
class Segment:
    """What the parser reads (`view`) and where each of its characters stands in the text (`offsets`).

    `opening` is the first word as the text has it, where the view has another in its place.
    """

    view: str
    offsets: list[int]
    opening: str | None = None


def segments(text: str) -> list[Segment]:
    """Cut `text` into segments: a line each, lines joined where the break between them is false.

    Inline tags and Markdown heading marks are left out of the view, so that the parser reads
    "Experts have warned" where the text says "Experts have <u>warned</u>"; and a headline in title case
    keeps the capitals of names alone.
    """
    lines = [match.span() for match in _LINE.finditer(text) if text[match.start() : match.end()].strip()]
    groups: list[list[tuple[int, int]]] = []
    for span in lines:
        if groups and _is_false_break(text, groups[-1], span):
            groups[-1].append(span)
        else:
            groups.append([span])
    pieces = [piece for group in groups for piece in _view(text, group)]
    headlines = [title_case.is_title_case(piece.view) for piece in pieces]
    if not any(headlines):
        return pieces
    body = (piece.view for piece, is_headline in zip(pieces, headlines, strict=True) if not is_headline)
    usage = title_case.usage(body)
    if usage is None:
        return pieces
    return [
        Segment(title_case.lowered(piece.view, usage), piece.offsets) if is_headline else piece
        for piece, is_headline in zip(pieces, headlines, strict=True)
    ]


def _is_false_break(text: str, before: list[tuple[int, int]], after: tuple[int, int]) -> bool:
    """Whether a sentence runs on over the line break between `before` and `after`.

    It does where the line before ends in a word that needs another one after it, or where it is
    longer than a headline, ends no sentence, and the next line starts in lower case.
    """
    previous = text[before[-1][0] : before[-1][1]].rstrip()
    following = text[after[0] : after[1]].lstrip()
    if not previous or not following or _TERMINAL.search(previous) or previous.startswith("#"):
        return False
    words = previous.split()
    if following[0] in "#-*•–—>|" or len(words) < 4:
        return False
    last = words[-1].lower().strip("\"'“”‘’(),")
    is_open = last in _OPEN_END and words[-1][:1].islower() and not words[-1].endswith(")")
    closes = bool(re.search(r"[.!?…][\"'”’»)]*\s*$", following))
    if is_open and len(words) >= 8:
        return closes
    return len(words) > HEADLINE_WORDS and following[0].islower()


def _view(text: str, group: list[tuple[int, int]]) -> list[Segment]:
    characters: list[str] = []
    offsets: list[int] = []
    for start, end in group:
        if characters:
            characters.append(" ")
            offsets.append(start - 1)
        position = start
        line = text[start:end]
        for match in _MARKUP.finditer(line):
            characters.extend(text[position : start + match.start()])
            offsets.extend(range(position, start + match.start()))
            position = start + match.end()
        characters.extend(text[position:end])
        offsets.extend(range(position, end))
    found = []
    view = "".join(characters)
    first = 0
    while first < len(view):
        last = min(len(view), first + LONGEST)
        if last < len(view):
            space = view.rfind(" ", first + LONGEST // 2, last)
            last = space if space > 0 else last
        if view[first:last].strip():
            found.append(Segment(view[first:last], offsets[first:last]))
        first = last
    return found
