"""Fit content to quotation marks: to the edges of the quotation it stands in, and on to the one that follows it."""

from __future__ import annotations

from pipeline.annotate.attributions.reading import Draft, Quoted, Reading

#: Forms whose content is speech only where words of it stand in quotation marks: "denied the report" names what was
#: said, and does not give it.
_UNSPOKEN = frozenset({"phrase", "infinitive", "raised"})


def fit(reading: Reading, drafts: list[Draft]) -> None:
    """Move the edges of each draft's pieces to quotation edges, then add split and freely continued quotations."""
    for draft in drafts:
        _snap(reading, draft)
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
