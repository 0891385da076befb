"""Where a name starts and ends: without article, title, possessive and punctuation."""

from __future__ import annotations

from pipeline.annotate.names.spans import Span
from pipeline.annotate.parse import Parse

#: Words that stand before a name without being part of it.
_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’", "`s"})
_EDGE = frozenset(".,;:!?\"'“”‘’()[]{}<>|#*_-–—/\\&…`´~=+^$%@")


def trim(parse: Parse, span: Span) -> Span | None:
    """The span without articles, possessives and punctuation at its edges; None where nothing is left."""
    start, end = span.start, span.end
    while start < end and (
        parse.lower[start] in _ARTICLES or all(character in _EDGE for character in parse.words[start])
    ):
        start += 1
    while start < end:
        word = parse.words[end - 1]
        if word in _POSSESSIVES or all(character in _EDGE for character in word):
            end -= 1
        else:
            break
    if start >= end or not any(character.isalpha() for character in parse.slice(start, end)):
        return None
    span.start, span.end = start, end
    return span
