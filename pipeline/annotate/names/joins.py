"""Pieces that are one name: neighbours, hyphenated parts, "X of Y", years and numerals, titles in quotation marks."""

from __future__ import annotations

import re

from pipeline.annotate.names import gazetteer
from pipeline.annotate.names.chunks import is_common
from pipeline.annotate.names.lexicon import given_names, head_types, words
from pipeline.annotate.names.spans import Span, surface
from pipeline.annotate.names.works import OPENING
from pipeline.annotate.parse import Parse

_HYPHENS = frozenset({"-", "–"})
_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:[-–]\d\d)?$")
_NUMERAL = re.compile(r"(?:X{0,2}(?:IX|IV|V?I{0,3}))$")
#: Types whose words stand side by side with another capitalised word only where both are one name.
_SOLID = frozenset({"PERSON", "ORG", "FAC", "EVENT", "WORK", "PRODUCT", "LAW", "MEDIA", "OTHER"})
_PLACES = frozenset({"GPE", "LOC", "NORP"})
#: Types that may go on with "of ..." or "for ...".
_OPEN = frozenset({"ORG", "FAC", "EVENT", "LAW", "WORK", "OTHER"})
#: Words that end a firm's name after "and".
_PARTNERS = frozenset(
    {"co", "co.", "company", "sons", "partners", "associates", "bros", "bros.", "brothers", "daughters"}
)
_SITES = frozenset({"city", "town", "village", "state", "province", "county"})
_CITY = 500_000


def join(parse: Parse, spans: list[Span]) -> list[Span]:
    """The spans with those joined that are parts of one name, in order."""
    found: list[Span] = []
    for span in spans:
        while found and (gap := _joins(parse, found[-1], span)) is not None:
            span = _joined(parse, found.pop(), span, gap)
        found.append(span)
    for span in found:
        _extend(parse, span)
    return found


def _joins(parse: Parse, left: Span, right: Span) -> str | None:
    """How two spans are parts of one name: side | hyphen | of; None where they are not."""
    if parse.segment_of[left.end - 1] != parse.segment_of[right.start]:
        return None
    between = parse.lower[left.end : right.start]
    if not between:
        return "side" if _side_by_side(parse, left, right) else None
    if between in (["and"], ["&"]) and parse.lower[right.start] in _PARTNERS:
        return "partners"
    if between in (["and"], ["&"]) and _is_second_head(parse, left, right):
        return "of"
    if between == ["["] and left.type in {"PERSON", "OTHER"} and parse.words[right.end : right.end + 1] == ["]"]:
        return "insertion"
    if len(between) == 1 and _is_title_word(parse, left.end):
        return "title"
    if len(between) == 1 and between[0] in {"'s", "’s"} and _is_brand(parse, left, right):
        return "brand"
    if len(between) == 1 and between[0] in _HYPHENS:
        tight = parse.ends[left.end - 1] == parse.starts[left.end] and parse.ends[left.end] == parse.starts[right.start]
        both = all(gazetteer.is_place(surface(parse, s)) or s.type == "NORP" for s in (left, right))
        return "hyphen" if tight and not both else None
    if (
        between == [","]
        and parse.lower[right.start] in {"d.c.", "d.c", "dc"}
        and parse.lower[left.end - 1] == "washington"
    ):
        return "of"
    if left.type in _OPEN and left.source != "gazetteer":
        if between in (["of"], ["of", "the"]) and right.type != "PERSON" and parse.lower[left.start] not in _SITES:
            return "of"
        if between == ["at"] and right.type == "GPE" and "university" in parse.lower[left.start : left.end]:
            return "of"
    return None


def _is_second_head(parse: Parse, left: Span, right: Span) -> bool:
    """Whether one name ends in two heads: "Brookfield Resort and Casino"."""
    if left.type not in {"FAC", "ORG"} or left.end - left.start < 2 or right.end - right.start > 1:
        return False
    heads = head_types()
    return parse.lower[left.end - 1] in heads and heads.get(parse.lower[right.start]) in {"FAC", "ORG"}


def _is_title_word(parse: Parse, index: int) -> bool:
    """Whether a small word is written with a capital where the other small words of its line are not."""
    word = parse.words[index]
    if not word[0].isupper() or parse.lower[index] not in words("title_small") or word.isupper():
        return False
    first, last = parse.segments[parse.segment_of[index]]
    return any(parse.words[other].islower() for other in range(max(first, index - 8), min(last, index + 8)))


