"""Spans that hold more than one name: where they part, and what of them is no name."""

from __future__ import annotations

import itertools

from pipeline.annotate.names.gazetteer import (
    is_country_or_people,
    is_large_or_short,
    is_large_place,
    largest_population,
    lookup,
)
from pipeline.annotate.names.lexicon import given_names, words
from pipeline.annotate.names.spans import Span
from pipeline.annotate.parse import Parse

_DASHES = frozenset({"-", "–", "—", "--"})
#: What stands before the hyphen in "D-Ohio", a politician's party and seat.
_PARTIES = frozenset({"D", "R", "I", "DFL", "Dem", "Rep"})
_TOWN = 5_000
_CITY = 100_000
#: What follows the hyphen in "London-based".
_FROM = frozenset({"based", "born", "backed", "led", "controlled", "listed", "registered", "style", "area", "made"})
#: Types of which two may stand side by side with a comma or a slash between them.
_LISTED = frozenset({"PERSON", "GPE", "LOC", "NORP"})


def pieces(parse: Parse, span: Span) -> list[tuple[int, int]]:
    """Token ranges of the span, cut at brackets, spaced dashes and, between places or persons, commas."""
    office = _office(parse, span)
    if office is not None:
        return office
    person = _person_after_body(parse, span)
    if person is not None:
        return [(span.start, person), (person, span.end)]
    cuts = [index for index in range(span.start + 1, span.end - 1) if _is_cut(parse, span, index)]
    if span.type == "PERSON":
        cuts = sorted({*cuts, *_titles_inside(parse, span)})
    if not cuts:
        return [(span.start, span.end)]
    edges = [span.start - 1, *cuts, span.end]
    return [(left + 1, right) for left, right in itertools.pairwise(edges) if right > left + 1]


def _is_cut(parse: Parse, span: Span, index: int) -> bool:
    """Whether the token at `index`, inside the span, stands between two names."""
    word = parse.words[index]
    if word in "()[]":
        return True
    if word in _DASHES:
        spaced = parse.ends[index - 1] < parse.starts[index] and parse.ends[index] < parse.starts[index + 1]
        seat = parse.words[index - 1] in _PARTIES or parse.lower[index + 1] in _FROM
        return spaced or seat or (span.type in {"GPE", "NORP", "FAC"} and _joins_peoples(parse, index))
    if word in {"/", ";"}:
        return span.type in _LISTED
    if word == ",":
        return (span.type in _LISTED and not _is_suffix(parse, index + 1)) or _is_list(parse, span, index)
    if word in {"and", "&"}:
        return span.type in {"PERSON", "GPE"} and not lookup(parse.slice(span.start, span.end))
    return _parts_place(parse, span, index)


def _office(parse: Parse, span: Span) -> list[tuple[int, int]] | None:
    """What an office such as "Minister of the Interior of Ukraine" names: the body or place it ends in.

    None where the span is no office.
    """
    first = span.start + (parse.lower[span.start] in {"the", "a", "an"})
    if span.type != "ORG" or parse.lower[first] not in words("title") or span.end - first < 3:
        return None
    if parse.lower[first + 1] not in {"of", "for"}:
        return None
    last = max(index for index in range(first, span.end) if parse.lower[index] in {"of", "for"})
    body = not words("organisation").isdisjoint(parse.lower[first + 1 : span.end])
    start = first + 2 if body else last + 1
    if not body and not is_large_place(parse.slice(start, span.end).removeprefix("the ")):
        return []
    return [(start, span.end)]


def _person_after_body(parse: Parse, span: Span) -> int | None:
    """Where a person's name starts in a span that runs on from an organisation's ("Security Council Ann Lee")."""
    if span.type not in {"ORG", "FAC"} or span.end - span.start < 3:
        return None
    start = span.end - 2
    if parse.lower[start] in given_names() and parse.lower[start - 1] in words("organisation") - {"force", "trust"}:
        rest = parse.lower[start : span.end]
        if (
            words("organisation").isdisjoint(rest)
            and words("facility").isdisjoint(rest)
            and words("corporate").isdisjoint(rest)
        ):
            return start
    return None


def _is_list(parse: Parse, span: Span, index: int) -> bool:
    """Whether the comma at `index` stands between two words, two places, or a place and its state."""
    left, right = parse.slice(span.start, index), parse.slice(index + 1, span.end)
    if span.type == "ORG" and (index - span.start, span.end - index) == (1, 2):
        return not _is_suffix(parse, index + 1)
    return is_large_or_short(right) or (largest_population(left) >= _TOWN <= largest_population(right))


def _parts_place(parse: Parse, span: Span, index: int) -> bool:
    """Whether the word at `index` only relates a name to a place ("Kent's Board", "Jones of Waco", "Mill in Hume")."""

    def is_place(start: int, end: int) -> bool:
        text = parse.slice(start, end)
        return end > start and (is_large_place(text) or largest_population(text) >= _TOWN)

    word = parse.lower[index]
    if word in {"'s", "’s"}:
        return span.type in {"ORG", "FAC", "GPE", "LOC"} and is_place(span.start, index)
    if word == "of" and span.type == "ORG":
        return parse.lower[index - 1] in words("corporate") and parse.words[index + 1][0].isupper()
    if word == "of":
        return span.type == "PERSON" and index - span.start > 1 and is_place(index + 1, span.end)
    return word == "in" and span.type in {"ORG", "FAC", "PERSON"} and is_place(index + 1, span.end)


def _titles_inside(parse: Parse, span: Span) -> list[int]:
    """The title words in the middle of a person's name: what stands before them is no part of it."""
    last = max(
        (i for i in range(span.start + 1, span.end - 1) if parse.lower[i] in words("title") - words("title_name")),
        default=-1,
    )
    if last < 0:
        return []
    first = last
    while first > span.start + 1 and parse.lower[first - 1] in words("title") | words("title_modifier"):
        first -= 1
    return list(range(first, last + 1))


def _is_suffix(parse: Parse, index: int) -> bool:
    word = parse.lower[index]
    return word in words("suffix") or word in words("corporate") or (word.count(".") > 1 and len(word) <= 6)


def _joins_peoples(parse: Parse, index: int) -> bool:
    return all(
        is_country_or_people(word) or largest_population(word) >= _CITY
        for word in (parse.words[index - 1], parse.words[index + 1])
    )
