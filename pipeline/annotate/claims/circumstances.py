"""When and where: the time expression and the place that a claim's predicate governs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.annotate.claims.drafts import Draft
from pipeline.annotate.claims.lexicon import words
from pipeline.annotate.claims.scale import Commitment
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Mention, TimeMention

_PLACES = frozenset({"GPE", "LOC", "FAC"})
#: Labels over which an adverbial reaches its predicate.
_ADVERBIAL = frozenset(
    {
        *("npadvmod", "prep", "pobj", "advmod", "nummod", "compound", "amod", "pcomp"),
        *("quantmod", "conj", "poss", "tmod", "appos", "nmod", "det"),
    }
)
#: Labels over which a phrase hung on a noun of the clause still reaches it.
_NOMINAL = frozenset({*_ADVERBIAL, "dobj", "attr", "acomp", "nsubj", "nsubjpass", "agent", "xcomp", "oprd"})
_PRECISIONS = (
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d"), "minute"),
    (re.compile(r"\d{4}-\d\d-\d\d"), "day"),
    (re.compile(r"\d{4}-W\d\d$"), "week"),
    (re.compile(r"\d{4}-\d\d$"), "month"),
    (re.compile(r"\d{4}$"), "year"),
)
_DIRECTIONS = frozenset({"to", "into", "onto", "toward", "towards", "from", "between", "off"})
#: Labels under which a time expression only modifies a noun.
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_OPEN_END = frozenset({"since", "after", "from"})
#: Words that measure by the time since then: "the biggest strike since 1989" was not in 1989.
_EXTREME_TAGS = frozenset({"JJS", "RBS"})
_EXTREMES = frozenset({"first", "only"})
#: Words between such a word and its "since".
_EXTREME_REACH = 6
_OPEN_START = frozenset({"until", "till", "before", "by"})


@dataclass(frozen=True, slots=True)
class When:
    """The interval of an event: first moment, first moment after it, precision and what it rests on."""

    start: str | None
    end: str | None
    precision: str
    basis: str
    token: int


def when(parse: Parse, draft: Draft, commitment: Commitment, times: dict[int, TimeMention]) -> When | None:
    """The time of the event of `draft`; `times` are the article's resolved times with their head tokens."""
    heads = {draft.head, commitment.predicate}
    if draft.kind == "fragment":
        heads |= {child for child in parse.children[draft.head] if parse.labels[child] == "acl"}
    best: tuple[int, When] | None = None
    for token in draft.tokens:
        mention = times.get(token)
        if mention is None:
            continue
        if parse.labels[token] in _MODIFIERS and draft.kind not in {"phrase", "nominal", "fragment"}:
            continue  # "in the January issue" dates the issue
        if _is_yardstick(parse, token):
            continue
        distance = _distance(parse, token, heads, _ADVERBIAL)
        if distance is None and parse.labels[token] in {"pobj", "npadvmod", "advmod"}:
            # a phrase that the parser hung on a noun of the clause: "sent troops to Kyiv in February"
            further = _distance(parse, token, heads, _NOMINAL)
            distance = None if further is None else further + 20
        if distance is None and draft.kind in {"phrase", "nominal"}:
            distance = 40
        if distance is None:
            continue
        found = _interval(parse, token, mention)
        if best is None or distance < best[0]:
            best = (distance, found)
    return best[1] if best else None


def _is_yardstick(parse: Parse, token: int) -> bool:
    """Whether a time says since when something is the first or the most of its kind, and not when it was."""
    since = parse.heads[token]
    if parse.labels[token] != "pobj" or parse.lower[since] != "since":
        return False
    first = max(parse.sentences[parse.sentence_of[since]][0], since - _EXTREME_REACH)
    return any(parse.tags[near] in _EXTREME_TAGS or parse.lower[near] in _EXTREMES for near in range(first, since))


def _interval(parse: Parse, token: int, mention: TimeMention) -> When:
    precision = next((name for pattern, name in _PRECISIONS if pattern.match(mention.value or "")), "interval")
    before = parse.lower[parse.heads[token]] if parse.labels[token] == "pobj" else ""
    start, end = mention.time_start, mention.time_end
    if before in _OPEN_END:
        end, precision = None, "interval"
    elif before in _OPEN_START:
        start, precision = None, "interval"
    return When(start, end, precision, mention.basis, token)


def _distance(parse: Parse, token: int, heads: set[int], labels: frozenset[str]) -> int | None:
    """Steps from `token` up to one of `heads` over `labels` alone, None where another label is in the way."""
    steps = 0
    while token not in heads:
        if parse.labels[token] not in labels or parse.heads[token] == token or steps > 12:
            return None
        token = parse.heads[token]
        steps += 1
    return steps


def where(parse: Parse, draft: Draft, commitment: Commitment, mentions: dict[int, Mention]) -> Mention | None:
    """The place of the event: the nearest place name that a locative preposition of the predicate governs."""
    heads = {draft.head, commitment.predicate}
    locative = words()["locative"]
    best: tuple[tuple[int, int], Mention] | None = None
    for token in draft.tokens:
        mention = mentions.get(token)
        if mention is None or mention.type not in _PLACES:
            continue
        governor = parse.heads[token]
        while (
            parse.labels[governor] in {"compound", "nmod", "poss", "pobj", "appos", "conj"}
            and governor != parse.heads[governor]
        ):
            governor = parse.heads[governor]
        if (
            parse.labels[token] not in {"pobj", "appos", "conj", "compound", "nmod"}
            or parse.lower[governor] not in locative
        ):
            continue
        distance = _distance(parse, token, heads, _NOMINAL)
        if distance is None or (parse.lower[governor] in _DIRECTIONS and not _moves(parse, governor, commitment)):
            continue
        rank = (distance + (10 if parse.lower[governor] in _DIRECTIONS else 0), -token)
        if best is None or rank < best[0]:
            best = (rank, mention)
    return best[1] if best else None


def _moves(parse: Parse, preposition: int, commitment: Commitment) -> bool:
    """Whether a preposition of direction belongs to an event: "sent troops to", not "has ties to"."""
    predicate = commitment.predicate
    near = parse.heads[preposition]
    direct = near == predicate or (parse.heads[near] == predicate and parse.labels[near] == "dobj")
    return direct and parse.lemmas[predicate].lower() not in words()["state"]
