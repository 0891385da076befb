"""Where the content of a cue begins and ends: clause, sentence and quotation edges."""

from __future__ import annotations

from pipeline.annotate.attributions.lexicon import verbs
from pipeline.annotate.attributions.reading import Reading
from pipeline.annotate.attributions.sources import SUBJECTS

#: Verbs that take a cue noun as their object: what follows such a noun and ends in one of them is a relative clause.
_SUPPORT = frozenset(
    {
        "make",
        "have",
        "give",
        "hold",
        "share",
        "issue",
        "hear",
        "take",
        "get",
        "raise",
        "bring",
        "offer",
        "express",
        "voice",
        "put",
        "do",
        "see",
        "know",
        "read",
        "spread",
        "start",
        "reject",
        "deny",
        "dismiss",
        "accept",
        "face",
        "post",
        "send",
        "write",
    }
)
_QUESTION_WORDS = frozenset({"whether", "if"})
_LEADING_IN = frozenset({"if", "unless", "although", "though", "because", "while", "once", "given", "despite", "no"})
#: Words that go on with a sentence behind a cue set into it; others may tell what the speaker did besides.
GOING_ON = frozenset(
    {
        "because",
        "but",
        "and",
        "or",
        "nor",
        "including",
        "although",
        "though",
        "if",
        "unless",
        "which",
        "by",
        "than",
        "from",
        "of",
        "so",
        "especially",
        "even",
        "not",
        "rather",
    }
)


def complement(reading: Reading, cue: int, head: int) -> tuple[int, int]:
    """The tokens of the clause or phrase of `head` on its own side of `cue`."""
    parse = reading.parse
    first, last = parse.left_edge(head), parse.right_edge(head) + 1
    if head > cue:
        first = max(first, cue + 1)
    else:
        last = min(last, cue)
    return first, last


def skip_that(reading: Reading, first: int, last: int) -> int:
    """The first token after punctuation and a leading "that"."""
    parse = reading.parse
    while first < last and reading.is_edge(first):
        first += 1
    if first + 1 < last and parse.lower[first] == "that" and parse.tags[first] in {"IN", "WDT"}:
        first += 1
        while first < last and reading.is_edge(first):
            first += 1
    return first


def is_question(reading: Reading, head: int) -> bool:
    """Whether the clause of `head` is a whether-clause."""
    parse = reading.parse
    return any(
        parse.labels[child] in {"mark", "advmod", "cc"} and parse.lower[child] in _QUESTION_WORDS
        for child in parse.children[head]
        if child < head
    )


def is_that_clause(reading: Reading, head: int) -> bool:
    """Whether the clause of `head` says what the noun before it tells ("the claim that he lied"), and is no relative
    clause ("the claim that he made"). The parser often takes the one for the other."""
    parse = reading.parse
    first = parse.left_edge(head)
    if parse.lower[first] != "that":
        return False
    if any(parse.labels[child] == "mark" and child == first for child in parse.children[head]):
        return True
    has_subject = any(
        parse.labels[child] in SUBJECTS and parse.left_edge(child) > first for child in parse.children[head]
    )
    return has_subject and parse.labels[first] != "pobj" and parse.lemmas[head] not in _SUPPORT


def has_question_word(reading: Reading, verb: int) -> bool:
    """Whether a clause that starts with a question word depends on `verb`."""
    parse = reading.parse
    return any(
        parse.labels[child] == "ccomp"
        and child > verb
        and (parse.tags[parse.left_edge(child)][0] == "W" or parse.lower[parse.left_edge(child)] in _QUESTION_WORDS)
        for child in parse.children[verb]
    )


#: Dependents to the left and to the right of a cue that belong to an inserted cue's own clause.
_LEFT = frozenset({"aux", "auxpass", "neg", "advmod", "prt"})
_RIGHT = frozenset({"dobj", "dative", "prep", "npadvmod", "advmod", "prt", "agent"})
_LOOSE = frozenset({"advcl", "xcomp"})


def leads_in(reading: Reading, token: int) -> bool:
    """Whether a token right behind a cue opens a clause that its content begins with ("said if elected he would X")."""
    return token < len(reading.parse) and reading.parse.lower[token] in _LEADING_IN


