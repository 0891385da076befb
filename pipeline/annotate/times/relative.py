"""Rules for times told from the moment of writing or from a time named before: today, last week, that day."""

from __future__ import annotations

from pipeline.annotate.times import choice, tense
from pipeline.annotate.times.dates import is_other_name
from pipeline.annotate.times.periods import SEASONS, UNKNOWN, Period, covering
from pipeline.annotate.times.reading import (
    EXPLICIT,
    NONE,
    PREVIOUS,
    PUBLISHED,
    Context,
    Reading,
    dated,
    has,
    pick,
)
from pipeline.annotate.times.tokens import SHORT, Token

_UNIT_KINDS = ("YEAR", "DAY", "UNIT", "QUARTER", "WEEKEND")
#: Words that point from a time named before rather than from the moment of writing.
_ANAPHORIC = ("THAT", "SAME", "PREVIOUS", "FOLLOWING")
_POINTERS = ("LAST", "NEXT", "THIS", "COMING", *_ANAPHORIC)


def day(context: Context, tokens: list[Token]) -> Reading | None:
    """`today`, `yesterday morning`, `late yesterday`."""
    word = pick(tokens, "TODAY")
    if word is None or (len(tokens) == 1 and context.tag(word)[:3] == "NNP" and is_other_name(context, [word])):
        return None
    now = context.now("D")
    return in_day(now.shifted(int(word.value)) if now else None, PUBLISHED, pick(tokens, "DAYPART"))


def day_beyond(context: Context, tokens: list[Token]) -> Reading | None:
    """`the day after tomorrow`, `the day before yesterday`."""
    step, word = pick(tokens, "AFTER", "BEFORE"), pick(tokens, "TODAY")
    now = context.now("D")
    if step is None or word is None:
        return None
    return dated(now.shifted(int(step.value) + int(word.value)) if now else None, PUBLISHED)


def in_day(period: Period | None, basis: str, part: Token | None) -> Reading:
    """A reading as a day, or as a part of it."""
    if part is None:
        return dated(period, basis)
    if period is None:
        return Reading("TIME", f"{UNKNOWN['D']}T{part.value}")
    return Reading("TIME", f"{period.value}T{part.value}", period, basis=basis)


def tonight(context: Context, tokens: list[Token]) -> Reading | None:
    """`tonight`, `overnight`."""
    word = tokens[-1]
    now = context.now("D")
    if now is not None and word.lower == "overnight" and context.tense() not in {tense.FUTURE, tense.LIKELY}:
        now = now.shifted(-1)
    return in_day(now, PUBLISHED, word)


def part_of_day(context: Context, tokens: list[Token]) -> Reading | None:
    """`this morning`, `that evening`, `the afternoon`, `mid afternoon`, `last night`."""
    part = pick(tokens, "DAYPART")
    word = pick(tokens, "THIS", "LAST", "NEXT", *_ANAPHORIC)
    if part is None:
        return None
    following = context.after()
    if word is None:
        if part.value == "NI" or (following is not None and following.kind == "OF"):
            return None
        before = context.before()
        if not has(tokens, "MID", "EARLY", "LATE") and (before is None or before.kind not in {"IN", "FROM", "TO", "FROM"}):
            return None
    base, basis = _base(context, word, "D")
    period = covering("D", base.first) if base is not None else None
    shift = -1 if word is not None and word.kind in {"LAST", "PREVIOUS"} else 1 if word is not None and word.kind in {"NEXT", "FOLLOWING"} else 0
    return in_day(period.shifted(shift) if period else None, basis, part)


def _base(context: Context, word: Token | None, unit: str) -> tuple[Period | None, str]:
    """What a pointing word points from, for a period of `unit`."""
    previous = context.previous_within(unit)
    if word is not None and word.kind in _ANAPHORIC and previous is not None:
        return previous, PREVIOUS
    now = context.now("D")
    return now, PUBLISHED if now else NONE


