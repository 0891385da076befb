"""Content clauses of a cue verb: after it, around it, and the clause that an as-clause hangs on."""

from __future__ import annotations

from pipeline.annotate.attributions import beside, clauses, sources
from pipeline.annotate.attributions.lexicon import CueEntry
from pipeline.annotate.attributions.reading import TENSED, Draft, Reading

#: Objects that show that a verb has content of its own; those of verbs of telling are the ones spoken to.
_OBJECTS = frozenset({"dobj", "xcomp", "acomp", "oprd"})
#: How many tokens after its cue a that-clause begins at most.
_FARTHEST = 25
_ADDRESSING = frozenset({"telling", "directive", "question"})


def right_clause(reading: Reading, draft: Draft) -> bool:
    """ "said (that) X": a clause after the cue."""
    parse, verb = reading.parse, draft.cue_head
    for child in parse.children[verb]:
        if child <= verb or not (parse.labels[child] == "ccomp" or _is_gerund_subject(reading, verb, child)):
            continue
        first = max(clauses.complement(reading, verb, child)[0], draft.cue[1])
        lead = parse.lower[draft.cue[1] : first]
        inner = parse.lower[first:child]
        if "that" in lead:
            first = draft.cue[1] + lead.index("that")
        elif "that" in inner and parse.labels[first + inner.index("that")] == "mark" and parse.tags[first] == "IN":
            first += inner.index("that")  # "said on Monday that X": the day is the cue's
        elif draft.cue[1] < first and parse.tags[draft.cue[1]] == "VBG" and "," not in lead:
            first = draft.cue[1]  # "said closing it would cost jobs"
        elif clauses.leads_in(reading, draft.cue[1]) or (
            sources.own_subject(reading, child) is None and parse.tags[child] in TENSED
        ):
            first = draft.cue[1]  # its subject, or the clause it begins with, hangs on the cue
        second = draft.lemma.partition(" ")[2] if draft.lemma else ""
        if second and second in parse.lower[first : child + 1]:
            first += parse.lower[first : child + 1].index(second) + 1  # "made it clear that X"
        draft.pieces.append((first, clauses.right_end(reading, verb, child)))
        draft.content_head = child
        return True
    # "told voters that X": the parser may take the clause for a relative one
    for child in parse.children[verb]:
        if parse.labels[child] not in {"dobj", "dative"} or child < verb:
            continue
        for clause in parse.children[child]:
            if parse.labels[clause] in {"relcl", "acl"} and clauses.is_that_clause(reading, clause):
                draft.pieces.append((parse.left_edge(clause), clauses.right_end(reading, verb, clause)))
                draft.content_head = clause
                return True
    return draft.speech and _lost_clause(reading, draft)


def _is_gerund_subject(reading: Reading, verb: int, child: int) -> bool:
    """ "said closing it would cost jobs": the parser takes the subject for the complement of the cue."""
    parse = reading.parse
    return (
        parse.labels[child] == "xcomp"
        and parse.tags[child] == "VBG"
        and child == verb + 1
        and any(parse.labels[clause] == "ccomp" and clause > child for clause in parse.children[child])
    )


def _lost_clause(reading: Reading, draft: Draft) -> bool:
    """ "told her at a dinner that X": a that-clause after the cue that the parser hung on a word between them."""
    parse, verb = reading.parse, draft.cue_head
    for token in range(verb + 2, min(reading.sentence(verb)[1], verb + _FARTHEST)):
        head = parse.heads[token]
        if (
            parse.lower[token] == "that"
            and parse.tags[token] == "IN"
            and parse.labels[token] == "mark"
            and head > token
            and reading.inside[token] < 0
            and any(parse.labels[child] in sources.SUBJECTS | {"expl"} for child in parse.children[head])
            and parse.is_within(head, verb)
        ):
            between = [parse.tags[word] for word in range(verb + 1, token)]
            if any(tag[0] == "V" for tag in between):
                return False
            draft.pieces.append((token, clauses.right_end(reading, verb, head)))
            draft.content_head = head
            return True
    return False


def as_noted(reading: Reading, draft: Draft, entry: CueEntry) -> bool:
    """ "As X noted, Y", "Y, as X puts it": the content is the clause that the as-clause hangs on."""
    parse, verb = reading.parse, draft.cue_head
    passive = sources.is_passive(reading, verb) and sources.agent(reading, verb) is not None
    if parse.labels[verb] != "advcl" or (sources.own_subject(reading, verb) is None and not passive):
        return False
    marks = [child for child in parse.children[verb] if parse.labels[child] in {"mark", "advmod"} and child < verb]
    if not any(parse.lower[child] == "as" for child in marks):
        return False
    own = _OBJECTS | {"ccomp"} if entry.kind not in _ADDRESSING else frozenset({"xcomp", "ccomp"})
    if any(parse.labels[child] in own for child in parse.children[verb]):
        return False
    head = parse.heads[verb]
    first, last = parse.left_edge(verb), parse.right_edge(verb) + 1
    left, right = parse.left_edge(head), parse.right_edge(head) + 1
    draft.form = "inserted"
    draft.content_head = head
    draft.clause = (first, last)
    begin, end = reading.opening(verb), reading.sentence(verb)[1]
    subject = sources.own_subject(reading, head)
    if not any(parse.tags[token][0] in "VM" for token in range(begin, first)) and not (
        subject is not None and begin <= subject < first
    ):
        # it opens its sentence: what goes before is a link ("But as X noted, ...")
        left, right = first, end
    draft.pieces += [piece for piece in ((left, first), (last, right)) if piece[0] < piece[1]]
    return bool(draft.pieces)


