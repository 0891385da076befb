"""Speakers: which entity of the article, or which unnamed source, spoke each quote."""

from __future__ import annotations

from pipeline.annotate.quotes.cast import GENDER, Cast, Speaker
from pipeline.annotate.quotes.context import Context, phrase
from pipeline.annotate.quotes.draft import Draft
from pipeline.annotate.records import LocalEntity, Mention

#: How many paragraphs back a speaker is still the one who goes on.
_REACH = 2


def resolve(context: Context, rows: list[Draft], mentions: list[Mention], entities: list[LocalEntity]) -> list[Speaker]:
    """A speaker for each row, in order; rows without any evidence get none."""
    cast = Cast(context, mentions, entities)
    found: list[Speaker] = []
    for number, row in enumerate(rows):
        _settle_source(cast, rows, number)
        speaker = cast.speaker(row.source_head, row.source)
        if speaker.pronoun in GENDER:
            speaker = _pronoun(cast, rows, found, number, speaker)
        elif _is_floating(cast, row):
            speaker = _carried(cast, rows, found, number)
        if row.carried and speaker.kind != "none":
            speaker.resolution = "carried"
        found.append(speaker)
    for number in range(len(rows) - 2, -1, -1):
        if found[number].kind == "none" and rows[number].source_head is None:
            found[number] = _ahead(context, rows, found, number)
    return found


def _is_floating(cast: Cast, row: Draft) -> bool:
    """Whether nothing beside the quote names its speaker: no source, or a subject before a colon that cannot speak."""
    if row.source_head is None:
        return row.cue is None or row.origin == "cue" or _is_participle(cast.context, row)
    return row.cue is None and not cast.can_speak(row.source_head)


def _is_participle(context: Context, row: Draft) -> bool:
    return row.cue_head is not None and context.parse.tags[row.cue_head] == "VBG"


def _settle_source(cast: Cast, rows: list[Draft], number: int) -> None:
    """Replace a source that cannot be one: words of the quotation itself, or a thing that a participle hangs on
    ("Hill argued that the move hurt, noting that ...")."""
    context, row, parse = cast.context, rows[number], cast.context.parse
    if row.source_head is not None and context.inside[row.source_head] >= 0:
        row.source_head, row.source = None, None
    if row.cue_head is None or (row.source_head is not None and cast.can_speak(row.source_head)):
        return
    if _is_participle(context, row):
        for before in reversed(rows[:number]):
            if before.cue_head is None or parse.sentence_of[before.cue_head] != parse.sentence_of[row.cue_head]:
                break
            if before.source_head is not None and cast.can_speak(before.source_head):
                row.source_head, row.source = before.source_head, before.source
                return
    elif row.source_head is None:
        first, last = parse.sentences[parse.sentence_of[row.cue_head]]
        for token in range(row.cue_head + 1, min(last, row.cue_head + 4)) if row.behind else ():
            named = cast.persons_at(token)
            if named:
                row.source_head, row.source = token, (named[0].start, named[0].end)
                return
        for token in range(row.cue_head - 1, first - 1, -1):
            if context.inside[token] >= 0:
                continue
            named = cast.persons_at(token)
            if named:
                row.source_head, row.source = token, (named[0].start, named[0].end)
                return


def of_turn(row: Draft, entity: int | None) -> Speaker:
    """The speaker of a turn in a transcript: whom its label names."""
    start, end = row.source or (None, None)
    if entity is None:
        return Speaker(start, end, None, "unnamed", "none")
    return Speaker(start, end, entity, "person", "name")


def _pronoun(cast: Cast, rows: list[Draft], found: list[Speaker], number: int, speaker: Speaker) -> Speaker:
    """A pronoun that coreference left open goes to the last speaker who agrees in gender."""
    gender = GENDER[speaker.pronoun or ""]
    for previous in range(number - 1, max(-1, number - 4), -1):
        entity = found[previous].entity
        if (
            entity is not None
            and cast.entities[entity].type == "PERSON"
            and cast.entities[entity].gender in {None, gender}
        ):
            speaker.entity, speaker.kind, speaker.resolution = entity, "person", "pronoun"
            break
    return speaker