def weekday(context: Context, tokens: list[Token]) -> Reading | None:
    """`Thursday`, `last Friday`, `this Friday morning`, `the previous Monday`."""
    name = pick(tokens, "WEEKDAY")
    if name is None:
        return None
    word, part = pick(tokens, *_POINTERS), pick(tokens, "DAYPART")
    if name.lower in SHORT or (word is None and part is None and is_other_name(context, [name])):
        return None
    number = int(name.value)
    basis = PUBLISHED
    if word is None:
        period = choice.weekday(context, number)
    else:
        base, basis = _base(context, word, "D")
        period = None if base is None else _pointed_weekday(context, base, number, word)
    if period is None:
        value = f"XXXX-WXX-{number}"
        return Reading("TIME", f"{value}T{part.value}") if part else Reading("DATE", value)
    return in_day(period, basis, part)


def _pointed_weekday(context: Context, base: Period, number: int, word: Token) -> Period:
    start = covering("D", base.first)
    back = (start.first.isoweekday() - number) % 7
    if word.kind in {"LAST", "PREVIOUS"}:
        return start.shifted(-(back or 7))
    if word.kind in {"NEXT", "COMING", "FOLLOWING"}:
        return start.shifted(7 - back)
    if word.kind == "THIS":
        week = covering("W", start.first)
        return Period("D", week.first).shifted(number - 1)
    return start.shifted(-back)


def month_or_season(context: Context, tokens: list[Token]) -> Reading | None:
    """`last May`, `next fall`, `this past spring`, `the following March`."""
    word, name = pick(tokens, *_POINTERS), pick(tokens, "MONTH", "SEASON")
    if word is None or name is None:
        return None
    unit = "M" if name.kind == "MONTH" else name.value
    base, basis = _base(context, word, unit)
    first = int(name.value) if name.kind == "MONTH" else SEASONS[name.value]
    if base is None:
        return Reading("DATE", f"XXXX-{first:02}" if unit == "M" else UNKNOWN[unit])
    here = covering(unit, base.first.replace(month=first, day=1))
    if word.kind in {"LAST", "PREVIOUS"} or has(tokens, "PASTWORD"):
        inside = here.first <= base.first and (base.first < here.after and not has(tokens, "THIS"))
        period = here.shifted(-12 if unit == "M" else -1) if here.first > base.first or inside else here
    elif word.kind in {"NEXT", "COMING", "FOLLOWING"} or has(tokens, "COMING"):
        period = here if here.first > base.first else here.shifted(12 if unit == "M" else 1)
    else:
        period = here
    return dated(period, basis)


def unit(context: Context, tokens: list[Token]) -> Reading | None:
    """`last week`, `this year`, `earlier this month`, `the next day`, `that year`, `the same day`."""
    word, name = pick(tokens, *_POINTERS, "CURRENT"), pick(tokens, *_UNIT_KINDS)
    if word is not None and word.kind == "THAT" and has(tokens, "SAME"):
        word = pick(tokens, "SAME")
    if word is None or name is None:
        return None
    if name.value not in UNKNOWN or name.value.startswith("T"):
        return None
    if word.kind == "THIS" and has(tokens, "PASTWORD"):
        word = Token(word.start, word.end, "last", "LAST", "-1")
    has_article = tokens[0].kind == "THE" or has(tokens, "OF")
    if word.kind == "LAST" and has_article and tokens[0].kind == "THE":
        return None
    if name.value in {"E", "C"} and word.kind == "LAST" and tokens[0].kind == "THE":
        return None
    if word.kind == "THAT" and context.tag(word) != "DT":
        return None
    if word.kind == "THAT" and (context.previous is None and context.today is None):
        return Reading("DATE", UNKNOWN[name.value])
    previous = context.previous_within(name.value)
    if word.kind == "NEXT" and tokens[0].kind == "THE" and previous is not None:
        base, basis = previous, PREVIOUS
        if name.value == "Y" and (context.before() is not None and context.before().lower in {"over", "within", "for", "in", "during"}):  # type: ignore[union-attr]
            return None
    else:
        base, basis = _base(context, word, name.value)
    if base is None:
        return Reading("DATE", UNKNOWN[name.value])
    shift = {"LAST": -1, "PREVIOUS": -1, "NEXT": 1, "COMING": 1, "FOLLOWING": 1}.get(word.kind, 0)
    covered = covering(name.value, base.first)
    return dated(covered.shifted(shift), basis)


