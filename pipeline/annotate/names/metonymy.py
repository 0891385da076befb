"""Places that stand for their government: "Moscow accused", "London and Paris agreed"."""

from __future__ import annotations

from pipeline.annotate.names import gazetteer
from pipeline.annotate.names.lexicon import words
from pipeline.annotate.names.spans import Span, surface
from pipeline.annotate.parse import Parse

_METROPOLIS = 500_000


def of(parse: Parse, span: Span) -> str | None:
    """`government` where the place is the subject of what only a government can do; None elsewhere."""
    if span.type != "GPE":
        return None
    index = span.end - 1
    if parse.labels[index] not in {"nsubj", "conj"}:
        return None
    while parse.labels[index] == "conj" and parse.heads[index] != index:
        index = parse.heads[index]
    head = parse.heads[index]
    if parse.labels[index] != "nsubj" or head == index or parse.lemmas[head] not in words("government_verb"):
        return None
    text = surface(parse, span)
    large = gazetteer.is_large_place(text) or gazetteer.largest_population(text) >= _METROPOLIS
    return "government" if large else None
