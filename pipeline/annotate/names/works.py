"""Titles of works by their form: in quotation marks, or filling a line with their year."""

from __future__ import annotations

import re

from pipeline.annotate.names.lexicon import words
from pipeline.annotate.names.spans import Span
from pipeline.annotate.parse import Parse

OPENING, CLOSING = frozenset('"“‘«') | {"``"}, frozenset('"”’»') | {"''"}
_YEAR = re.compile(r"(?:1[89]|20)\d\d$")
_LONGEST_TITLE = 10


def titles(parse: Parse) -> list[Span]:
    """Titles of works in quotation marks: several words, each with a capital, articles and prepositions apart."""
    found = []
    opened: int | None = None
    for index, word in enumerate(parse.words):
        if opened is not None and word in CLOSING and index > opened + 1:
            if _is_title(parse, opened + 1, index):
                found.append(Span(opened + 1, index, "WORK", "pattern"))
                opened = None
            else:
                opened = index if word in OPENING else None
        elif word in OPENING:
            opened = index
        elif opened is not None and index - opened > _LONGEST_TITLE:
            opened = None
    return found


def filmography(parse: Parse) -> list[Span]:
    """Titles of works that fill a line with their year: "The Lantern (1961)"."""
    found = []
    for first, last in parse.segments:
        if 4 <= last - first <= _LONGEST_TITLE + 3 and parse.words[last - 1] == ")" and parse.words[last - 3] == "(":
            named = parse.words[first].istitle() and _is_capitalised(parse, first, last - 3)
            if named and _YEAR.match(parse.words[last - 2]):
                found.append(Span(first, last - 3, "WORK", "pattern"))
    return found


def _is_title(parse: Parse, start: int, end: int) -> bool:
    if parse.segment_of[start] != parse.segment_of[end - 1] or end - start < 2:
        return False
    if not (parse.words[start][0].isupper() or parse.words[start][0].isdigit()) or parse.words[end - 1] in ",.":
        return False
    named = sum(parse.words[index][0].isupper() for index in range(start, end))
    return named >= 2 and _is_capitalised(parse, start, end)


def _is_capitalised(parse: Parse, start: int, end: int) -> bool:
    """Whether every word but small ones has a capital."""
    return not any(
        word[0].isalpha() and not word[0].isupper() and low not in words("title_small")
        for word, low in zip(parse.words[start:end], parse.lower[start:end], strict=True)
    )
