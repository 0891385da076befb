"""Where a name starts and ends: without article, title, possessive, punctuation; two names joined in one split."""

from __future__ import annotations

from pipeline.annotate.names import splits
from pipeline.annotate.names.chunks import is_button, is_common, shouted
from pipeline.annotate.names.gazetteer import lookup
from pipeline.annotate.names.lexicon import given_names, title_genders, words
from pipeline.annotate.names.spans import Span
from pipeline.annotate.parse import Parse

_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’", "`s"})
_EDGE = frozenset(".,;:!?\"'“”‘’()[]{}<>|#*_-–—/\\&…`´~=+^$%@•·«»")
#: Types whose names end in no bare number: a score or a count stands beside them.
_UNNUMBERED = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "MEDIA", "LAW"})
_PROPER = frozenset({"NNP", "NNPS"})
_VERBS = frozenset({"VBZ", "VBP", "VBD", "MD"})
#: Tags of words that open a sentence, not a name.
_FUNCTION = frozenset({"RB", "WRB", "CC", "PRP", "WP", "WDT", "EX", "MD"})
#: Titles that end the names of bodies too ("Office of the Attorney General").
_BODY_TITLES = frozenset({"general", "president", "sheriff", "coroner", "mayor", "governor", "commissioner", "chief"})
#: What stands before "of" and a place without being part of its name.
_KINDS_OF_PLACE = frozenset({"city", "town", "village", "state", "province", "county", "government", "district"})


def clean(parse: Parse, span: Span) -> list[Span]:
    """The names in `span`: usually one, none where nothing name-like is left, more where it joins several."""
    found = []
    for start, end in splits.pieces(parse, span):
        piece = trim(parse, Span(start, end, span.type, span.source, span.known))
        if piece is not None:
            found.append(piece)
    return found


def outside(parse: Parse, spans: list[Span], known: list[Span]) -> list[Span]:
    """The spans without those that swallow a known name of several words where every word has a capital.

    In a headline in title case the model takes the words round a name for a part of it.
    """
    loud = shouted(parse)
    whole = [one for one in known if one.end - one.start > 1 and loud[parse.segment_of[one.start]]]
    return [
        span
        for span in spans
        if not any(
            span.start <= one.start and one.end <= span.end and one.end - one.start < span.end - span.start
            for one in whole
        )
    ]


def drop_openers(parse: Parse, spans: list[Span]) -> None:
    """Cut the preposition with a capital before a person's name off it ("Lunch With Ann Lee")."""
    for span in spans:
        if span.type == "PERSON" and span.end - span.start > 1 and parse.lower[span.start] in words("opener"):
            span.start += parse.lower[span.start] not in given_names()


def trim(parse: Parse, span: Span) -> Span | None:
    """The span without articles, titles, possessives, counts and punctuation at its edges; None if nothing is left."""
    start, end = span.start, span.end
    while start < end and (
        parse.lower[start] in _ARTICLES or all(character in _EDGE for character in parse.words[start])
    ):
        start += 1
    if span.type in {"GPE", "LOC"} and end - start > 2 and parse.lower[start] in _KINDS_OF_PLACE:
        start += 2 if parse.lower[start + 1] == "of" else 0
    if span.type == "ORG" and _is_titled_person(parse, start, end):
        span.type = "PERSON"
    if span.type == "PERSON":
        start = after_title(parse, start, end)
    while (
        start < end - 1
        and span.type in _UNNUMBERED
        and (parse.tags[start] in _FUNCTION or (parse.lower[start] in words("opener") and _opens(parse, span, start)))
    ):
        start += 1
    if start < end - 1 and parse.tags[start] == "VBN" and span.type in _UNNUMBERED and is_common(parse.lower[start]):
        start += 1
    while start < end and parse.words[start].islower() and parse.lower[start] not in words("particle"):
        if span.source == "gazetteer":
            break
        start += 1
    while start < end:
        word = parse.words[end - 1]
        if (
            word in _POSSESSIVES
            or all(character in _EDGE for character in word)
            or (word.islower() and span.source != "gazetteer" and word.isalpha())
            or (end - start > 1 and parse.tags[end - 1] in _VERBS and span.type not in {"WORK", "LAW", "EVENT"})
            or (span.type in _UNNUMBERED and end - start > 1 and _is_count(parse, end - 1))
            or is_button(parse, end - 1)
        ):
            end -= 1
        else:
            break
    if span.type == "ORG":
        end = _before_title(parse, start, end)
    if start >= end:
        return None
    text = parse.slice(start, end)
    if not any(character.isalpha() for character in text) or (text.islower() and span.source != "gazetteer"):
        return None
    if end - start == 1 and span.source == "model" and not lookup(text) and _is_everyday(parse, start):
        return None
    if end - start == 1 and span.source == "model" and _is_title(parse, start):
        return None
    if end - start == 1 and parse.lower[start] in words("acronym") and not lookup(text):
        return None
    if parse.lower[end - 1] == "time" and not {"daylight", "standard"}.isdisjoint(parse.lower[start:end]):
        return None
    if all(word in words("calendar") or not word.isalpha() for word in parse.lower[start:end]) and (
        not {*parse.lower[start:end]}.isdisjoint(words("calendar"))
    ):
        return None
    span.start, span.end = start, end
    return span