def _is_brand(parse: Parse, left: Span, right: Span) -> bool:
    """Whether the possessive is a part of the name ("Harper's Bazaar"): everyday words with capitals follow it."""
    if (
        right.type not in {"OTHER", "ORG", "PRODUCT", "MEDIA"}
        or left.type not in {"ORG", "OTHER", "GPE", "PRODUCT"}
        or left.end - left.start > 1
    ):
        return False
    if gazetteer.is_country_or_people(parse.words[left.start]) or parse.words[left.start].isupper():
        return False
    small = gazetteer.largest_population(parse.words[left.start]) < _CITY
    return small and all(is_common(word) for word in parse.lower[right.start : right.end])


def _side_by_side(parse: Parse, left: Span, right: Span) -> bool:
    if "chunk" not in (left.source, right.source):
        return False
    last = parse.lower[right.end - 1]
    if left.type == "NORP" and right.type == "OTHER" and parse.lower[left.end - 1] in given_names():
        return True
    if left.type in _PLACES and left.source != "chunk":
        return (left.type != "NORP" and last not in words("title")) or last in head_types()
    return left.type in _SOLID and right.type in _SOLID | _PLACES


def _joined(parse: Parse, left: Span, right: Span, gap: str) -> Span:
    if gap == "insertion":
        return Span(left.start, right.end + 1, "PERSON", "pattern")
    if gap == "partners":
        kind = "ORG"
    elif gap == "title":
        kind = "WORK"
    elif gap == "brand":
        kind = "PRODUCT"
    elif gap == "of":
        kind = left.type
    elif left.type == "OTHER" or (left.type in _PLACES and right.type not in {"OTHER", *_PLACES}):
        kind = right.type
    else:
        kind = left.type
    if left.type in _PLACES and gap == "side":
        if left.type == "NORP" and parse.lower[left.end - 1] in given_names():
            return Span(left.start, right.end, "PERSON", "chunk")
        kind = head_types().get(parse.lower[right.end - 1], "OTHER" if kind == "NORP" else kind)
    source = "model" if "model" in (left.source, right.source) else "chunk"
    return Span(left.start, right.end, kind, source)


def _extend(parse: Parse, span: Span) -> None:
    """Take in a year before an event, a numeral or a number after a name."""
    first, last = parse.segments[parse.segment_of[span.start]]
    head = parse.lower[span.end - 1]
    if span.type == "WORK":
        _extend_title(parse, span, first, last)
    if (
        span.start > first
        and _YEAR.match(parse.words[span.start - 1])
        and (span.type == "EVENT" or head in words("event"))
        and (span.start - 1 == first or parse.lower[span.start - 2] not in {"in", "since", "until", "by", "of", ","})
        and (span.start - 1 == first or not parse.words[span.start - 2][0].isdigit())
    ):
        span.start -= 1
    if span.end < last:
        word = parse.words[span.end]
        if (
            (_NUMERAL.match(word) and (word != "I" or head in words("event") or parse.tags[span.end] in {"CD", "NNP"}))
            or (word == "." and parse.starts[span.end] == parse.ends[span.end - 1] and _is_abbreviation(parse, span))
            or (word[0].isdigit() and word.isalnum() and head in words("numbered") and len(word) <= 4)
        ):
            span.end += 1


def _extend_title(parse: Parse, span: Span, first: int, last: int) -> None:
    """Take in the article with a capital before the title of a work, capitals and a mark of its own after it."""
    starts = span.start - 1 == first or parse.words[span.start - 2] in OPENING | {".", ":", "!", "?"}
    if span.start > first and parse.words[span.start - 1] in {"A", "An", "The"} and not starts:
        span.start -= 1
    while span.end < last and parse.words[span.end].istitle() and not parse.words[span.start : span.end][-1].isupper():
        span.end += 1
    if span.end + 1 < last and parse.words[span.end] in {"?", "!"} and parse.words[span.end + 1].islower():
        span.end += 1


def _is_abbreviation(parse: Parse, span: Span) -> bool:
    text = surface(parse, span)
    return len(text) <= 6 and not gazetteer.lookup(text) and bool(gazetteer.lookup(text + "."))
