"""Name spans over the tokens of a parse, and how the model's labels map to this project's types."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.annotate.parse import Parse

#: OntoNotes label -> mention type. Labels that are not here are dates, amounts and ordinals: no names.
TYPES = {
    "PERSON": "PERSON",
    "NORP": "NORP",
    "FAC": "FAC",
    "ORG": "ORG",
    "GPE": "GPE",
    "LOC": "LOC",
    "PRODUCT": "PRODUCT",
    "EVENT": "EVENT",
    "WORK_OF_ART": "WORK",
    "LAW": "LAW",
    "LANGUAGE": "NORP",
}


@dataclass(slots=True)
class Span:
    """Tokens `start` to `end` (exclusive) that are a name, with its type and where it was found."""

    start: int
    end: int
    type: str
    source: str = "model"  #: model | gazetteer | pattern | chunk | consistency
    known: str | None = None  #: id of the one knowledge entry it matches


def offsets(parse: Parse, span: Span) -> tuple[int, int]:
    """The characters of a span, a hyphen that its first token starts with left out ("-Russian")."""
    start, end = parse.span(span.start, span.end)
    while start < end - 1 and parse.text[start] in "-–—":
        start += 1
    return start, end


def surface(parse: Parse, span: Span) -> str:
    """The text of a span, as it stands."""
    start, end = offsets(parse, span)
    return parse.text[start:end]


def of_model(parse: Parse) -> list[Span]:
    """The names that the parser's model found, with this project's types."""
    return [Span(name.start, name.end, TYPES[name.label]) for name in parse.names if name.label in TYPES]


def merge(first: list[Span], second: list[Span]) -> list[Span]:
    """The spans of both lists in order, without overlap: the longer wins, at equal length that of `first`."""
    ranked = sorted(
        [(span.start - span.end, 0, span.start, span) for span in first]
        + [(span.start - span.end, 1, span.start, span) for span in second],
        key=lambda item: item[:3],
    )
    taken: set[int] = set()
    found = []
    for _, _, _, span in ranked:
        tokens = range(span.start, span.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            found.append(span)
    return sorted(found, key=lambda span: span.start)


def cover(parse: Parse, spans: list[Span]) -> list[bool]:
    """For each token, whether a span holds it."""
    covered = [False] * len(parse)
    for span in spans:
        for index in range(span.start, span.end):
            covered[index] = True
    return covered