def _opens(parse: Parse, span: Span, index: int) -> bool:
    return parse.tags[index] == "IN" or span.type == "PERSON"


def _before_title(parse: Parse, start: int, end: int) -> int:
    """The end of a body's name without the office of the person named after it ("Tribune Chief Editor Ann Lee")."""
    if end >= len(parse) or parse.tags[end] not in _PROPER or not parse.words[end].istitle():
        return end
    last = end
    if last - start > 1 and parse.lower[last - 1] in words("title") - words("title_name") - _BODY_TITLES:
        last -= 1
        while last - start > 1 and parse.lower[last - 1] in words("title_modifier"):
            last -= 1
    return last


def _is_title(parse: Parse, index: int) -> bool:
    """Whether one word is a title whose name the model missed, or cut at its full stop ("Brig. Gen. Lee")."""
    word = parse.lower[index]
    return (
        word in words("title")
        and word not in words("title_name")
        and word not in given_names()
        and index + 1 < len(parse)
        and (parse.words[index + 1] == "." or parse.words[index + 1].istitle())
    )


def _is_titled_person(parse: Parse, start: int, end: int) -> bool:
    """Whether what the model took for a body is a person behind a title that tells a gender ("Spokesman Ivo Hart")."""
    return (
        2 <= end - start - 1 <= 3
        and title_genders().get(parse.lower[start]) is not None
        and parse.lower[start] not in words("title_name")
        and all(word[:1].isupper() and word.lower() not in words("organisation") for word in parse.words[start:end])
    )


def _is_everyday(parse: Parse, index: int) -> bool:
    """Whether one word is an everyday word that opens a sentence, or belongs to the title after it."""
    if parse.lower[index] in words("title_modifier") and index + 1 < len(parse):
        return parse.lower[index + 1] in words("title")
    opens = parse.sentences[parse.sentence_of[index]][0] == index
    plain = parse.tags[index] not in _PROPER and parse.words[index].istitle()
    return opens and plain and is_common(parse.lower[index])


def after_title(parse: Parse, start: int, end: int) -> int:
    """The first token from `start` on that is no title of the person named up to `end`."""
    last = start
    for index in range(start, end - 1):
        word = parse.lower[index]
        if word in words("title") and (
            word.endswith(".") or word not in words("title_name") or index > start or end - index > 2
        ):
            last = index + 1
        elif word not in words("title_modifier") and word not in _EDGE and word not in {"'s", "’s", "of", "the"}:
            break
    return last


def _is_count(parse: Parse, index: int) -> bool:
    word = parse.words[index]
    if not word[0].isdigit() or not all(character.isdigit() or character in ".,-:/%" for character in word):
        return False
    before = parse.lower[index - 1]
    return not (
        before in words("facility_before")
        or before in words("facility")
        or before in words("organisation")
        or before in words("numbered")
        or before in words("media")
    )
