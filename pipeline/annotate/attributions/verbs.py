"""Attributions whose cue is a verb: complement clauses, inverted and inserted cues, infinitives, noun phrases."""

from __future__ import annotations

from pipeline.annotate.attributions import beside, clauses, lexicon, sources
from pipeline.annotate.attributions.lexicon import CueEntry
from pipeline.annotate.attributions.reading import Draft, Reading

_CLAUSAL = frozenset({"ccomp"})
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
    for child in parse.children[verb]:
        if parse.labels[child] in {"prt", "advmod", "prep"} and child > verb:
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
    quotes, clausal = "quote" in entry.frames, "clause" in entry.frames
    placed = (
        (quotes and beside.after_quotation(reading, draft))
        or (quotes and beside.before_quotation(reading, draft))
        or (clausal and (_right_clause(reading, draft) or _as_noted(reading, draft) or _inverted(reading, draft)))
        or _raised(reading, draft, entry)
        or _infinitive(reading, draft, entry)
        or _phrase(reading, draft, entry)
    )
    if not placed:
        return None
    _attach_source(reading, draft)
    if draft.lemma in _REFUSALS:
        draft.assertive = False
    if entry.kind == "question" or (
        draft.content_head is not None and clauses.is_question(reading, draft.content_head)
    ):
        draft.assertive = False
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


def _right_clause(reading: Reading, draft: Draft) -> bool:
    """ "said (that) X": a clause after the cue."""
    parse, verb = reading.parse, draft.cue_head
    for child in parse.children[verb]:
        if child <= verb or parse.labels[child] not in _CLAUSAL:
            continue
        first = max(clauses.complement(reading, verb, child)[0], draft.cue[1])
        draft.pieces.append((first, clauses.right_end(reading, verb, child)))
        draft.content_head = child
        return True
    return False


def _as_noted(reading: Reading, draft: Draft) -> bool:
    """ "As X noted, Y", "Y, as X puts it": the content is the clause that the as-clause hangs on."""
    parse, verb = reading.parse, draft.cue_head
    if parse.labels[verb] != "advcl" or sources.own_subject(reading, verb) is None:
        return False
    marks = [child for child in parse.children[verb] if parse.labels[child] in {"mark", "advmod"} and child < verb]
    if not any(parse.lower[child] == "as" for child in marks):
        return False
    if any(parse.labels[child] in {"dobj", "xcomp", "ccomp", "acomp", "oprd"} for child in parse.children[verb]):
        return False
    head = parse.heads[verb]
    first, last = parse.left_edge(verb), parse.right_edge(verb) + 1
    left, right = parse.left_edge(head), parse.right_edge(head) + 1
    draft.form = "inserted"
    draft.content_head = head
    draft.clause = (first, last)
    draft.pieces += [piece for piece in ((left, first), (last, right)) if piece[0] < piece[1]]
    return bool(draft.pieces)


def _inverted(reading: Reading, draft: Draft) -> bool:
    """ "X, said Y", "X, he said, Z": a clause before the cue or around it."""
    parse, verb = reading.parse, draft.cue_head
    assert draft.clause is not None
    first, last = draft.clause
    begin, end = reading.sentence(verb)
    heads = [child for child in parse.children[verb] if child < verb and parse.labels[child] == "ccomp"]
    around = None
    if parse.labels[verb] in {"parataxis", "ccomp", "advcl", "dep", "conj"} and not heads:
        around = parse.heads[verb]
        if parse.tags[around][0] not in "VMNJ" or first == begin:
            around = None
    if sources.own_subject(reading, verb) is None and beside.name_beside(reading, verb) is None:
        return False
    if not heads and around is None:
        return False
    # an inserted cue is set off by a comma, a mark or a dash
    if first <= begin or not reading.is_edge(first - 1):
        return False
    if around is not None and not (last >= end or reading.is_edge(last)):
        return False
    head = heads[0] if heads else around
    assert head is not None
    left = begin if heads and parse.heads[verb] == verb else max(begin, parse.left_edge(head))
    draft.form = "inserted"
    draft.content_head = head
    if left < first:
        draft.pieces.append((left, first))
    if last < end and reading.is_edge(last):
        right = parse.right_edge(head) + 1 if around is not None or parse.right_edge(head) >= last else last
        if around is not None and parse.labels[verb] == "parataxis":
            right = max(right, parse.right_edge(verb) + 1)
        if right > last:
            draft.pieces.append((last, min(right, end)))
    return bool(draft.pieces)