def cue_clause(reading: Reading, verb: int, loose: bool = True) -> tuple[int, int]:
    """The tokens of an inserted cue with its subject, auxiliaries and modifiers ("he told reporters on Monday"), and
    with subordinate clauses after it where they are counted in (`loose`: "he said, naming a few")."""
    parse = reading.parse
    first = last = verb
    for child in parse.children[verb]:
        label = parse.labels[child]
        left, right = parse.left_edge(child), parse.right_edge(child)
        if reading.inside[child] != reading.inside[verb]:
            continue
        if label in SUBJECTS:
            if child < verb:
                first = min(first, left if right < verb else child)
            else:
                last = max(last, right)
        elif label in _LEFT and child < verb:
            first = min(first, left)
        elif child > verb and (label in _RIGHT or (loose and label in _LOOSE)):
            if any(reading.inside[token] != reading.inside[verb] for token in range(verb, child)):
                continue
            if label == "advcl" and not reading.is_edge(left - 1):
                continue
            if parse.words[left - 1] == "," and parse.lower[left] in GOING_ON:
                continue
            if right < reading.sentence(verb)[1]:
                last = max(last, right)
    # stop where a quotation begins
    for token in range(verb, last + 1):
        if reading.is_mark[token] and reading.inside[verb] < 0:
            last = token - 1
            break
    while last > verb and reading.is_edge(last):
        last -= 1
    return first, last + 1


def right_end(reading: Reading, verb: int, head: int) -> int:
    """The token after the content clause of `head` that follows the cue `verb`.

    The clause runs on over later complements that are coordinated to it, and over subordinate clauses that the
    parser hung on the cue; it ends before a participle that tells what the speaker did besides (", adding that").
    """
    parse = reading.parse
    end = parse.right_edge(head) + 1
    limit = reading.sentence(verb)[1]
    for child in parse.children[verb]:
        if child <= head:
            continue
        left, right = parse.left_edge(child), parse.right_edge(child) + 1
        if (
            parse.labels[child] == "ccomp"
            or (
                parse.labels[child] == "conj"
                and parse.tags[max(left - 2, 0)] != ":"
                and any(parse.labels[token] in SUBJECTS for token in parse.children[child])
                and not _is_cue(reading, child)
            )
            or (parse.labels[child] == "advcl" and not reading.is_edge(left - 1) and left >= end)
        ):
            end = max(end, right)
    end = min(end, limit)
    above = parse.heads[verb]
    if parse.labels[verb] == "ccomp" and above >= end and not _is_cue(reading, above) and reading.inside[above] < 0:
        # "said A, but B": the parser took the second half of the content for the main clause
        joint = end
        while joint < limit and reading.is_edge(joint):
            joint += 1
        if joint < limit and parse.tags[joint] == "CC" and parse.words[joint - 1] in {",", ";"}:
            end = limit
    # what the parser cut off: a verb right after the clause, a colon and what follows it
    if end < limit and (parse.tags[end] in {"MD", "VBZ", "VBD", "VBP"} or parse.words[end] == ":"):
        end = limit
    end = _cut_coordinated(reading, verb, head, end)
    return cut_participle(reading, head + 1, end)


def _cut_coordinated(reading: Reading, verb: int, head: int, end: int) -> int:
    """`end`, or the conjunction before it that joins another report to this one (", and critics warned that")."""
    parse = reading.parse
    joined = [head]
    while joined:
        token = joined.pop()
        for child in parse.children[token]:
            if parse.labels[child] != "conj" or child <= head or child >= end or reading.inside[child] >= 0:
                continue
            if parse.tags[child] == parse.tags[verb] and _is_cue(reading, child) and _has_clause(reading, child):
                conjunctions = [word for word in parse.children[token] if parse.labels[word] == "cc" and word < child]
                alone = not any(parse.labels[word] in SUBJECTS for word in parse.children[child])
                if conjunctions and (alone or reading.is_edge(conjunctions[-1] - 1)):
                    return conjunctions[-1]
            joined.append(child)
    return end


def _after_comma(reading: Reading, token: int) -> bool:
    """Whether a comma stands before `token`, closing marks aside."""
    before = token - 1
    while before > 0 and reading.is_mark[before]:
        before -= 1
    return before >= 0 and reading.parse.words[before] == ","


def _has_clause(reading: Reading, verb: int) -> bool:
    return any(
        reading.parse.labels[child] in {"ccomp", "xcomp", "prep", "dobj"} for child in reading.parse.children[verb]
    )


def cut_participle(reading: Reading, first: int, last: int) -> int:
    """`last`, or the place between `first` and it where a loose participle begins that is a cue of its own
    (", adding that X", ", citing Y"): what the source did besides, not what the content says."""
    parse = reading.parse
    for token in range(first, last):
        if (
            parse.tags[token] == "VBG"
            and parse.labels[token] == "advcl"
            and reading.inside[token] < 0
            and _after_comma(reading, parse.left_edge(token))
            and parse.left_edge(token) > first
            and _is_cue(reading, token)
        ):
            return parse.left_edge(token)
    return last


def _is_cue(reading: Reading, token: int) -> bool:
    entry = verbs().get(reading.parse.lemmas[token])
    return entry is not None and entry.speech
