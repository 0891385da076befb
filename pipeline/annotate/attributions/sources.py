"""Who or what content is attributed to: the subject of a cue, inherited where the cue has none of its own."""

from __future__ import annotations

from pipeline.annotate.attributions.reading import Reading

SUBJECTS = frozenset({"nsubj", "csubj", "nsubjpass", "csubjpass"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
_MOST_STEPS = 6


def own_subject(reading: Reading, verb: int) -> int | None:
    """The subject token that depends on `verb` itself."""
    parse = reading.parse
    found = [child for child in parse.children[verb] if parse.labels[child] in SUBJECTS]
    if not found:
        return None
    # of two, the one behind the verb is the source of an inverted cue
    return found[-1] if found[0] < verb < found[-1] else found[0]


def is_passive(reading: Reading, verb: int) -> bool:
    """Whether `verb` is a passive participle."""
    parse = reading.parse
    if parse.tags[verb] != "VBN":
        return False
    labels = {parse.labels[child] for child in parse.children[verb]}
    if labels & {"auxpass", "nsubjpass", "agent"}:
        return True
    return parse.labels[verb] in {"acl", "amod", "advcl"} and "aux" not in labels and "nsubj" not in labels


def agent(reading: Reading, verb: int) -> int | None:
    """The noun in the by-phrase of a passive."""
    parse = reading.parse
    for child in parse.children[verb]:
        if parse.labels[child] == "agent" or (parse.labels[child] == "prep" and parse.lower[child] == "by"):
            for grandchild in parse.children[child]:
                if parse.labels[grandchild] == "pobj":
                    return grandchild
    return None


def subject(reading: Reading, verb: int) -> int | None:
    """The token of the one who does what `verb` says, followed through coordination, control and participles."""
    parse = reading.parse
    for _ in range(_MOST_STEPS):
        if is_passive(reading, verb):
            return agent(reading, verb)
        found = own_subject(reading, verb)
        if found is not None:
            return found
        label, head = parse.labels[verb], parse.heads[verb]
        if head == verb:
            return None
        if label == "acl" or (label == "relcl" and parse.tags[verb] in {"VBG", "VBN"}):
            return head if parse.tags[verb] == "VBG" or not is_passive(reading, verb) else None
        if label == "xcomp" and parse.tags[head][0] == "V":
            for child in parse.children[head]:
                if parse.labels[child] == "dobj" and parse.tags[verb] == "VB" and child < verb:
                    return child
            if is_passive(reading, head):
                return own_subject(reading, head)
        if label in {"pcomp", "prep"}:
            head = parse.heads[head]
            while parse.tags[head][0] not in "VM" and parse.heads[head] != head:
                head = parse.heads[head]
            if parse.tags[head] == "VBN" and is_passive(reading, head):
                return own_subject(reading, head)
        elif label not in {"conj", "xcomp", "advcl", "ccomp", "parataxis", "dep", "oprd", "prt", "acomp", "attr"}:
            return None
        if parse.tags[head][0] == "J":
            head = parse.heads[head]
        if parse.tags[head][0] not in "VM" or head == verb:
            return head if parse.tags[head][0] == "N" and label == "conj" else None
        if label == "advcl" and is_passive(reading, head):
            return own_subject(reading, head)
        verb = head
    return None


def noun_range(reading: Reading, head: int, before: int | None = None, after: int | None = None) -> tuple[int, int]:
    """The noun phrase of token `head` with its appositives, cut at a loose relative clause, and kept within
    `after` <= tokens < `before`."""
    parse = reading.parse
    first, last = parse.left_edge(head), parse.right_edge(head) + 1
    for child in parse.children[head]:
        loose = parse.labels[child] in {"relcl", "advcl", "ccomp", "parataxis"} or (
            parse.labels[child] == "acl" and reading.is_edge(parse.left_edge(child) - 1)
        )
        if loose and child > head:
            last = min(last, parse.left_edge(child))
    if before is not None:
        last = min(last, max(before, head + 1))
    if after is not None:
        first = max(first, min(after, head))
    # never across a quotation's edge
    region = reading.inside[head]
    while first < head and reading.inside[first] != region and reading.is_mark[first]:
        first += 1
    trimmed = reading.trim(first, last)
    return trimmed if trimmed is not None else (head, head + 1)


def antecedent(reading: Reading, token: int) -> int:
    """The noun that a relative pronoun stands for, or `token` itself."""
    parse = reading.parse
    if parse.lower[token] not in RELATIVES or parse.tags[token][0] != "W":
        return token
    for above in parse.ancestors(token):
        if parse.labels[above] == "relcl":
            return parse.heads[above]
    return token
