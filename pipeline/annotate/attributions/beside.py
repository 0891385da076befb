"""Cues beside a quotation: `"X," he said` and `he said: "X"`, whatever the parser made of them."""

from __future__ import annotations

from pipeline.annotate.attributions import clauses, sources
from pipeline.annotate.attributions.reading import Draft, Reading

#: Tokens of punctuation that may stand between a cue and the quotation beside it.
_WIDEST_GAP = 5
_NAMING = frozenset({"NNP", "NNPS", "NN", "NNS", "PRP"})
_OBJECTS = frozenset({"dobj", "attr", "oprd", "npadvmod", "appos", "dep", "dative"})


def after_quotation(reading: Reading, draft: Draft) -> bool:
    """Take the quotation that ends right before the cue, and the one that goes on right after it."""
    parse, verb = reading.parse, draft.cue_head
    assert draft.clause is not None
    first, last = draft.clause
    number = _closing(reading, first)
    if number is None or (sources.subject(reading, verb) is None and name_beside(reading, verb) is None):
        return False
    quoted = reading.quoted[number]
    word = quoted.last - 1
    while word > quoted.first and reading.is_edge(word):
        word -= 1
    pause = parse.text[parse.ends[word] : parse.starts[first]]
    inverted = [child for child in parse.children[verb] if parse.labels[child] == "ccomp" and child < verb]
    complement = any(parse.labels[child] == "ccomp" and child > verb for child in parse.children[verb])
    following = opening(reading, last)
    if not (set(pause) & set(",.!?…—–-") or inverted):
        return False
    if "," not in pause and (complement or following is not None):
        return False  # the quotation closed its own sentence: this cue has content of its own
    if sources.own_subject(reading, verb) is None and parse.tags[verb] in {"VBG", "VB"}:
        if complement or parse.labels[verb] not in {"xcomp", "pcomp"}:
            return False
    draft.form = "inserted"
    draft.content_head = inverted[-1] if inverted else quoted.last - 1
    start = quoted.first
    begin = reading.sentence(verb)[0]
    left = parse.left_edge(draft.content_head)
    if begin <= left < start and not reading.only_punctuation(left, start):
        start = left
    draft.pieces.append((start, quoted.last))
    if following is not None:
        draft.pieces.append((reading.quoted[following].first, reading.quoted[following].last))
    return True


def before_quotation(reading: Reading, draft: Draft) -> bool:
    """Take the quotation that starts right after the cue."""
    parse, verb = reading.parse, draft.cue_head
    assert draft.clause is not None
    last = draft.clause[1]
    if last < len(parse) and parse.lower[last] == "that":
        last += 1
    number = opening(reading, last)
    if number is None:
        return False
    quoted = reading.quoted[number]
    end = quoted.last
    heads = [child for child in parse.children[verb] if child > verb and parse.labels[child] == "ccomp"]
    if heads and heads[0] >= quoted.first and parse.left_edge(heads[0]) >= last - 2:
        end = max(end, clauses.right_end(reading, verb, heads[0]))
    draft.pieces.append((quoted.first, end))
    draft.content_head = heads[0] if heads else quoted.first
    return True


def name_beside(reading: Reading, verb: int) -> int | None:
    """A name beside an inserted cue that the parser did not take for its subject ("said Smith")."""
    parse = reading.parse
    for child in parse.children[verb]:
        if parse.tags[child] in _NAMING and abs(child - verb) <= _WIDEST_GAP and parse.labels[child] in _OBJECTS:
            return child
    return None


def _closing(reading: Reading, token: int) -> int | None:
    """The quotation whose last word precedes `token` with nothing but punctuation between, in the same segment."""
    parse = reading.parse
    left = token - 1
    while left >= 0 and token - left < _WIDEST_GAP and reading.is_edge(left) and reading.inside[left] < 0:
        left -= 1
    if left < 0 or parse.segment_of[left] != parse.segment_of[token]:
        return None
    number = reading.inside[left]
    if number < 0 or reading.quoted[number].last != left + 1 or not reading.quoted[number].double:
        return None
    return number


def opening(reading: Reading, token: int) -> int | None:
    """The quotation whose first word follows `token` with nothing but punctuation between, in the same segment."""
    parse = reading.parse
    right = token
    while right < len(parse) and right - token < _WIDEST_GAP and reading.is_edge(right) and reading.inside[right] < 0:
        right += 1
    if right >= len(parse):
        return None
    if parse.segment_of[right] != parse.segment_of[token - 1]:
        # over a paragraph break only after a colon
        colon = any(parse.words[mark][-1] in ":," for mark in range(token, right) if not reading.is_mark[mark])
        if not colon or parse.segment_of[right] != parse.segment_of[token - 1] + 1:
            return None
    number = reading.inside[right]
    if number < 0 or reading.quoted[number].first != right or not reading.quoted[number].double:
        return None
    return number
