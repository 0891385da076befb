"""Attributions whose cue is a verb: which of the verb's patterns the text fills, and who the source is."""

from __future__ import annotations

from pipeline.annotate.attributions import beside, clauses, complements, lexicon, reported, sources
from pipeline.annotate.attributions.lexicon import CueEntry
from pipeline.annotate.attributions.reading import Draft, Reading

#: Sources that are circumstances: what they "suggest" nobody said.
_THINGS = frozenset({"which", "that", "this", "these", "those", "what"})
#: Verbs whose "it" is a circumstance as often as a body or a document; "it said that X" is speech.
_SHOWING = frozenset({"suggest", "indicate", "reveal", "signal", "imply", "reflect", "continue", "guarantee"})
_SAYING = frozenset({"speech", "telling"})
#: How many tokens after its verb the second word of a two-word cue stands at most ("make it clear").
_PARTICLE_REACH = 3
_REFUSALS = frozenset({"refuse", "decline"})


def find(reading: Reading) -> list[Draft]:
    """A draft for each verb of the lexicon whose complement is found."""
    found: list[Draft] = []
    parse = reading.parse
    for verb, tag in enumerate(parse.tags):
        if tag[0] != "V" or parse.labels[verb] in {"aux", "auxpass"}:
            continue
        entry = _entry(reading, verb)
        draft = _unknown(reading, verb) if entry is None else _draft(reading, verb, entry)
        if draft is not None:
            found.append(draft)
    return found


def _entry(reading: Reading, verb: int) -> CueEntry | None:
    parse, known = reading.parse, lexicon.verbs()
    lemma = parse.lemmas[verb]
    for child in parse.children[verb] if lemma in lexicon.first_words() else ():
        if verb < child <= verb + _PARTICLE_REACH:
            longer = known.get(f"{lemma} {parse.lower[child]}")
            if longer is not None:
                return longer
    return known.get(lemma)


def _cue(reading: Reading, verb: int) -> tuple[int, int]:
    parse = reading.parse
    first, last = verb, verb + 1
    for child in parse.children[verb]:
        if child == first - 1 and parse.labels[child] in {"aux", "auxpass", "neg", "advmod"}:
            first = child
    for child in sorted(parse.children[verb], reverse=True):
        if child < verb and child == first - 1 and parse.labels[child] in {"aux", "auxpass", "neg", "advmod"}:
            first = child
        if child == last and parse.labels[child] == "prt":
            last = child + 1
    return first, last


def _draft(reading: Reading, verb: int, entry: CueEntry) -> Draft | None:
    parse = reading.parse
    clause = clauses.cue_clause(reading, verb)
    if parse.labels[verb] in {"xcomp", "pcomp"} and sources.own_subject(reading, verb) is None:
        above = parse.heads[parse.heads[verb]] if parse.labels[verb] == "pcomp" else parse.heads[verb]
        if parse.tags[above][0] == "V":
            outer = clauses.cue_clause(reading, above)
            clause = (min(outer[0], clause[0]), max(clause[1], verb + 1))
    draft = Draft(verb, _cue(reading, verb), [], "clause", entry.speech, lemma=entry.lemma, clause=clause)
    quotes = "quote" in entry.frames
    clausal = "clause" in entry.frames or ("wh" in entry.frames and clauses.has_question_word(reading, verb))
    placed = (
        (quotes and beside.after_quotation(reading, draft))
        or (quotes and beside.before_quotation(reading, draft))
        or (
            clausal
            and (
                reported.right_clause(reading, draft)
                or reported.as_noted(reading, draft, entry)
                or reported.inverted(reading, draft, entry)
            )
        )
        or complements.raised(reading, draft, entry)
        or complements.infinitive(reading, draft, entry)
        or complements.phrase(reading, draft, entry)
    )
    if not placed:
        return None
    _attach_source(reading, draft)
    if draft.source is None and draft.form == "clause" and parse.tags[verb] == "VB" and parse.heads[verb] == verb:
        return None  # an imperative: "Note that X" is the writer's own
    if draft.lemma in _REFUSALS or (
        draft.speech and any(parse.labels[child] == "neg" for child in parse.children[verb])
    ):
        draft.assertive = False
    questioned = entry.kind == "question" and draft.form not in {"inserted", "phrase"}
    if questioned or (draft.content_head is not None and clauses.is_question(reading, draft.content_head)):
        draft.assertive = draft.content_head is not None and reading.inside[draft.content_head] >= 0
    last = parse.lower[draft.source[1] - 1] if draft.source is not None else ""
    says = draft.form in {"clause", "inserted"} and entry.kind in _SAYING and draft.lemma not in _SHOWING
    if last in _THINGS or (last == "it" and not says):
        draft.speech = False
    return draft


def _unknown(reading: Reading, verb: int) -> Draft | None:
    """A verb that no lexicon knows, beside a quotation as only a cue stands: `"Come in," he purred.`"""
    if reading.parse.tags[verb] in {"VB", "VBN"} or not reading.has_quotation(verb):
        return None
    if sources.own_subject(reading, verb) is None:
        return None
    clause = clauses.cue_clause(reading, verb)
    draft = Draft(verb, _cue(reading, verb), [], "clause", True, lemma=reading.parse.lemmas[verb], clause=clause)
    if not (
        beside.set_off(reading, draft)
        and (beside.after_quotation(reading, draft) or beside.before_quotation(reading, draft))
    ):
        return None
    _attach_source(reading, draft)
    return draft if draft.source is not None else None


def _attach_source(reading: Reading, draft: Draft) -> None:
    parse = reading.parse
    if draft.form == "raised":
        return
    token = sources.subject(reading, draft.cue_head)
    if token is None and draft.form == "inserted":
        token = beside.name_beside(reading, draft.cue_head)
    if token is None:
        return
    if any(first <= token < last for first, last in draft.pieces):
        return
    if parse.labels[token] == "expl" or (parse.lower[token] == "it" and sources.is_passive(reading, draft.cue_head)):
        return
    before = draft.cue_head if token < draft.cue_head else None
    after = draft.cue_head + 1 if token > draft.cue_head else None
    draft.source = sources.noun_range(reading, token, before, after)
    draft.source_head = sources.antecedent(reading, token)