def _raised(reading: Reading, draft: Draft, entry: CueEntry) -> bool:
    """ "X is expected to Y", "X seems to Y": the content is the subject with its predicate, and no one is its source."""
    parse, verb = reading.parse, draft.cue_head
    passive = sources.is_passive(reading, verb)
    if not (entry.kind == "seeming" or (passive and entry.frames & {"clause", "obj_inf", "pred", "as"})):
        return False
    token = sources.own_subject(reading, verb)
    if token is None:
        return False
    rest = [
        child
        for child in parse.children[verb]
        if child > verb
        and (parse.labels[child] in {"xcomp", "oprd", "acomp", "attr", "ccomp"} or _is_as(reading, child, entry))
    ]
    if not rest:
        return False
    draft.pieces.append((parse.left_edge(token), min(parse.right_edge(token) + 1, verb)))
    draft.pieces.append((max(parse.left_edge(rest[0]), verb + 1), parse.right_edge(rest[0]) + 1))
    draft.content_head = rest[0]
    draft.form = "raised"
    draft.speech = draft.speech and passive
    return True


def _is_as(reading: Reading, token: int, entry: CueEntry) -> bool:
    return "as" in entry.frames and reading.parse.labels[token] == "prep" and reading.parse.lower[token] == "as"


def _infinitive(reading: Reading, draft: Draft, entry: CueEntry) -> bool:
    """ "vowed to X", "urged Y to X", "considered doing X"."""
    parse, verb = reading.parse, draft.cue_head
    for child in parse.children[verb]:
        if child < verb or parse.labels[child] not in {"xcomp", "ccomp", "advcl"}:
            continue
        to = any(parse.tags[token] == "TO" for token in parse.children[child] if token < child)
        gerund = parse.tags[child] == "VBG"
        first, last = clauses.complement(reading, verb, child)
        objects = [
            token
            for token in parse.children[verb]
            if verb < token < child and parse.labels[token] in {"dobj", "dative"} and parse.right_edge(token) < child
        ]
        own = [token for token in parse.children[child] if parse.labels[token] in sources.SUBJECTS and token < child]
        if to and (objects or own) and entry.frames & {"obj_inf"}:
            first = min([first, *(max(verb + 1, parse.left_edge(token)) for token in objects)])
        elif to and not (objects or own) and "inf" in entry.frames:
            pass
        elif to and not (objects or own) and "obj_inf" in entry.frames and sources.is_passive(reading, verb):
            pass
        elif gerund and not objects and "ger" in entry.frames and parse.labels[child] != "advcl":
            pass
        else:
            continue
        draft.form = "infinitive"
        draft.pieces.append((first, clauses.cut_participle(reading, child, last)))
        draft.content_head = child
        return True
    return False


def _phrase(reading: Reading, draft: Draft, entry: CueEntry) -> bool:
    """ "denied the report", "called him a liar", "spoke about the deal"."""
    parse, verb = reading.parse, draft.cue_head
    passive = sources.is_passive(reading, verb)
    objects = [
        token
        for token in parse.children[verb]
        if token > verb
        and parse.labels[token] in {"dobj", "oprd", "ccomp", "attr"}
        and parse.tags[token][0] in "NPCWDJV"
    ]
    prepositions = [
        token
        for token in parse.children[verb]
        if token > verb
        and parse.labels[token] == "prep"
        and parse.lower[token] in entry.frames
        and parse.children[token]
    ]
    pieces: list[tuple[int, int]] = []
    if passive and entry.frames & {"np", "pred", "as"}:
        token = sources.own_subject(reading, verb)
        if token is not None:
            pieces.append((parse.left_edge(token), min(parse.right_edge(token) + 1, verb)))
            draft.content_head = token
            draft.form = "phrase"
    elif objects and entry.frames & {"np", "pred", "as"}:
        first = max(parse.left_edge(objects[0]), verb + 1)
        pieces.append((first, _run_on(reading, verb, parse.right_edge(objects[-1]) + 1)))
        draft.content_head = objects[0]
    elif prepositions:
        token = prepositions[0]
        pieces.append((token + 1, _run_on(reading, verb, parse.right_edge(token) + 1)))
        draft.content_head = parse.children[token][0]
    if not pieces:
        return False
    draft.pieces += pieces
    draft.form = "phrase"
    return True


def _run_on(reading: Reading, verb: int, last: int) -> int:
    """Where the complements of `verb` end that follow token `last` without a pause."""
    parse = reading.parse
    for child in parse.children[verb]:
        while last < len(parse) and reading.is_mark[last]:
            last += 1
        if parse.left_edge(child) == last and parse.labels[child] in {"prep", "xcomp", "oprd", "acl"}:
            last = parse.right_edge(child) + 1
    return clauses.cut_participle(reading, verb + 1, last)
