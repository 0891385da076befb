"""Rules for weeks, months, seasons and years told from another time: last week, that year."""

from __future__ import annotations

from pipeline.annotate.times import choice, tense
from pipeline.annotate.times.periods import SEASONS, UNKNOWN, covering
from pipeline.annotate.times.pointing import POINTERS, base_of
from pipeline.annotate.times.reading import EXPLICIT, PREVIOUS, PUBLISHED, Context, Reading, dated, has, pick
from pipeline.annotate.times.tokens import Token

_UNIT_KINDS = ("YEAR", "DAY", "UNIT", "QUARTER", "WEEKEND")
#: Prepositions after which `the next year` is a stretch of time rather than a year.
_SPANNING = frozenset({"over", "within", "for", "in", "during"})


def month_or_season(context: Context, tokens: list[Token]) -> Reading | None:
    """`last May`, `next fall`, `this past spring`, `the following March`."""
    word, name = pick(tokens, *POINTERS), pick(tokens, "MONTH", "SEASON")
    if word is None or name is None or (word.kind == "THAT" and context.tag(word) != "DT"):
        return None
    unit = "M" if name.kind == "MONTH" else name.value
    base, basis = base_of(context, word, unit)
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
    word, name = pick(tokens, *POINTERS, "CURRENT"), pick(tokens, *_UNIT_KINDS)
    if word is not None and word.kind == "THAT" and has(tokens, "SAME"):
        word = pick(tokens, "SAME")
    if word is None or name is None:
        return None
    if name.value not in UNKNOWN or name.value.startswith("T"):
        return None
    if word.kind == "THIS" and has(tokens, "PASTWORD"):
        word = Token(word.start, word.end, "last", "LAST", "-1")
    if word.kind == "LAST" and tokens[0].kind == "THE":
        return None
    if word.kind == "THAT" and context.tag(word) != "DT":
        return None
    before = context.before()
    is_next = word.kind == "NEXT" and tokens[0].kind == "THE"
    if is_next and before is not None and before.lower in _SPANNING:
        return None
    previous = context.previous_within(name.value)
    if is_next and previous is not None:
        base, basis = previous, PREVIOUS
    else:
        now, basis = base_of(context, word, name.value)
        if now is None:
            return Reading("DATE", UNKNOWN[name.value])
        base = now
    shift = {"LAST": -1, "PREVIOUS": -1, "NEXT": 1, "COMING": 1, "FOLLOWING": 1}.get(word.kind, 0)
    return dated(covering(name.value, base.first).shifted(shift), basis)


def plain_unit(context: Context, tokens: list[Token]) -> Reading | None:
    """`the year`, `the week`, `the weekend`, `the end of the month`: the one that the text is in."""
    name = pick(tokens, *_UNIT_KINDS)
    if name is None or name.value not in {"Y", "W", "M", "WE"}:
        return None
    following = context.after()
    if (
        name.value != "WE"
        and following is not None
        and (following.kind == "OF" or following.lower in {"that", "when", "in"})
    ):
        return None
    if name.value != "WE" and tokens[-1] is name and len(tokens) == 2 and context.tag(following)[:2] in {"NN", "CD"}:
        return None
    if following is not None and following.lower in {"ended", "ending"} and name.value != "WE":
        return Reading("DURATION", f"P1{name.value}", basis=EXPLICIT)
    now = context.now(name.value)
    if now is None:
        return Reading("DATE", UNKNOWN[name.value])
    is_ahead = context.today is not None and now.first > context.today
    before = context.before()
    is_over = (before is not None and before.lower == "over") or context.tense() not in tense.AHEAD
    if name.value == "WE" and is_ahead and is_over:
        now = now.shifted(-1)
    return dated(now, PUBLISHED)


def weekend(context: Context, tokens: list[Token]) -> Reading | None:
    """`this weekend`, `last weekend`, `next weekend`."""
    word = pick(tokens, *POINTERS)
    now = context.now("WE")
    if now is None or word is None:
        return Reading("DATE", UNKNOWN["WE"])
    before_it = context.today is not None and context.today < now.first
    if (word.kind == "THIS" and before_it and context.tense() == tense.PAST) or word.kind in {"LAST", "PREVIOUS"}:
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
    (f"POSITION? {_POINTED} (?:MONTH|SEASON)", month_or_season),
    (f"POSITION? {_POINTED} SINGULAR", unit),
    ("POSITION? THE CURRENT (?:FISCAL|MOREADJ)? SINGULAR", unit),
    ("POSITION? THE (?:FISCAL)? (?:YEAR|UNIT|WEEKEND)", plain_unit),
    ("POSITION? THE? (?:THIS|LAST|NEXT|COMING|PREVIOUS|FOLLOWING|THAT) PASTWORD? WEEKEND", weekend),
    ("THE? (?:YEAR|UNIT) POSSESSIVE END", plain_unit),
    ("(?:APPROXIMATELY|THE)? YEAR HYPHEN? END", year_end),
]
