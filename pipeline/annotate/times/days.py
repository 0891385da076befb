"""Rules for days and parts of days told from another day: today, Thursday, last night."""

from __future__ import annotations

from pipeline.annotate.times import choice, tense
from pipeline.annotate.times.naming import is_other_name
from pipeline.annotate.times.periods import UNKNOWN, Period, covering
from pipeline.annotate.times.pointing import ANAPHORIC, POINTERS, base_of
from pipeline.annotate.times.reading import PUBLISHED, Context, Reading, dated, has, pick
from pipeline.annotate.times.tokens import SHORT, Token


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
    word = pick(tokens, "THIS", "LAST", "NEXT", *ANAPHORIC)
    if part is None:
        return None
    following = context.after()
    if word is None:
        if part.value == "NI" or (following is not None and following.kind == "OF"):
            return None
        before = context.before()
        if not has(tokens, "MID", "EARLY", "LATE") and (before is None or before.kind not in {"IN", "FROM", "TO"}):
            return None
    base, basis = base_of(context, word, "D")
    period = covering("D", base.first) if base is not None else None
    shift = (
        -1
        if word is not None and word.kind in {"LAST", "PREVIOUS"}
        else 1
        if word is not None and word.kind in {"NEXT", "FOLLOWING"}
        else 0
    )
    return in_day(period.shifted(shift) if period else None, basis, part)


def weekday(context: Context, tokens: list[Token]) -> Reading | None:
    """`Thursday`, `last Friday`, `this Friday morning`, `the previous Monday`."""
    name = pick(tokens, "WEEKDAY")
    if name is None:
        return None
    word, part = pick(tokens, *POINTERS), pick(tokens, "DAYPART")
    if name.lower in SHORT or (word is None and part is None and is_other_name(context, [name])):
        return None
    if word is not None and word.kind == "THAT" and context.tag(word) != "DT":
        return None
    number = int(name.value)
    basis = PUBLISHED
    if word is None:
        period = choice.weekday(context, number)
    else:
        base, basis = base_of(context, word, "D")
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
]
