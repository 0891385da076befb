"""Names that follow a pattern: numbered roads, brands and sites in lower case, and the place of a dateline."""

from __future__ import annotations

import re

from pipeline.annotate.names import gazetteer
from pipeline.annotate.names.chunks import is_common
from pipeline.annotate.names.spans import Span
from pipeline.annotate.parse import Parse

_ROAD_WORDS = frozenset({"highway", "interstate", "route", "hwy", "hwy.", "autoroute", "motorway", "freeway"})
_NUMBERED_ROAD = re.compile(r"(?:[AM]\d{1,3}|[AB]\d{4})(?:\(M\))?$")
_ROAD_NUMBER = re.compile(r"(?:[A-Z]{1,2}-?)?\d{1,4}[A-Z]?$")
#: Names that start in lower case: brands ("eBay") and sites named by their domain ("example.org").
_CAMEL = re.compile(r"[a-z]{1,4}[A-Z][A-Za-z]{1,20}$")
_DOMAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,40}(?:\.[a-z0-9-]{2,30})?\.(?:com|org|net|us|io|co|uk|gov|edu|info|tv)$")
_BEFORE_ROAD = frozenset({"the", "on", "via", "along", "off"})
_DASHES = frozenset({"-", "--", "---", "–", "—", "(", ":", "_"})
_DATELINE_WORDS = 3


def find(parse: Parse) -> list[Span]:
    """Roads ("Highway 59", "the A417") and the places of datelines ("TORRINGTON —") of a text."""
    found = []
    starts = {first for first, _ in parse.sentences}
    for index, word in enumerate(parse.words):
        if not word[0].isupper():
            if _CAMEL.match(word) or _DOMAIN.match(word):
                found.append(Span(index, index + 1, "OTHER", "pattern"))
            continue
        if parse.lower[index] in _ROAD_WORDS:
            if index + 1 < len(parse) and _ROAD_NUMBER.match(parse.words[index + 1]) and _same(parse, index):
                found.append(Span(index, index + 2, "FAC", "pattern"))
        elif _NUMBERED_ROAD.match(word) and index and _after_road(parse, index, found):
            found.append(Span(index, index + 1, "FAC", "pattern"))
        elif word.isupper() and index in starts:
            place = _dateline(parse, index)
            if place is not None:
                found.append(place)
    return found


def _after_road(parse: Parse, index: int, found: list[Span]) -> bool:
    if parse.lower[index - 1] in _BEFORE_ROAD:
        return True
    linked = parse.lower[index - 1] in {"and", ",", "or", "/"}
    return linked and bool(found) and found[-1].end >= index - 2


def _same(parse: Parse, index: int) -> bool:
    return parse.segment_of[index] == parse.segment_of[index + 1]


def _dateline(parse: Parse, start: int) -> Span | None:
    """The place in capitals that a report starts with, before a dash or an agency in brackets."""
    end = start
    last = parse.segments[parse.segment_of[start]][1]
    while end < min(last, start + _DATELINE_WORDS) and parse.words[end].isupper() and parse.words[end][0].isalpha():
        end += 1
    if end == start or end >= last or parse.words[end] not in _DASHES:
        return None
    text = parse.slice(start, end)
    if not gazetteer.is_place(text) or (is_common(text.lower()) and gazetteer.largest_population(text) < 100_000):
        return None
    return Span(start, end, "GPE", "pattern")
