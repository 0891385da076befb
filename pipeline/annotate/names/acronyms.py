"""Acronyms that an article explains: what stands in brackets after the words they are short for."""

from __future__ import annotations

from pipeline.annotate.names import gazetteer
from pipeline.annotate.names.spans import Span, surface
from pipeline.annotate.parse import Parse

_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to", "a", "&"})
_LONGEST = 8


def explained(parse: Parse) -> dict[str, str]:
    """Acronym -> the words before its brackets whose initials it is ("artificial light (AL)")."""
    found: dict[str, str] = {}
    for index in range(1, len(parse) - 2):
        word = parse.words[index + 1]
        if parse.words[index] != "(" or parse.words[index + 2] != ")" or not _is_acronym(word):
            continue
        start = _start(parse, index, word.casefold())
        if start is not None:
            found.setdefault(word, parse.slice(start, index))
    return found


def _is_acronym(word: str) -> bool:
    return word.isupper() and word.isalpha() and 2 <= len(word) <= _LONGEST


def _start(parse: Parse, end: int, letters: str) -> int | None:
    """Where the words that end at `end` start to spell `letters` by their initials; small words may be left out."""
    left, index = len(letters), end - 1
    first = parse.segments[parse.segment_of[end]][0]
    while index >= first and left:
        low = parse.lower[index]
        if low[0] == letters[left - 1]:
            left -= 1
        elif low not in _SMALL and low != "-":
            return None
        index -= 1
    return index + 1 if not left else None


def redefine(parse: Parse, spans: list[Span]) -> None:
    """Set the type of acronyms that the article explains as something else than the gazetteer knows to OTHER."""
    meanings = explained(parse)
    for span in spans:
        text = surface(parse, span)
        words = meanings.get(text)
        if words is not None and not _agrees(text, words):
            span.type = "OTHER"


def _agrees(text: str, words: str) -> bool:
    rows = {row.id for row in gazetteer.lookup(text)}
    return not rows or bool(rows & {row.id for row in gazetteer.lookup(words)}) or words[:1].isupper()
