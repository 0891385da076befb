"""The language in which the rules' patterns are written: regular expressions over the kinds of tokens.

A pattern is a regular expression whose capitalised words are kinds of tokens (`MONTH`, `WEEKDAY`) or the
names of the fragments below (`QUANTITY`); white space between them is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.annotate.times.lexicon import words
from pipeline.annotate.times.tokens import Token

if TYPE_CHECKING:
    from pipeline.annotate.times.reading import Context, Reading

#: A rule: the pattern of the token kinds it reads, and the function that reads them.
Rule = tuple[str, "Callable[[Context, list[Token]], Reading | None]"]

#: Kinds that the scanner gives, beyond those of the lexicon.
_SCANNED = """
    OTHER BREAK ISO NUMERIC CLOCK DECADE FRACTION QUARTERNAME FISCALNAME SHORTYEAR SMALL YEARLIKE FIGURE
    POSSESSIVE AMPM COMMA HYPHEN SLASH ZONE NAMEDDAY ORDINAL
"""
#: Kinds without one of which no time expression is.
_CORE = """
    ISO NUMERIC CLOCK DECADE QUARTERNAME FISCALNAME YEARLIKE AMPM ZONE NAMEDDAY MONTH WEEKDAY WEEKDAYS SEASON DAYPART
    DAYPARTS NOON YEAR YEARS DAY DAYS UNIT UNITS QUARTER QUARTERS WEEKEND WEEKENDS PERIOD TODAY TONIGHT NOW PRESENT
    RECENTLY SOON RECENT CURRENT FUTURE PASTWORD FREQUENCY OCLOCK WHILE DECADEWORD HALF SCALE WORDNUM
"""
#: Fragments of patterns, each in terms of kinds and of the fragments before it.
_FRAGMENTS = {
    "WORDED": "(?:WORDNUM (?:HYPHEN? WORDNUM)?(?:SCALE (?:AND? WORDNUM (?:HYPHEN? WORDNUM)?)?){0,3}|A SCALE)",
    "NUMERAL": "(?:SMALL|YEARLIKE|FIGURE|WORDED)",
    "HALVES": "(?:AND A HALF|AND? FRACTION|AND A FRACTION)",
    "QUANTITY": (
        "(?:NUMERAL HALVES?|NUMERAL (?:TO|OR|HYPHEN) NUMERAL|FRACTION|A? COUPLE OF?|A? FEW|MANY|A? DOZEN|HALF A)"
    ),
    "ABOUT": "(?:APPROXIMATELY|NO? LESSMORE THAN|AT LEAST)",
    "SINGULAR": "(?:YEAR|DAY|UNIT|QUARTER|WEEKEND)",
    "PLURAL": "(?:YEARS|DAYS|UNITS|QUARTERS|WEEKENDS)",
    "EITHER": "(?:SINGULAR|PLURAL)",
    "POSITION": (
        "(?:THE? (?:END|BEGINNING|MID|REST) OF|THE? (?:EARLY|LATE|MID) HYPHEN?|(?:EARLIER|LATER|EARLY|LATE) IN?)"
    ),
    "DEICTIC": "(?:LAST|NEXT|THIS|THAT|PREVIOUS|FOLLOWING|COMING|SAME|THAT SAME|THIS PASTWORD|THIS COMING)",
    "DAYNUMBER": "(?:SMALL|ORDINAL)",
    "YEARNUMBER": "(?:YEARLIKE|SHORTYEAR)",
}  # fmt: skip


@lru_cache(maxsize=1)
def alphabet() -> dict[str, str]:
    """A character for each kind of token."""
    kinds = sorted({kind for kind, _ in words().values()} | set(_SCANNED.split()))
    return {kind: chr(0xE000 + number) for number, kind in enumerate(kinds)}


@lru_cache(maxsize=1024)
def translate(pattern: str) -> str:
    """The regular expression over class strings that `pattern` stands for.

    Raises:
        KeyError: the pattern names a kind that there is not.
    """

    def one(match: re.Match[str]) -> str:
        name = match.group()
        return translate(_FRAGMENTS[name]) if name in _FRAGMENTS else alphabet()[name]

    return re.sub(r"[A-Z]+", one, pattern).replace(" ", "")


@lru_cache(maxsize=1)
def runs() -> re.Pattern[str]:
    """Stretches of a class string between words of no time expression."""
    kinds = alphabet()
    return re.compile(f"[^{kinds['OTHER']}{kinds['BREAK']}]+")


@lru_cache(maxsize=1)
def core() -> re.Pattern[str]:
    """A kind without one of which no time expression is."""
    kinds = alphabet()
    return re.compile("[" + "".join(kinds[kind] for kind in _CORE.split()) + "]")


def compile_rules(rules: Iterable[Rule]) -> list[tuple[re.Pattern[str], Rule]]:
    """The rules with their patterns compiled."""
    return [(re.compile(translate(rule[0])), rule) for rule in rules]
