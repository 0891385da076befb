"""Quotes: exactly what was said, and by whom."""

from __future__ import annotations

from pipeline.annotate.parse import Parse
from pipeline.annotate.quotes import assembly, speakers, transcript
from pipeline.annotate.quotes.cast import Speaker
from pipeline.annotate.quotes.channel import channel
from pipeline.annotate.quotes.confidence import confidence
from pipeline.annotate.quotes.context import Context
from pipeline.annotate.quotes.draft import Draft
from pipeline.annotate.records import Attribution, LocalEntity, Mention, Quote

#: From this share of quoted letters a quote is direct.
DIRECT = 0.95


def find(
    parse: Parse, attributions: list[Attribution], mentions: list[Mention], entities: list[LocalEntity]
) -> list[Quote]:
    """The quotes of a text, in order: direct, indirect and mixed speech with its speakers.

    Written policy: reported statements make rows; questions, refusals, beliefs, intentions and accusations
    without any words of the accuser make none. `"A," she said, "b."` is one row with two spans; a new sentence behind
    the cue is a row of its own, whose speaker is carried over. A quotation over several paragraphs is one row.
    """
    if not len(parse):
        return []
    context = Context(parse)
    rows = assembly.drafts(context, attributions)
    turns = transcript.turns(context, entities)
    rows = [row for row in rows if not any(turn.start <= row.start < turn.end for turn, _ in turns)]
    pairs = list(zip(rows, speakers.resolve(context, rows, mentions, entities), strict=True))
    pairs += [(turn, speakers.of_turn(turn, entity)) for turn, entity in turns]
    pairs.sort(key=lambda pair: (pair[0].start, -pair[0].end))
    return [_quote(context, row, speaker, entities) for row, speaker in pairs]


def _quote(context: Context, row: Draft, speaker: Speaker, entities: list[LocalEntity]) -> Quote:
    fraction = context.quoted_fraction(row.spans)
    first, last = context.paragraph(row.start), context.paragraph(row.end - 1)
    return Quote(
        start=row.start,
        end=row.end,
        spans=row.spans,
        type="direct" if row.verbatim or fraction >= DIRECT else "mixed" if fraction > 0 else "indirect",
        quoted_fraction=fraction,
        speaker_start=speaker.start,
        speaker_end=speaker.end,
        speaker_entity=speaker.entity,
        speaker_name=None if speaker.entity is None else entities[speaker.entity].canonical_name,
        speaker_kind=speaker.kind,
        speaker_resolution=speaker.resolution,
        cue_start=row.cue[0] if row.cue else None,
        cue_end=row.cue[1] if row.cue else None,
        cue_lemma=row.cue_lemma,
        channel=channel(context, row, speaker),
        paragraph=first,
        spans_paragraphs=first != last,
        confidence=confidence(row, speaker),
    )
