"""Quotes: exactly what was said, and by whom."""

from __future__ import annotations

from pipeline.annotate.parse import Parse
from pipeline.annotate.quotes import assembly, speakers
from pipeline.annotate.quotes.cast import Speaker
from pipeline.annotate.quotes.context import Context
from pipeline.annotate.quotes.draft import Draft
from pipeline.annotate.records import Attribution, LocalEntity, Mention, Quote


def find(
    parse: Parse, attributions: list[Attribution], mentions: list[Mention], entities: list[LocalEntity]
) -> list[Quote]:
    """The quotes of a text, in order: direct, indirect and mixed speech with its speakers."""
    context = Context(parse)
    rows = assembly.drafts(context, attributions)
    found = speakers.resolve(context, rows, mentions, entities)
    return [_quote(context, row, speaker, entities) for row, speaker in zip(rows, found, strict=True)]


def quoted_fraction(context: Context, spans: list[tuple[int, int]]) -> float:
    """The share of the letters and digits in `spans` that stand between quotation marks."""
    text = context.parse.text
    quoted = letters = 0
    for start, end in spans:
        marked = [
            (max(start, q.inner_start), min(end, q.inner_end))
            for q in context.quotations
            if q.inner_start < end and start < q.inner_end
        ]
        letters += sum(character.isalnum() for character in text[start:end])
        quoted += sum(sum(character.isalnum() for character in text[a:b]) for a, b in marked)
    return round(quoted / letters, 4) if letters else 0.0


def _quote(context: Context, row: Draft, speaker: Speaker, entities: list[LocalEntity]) -> Quote:
    fraction = quoted_fraction(context, row.spans)
    start_paragraph, end_paragraph = context.paragraph(row.start), context.paragraph(row.end - 1)
    return Quote(
        row.start, row.end, row.spans, "direct" if fraction >= 0.95 else "mixed" if fraction > 0 else "indirect", fraction,
        speaker.start, speaker.end, speaker.entity,
        entities[speaker.entity].canonical_name if speaker.entity is not None else None,
        speaker.kind, speaker.resolution,
        row.cue[0] if row.cue else None, row.cue[1] if row.cue else None, row.cue_lemma, None,
        start_paragraph, start_paragraph != end_paragraph,
    )  # fmt: skip