def inverted(reading: Reading, draft: Draft, entry: CueEntry) -> bool:
    """ "X, said Y", "X, he said, Z": a clause before the cue or around it."""
    parse, verb = reading.parse, draft.cue_head
    assert draft.clause is not None
    first, last = draft.clause
    begin, end = reading.opening(verb), reading.sentence(verb)[1]
    heads = [child for child in parse.children[verb] if child < verb and parse.labels[child] == "ccomp"]
    around = None
    if parse.labels[verb] in {"parataxis", "ccomp", "advcl", "dep", "conj"} and not heads:
        around = parse.heads[verb]
        if parse.tags[around][0] not in "VMNJ" or first == begin:
            around = None
    name = beside.name_beside(reading, verb) if sources.own_subject(reading, verb) is None and first == verb else None
    children = [child for child in parse.children[verb] if child != name]
    subordinate = any(parse.labels[child] == "mark" and child < verb for child in children)
    own = any(parse.labels[child] in _OBJECTS for child in children) and entry.kind not in _ADDRESSING
    own = own or any(_is_complement(reading, child, entry) for child in children if child > verb)
    if subordinate or own or parse.lower[first] == "so":
        return False  # it has content of its own, or it is a subordinate clause
    if sources.own_subject(reading, verb) is None and beside.name_beside(reading, verb) is None:
        return False
    subjects = [child for child in parse.children[verb] if parse.labels[child] in sources.SUBJECTS]
    if around is None and not heads and len(subjects) > 1 and subjects[0] < verb < subjects[-1]:
        # "The dam leaks, said Smith": the parser took the clause for a noun phrase
        heads, first = subjects[:1], max(parse.right_edge(subjects[0]) + 1, parse.left_edge(subjects[0]))
        while first < verb and reading.is_edge(first):
            first += 1
    if (
        around is None
        and not heads
        and draft.speech
        and parse.heads[verb] == verb
        and reading.only_punctuation(last, end)
    ):
        # a main clause before a final cue that the parser took for an adverbial one
        heads = [child for child in parse.children[verb] if child < first and _is_main(reading, child)]
    if not heads and around is None:
        return False
    # an inserted cue is set off by a comma, a mark or a dash; a colon sets off a sentence of its own
    if first <= begin or not reading.is_edge(first - 1) or parse.words[first - 1] in {":", ";"}:
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
        if right <= last and left == begin:
            right = _rest(reading, last, end)
        if right > last:
            draft.pieces.append((last, min(right, end)))
    return bool(draft.pieces)


def _rest(reading: Reading, last: int, end: int) -> int:
    """Where the sentence ends that goes on behind an inserted cue ("X, he said, because Y"), `last` where what
    follows tells what the speaker did ("X, he said, and left")."""
    parse = reading.parse
    token = last
    while token < end and reading.is_edge(token):
        token += 1
    if token >= end or parse.words[last] != "," or parse.lower[token] not in clauses.GOING_ON:
        return last
    following = token + 1
    while following < end and parse.tags[following].startswith("RB"):
        following += 1
    if parse.tags[token] == "CC" and following < end and parse.tags[following] in {*TENSED, "IN"}:
        return last
    return clauses.cut_participle(reading, last, end)


def _is_complement(reading: Reading, child: int, entry: CueEntry) -> bool:
    """Whether a dependent of a cue is content of its own kind: "offered to help", "argue for a ban"."""
    parse = reading.parse
    if parse.labels[child] == "prep":
        return parse.lower[child] in entry.frames and entry.kind not in _ADDRESSING
    to = parse.labels[child] == "advcl" and parse.tags[child] == "VB"
    return to and "inf" in entry.frames


def _is_main(reading: Reading, token: int) -> bool:
    """Whether `token` heads a finite clause with a subject and without a conjunction that subordinates it."""
    parse = reading.parse
    children = parse.children[token]
    return (
        parse.labels[token] in {"advcl", "dep", "advmod", "npadvmod", "nsubj", "csubj"}
        and any(parse.labels[child] in sources.SUBJECTS for child in children)
        and not any(parse.labels[child] == "mark" or parse.tags[child] in {"WRB", "WP", "WDT"} for child in children)
        and (parse.tags[token] in TENSED or any(parse.labels[child] in {"aux", "auxpass"} for child in children))
    )
