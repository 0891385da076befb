"""Cues beside a quotation: `"X," he said` and `he said: "X"`, whatever the parser made of them."""

from __future__ import annotations

from pipeline.annotate.attributions import clauses, lexicon, sources
from pipeline.annotate.attributions.reading import FINITE, Draft, Reading

#: Tokens of punctuation that may stand between a cue and the quotation beside it.
_WIDEST_GAP = 5
#: A quotation beside an unknown verb has at least this many words.
_LEAST_WORDS = 3
#: A word of these tags before a quotation makes one phrase with it.
_PRENOMINAL = frozenset({"IN", "DT", "PRP$", "CC", "POS", "JJ"})
#: Modals that tell what somebody used to say, or could.
_HABITUAL = frozenset({"would", "'d", "’d", "could", "might"})
#: Words that open a phrase which tells when, where or how something was said.
_SETTING = frozenset({"when", "after", "as", "while", "before", "on", "at", "in", "during", "later", "since", "with"})
_COMPLEMENTS = frozenset({"ccomp", "dobj", "prep", "oprd", "attr", "acomp"})
#: Classes of verbs whose object is the one spoken to.
_ADDRESSING = frozenset({"telling", "directive", "question"})
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
    subject = sources.own_subject(reading, verb)
    if subject is not None and parse.tags[subject][0] == "W":
        return False  # ", which led to": a relative clause and no cue
    quoted = reading.quoted[number]
    word = quoted.last - 1
    while word > quoted.first and reading.is_edge(word):
        word -= 1
    pause = parse.text[parse.ends[word] : parse.starts[first]]
    inverted = [child for child in parse.children[verb] if parse.labels[child] == "ccomp" and child < verb]
    complement = any(parse.labels[child] == "ccomp" and child > verb for child in parse.children[verb])
    following = _following(reading, verb, last)
    if not (set(pause) & set(",.!?…—–-") or inverted):
        return False
    if "," not in pause and (complement or following is not None):
        return False  # the quotation closed its own sentence: this cue has content of its own
    if "." in pause and "," not in pause and not inverted:
        begin = parse.sentences[parse.sentence_of[quoted.first]][0]
        if _tells_on(reading, verb) or not reading.only_punctuation(begin, quoted.first):
            return False  # the quotation, or the sentence that it ends, is done: this one tells on
    bare = sources.own_subject(reading, verb) is None and parse.tags[verb] in {"VBG", "VB"}
    if bare and (complement or parse.labels[verb] not in {"xcomp", "pcomp"}):
        return False
    draft.form = "inserted"
    draft.content_head = inverted[-1] if inverted else quoted.last - 1
    start = quoted.first
    begin = reading.sentence(verb)[0]
    left = parse.left_edge(draft.content_head)
    if not begin <= left < start and parse.words[start][:1].islower() and parse.words[start - 1] != ",":
        opener = reading.opening(verb)
        participle = parse.tags[opener] in {"VBN", "VBG"}  # "Asked whether it was “safe,” she said"
        left = start if participle or _holds_cue(reading, opener, start) else opener
    if begin <= left < start and not reading.only_punctuation(left, start):
        start = left
    draft.pieces.append((start, quoted.last))
    if following is not None:
        draft.pieces.append((reading.quoted[following].first, reading.quoted[following].last))
    return True


def _following(reading: Reading, verb: int, last: int) -> int | None:
    """The quotation that goes on behind the cue, no part of what the cue's clause adds ("he said, noting that it
    “works”", "said Ana Bruun, who runs the “Ferry First” project")."""
    parse = reading.parse
    number = opening(reading, last)
    if number is None:
        return None
    paused = any(not reading.is_mark[token] for token in range(last, reading.quoted[number].first))
    if paused:
        return number
    own = last <= clauses.cue_clause(reading, verb, loose=False)[1]
    return number if own and parse.tags[last - 1] not in _PRENOMINAL else None


def _holds_cue(reading: Reading, first: int, last: int) -> bool:
    """Whether a verb of speech stands between two tokens: a quotation behind it is its own."""
    parse, known = reading.parse, lexicon.verbs()
    return any(
        parse.tags[token] in FINITE and (entry := known.get(parse.lemmas[token])) is not None and entry.speech
        for token in range(first, last)
    )


def _tells_on(reading: Reading, verb: int) -> bool:
    """Whether a verb behind a quotation that closed its own sentence goes on with the story and speaks for nobody.

    `"I ran too fast." The race will begin at noon. "Over the moon." He'll be sworn in on Tuesday.`
    """
    parse = reading.parse
    return any(
        parse.labels[child] == "aux" and parse.tags[child] == "MD" and parse.lower[child] not in _HABITUAL
        for child in parse.children[verb]
    )


