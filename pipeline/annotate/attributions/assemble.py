"""Turn drafts into records: trimmed character spans, in order, with the attribution that each stands in."""

from __future__ import annotations

from pipeline.annotate.attributions.clauses import skip_that
from pipeline.annotate.attributions.reading import Draft, Reading
from pipeline.annotate.records import Attribution

#: Forms that stand as attributions of their own inside other attributed content.
_NESTING = frozenset({"clause", "inserted", "according_to"})

#: At most this many spans that are open at a cue are looked at, the latest to open: bounds the work on hostile text.
_DEEPEST = 50


def records(reading: Reading, drafts: list[Draft]) -> list[Attribution]:
    """One record a draft that has content left, in order of content and cue."""
    found: list[tuple[tuple[int, ...], Attribution]] = []
    for draft in drafts:
        spans = _spans(reading, draft)
        if not spans:
            continue
        parse = reading.parse
        record = Attribution(
            spans=spans,
            source=parse.span(*draft.source) if draft.source else None,
            source_head=draft.source_head,
            cue=parse.span(*draft.cue),
            cue_head=draft.cue_head,
            cue_lemma=draft.lemma,
            form=draft.form,
            speech=draft.speech,
            assertive=draft.assertive,
            content_head=draft.content_head,
        )
        found.append(((spans[0][0], -spans[-1][1], draft.cue_head), record))
    ordered = [record for _, record in sorted(found, key=lambda pair: pair[0])]
    _nest(ordered)
    kept = [record for record in ordered if _stands(reading, record)]
    _nest(kept)
    return kept


def _stands(reading: Reading, record: Attribution) -> bool:
    """Whether a record stands on its own: of nested phrases those with quoted words in a free relative clause do
    ("what he calls “reform”")."""
    if record.parent is None or record.form in _NESTING:
        return True
    if record.form != "phrase" or not record.speech or record.cue_head is None:
        return False
    return any(reading.parse.lower[child] == "what" for child in reading.parse.children[record.cue_head])


def _spans(reading: Reading, draft: Draft) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for number, (first, last) in enumerate(sorted(draft.pieces)):
        if number == 0 or draft.form == "clause":
            first = skip_that(reading, first, last)
        trimmed = reading.trim(first, last)
        if trimmed is None:
            continue
        if ranges and trimmed[0] <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], trimmed[1]))
        else:
            ranges.append(trimmed)
    return [reading.parse.span(*piece) for piece in ranges]


def _nest(ordered: list[Attribution]) -> None:
    """Name for each attribution the smallest other one whose content holds its cue and the start of its content.

    One sweep over the text: the spans open at a cue are few.
    """
    sizes = [sum(end - start for start, end in record.spans) for record in ordered]
    openings = sorted((start, end, number) for number, record in enumerate(ordered) for start, end in record.spans)
    queries = sorted((record.cue or record.spans[0], number) for number, record in enumerate(ordered))
    active: list[tuple[int, int, int]] = []
    position = 0
    for cue, number in queries:
        while position < len(openings) and openings[position][0] <= cue[0]:
            active.append(openings[position])
            position += 1
        active = [span for span in active if span[1] > cue[0]][-_DEEPEST:]
        content = ordered[number].spans[0]
        holders = [
            (sizes[other], other)
            for _, end, other in active
            if other != number
            and cue[1] <= end
            and ordered[other].cue != ordered[number].cue
            and any(start <= content[0] and content[1] <= last for start, last in ordered[other].spans)
        ]
        ordered[number].parent = min(holders)[1] if holders else None
