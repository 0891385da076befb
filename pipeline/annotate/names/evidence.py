"""How strongly the words and the context of a name speak for each type."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from pipeline.annotate.names import gazetteer
from pipeline.annotate.names.chunks import is_common
from pipeline.annotate.names.lexicon import given_names, head_types, words
from pipeline.annotate.names.spans import Span, surface
from pipeline.annotate.parse import Parse

Votes = dict[str, float]
#: Prepositions before a place, and how much each of them says for one.
_LOCATIVE = {
    "in": 1.0, "near": 1.0, "outside": 1.0, "across": 0.8, "throughout": 1.0, "around": 0.6, "inside": 0.6,
    "into": 0.7, "toward": 0.5, "towards": 0.5, "to": 0.5, "from": 0.5, "of": 0.2, "at": 0.3, "through": 0.6,
    "downtown": 1.5, "central": 0.8, "via": 0.5, "between": 0.2, "nearby": 1.0, "via.": 0.3,
}  # fmt: skip
_DATELINE = frozenset({"-", "--", "---", "–", "—", "(", ":", "_"})
#: Places of this many people are likely meant where nothing speaks against it.
_CITY = 100_000
_METROPOLIS = 1_000_000


@lru_cache(maxsize=8192)
def is_likely_place(text: str) -> bool:
    """Whether `text` is a known place, and no everyday word unless a large one."""
    if not gazetteer.is_place(text):
        return False
    return not is_common(text.lower()) or gazetteer.is_large_place(text) or gazetteer.largest_population(text) >= _CITY


def votes_of(parse: Parse, span: Span) -> Votes:
    """How strongly the words and the context of one span speak for each type."""
    votes: Votes = defaultdict(float)
    votes[span.type] += {"model": 1.0, "pattern": 2.0}.get(span.source, 0.1)
    _of_words(parse, span, votes)
    _of_context(parse, span, votes)
    return votes


def _of_words(parse: Parse, span: Span, votes: Votes) -> None:
    text = surface(parse, span)
    size = span.end - span.start
    first, last = parse.lower[span.start], parse.lower[span.end - 1]
    if gazetteer.is_demonym(text):
        votes["NORP"] += 5.0
        return
    rows = gazetteer.lookup(text)
    kinds = {row.type for row in rows}
    if gazetteer.is_large_place(text):
        votes["GPE"] += 2.0
    elif len(kinds) == 1 and not any(row.id.startswith("region/") for row in rows):
        votes[rows[0].type] += 3.0
    elif rows and is_likely_place(text):
        votes["GPE"] += 0.5
    elif gazetteer.largest_population(text) >= _CITY:
        votes["GPE"] += 0.8
    if gazetteer.largest_population(text) >= _METROPOLIS and text.lower() not in given_names():
        votes["GPE"] += 0.8
    if (size > 1 and rows and kinds <= {"GPE", "LOC"}) or (size > 1 and gazetteer.is_place(text)):
        votes["GPE"] += 0.5 if first in given_names() else 1.5
    if size > 1:
        head = _head(parse, span)
        kind = head_types().get(head)
        if (
            span.type == "GPE"
            and not gazetteer.is_place(text)
            and gazetteer.is_country_or_people(parse.words[span.end - 1])
        ):
            votes["GPE"] -= 0.5
            votes["ORG"] += 0.8
        if first in words("geography_before") and size <= 4 and kind in {None, "LOC", "GPE"}:
            votes["LOC"] += 2.5
        elif first in words("facility_before") and parse.words[span.end - 1][0].isdigit():
            votes["FAC"] += 2.5
        elif head in words("institution"):
            votes["FAC" if _is_located(parse, span) else "ORG"] += 2.5
        elif head in {"city", "town", "village"}:
            votes["GPE"] += 2.5 if gazetteer.is_place(text) else 0.0
        elif kind is not None and not (kind == "MEDIA" and span.type == "PERSON"):
            votes[kind] += 2.5 if kind not in {"FAC", "EVENT", "LAW"} or span.type != "ORG" else 1.2
        elif first in given_names() and size <= 4 and not gazetteer.is_place(text):
            votes["PERSON"] += 1.5
        if last in words("suffix"):
            votes["PERSON"] += 2.0
    elif text.isupper() and 2 <= len(text) <= 5 and span.source == "chunk":
        votes["ORG"] += 0.7


def _is_of_person(parse: Parse, first: int, index: int) -> bool:
    """Whether the token before "of" ends a person's name or age: "Ann Lee of Waco", "Ann Lee, 22, of Waco"."""
    if index > first and parse.words[index] == ",":
        return parse.words[index - 1].isdigit()
    return index > first and parse.words[index].istitle() and parse.words[index - 1].istitle()


