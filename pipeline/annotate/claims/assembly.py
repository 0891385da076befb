"""From drafts to claim records: everything that is known about each, in the order of the text."""

from __future__ import annotations

from typing import TypeVar

from pipeline.annotate import checkworthiness
from pipeline.annotate.claims import (
    arguments,
    circumstances,
    commitment,
    drafts,
    edges,
    headline_events,
    headlines,
    kinds,
    voices,
)
from pipeline.annotate.claims.circumstances import When
from pipeline.annotate.claims.clauses import Clauses
from pipeline.annotate.claims.contents import Contents
from pipeline.annotate.claims.drafts import Draft
from pipeline.annotate.claims.grammar import is_question, root_of
from pipeline.annotate.claims.scale import Commitment
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Attribution, Claim, Hedge, LocalEntity, Mention, Quote, TimeMention

Span = TypeVar("Span", TimeMention, Mention)

#: A sentence without a claim becomes one as a whole from this check-worthiness.
WORTH_CHECKING = 0.5


def claims(
    parse: Parse,
    attributions: list[Attribution],
    quotes: list[Quote],
    mentions: list[Mention],
    entities: list[LocalEntity],
    times: list[TimeMention],
    headline_end: int,
) -> list[Claim]:
    """The claims of a text; see `pipeline.annotate.claims.find`."""
    if not len(parse):
        return []
    contents = Contents(parse, attributions, quotes, mentions, entities)
    headline = headlines.sentences(parse, headline_end)
    clauses = Clauses(parse, contents, headline)
    worth = checkworthiness.scores(parse, parse.sentences)
    found = [
        draft
        for draft in drafts.find(parse, contents, clauses)
        if draft.content >= 0 or not kinds.is_discourse(parse, draft.head)
    ]
    found += headline_events.find(parse, headline, {parse.sentence_of[draft.head] for draft in found})
    found += _sentences_worth_checking(parse, found, worth)
    committed = _committed(parse, contents, found)
    timed = _heads(
        parse, [time for time in times if time.type in {"DATE", "TIME"} and (time.time_start or time.time_end)]
    )
    placed = _heads(parse, [mention for mention in mentions if mention.kind == "name"])
    moments = _moments(parse, found, committed, timed)
    quoted = voices.quoted_tokens(parse)
    result = []
    for draft in sorted(found, key=lambda draft: (draft.tokens[0], draft.tokens[-1], draft.content, draft.head)):
        commit = committed[draft.head, draft.content]
        claim = _claim(parse, draft, commit)
        claim.in_headline = parse.sentence_of[draft.head] in headline
        claim.checkworthiness = worth[parse.sentence_of[draft.head]]
        found_mentions = (contents.mention_at.get(token) for token in draft.tokens)
        claim.entities = sorted({m.entity for m in found_mentions if m is not None and m.entity is not None})
        _fill_arguments(parse, contents, draft, commit, claim)
        voices.attribute(parse, contents, draft, commit, claim, quoted)
        moment = moments.get(draft.head)
        if moment is not None:
            claim.event_time_start, claim.event_time_end = moment.start, moment.end
            claim.event_time_precision, claim.event_time_basis = moment.precision, moment.basis
        place = circumstances.where(parse, draft, commit, placed)
        if place is not None:
            claim.place_start, claim.place_end, claim.place_entity = place.start, place.end, place.entity
        result.append(claim)
    return sorted(result, key=lambda claim: (claim.start, claim.end, claim.spans, claim.cue_start or 0))


def _committed(parse: Parse, contents: Contents, found: list[Draft]) -> dict[tuple[int, int], Commitment]:
    """The commitment of each draft by head and content; coordinated clauses come after the one they lean on."""
    committed: dict[tuple[int, int], Commitment] = {}
    by_head: dict[int, Commitment] = {}
    for draft in sorted(found, key=lambda draft: (draft.head, draft.kind == "phrase", draft.content)):
        commit = commitment.of(parse, contents, draft, by_head)
        committed[draft.head, draft.content] = commit
        by_head.setdefault(draft.head, commit)
    return committed


def _sentences_worth_checking(parse: Parse, found: list[Draft], worth: list[float]) -> list[Draft]:
    """Whole sentences and fragments without a claim that ask to be checked, questions apart."""
    covered = {parse.sentence_of[draft.head] for draft in found}
    result = []
    for number, (first, last) in enumerate(parse.sentences):
        if number in covered or worth[number] < WORTH_CHECKING or is_question(parse, (first, last)):
            continue
        tags = parse.tags[first:last]
        if not any(tag.startswith("VB") for tag in tags) and not ("CD" in tags and {"NN", "NNS"} & set(tags)):
            continue
        head = root_of(parse, (first, last))
        draft = Draft(head, -1, list(range(first, last)), "main" if parse.tags[head].startswith("VB") else "phrase")
        if edges.trim(parse, draft):
            result.append(draft)
    return result


def _claim(parse: Parse, draft: Draft, commit: Commitment) -> Claim:
    spans = drafts.spans(parse, draft.tokens)
    hedges = []
    for first, last in commit.hedges:
        start, end = parse.span(first, last)
        hedges.append(Hedge(parse.text[start:end], start, end))
    return Claim(
        spans[0][0], spans[-1][1], spans, kinds.kind_of(parse, draft, commit),
        polarity="negated" if commit.negated else "affirmed", modality=commit.modality, hedges=hedges,
        factuality=commit.factuality,
    )  # fmt: skip


def _fill_arguments(parse: Parse, contents: Contents, draft: Draft, commit: Commitment, claim: Claim) -> None:
    found = arguments.of(parse, draft, commit.predicate)
    claim.subject, claim.predicate, claim.object = found.subject, found.predicate, found.object
    for attribute, head in (("subject_entity", found.subject_head), ("object_entity", found.object_head)):
        if head is not None:
            setattr(claim, attribute, contents.entity_in(parse.starts[head], parse.ends[head], head))


def _heads(parse: Parse, spans: list[Span]) -> dict[int, Span]:
    """Each span by the token in it whose head stands outside it."""
    found: dict[int, Span] = {}
    for span in spans:
        first, last = parse.tokens_of(span.start, span.end)
        inside = range(first, min(last, len(parse)))
        head = next((t for t in inside if parse.heads[t] not in inside or parse.heads[t] == t), None)
        if head is not None:
            found.setdefault(head, span)
    return found


def _moments(
    parse: Parse, found: list[Draft], committed: dict[tuple[int, int], Commitment], timed: dict[int, TimeMention]
) -> dict[int, When]:
    """The time of each draft by head: its own, or one it shares with the clause it belongs to.

    Coordinated clauses share a time that stands before the first verb; a clause with "when", "as" or "while"
    shares its time with the clause around it.
    """
    moments: dict[int, When] = {}
    heads = {draft.head: draft for draft in found}
    for draft in found:
        moment = circumstances.when(parse, draft, committed[draft.head, draft.content], timed)
        if moment is not None:
            moments.setdefault(draft.head, moment)
    own = dict(moments)
    for head in sorted(heads):
        around = parse.heads[head]
        label = parse.labels[head]
        if label == "conj" and head not in own and around in moments and moments[around].token < around:
            moments[head] = moments[around]
        if label == "advcl" and any(
            parse.lower[child] in {"when", "while", "as"} and child < head for child in parse.children[head]
        ):
            if head in own and around in heads and around not in own:
                moments[around] = own[head]
            elif around in own and head not in own:
                moments[head] = own[around]
    return moments
