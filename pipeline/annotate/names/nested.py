"""Places inside longer names: the Kentucky of "Kentucky State Police", the Ukraine of "War in Ukraine".

They are the only mentions that stand within another one. A place is taken out only where the longer name says
that it works for that place: a public body, or a name that goes on with "in" or "of" a country or state.
"""

from __future__ import annotations

from pipeline.annotate.names import gazetteer
from pipeline.annotate.names.evidence import is_likely_place
from pipeline.annotate.names.lexicon import words
from pipeline.annotate.names.spans import Span, surface
from pipeline.annotate.parse import Parse

_LONGEST = 4
_AREAS = frozenset({"county", "parish", "township", "province", "oblast"})


def find(parse: Parse, spans: list[Span]) -> list[Span]:
    """The places named inside `spans`, each shorter than the span that holds it."""
    found = []
    for span in spans:
        if span.end - span.start > 1 and span.type in {"ORG", "FAC", "EVENT", "OTHER", "LOC", "GPE"}:
            found.extend(_inside(parse, span))
    return found


def _inside(parse: Parse, span: Span) -> list[Span]:
    found, start = [], span.start
    while start < span.end:
        for end in range(min(span.end, start + _LONGEST), start, -1):
            if end - start < span.end - span.start and (kind := _kind(parse, span, start, end)):
                found.append(Span(start, end, kind, "nested"))
                start = end - 1
                break
        start += 1
    return found


def _kind(parse: Parse, host: Span, start: int, end: int) -> str | None:
    """NORP or GPE where tokens `start` to `end` are a place that the longer name belongs to."""
    if not parse.words[start][0].isupper() or not parse.words[end - 1][0].isupper():
        return None
    text = parse.slice(start, end)
    following = parse.lower[end] if end < host.end else ""
    before = parse.lower[start - 1] if start > host.start else ""
    if host.type in {"LOC", "GPE"}:
        whole = surface(parse, host)
        compass = all(word in words("direction") for word in parse.lower[host.start : start])
        known = gazetteer.is_place(text) and (gazetteer.is_large_place(text) or not gazetteer.is_place(whole))
        return "GPE" if compass and end == host.end and known and not gazetteer.lookup(whole) else None
    if gazetteer.is_demonym(text):
        return (
            "NORP"
            if host.type == "ORG" and parse.lower[host.end - 1] in words("state_body") and start == host.start
            else None
        )
    if gazetteer.is_large_place(text):
        own = host.type == "ORG" and (start == host.start or following in words("public"))
        own = own and not (start == host.start and gazetteer.is_country_or_people(text))
        return "GPE" if own or before in {"in", "of"} else None
    if end - start > 1 and parse.lower[end - 1] in _AREAS:
        return "GPE"
    if gazetteer.lookup(surface(parse, host)):
        return None
    if (
        start == host.start
        and following in words("public")
        and (following != "city" or end + 1 < host.end)
        and host.type != "EVENT"
    ):
        if parse.lower[start] in words("public") or parse.lower[start] in words("direction"):
            return None
        return "GPE" if is_likely_place(text) else None
    return None