def _is_located(parse: Parse, span: Span) -> bool:
    """Whether an institution stands for its building: after a preposition of place, and no public body's."""
    first = parse.segments[parse.segment_of[span.start]][0]
    index = span.start - 1
    if index > first and parse.lower[index] in {"the", "a", "an"}:
        index -= 1
    if index < first or not {"county", "parish"}.isdisjoint(parse.lower[span.start : span.end]):
        return False
    return parse.lower[index] in {"at", "in", "inside", "outside", "near", "to"}


def _head(parse: Parse, span: Span) -> str:
    for index in range(span.start + 1, span.end):
        if parse.lower[index] in {"of", "for", "at", "in"}:
            return parse.lower[index - 1]
    return parse.lower[span.end - 1]


def _of_context(parse: Parse, span: Span, votes: Votes) -> None:
    first, last = parse.segments[parse.segment_of[span.start]]
    before = parse.lower[span.start - 1] if span.start > first else ""
    after = parse.lower[span.end] if span.end < last else ""
    text = surface(parse, span)
    place = is_likely_place(text)
    if span.type == "GPE" and span.source == "model" and not place:
        votes["GPE"] -= 0.6
        votes["OTHER"] += 0.5
    area = parse.lower[span.end - 1] in words("area") and span.end - span.start > 1
    if before in words("title") and parse.tags[span.start - 1][0] == "N" and not area:
        votes["PERSON"] += 3.0
    if before in _LOCATIVE and (after != "'s" or before == "in"):
        weight = _LOCATIVE[before]
        votes["FAC" if before == "at" and not place else "GPE"] += weight
        if place:
            votes["GPE"] += weight
        if before == "of" and span.start - 2 >= first and parse.lower[span.start - 2] in words("site"):
            votes["GPE"] += 3.0
        elif before == "of" and place and _is_of_person(parse, first, span.start - 2):
            votes["GPE"] += 2.0
    if span.end - span.start <= 3 and surface(parse, span).isupper() and place and after in _DATELINE:
        votes["GPE"] += 2.0
    if before in {",", "-"} and text.isupper() and text.lower() in words("postal"):
        votes["GPE"] += 3.0
    if after == "," and span.end + 1 < last:
        following = parse.words[span.end + 1]
        if (
            (following.isupper() and following.lower() in words("postal"))
            or gazetteer.is_large_or_short(following)
            or (span.end + 2 < last and gazetteer.is_large_place(f"{following} {parse.words[span.end + 2]}"))
        ):
            votes["GPE"] += 2.5 if place or before in _LOCATIVE else 0.8
        if following.isdigit() and len(following) == 2 and span.end + 2 < last and parse.words[span.end + 2] in ",.":
            votes["PERSON"] += 3.0
    if place and after in words("place_noun"):
        votes["GPE"] += 1.5
    if after == "-" and span.end + 1 < last and parse.lower[span.end + 1] in {"based", "born", "area"} and place:
        votes["GPE"] += 2.0
    head = parse.heads[span.end - 1]
    if (
        parse.labels[span.end - 1] == "nsubj"
        and not gazetteer.is_large_place(text)
        and parse.lemmas[head] in words("person_verb")
    ):
        votes["PERSON"] += 0.8
