"""Rows: quotations in marks and attributions of the parse joined into one quote each."""

from __future__ import annotations

from pipeline.annotate.quotes import cues, speech
from pipeline.annotate.quotes.context import Context, phrase
from pipeline.annotate.quotes.draft import Draft
from pipeline.annotate.records import Attribution

#: An attribution whose content lies in marks to this share is the quotation itself.
_INSIDE = 0.85
#: Forms of attribution whose content is told of rather than told ("criticized the plan", "is said to", "urged her
#: to"): a quote only where some of it stands in marks.
_TOLD_OF = frozenset({"phrase", "raised", "infinitive", "colon"})


def drafts(context: Context, attributions: list[Attribution]) -> list[Draft]:
    """The quotes of a text, in order, without speakers."""
    claimed: dict[int, int] = {}
    rows: list[Draft] = []
    for attribution in attributions:
        if not (attribution.speech and attribution.assertive and attribution.spans):
            continue
        row = _of_attribution(context, attribution)
        if row is None or (attribution.form in _TOLD_OF and not row.quotations):
            continue
        for number in row.quotations:
            claimed.setdefault(number, len(rows))
        rows.append(row)
    for number, quotation in enumerate(context.quotations):
        if number in claimed or context.is_aside(quotation.start):
            continue
        found = _of_marks(context, number)
        if found is not None:
            rows.append(found)
    rows = [row for row in rows if not context.is_aside(row.start)]
    rows.sort(key=lambda row: (row.start, -row.end))
    return _joined(context, rows)


def _overlap(first: tuple[int, int], second: tuple[int, int]) -> int:
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def _of_attribution(context: Context, attribution: Attribution) -> Draft | None:
    """The row of an attribution, widened to the ends of quotations that it starts in; None for one inside marks."""
    text = context.parse.text
    if attribution.cue_head is not None and context.inside[attribution.cue_head] >= 0:
        return None
    spans = sorted(attribution.spans)
    touched: list[int] = []
    for number, quotation in enumerate(context.quotations):
        inner = (quotation.inner_start, quotation.inner_end)
        for index, span in enumerate(spans):
            shared = _overlap(span, inner)
            if not shared:
                continue
            if not quotation.double and shared < 0.9 * (inner[1] - inner[0]):
                continue
            touched.append(number)
            start, end = span
            if start >= quotation.start:
                start = quotation.start
            if quotation.start < end < quotation.end or end == quotation.inner_end:
                end = quotation.end
            spans[index] = (start, max(end, quotation.end) if text[span[1] : quotation.end].strip(" .,!?…\"'”’»") == "" else end)
            break
    spans = _merged(spans)
    return Draft(
        spans, "attribution", attribution.source_head, attribution.source, attribution.cue, attribution.cue_head,
        attribution.cue_lemma, attribution.cue is not None and attribution.cue[0] >= spans[0][1], sorted(set(touched)),
    )  # fmt: skip


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _of_marks(context: Context, number: int) -> Draft | None:
    parse, quotation = context.parse, context.quotations[number]
    cue = cues.cue_of(context, number)
    span = (quotation.start, quotation.end)
    if cue is not None:
        source = None
        if cue.source_head is not None:
            first, last = phrase(parse, cue.source_head, context.inside)
            source = parse.span(first, last)
        characters = parse.span(cue.first, cue.last) if cue.first is not None and cue.last is not None else None
        return Draft(
            [span], "cue", cue.source_head, source, characters, cue.first, cue.lemma, cue.after, [number],
            quotation.continues,
        )  # fmt: skip
    if not quotation.double and not quotation.continues:
        return None
    if quotation.continues or speech.is_sentence(context, number):
        return Draft([span], "sentence", quotations=[number], continues=quotation.continues)
    if speech.is_fragment(context, number):
        return Draft([span], "fragment", quotations=[number])
    return None


def _joined(context: Context, rows: list[Draft]) -> list[Draft]:
    """Rows without repeats: where two hold the same characters the first, wider one stays."""
    found: list[Draft] = []
    for row in rows:
        if any(kept.spans == row.spans for kept in found[-6:]):
            continue
        found.append(row)
    return found