def _carried(cast: Cast, rows: list[Draft], found: list[Speaker], number: int) -> Speaker:
    """A quote without a source goes on with the speaker before it, or with whom the sentence before it is about."""
    context, row, parse = cast.context, rows[number], cast.context.parse
    token = parse.token_at(row.start)
    enclosing = _enclosing_subject(cast, row, token)
    if enclosing is not None:
        return enclosing
    paragraph = context.paragraph(row.start)
    previous = next((k for k in range(number - 1, -1, -1) if rows[k].end <= row.start), None)
    before = _narrative_before(context, token)
    if before >= 0:
        first, last = _stretch(context, before)
        if previous is None or not _is_cue_in(rows[previous], parse.starts[first], parse.ends[last - 1]):
            subject = _main_subject(context, first, last)
            if subject is not None:
                about = cast.speaker(subject, parse.span(*phrase(parse, subject, context.inside)))
                if about.kind == "person":
                    about.resolution = "carried"
                    return about
    if previous is not None:
        last_speaker = found[previous]
        if last_speaker.kind != "none" and paragraph - context.paragraph(rows[previous].end - 1) <= _REACH:
            return Speaker(last_speaker.start, last_speaker.end, last_speaker.entity, last_speaker.kind, "carried")
    return Speaker()


def _is_cue_in(row: Draft, start: int, end: int) -> bool:
    return row.cue is not None and start <= row.cue[0] < end


def _stretch(context: Context, before: int) -> tuple[int, int]:
    """The tokens of the narration that ends at token `before`: its sentence, cut at a quotation inside it."""
    first, last = context.parse.sentences[context.parse.sentence_of[before]]
    start = before
    while start > first and context.inside[start - 1] < 0:
        start -= 1
    return start, min(last, before + 1)


def _narrative_before(context: Context, token: int) -> int:
    """The last token before a quote that is neither quoted nor in a caption or heading, -1 where there is none."""
    parse = context.parse
    before = token - 1
    while before >= 0:
        if context.is_aside(parse.starts[before]):
            before = parse.segments[parse.segment_of[before]][0] - 1
        elif context.inside[before] >= 0:
            return -1
        elif context.is_heading(parse.starts[before]):
            before = parse.segments[parse.segment_of[before]][0] - 1
        else:
            return (
                before if any(map(str.isalnum, parse.words[before])) or before == 0 else _word_before(context, before)
            )
    return -1


def _word_before(context: Context, before: int) -> int:
    while before > 0 and context.inside[before] < 0 and not any(map(str.isalnum, context.parse.words[before])):
        before -= 1
    return before if context.inside[before] < 0 else -1


def _main_subject(context: Context, first: int, last: int) -> int | None:
    """The subject of the main clause of a sentence."""
    parse = context.parse
    for token in range(first, last):
        if parse.labels[token] in {"nsubj", "nsubjpass"} and context.inside[token] < 0:
            verb = parse.heads[token]
            if parse.labels[verb] in {"ROOT", "conj"} or context.inside[parse.heads[verb]] >= 0:
                return token
    return None


def _enclosing_subject(cast: Cast, row: Draft, token: int) -> Speaker | None:
    """The subject of the clause that a quoted fragment stands in, where it is a person."""
    context, parse = cast.context, cast.context.parse
    if row.origin != "fragment":
        return None
    while token < len(parse) - 1 and not any(map(str.isalnum, parse.words[token])):
        token += 1
    number = context.inside[token]
    for above in parse.ancestors(token):
        if context.inside[above] == number and number >= 0:
            continue
        for child in parse.children[above]:
            if parse.labels[child] in {"nsubj", "nsubjpass"} and context.inside[child] < 0:
                found = cast.speaker(child, parse.span(*phrase(parse, child, context.inside)))
                if found.kind == "person" or (found.kind == "unnamed" and cast.can_speak(child)):
                    return found
                return None
    return None


def _ahead(context: Context, rows: list[Draft], found: list[Speaker], number: int) -> Speaker:
    """A quote with nobody before it belongs to the speaker of the quotation that follows at once."""
    row, following = rows[number], rows[number + 1]
    speaker = found[number + 1]
    distance = context.paragraph(following.start) - context.paragraph(row.end - 1)
    if (
        row.origin == "sentence"
        and following.quotations
        and following.behind
        and distance <= 1
        and speaker.kind != "none"
    ):
        return Speaker(speaker.start, speaker.end, speaker.entity, speaker.kind, "carried")
    return found[number]
