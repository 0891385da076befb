"""News agencies: their names, and the credits that say whose words or pictures an article has.

Roles: whole (the text is theirs), contributed (part of it), photo (a picture).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.knowledge.tables import HERE, rows


@dataclass(frozen=True, slots=True)
class Agency:
    """A news or picture agency, by the name it is credited under."""

    name: str
    is_photo: bool  #: it sells pictures only


@lru_cache(maxsize=1)
def agencies() -> dict[str, Agency]:
    """Every name an agency is credited under, as written, to the agency."""
    found: dict[str, Agency] = {}
    for _, row in rows(HERE / "agencies.tsv"):
        agency = Agency(row["name"], row["kind"] == "photo")
        for name in (row["name"], *filter(None, row.get("aliases", "").split("|"))):
            found.setdefault(name, agency)
    return found


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    """Any agency's name as a word, longer names first."""
    names = sorted(agencies(), key=lambda name: (-len(name), name))
    return re.compile(r"(?<!\w)(?:[Tt]he )?(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


def named(text: str) -> list[Agency]:
    """The agencies named in a credit, in the order of their names there, each once."""
    found: list[Agency] = []
    for name in _names().findall(text):
        agency = agencies().get(name) or agencies()[re.sub("^[Tt]he ", "", name)]
        if agency not in found:
            found.append(agency)
    return found


def only_named(text: str) -> list[Agency]:
    """The agencies of a text that names nothing else ("AFP", "the Associated Press and dpa"); empty for other texts."""
    names = [re.sub("^[Tt]he ", "", part.strip()) for part in _BETWEEN.split(text)]
    return [agencies()[name] for name in names] if all(name in agencies() for name in names) else []


_BETWEEN = re.compile(r"\s?(?:/|,|&|\band\b)\s?")
#: "KYIV, Ukraine, Jan 20 (Reuters) - ": a place, perhaps a date, the agency in brackets, a dash.
_DATELINE = re.compile(
    r"(?:([A-Z][^\n(){}\[\]\"“”!?;:]{0,80})\s?)?\(\s?([A-Za-z][^()\n]{1,40}?)\s?\)\s?(?:[-–—]{1,2}|:)\s*(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where an agency's dateline at the start of a text ends, and whom it names."""

    end: int
    text: str
    agencies: list[Agency]


def dateline(text: str) -> Dateline | None:
    """The agency's dateline that `text` begins with, if it does.

    What stands before the agency must look like a place and a date: no verb in lower case stands in it.
    """
    if "(" not in text[:120]:
        return None
    match = _DATELINE.match(text)
    if match is None or len(_LOWER_WORD.findall(match[1] or "")) > 2:
        return None
    found = only_named(match[2])
    return Dateline(match.end(), text[: match.end()].rstrip(), found) if found else None


_LOWER_WORD = re.compile(r"(?<![\w.])[a-z]+")
_PIECE = r"(?:report|story|article|piece|post|dispatch|project|column|analysis|coverage|stor(?:y|ies))"
_CONTRIBUTED = re.compile(
    rf"\bcontribut(?:ed|ing)\b(?: \w+){{0,3}}? (?:to (?:this|the|these) {_PIECE}|reporting\b)"
    r"|\bcontributed(?: from [A-Z][\w ,]{2,40})?\W*$"
    r"|^\W*(?:with )?(?:additional |further )?(?:reporting|research|assistance|contributions|writing|editing|compiled)"
    r" by\b"
    r"|^\W*with (?:additional )?(?:reporting|files|material|information|assistance|contributions|reports|agency|"
    r"inputs?|wire)\b"
    rf"|^\W*(?:material|information|reporting) from .{{3,120}} (?:was|were) used in this {_PIECE}"
    rf"|\b(?:wire service|agency|agencies) reports?\W*$"
    rf"|^\W*this {_PIECE} (?:is|was) based (?:in part )?on .{{0,60}}reports?",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^\W*(?:\w+ )?(?:reporting|writing|editing|compiled|edited) by [A-Z]", re.IGNORECASE)
_RIGHTS = re.compile(r"^\W*(?:copyright\b|©|\(c\)\s?(?:19|20)\d\d)|\ball rights reserved\b", re.IGNORECASE)
#: What every such line has, or begins with.
_SIGNS = ("contribut", "copyright", "©", "(c)", "rights reserved", "used in this", "agenc", "wire service")
_LEAD = re.compile(
    r"\W*(?:with|additional|further|reporting|research|assistance|writing|editing|compiled|this)\b", re.IGNORECASE
)
_LONGEST_NAMES = 80
#: "Source: AFP", "(AP)", "— Reuters": nothing but agencies.
_ALONE = re.compile(r"(?:[Ss]ource|SOURCE|[Vv]ia|[Bb]y|BY)\s?:?\s+(.+?)\.?|\(\s?(.+?)\s?\)\.?|[-–—]{1,2}\s?(.+?)\.?")
#: Longer than this a block is not a credit.
_LONGEST = 400


def credit(text: str) -> tuple[str, list[tuple[str, str]]] | None:
    """What credit line a block is, and the agencies it credits as (name, role); None for other text.

    Kinds: agency_credit (names an agency), contributor_credit (names people), copyright.
    """
    if len(text) > _LONGEST or text[0] in '"“‘':
        return None
    alone = _ALONE.fullmatch(text) if len(text) < _LONGEST_NAMES else None
    found = only_named(alone[alone.lastindex or 0]) if alone else []
    if found:
        return "agency_credit", _in_role(found, "whole")
    lowered = text.lower()
    if not (_LEAD.match(text) or any(sign in lowered for sign in _SIGNS)):
        return None
    if _RIGHTS.search(text):
        found = named(text)
        return ("agency_credit" if found else "copyright"), _in_role(found, "whole")
    if not _is_line(text) or not _CONTRIBUTED.search(text):
        return None
    found = named(text)
    is_signed = _SIGNATURE.match(text) and text.lstrip().startswith("(")
    return ("agency_credit" if found else "contributor_credit"), _in_role(
        found, "whole" if is_signed else "contributed"
    )


def _in_role(found: list[Agency], role: str) -> list[tuple[str, str]]:
    """The agencies that sell words, each in a role."""
    return [(agency.name, role) for agency in found if not agency.is_photo]


def _is_line(text: str) -> bool:
    """Whether a block is one short statement: a credit, not a paragraph that mentions a contribution."""
    return len(text) < 300 and len(_SENTENCE.findall(text)) <= 2


_SENTENCE = re.compile(r"[a-z)][.!?][\"”’)]*(?:\s|$)")