def before_quotation(reading: Reading, draft: Draft) -> bool:
    """Take the quotation that starts right after the cue, with what the sentence adds to it."""
    parse, verb = reading.parse, draft.cue_head
    last = clauses.cue_clause(reading, verb, loose=False)[1]
    word = last - 1
    if last < len(parse) and parse.lower[last] == "that":
        last += 1
    number = opening(reading, last)
    if number is None:
        return False
    quoted = reading.quoted[number]
    pause = parse.text[parse.ends[last - 1] : parse.starts[quoted.first]]
    set_off = "," in pause or ":" in pause
    if not set_off and word > verb and parse.tags[word] in _PRENOMINAL:
        return False  # the quotation is part of a phrase: "as “fantastic”"
    if not set_off and any(
        parse.labels[child] == "dobj" and verb < child < quoted.first for child in parse.children[verb]
    ):
        return False
    end = quoted.last
    head: int | None = None
    for child in parse.children[verb]:
        if child > verb and parse.right_edge(child) >= quoted.first and parse.labels[child] in _COMPLEMENTS:
            if parse.labels[child] == "ccomp":
                end = max(end, clauses.right_end(reading, verb, child))
            elif not set_off:
                end = max(end, parse.right_edge(child) + 1)
            head = child if head is None or parse.labels[child] == "ccomp" else head
    opener = _opener(reading, draft, quoted.first)
    if opener is not None:
        draft.pieces.append(opener)
        draft.form = "inserted"
    first = draft.cue[1] if opener is None and clauses.leads_in(reading, draft.cue[1]) else quoted.first
    draft.pieces.append((first, end))
    draft.content_head = head if head is not None else quoted.first
    return True


def _opener(reading: Reading, draft: Draft, first: int) -> tuple[int, int] | None:
    """The words that open the sentence which a quotation behind an inserted cue goes on with: `The roads, he said,
    “are a disgrace.”`; None where they only tell when or where it was said."""
    parse, verb = reading.parse, draft.cue_head
    assert draft.clause is not None
    begin, cue = reading.opening(verb), draft.clause[0]
    while begin < cue and (reading.is_edge(begin) or parse.tags[begin] == "CC"):
        begin += 1
    if begin >= cue or parse.words[cue - 1] != "," or not parse.words[first][:1].islower():
        return None
    if any(reading.inside[token] >= 0 for token in range(begin, cue)):
        return None
    finite = parse.tags[first] in FINITE
    if parse.words[first - 1 - reading.is_mark[first - 1]] != "," and not finite:
        return None
    if parse.tags[begin] in {"VBG", "VBN", "WRB", "RB", "TO"} or parse.lower[begin] in _SETTING:
        return None
    return begin, cue


def set_off(reading: Reading, draft: Draft) -> bool:
    """Whether a quotation of several words ends in a comma, "!" or "?" right before the cue, or follows its colon."""
    parse = reading.parse
    assert draft.clause is not None
    number = _closing(reading, draft.clause[0])
    if number is not None:
        quoted = reading.quoted[number]
        ending = parse.text[parse.ends[quoted.last - 1] - 1 : parse.starts[draft.clause[0]]]
        return quoted.last - quoted.first >= _LEAST_WORDS and bool(set(ending) & set(",!?"))
    last = clauses.cue_clause(reading, draft.cue_head, loose=False)[1]
    number = opening(reading, last)
    return number is not None and ":" in parse.text[parse.ends[last - 1] : parse.starts[reading.quoted[number].first]]


def name_beside(reading: Reading, verb: int) -> int | None:
    """A name beside an inserted cue that the parser did not take for its subject ("said Smith")."""
    parse = reading.parse
    entry = lexicon.verbs().get(parse.lemmas[verb])
    if parse.tags[verb] in {"VB", "VBG"} or (entry is not None and entry.kind in _ADDRESSING):
        return None
    for child in parse.children[verb]:
        near = abs(child - verb) <= _WIDEST_GAP or parse.left_edge(child) == verb + 1
        if near and parse.tags[child] in _NAMING and parse.labels[child] in _OBJECTS:
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
    """The quotation whose first word follows `token` with at most a comma, a colon or a dash between: in the same
    segment, or after a colon or comma that ends it."""
    parse = reading.parse
    right = token
    while right < len(parse) and right - token < _WIDEST_GAP and reading.is_edge(right) and reading.inside[right] < 0:
        if parse.tags[right] == ".":
            return None
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
