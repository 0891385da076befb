"""Scan a text for the words and figures of time expressions: one pass of one regular expression.

Every token becomes one character of a class string, over which the grammar's rules are matched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.annotate.times.lexicon import named_days, words, zones

_SCANNER = re.compile(
    r"""
    (?P<LONGWORD>[^\W\d_]{6,}(?:['’](?!s\b)[^\W\d_]+)?)
  | (?P<BREAK>\n\s*\n)
  | (?P<ISO>(?<![\d-])[12]\d{3}-[01]\d-[0-3]\d
        (?:[T ](?:[01]\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?[ ]?(?:Z\b|[+-][01]\d:?[0-5]\d\b)?)?(?![\w-]))
  | (?P<NUMERIC>(?<![\d/.,])(?:
        [0-3]?\d/[0-3]?\d/(?:[12]\d{3}|\d{2})|[0-3]?\d\.[01]?\d\.[12]\d{3}|[12]\d{3}/[01]?\d/[0-3]?\d)(?![\d/]))
  | (?P<CLOCK>(?<![\d:.])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])|\b[01]?\d\.[0-5]\d(?=[ ]?[ap]\.?m\b))
  | (?P<DECADE>\b[12]\d{2}0['’]?s\b|(?<!\w)['’]?[1-9]0['’]?s\b)
  | (?P<ORD>\b\d{1,4}(?:st|nd|rd|th)\b)
  | (?P<FRACTION>\b[1-9]/[2-9]\b(?![/\d])|[½¼¾])
  | (?P<QUARTERNAME>\b[QH][1-4]\b|\b[1-4]Q\b)
  | (?P<FISCALNAME>\bFY[ -]?'?(?:[12]\d{3}|\d{2})\b)
  | (?P<SHORTYEAR>(?<!\w)['’]\d{2}\b(?!['’]?s))
  | (?P<NUMBER>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)|(?<![\w.,])\d{1,9}(?:\.\d{1,6})?)
  | (?P<POSSESSIVE>['’]s\b)
  | (?P<AMPM>(?:(?<=\d)|(?<=\d[ \u00a0])|(?<=[a-z][ ]))[aApP](?:\.[ ]?[mM]\b\.?|[mM]\b))
  | (?P<ABBREVIATION>\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|thu|fri|sat|sun)\.)
  | (?P<WORD>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?)
  | (?P<COMMA>,)
  | (?P<HYPHEN>[-–‑—]+)
  | (?P<SLASH>/)
  | (?P<OTHER>[^\s\w])
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: Words that are names or verbs unless they are written with a capital.
_CAPITALISED = frozenset({"MONTH", "WEEKDAY", "WEEKDAYS"})
#: Short names of days and months that are also other words or names: they count before or after a figure only.
SHORT = frozenset({"mon", "sat", "sun", "wed", "mar", "jan", "thu", "fri", "tue", "dec", "jun", "jul", "sep"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or figure: its offsets, its text in lower case, its kind, and what the lexicon says it is worth."""

    start: int
    end: int
    lower: str
    kind: str
    value: str


def scan(text: str) -> list[Token]:
    """The tokens of `text` in order; words that are in no time expression have the kind `OTHER`."""
    known, zone_names, names = words(), zones(), _names_by_first_word()
    found: list[Token] = []
    after = 0
    for match in _SCANNER.finditer(text):
        kind = match.lastgroup or "OTHER"
        start, end = match.span()
        if start < after:
            continue
        surface = match.group()
        low = surface.lower()
        value = ""
        named = _named_day(text, start, names[low]) if low in names and not surface[0].islower() else None
        if named is not None:
            kind, value, end = "NAMEDDAY", named, start + len(named)
            after = end
        elif kind in {"WORD", "LONGWORD"}:
            low = low.replace("’", "'")
            kind, value = known.get(low, ("OTHER", ""))
            if kind in _CAPITALISED and not surface[0].isupper():
                kind = "OTHER"
            elif kind == "OTHER" and surface in zone_names:
                kind, value = "ZONE", surface
        elif kind == "ABBREVIATION":
            kind, value = known[low.rstrip(".")]
            if not surface[0].isupper():
                kind = "OTHER"
        elif kind == "NUMBER":
            kind, value = _number(low)
        elif kind == "ORD":
            kind, value = "ORDINAL", low[:-2]
        found.append(Token(start, end, low, kind, value))
    return found


@lru_cache(maxsize=1)
def _names_by_first_word() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(named_days(), key=lambda name: (-len(name), name)):
        match = _SCANNER.match(name)
        if match:
            found.setdefault(match.group(), []).append(name)
    return found


def _named_day(text: str, start: int, names: list[str]) -> str | None:
    """The longest of `names` that stands at `start`."""
    for name in names:
        end = start + len(name)
        if text[start:end].lower().replace("’", "'") == name and not text[end : end + 1].isalnum():
            return name
    return None


def _number(figure: str) -> tuple[str, str]:
    """The kind of a figure: a SMALL one may be a day or an hour, a YEARLIKE one a year."""
    value = figure.replace(",", "")
    if value.isdigit():
        if len(figure) <= 2:
            return "SMALL", str(int(value))
        if len(figure) == 4 and "1000" <= figure <= "2999":
            return "YEARLIKE", value
    return "FIGURE", value
