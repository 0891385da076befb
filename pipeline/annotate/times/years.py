"""Rules for years, decades and centuries, and the year that belongs to a day or month."""

from __future__ import annotations

import re
from datetime import date

from pipeline.annotate.times.numbers import worded
from pipeline.annotate.times.periods import Period, covering, year_of
from pipeline.annotate.times.reading import EXPLICIT, NONE, PREVIOUS, PUBLISHED, Context, Reading, dated, has, pick
from pipeline.annotate.times.tokens import Token

#: Labels of figures that are no years.
_FIGURES = frozenset({"CARDINAL", "QUANTITY", "MONEY", "PERCENT"})


#: Words that, before a figure of four digits, make it a year.
_YEAR_CUES = frozenset(
    {"in", "since", "until", "till", "of", "from", "during", "before", "after", "between", "by", "early", "late", "mid"}
)


#: Signs and words that, before a figure, make it something else.
_NO_YEAR = frozenset({"$", "£", "€", "¥", "#", "%", "no", "nos", "page", "room", "flight"})


#: Two-digit years up to this many years after the publication belong to its century.
_AHEAD = 20


def year_number(context: Context, token: Token) -> int:
    """The year that a figure of four digits or `'96` names."""
    digits = token.value or token.lower.lstrip("'’")
    if len(digits) == 4:
        return int(digits)
    limit = (context.today.year if context.today else 2030) + _AHEAD
    century = limit // 100 * 100
    return century + int(digits) if century + int(digits) <= limit else century - 100 + int(digits)


def told_year(context: Context, tokens: list[Token]) -> tuple[Period | None, str] | None:
    """The year that `tokens` tell (1996, last year, two years ago) with its basis, or None where they tell none."""
    figure = pick(tokens, "YEARLIKE", "SHORTYEAR")
    if figure is not None:
        return year_of(year_number(context, figure)), EXPLICIT
    if not has(tokens, "YEAR"):
        return None
    word = pick(tokens, "LAST", "NEXT", "COMING", "THIS", "PREVIOUS", "FOLLOWING", "THAT", "SAME", "AGO", "EARLIER")
    if word is None:
        return None
    if word.kind in {"PREVIOUS", "FOLLOWING", "THAT", "SAME"} and context.previous is not None:
        base, basis = covering("Y", context.previous.first), PREVIOUS
    else:
        now = context.now("Y")
        if now is None:
            return None, NONE
        base, basis = now, PUBLISHED
    return base.shifted(int(word.value) if word.value.lstrip("-").isdigit() else 0), basis


def year(context: Context, tokens: list[Token]) -> Reading | None:
    """`1996`, `early 1991`, `the end of 1990`, `fiscal 1988`, `the year two thousand`."""
    figure = pick(tokens, "YEARLIKE")
    if figure is None:
        figure = pick(tokens, "SHORTYEAR")
        if figure is None:
            return None
        before = context.before()
        if len(tokens) == 1 and (before is None or before.lower not in _YEAR_CUES | {"and", "to", "the"}):
            return None
    elif "," in figure.lower or (len(tokens) == 1 and not _is_year(context, figure)):
        return None
    return dated(year_of(year_number(context, figure)), EXPLICIT)


def _is_year(context: Context, figure: Token) -> bool:
    before, following = context.before(), context.after()
    previous = before.lower if before else ""
    if previous in _NO_YEAR or (following is not None and following.lower in {"%", "$", "percent", "°"}):
        return False
    if before is not None and before.kind in {"HYPHEN", "SLASH"} and before.end == figure.start and previous != "-":
        return False
    listed = context.before(2)
    cued = previous in _YEAR_CUES and context.tag(following)[:3] != "NNS"
    cued = cued or (
        before is not None
        and before.kind in {"AND", "OR", "TO", "COMMA", "HYPHEN"}
        and listed is not None
        and listed.kind == "YEARLIKE"
    )
    cued = cued or context.tag(following) in {"NN", "NNP"}
    if not cued and int(figure.value) % 100 == 0 and context.tag(following) == "NNS" and previous != "the":
        return False
    label = context.label(figure)
    if not 1900 <= int(figure.value) <= 2050:
        return (label == "DATE" and cued) or (cued and previous in {"in", "since"} and label not in _FIGURES)
    return cued or label not in _FIGURES


def fiscal_year(context: Context, tokens: list[Token]) -> Reading | None:
    """`FY2019`, `FY '19`."""
    digits = re.sub(r"\D", "", tokens[-1].lower)
    return dated(year_of(year_number(context, Token(0, 0, digits, "SHORTYEAR", ""))), EXPLICIT)


def spoken_year(context: Context, tokens: list[Token]) -> Reading | None:
    """`nineteen ninety-one`, `the year two thousand`."""
    words = [token for token in tokens if token.kind in {"WORDNUM", "SCALE"}]
    if has(tokens, "YEAR"):
        number = int(worded(words) or _pair(words) or 0)
    else:
        number = int(_pair(words) or 0)
    return dated(year_of(number), EXPLICIT) if 1000 <= number <= 2999 else None


def _pair(words: list[Token]) -> int | None:
    if len(words) < 2 or int(words[0].value) not in range(13, 21):
        return None
    rest = worded(words[1:])
    return int(words[0].value) * 100 + int(rest) if rest is not None and 10 <= rest <= 99 else None


def decade(context: Context, tokens: list[Token]) -> Reading | None:
    """`the 1980s`, `the mid-'90s`, `the eighties`."""
    figure = pick(tokens, "DECADE", "DECADEWORD")
    if figure is None:
        return None
    digits = re.sub(r"\D", "", figure.lower) or figure.value
    if len(digits) == 4:
        number = int(digits)
    else:
        before = context.before()
        if (not has(tokens, "THE", "EARLY", "LATE", "MID") and figure.lower[0] not in "'’") or (
            before is not None and before.lower in {"his", "her", "their"}
        ):
            return None
        following = context.after()
        if following is not None and following.lower in {"%", "percent", "degrees"}:
            return None
        number = 1900 + int(digits)
    return dated(Period("E", date(number, 1, 1)), EXPLICIT)


def century(context: Context, tokens: list[Token]) -> Reading | None:
    """`the 11th century`, `the nineteenth century`."""
    number, unit = pick(tokens, "ORDINAL"), pick(tokens, "UNIT")
    if number is None or unit is None or unit.value != "C" or not 2 <= int(number.value) <= 30 or has(tokens, "ERA"):
        return None
    return dated(Period("C", date(int(number.value) * 100 - 100, 1, 1)), EXPLICIT)


RULES = [
    ("(?:POSITION|POSITION? THE? YEAR)? YEARNUMBER", year),
    ("THE? FISCALNAME", fiscal_year),
    ("POSITION? (?:THE? YEAR)? (?:WORDNUM HYPHEN?){1,2} WORDNUM", spoken_year),
    ("THE? YEAR WORDED", spoken_year),
    ("POSITION? THE? FISCAL YEAR? YEARNUMBER", year),
    ("POSITION? THE? (?:DECADE|DECADEWORD)", decade),
    ("POSITION? THE? ORDINAL HYPHEN? UNIT ERA?", century),
]
