"""Fit content to quotation marks: to the edges of the quotation it stands in, and on to the one that follows it."""

from __future__ import annotations

from pipeline.annotate.attributions.beside import opening
from pipeline.annotate.attributions.lexicon import verbs
from pipeline.annotate.attributions.reading import TENSED, Draft, Quoted, Reading

#: Words that go on with a clause right behind a quotation.
_GOING_ON = frozenset({"because", "if", "than", "compared", "unless", "although", "when", "for", "from", "by", "with"})
#: Participles that tell what the speaker meant.
_NAMING = frozenset({"refer", "reference", "allude", "cite", "mean", "speak", "address"})
#: Where something is said.
_CHANNELS = frozenset({"interview", "statement", "speech", "letter", "email", "tweet", "post", "conference", "remarks"})
#: Forms whose content is speech only where words of it stand in quotation marks: "denied the report" names what was
#: said, and does not give it.
_UNSPOKEN = frozenset({"phrase", "infinitive", "raised"})


def fit(reading: Reading, drafts: list[Draft]) -> None:
    """Move the edges of each draft's pieces to quotation edges, then add split and freely continued quotations."""
    for draft in drafts:
        _snap(reading, draft)
        if draft.form == "clause" and draft.speech and draft.pieces and reading.inside[draft.cue_head] < 0:
            draft.pieces[-1] = _run_on(reading, draft, *draft.pieces[-1])
        if draft.form in _UNSPOKEN and not draft.quoted:
            draft.speech = False
    owned = {number for draft in drafts for number in draft.quoted}
    for draft in sorted(drafts, key=lambda draft: draft.cue_head):
        if draft.speech and draft.quoted:
            _continue(reading, draft, owned)


def _snap(reading: Reading, draft: Draft) -> None:
    own = reading.inside[draft.cue_head]
    pieces: list[tuple[int, int]] = []
    for first, last in draft.pieces:
        if own >= 0:
            quoted = reading.quoted[own]
            first, last = max(first, quoted.first), min(last, quoted.last)
            if first < last:
                pieces.append((first, last))
            continue
        for number in sorted({reading.inside[token] for token in range(first, last)} - {-1}):
            quoted = reading.quoted[number]
            if quoted.first <= draft.cue_head < quoted.last:
                continue
            first, last = min(first, quoted.first), max(last, quoted.last)
            if quoted.double:
                draft.quoted.append(number)
        pieces.append((first, last))
    draft.pieces = pieces


def _run_on(reading: Reading, draft: Draft, first: int, last: int) -> tuple[int, int]:
    """Content that starts before a quotation, fitted to what follows its marks.

    It runs on over a quotation behind a comma that goes on in lower case (`it was weak, “because it is old”`) and over
    what goes on with its clause (`was “weak” but would stand`), not over where it was said (`“weak,” in a letter`).
    """
    parse, end = reading.parse, reading.sentence(draft.cue_head)[1]
    while last > first and reading.inside[last - 1] < 0 and reading.is_edge(last - 1):
        last -= 1
    if last > end or first < draft.cue_head or first >= last:
        return first, last
    number = reading.inside[last - 1]
    if number < 0:
        following = opening(reading, last) if last < end and parse.words[last] == "," else None
        if following is not None and parse.words[reading.quoted[following].first][:1].islower():
            draft.quoted.append(following)
            return first, reading.quoted[following].last
        return first, _before_setting(reading, first, last)
    quoted = reading.quoted[number]
    after = last
    while after < end and reading.is_mark[after]:
        after += 1
    if quoted.last != last or quoted.first <= first or after >= end or reading.is_edge(last - 1):
        return first, last
    tells_on = parse.lower[after] in {"and", "then"} and parse.tags[min(after + 1, end - 1)] in TENSED
    if tells_on or not (parse.tags[after] in {"CC", "TO"} or parse.lower[after] in _GOING_ON):
        return first, last
    while after < end and not (reading.is_edge(after) and not reading.is_mark[after] and reading.inside[after] < 0):
        if parse.lower[after] == "according":
            break
        after += 1
    return first, after


def _before_setting(reading: Reading, first: int, last: int) -> int:
    """`last`, or the end of the last quotation from `first` on that a comma closes and where it was said follows."""
    parse = reading.parse
    token = last - 1
    while token > first and reading.inside[token] < 0 and not reading.is_mark[token]:
        token -= 1
    start = token + 1
    while token > first and reading.inside[token] < 0:
        token -= 1
    number = reading.inside[token]
    if start >= last or number < 0 or reading.quoted[number].first <= first:
        return last
    if "," not in parse.text[parse.ends[token] - 1 : parse.starts[start]]:
        return last
    entry = verbs().get(parse.lemmas[start])
    participle = parse.tags[start] == "VBG" and (parse.lemmas[start] in _NAMING or (entry is not None and entry.speech))
    said_in = parse.tags[start] == "IN" and not _CHANNELS.isdisjoint(parse.lower[start:last])
    return reading.quoted[number].last if participle or said_in else last


def _continue(reading: Reading, draft: Draft, owned: set[int]) -> None:
    """`"A," she said. "B."`: the quotation that opens the sentence after the cue's is the same speech."""
    parse = reading.parse
    segment = parse.segment_of[draft.cue_head]
    last_quoted = max(reading.quoted[number].last for number in draft.quoted)
    after = max([draft.clause[1] if draft.clause else draft.cue[1], last_quoted])
    for number, quoted in enumerate(reading.quoted):
        if quoted.first < after or not quoted.double:
            continue
        carried = quoted.continues and number - 1 in draft.quoted
        beside = parse.segment_of[quoted.first] == segment and _opens_sentence(reading, quoted, after)
        if number in owned or not (carried or beside):
            return
        draft.pieces.append((quoted.first, quoted.last))
        draft.quoted.append(number)
        owned.add(number)
        after = quoted.last


def _opens_sentence(reading: Reading, quoted: Quoted, after: int) -> bool:
    """Whether the quotation starts right at token `after` or is the first thing after one sentence end from there."""
    parse = reading.parse
    if quoted.last - quoted.first < 3:
        return False
    before = quoted.first - 1
    while before >= after and reading.is_mark[before]:
        before -= 1
    if before < after:
        return True
    if reading.only_punctuation(after, quoted.first):
        return True
    return parse.words[before][-1] in ".!?" and not any(
        parse.words[token] in {".", "!", "?"} for token in range(after, before)
    )
