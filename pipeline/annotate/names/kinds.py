"""What kind of thing each name means: evidence from its words, its context and the rest of the article."""

from __future__ import annotations

from collections import defaultdict

from pipeline.annotate.names import gazetteer
from pipeline.annotate.names.evidence import Votes, is_likely_place, votes_of
from pipeline.annotate.names.spans import Span, surface
from pipeline.annotate.parse import Parse

_LIST_LINKS = frozenset({(",",), ("and",), (",", "and"), ("or",), (",", "or"), ("/",), ("&",)})
#: Nouns in the plural that tell what the names before them are.
_PLURALS = {
    "counties": "GPE", "cities": "GPE", "towns": "GPE", "villages": "GPE", "provinces": "GPE", "states": "GPE",
    "parishes": "GPE", "districts": "GPE", "streets": "FAC", "roads": "FAC", "avenues": "FAC", "bridges": "FAC",
    "airports": "FAC", "stations": "FAC", "rivers": "LOC", "lakes": "LOC", "islands": "LOC", "mountains": "LOC",
}  # fmt: skip


def settle(parse: Parse, spans: list[Span]) -> None:
    """Set the type of each span from its own evidence and from that of its other mentions in the article."""
    votes = [votes_of(parse, span) for span in spans]
    forms: dict[str, list[int]] = defaultdict(list)
    for index, span in enumerate(spans):
        forms[_form(parse, span)].append(index)
    _decide(spans, votes, forms)
    _add_name_parts(parse, spans, votes)
    _share_in_lists(parse, spans, votes)
    _decide(spans, votes, forms)


def _form(parse: Parse, span: Span) -> str:
    return gazetteer.key(surface(parse, span)).replace(".", "")


def _decide(spans: list[Span], votes: list[Votes], forms: dict[str, list[int]]) -> None:
    for members in forms.values():
        total: Votes = defaultdict(float)
        for index in members:
            for kind, weight in votes[index].items():
                total[kind] += weight
        for index in members:
            own = votes[index]
            share = 0.5 if len(members) < 5 else 2.0 / len(members)
            spans[index].type = max(
                sorted(total),
                key=lambda kind: round(own.get(kind, 0.0) + share * (total[kind] - own.get(kind, 0.0)), 6),
            )


def _add_name_parts(parse: Parse, spans: list[Span], votes: list[Votes]) -> None:
    """A word that is part of a person's full name in this article speaks for a person where it stands alone."""
    surnames, first_names = set(), set()
    for span in spans:
        if span.type == "PERSON" and span.end - span.start > 1:
            surnames.add(parse.lower[span.end - 1])
            first_names.add(parse.lower[span.start])
    for span, vote in zip(spans, votes, strict=True):
        if span.end - span.start == 1:
            word = parse.lower[span.start]
            if word in surnames:
                vote["PERSON"] = vote.get("PERSON", 0.0) + 2.5
            elif word in first_names:
                vote["PERSON"] = vote.get("PERSON", 0.0) + 1.2


def _share_in_lists(parse: Parse, spans: list[Span], votes: list[Votes]) -> None:
    """Names that stand in one list ("Butler, Clark and Warren counties") are of one kind."""
    run: list[int] = []
    for index in range(len(spans) + 1):
        linked = index < len(spans) and run and _is_listed(parse, spans[run[-1]], spans[index])
        if not linked:
            _share(parse, spans, votes, run)
            run = []
        if index < len(spans):
            run.append(index)


def _is_listed(parse: Parse, left: Span, right: Span) -> bool:
    between = tuple(parse.lower[left.end : right.start])
    return between in _LIST_LINKS and parse.segment_of[left.start] == parse.segment_of[right.start]


def _share(parse: Parse, spans: list[Span], votes: list[Votes], run: list[int]) -> None:
    if len(run) < 2:
        return
    end = spans[run[-1]].end
    noun = parse.lower[end] if end < len(parse) else ""
    if noun in _PLURALS:
        for index in run:
            votes[index][_PLURALS[noun]] = votes[index].get(_PLURALS[noun], 0.0) + 3.0
    elif len(run) == 2:
        first, second = (spans[index] for index in run)
        if (
            first.type == "GPE"
            and second.type in {"PERSON", "ORG", "OTHER"}
            and is_likely_place(surface(parse, second))
        ):
            votes[run[1]]["GPE"] = votes[run[1]].get("GPE", 0.0) + 0.6
    else:
        kinds = [spans[index].type for index in run]
        for kind in ("GPE", "PERSON"):
            if 2 * kinds.count(kind) >= len(run):
                for index in run:
                    votes[index][kind] = votes[index].get(kind, 0.0) + 0.9
