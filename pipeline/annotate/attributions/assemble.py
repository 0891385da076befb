"""Turn drafts into records: trimmed character spans, in order, with the attribution that each stands in."""

from __future__ import annotations

from pipeline.annotate.attributions.clauses import skip_that
from pipeline.annotate.attributions.reading import Draft, Reading
from pipeline.annotate.records import Attribution

#: Forms that stand as attributions of their own inside other attributed content.
_NESTING = frozenset({"clause", "inserted", "according_to"})


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
    kept = [record for record in ordered if record.parent is None or record.form in _NESTING]
    _nest(kept)
    return kept


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
    """Name for each attribution the smallest other one whose content holds its cue and its content."""
    for number, inner in enumerate(ordered):
        assert inner.cue is not None
        best: tuple[int, int] | None = None
        for other, outer in enumerate(ordered):
            if other == number or outer.cue == inner.cue:
                continue
            holds = any(start <= inner.cue[0] and inner.cue[1] <= end for start, end in outer.spans) and any(
                start <= inner.spans[0][0] and inner.spans[0][1] <= end for start, end in outer.spans
            )
            if holds:
                size = sum(end - start for start, end in outer.spans)
                if best is None or (size, other) < best:
                    best = (size, other)
        inner.parent = best[1] if best else None
