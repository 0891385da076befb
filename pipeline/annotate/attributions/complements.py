"""Content of a cue verb that is no finite clause: raised subjects, infinitives, noun and prepositional phrases."""

from __future__ import annotations

from pipeline.annotate.attributions import clauses, sources
from pipeline.annotate.attributions.lexicon import CueEntry
from pipeline.annotate.attributions.reading import Draft, Reading


def raised(reading: Reading, draft: Draft, entry: CueEntry) -> bool:
    """ "X is expected to Y", "X seems to Y": the content is the subject with its predicate; it has no source."""
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
    word = reading.parse.lower[token]
    if reading.parse.labels[token] != "prep":
        return False
    return ("as" in entry.frames and word == "as") or (entry.kind == "seeming" and word == "like")


def infinitive(reading: Reading, draft: Draft, entry: CueEntry) -> bool:
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
        shared = bool(objects or own)
        if to and shared and "obj_inf" in entry.frames:
            if not _opens_quotation(reading, first):  # "urged the council “to act at once”": the words said alone
                first = min([first, *(max(verb + 1, parse.left_edge(token)) for token in objects)])
        elif to and not shared:
            if "inf" not in entry.frames and not ("obj_inf" in entry.frames and sources.is_passive(reading, verb)):
                continue
        elif not (gerund and not objects and "ger" in entry.frames and parse.labels[child] != "advcl"):
            continue
        draft.form = "infinitive"
        draft.pieces.append((first, clauses.cut_participle(reading, child, last)))
        draft.content_head = child
        return True
    return False


def _opens_quotation(reading: Reading, first: int) -> bool:
    """Whether a quotation in double marks begins at token `first`, its mark aside."""
    while first < len(reading.parse) and reading.is_mark[first]:
        first += 1
    number = reading.inside[first] if first < len(reading.parse) else -1
    return number >= 0 and reading.quoted[number].first == first and reading.quoted[number].double


def phrase(reading: Reading, draft: Draft, entry: CueEntry) -> bool:
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
        and parse.labels[token] in {"prep", "prt"}
        and parse.lower[token] in entry.frames
        and parse.children[token]
    ]
    subject = sources.own_subject(reading, verb) if passive else None
    pieces: list[tuple[int, int]] = []
    if subject is not None and entry.frames & {"np", "pred", "as"} and not (prepositions and entry.kind == "directive"):
        pieces.append((parse.left_edge(subject), min(parse.right_edge(subject) + 1, verb)))
        draft.content_head = subject
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