def plain_unit(context: Context, tokens: list[Token]) -> Reading | None:
    """`the year`, `the week`, `the weekend`, `the end of the month`: the one that the text is in."""
    name = pick(tokens, *_UNIT_KINDS)
    if name is None or name.value not in {"Y", "W", "M", "WE"}:
        return None
    following = context.after()
    if name.value != "WE" and following is not None and (following.kind == "OF" or following.lower in {"that", "when", "in"}):
        return None
    if name.value != "WE" and tokens[-1] is name and len(tokens) == 2 and context.tag(following)[:2] in {"NN", "CD"}:
        return None
    if name.value == "Y" and following is not None and following.lower in {"ended", "ending"}:
        return Reading("DURATION", "P1Y", basis=EXPLICIT)
    now = context.now(name.value)
    if now is None:
        return Reading("DATE", UNKNOWN[name.value])
    if name.value == "WE" and now.first > context.now("D").first and context.tense() not in tense.AHEAD:  # type: ignore[union-attr]
        now = now.shifted(-1)
    return dated(now, PUBLISHED)


def weekend(context: Context, tokens: list[Token]) -> Reading | None:
    """`this weekend`, `last weekend`, `next weekend`."""
    word = pick(tokens, *_POINTERS)
    now = context.now("WE")
    if now is None or word is None:
        return Reading("DATE", UNKNOWN["WE"])
    before_it = context.today is not None and context.today < now.first
    if word.kind == "THIS" and before_it and context.tense() == tense.PAST:
        now = now.shifted(-1)
    elif word.kind in {"LAST", "PREVIOUS"}:
        now = now.shifted(-1)
    elif word.kind in {"NEXT", "FOLLOWING"}:
        now = now.shifted(1)
    return dated(now, PUBLISHED)


def year_end(context: Context, tokens: list[Token]) -> Reading | None:
    """`year-end`, `around year end`."""
    period = choice.of_year(context, "M", 12)
    return dated(period, PUBLISHED) if period else Reading("DATE", "XXXX-12")


_POINTED = "(?:THE? DEICTIC)"
RULES = [
    ("THE DAY (?:AFTER|BEFORE) TODAY", day_beyond),
    ("(?:EARLY|LATE|EARLIER|LATER)? TODAY DAYPART?", day),
    ("(?:EARLY|LATE|LATER|EARLIER)? TONIGHT", tonight),
    ("(?:EARLY|LATE|LATER|EARLIER)? (?:THIS|THAT|LAST|THE (?:SAME|PREVIOUS|FOLLOWING|NEXT)) DAYPART", part_of_day),
    ("THE (?:EARLY|LATE|MID HYPHEN?)? DAYPART", part_of_day),
    ("MID HYPHEN? DAYPART", part_of_day),
    ("(?:EARLY|LATE|EARLIER|LATER)? WEEKDAY (?:COMMA? DAYPART)?", weekday),
    (f"(?:EARLY|LATE|EARLIER|LATER)? {_POINTED} WEEKDAY DAYPART?", weekday),
    (f"POSITION? {_POINTED} (?:MONTH|SEASON)", month_or_season),
    (f"POSITION? {_POINTED} SINGULAR", unit),
    ("POSITION? THE CURRENT (?:FISCAL|MOREADJ)? SINGULAR", unit),
    ("POSITION? THE (?:FISCAL)? (?:YEAR|UNIT|WEEKEND)", plain_unit),
    ("POSITION? THE? (?:THIS|LAST|NEXT|COMING|PREVIOUS|FOLLOWING|THAT) PASTWORD? WEEKEND", weekend),
    ("THE? (?:YEAR|UNIT) POSSESSIVE END", plain_unit),
    ("(?:APPROXIMATELY|THE)? YEAR HYPHEN? END", year_end),
]
