"""Authors: the people who signed an article, told from the organisations that did."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.ingest.agencies import named
from pipeline.ingest.shapes import is_date_line, is_name
from pipeline.knowledge.tables import HERE

_BYLINE = re.compile(
    r"(?:(?:written|reported|story|words|text|analysis|report|posted|a commentary|commentary|opinion|"
    r"column)\s)?by:?\s+(?P<names>\S[^\n]{1,160})|authors?:\s*(?P<list>\S[^\n]{1,160})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|;|\||/|•|·|–|—|\bin\b|\bfor\b|\band\b|&|\bwith\b)\s*")
_ORGANISATION = re.compile(
    r"\b(?:news|times|post|press|agency|agencies|staff|team|desk|board|editors?|editorial|newsroom|correspondents?|"
    r"reporters?|writers?|bureau|service|services|media|network|magazine|journal|daily|weekly|herald|tribune|gazette|"
    r"guardian|telegraph|observer|radio|television|tv|institute|university|foundation|association|committee|council|"
    r"group|company|inc|ltd|llc|corp|center|centre|project|wires?|report|reports|online|digital|admin|contributor|"
    r"contributors|guest|author|user|unknown|anonymous|email|website|www)\b|\.(?:com|org|net)\b|\d|@|https?:",
    re.IGNORECASE,
)
#: Characters above which what a page or record gives as an author's name is none.
_LONGEST_GIVEN = 1_000
_MORE = re.compile(r"\s*(?:\(.*\)|\[.*\]|<.*>)\s*$|\S+@\S+")


def byline(text: str) -> list[str] | None:
    """The names in a byline, or None where the block is none."""
    if len(text) > 200:
        return None
    match = _BYLINE.fullmatch(text)
    if match is None:
        return None
    names = match["names"] or match["list"]
    parts = [part for part in _BETWEEN.split(_MORE.sub("", names)) if part]
    if not parts or not _may_sign(parts[0]):
        return None
    return [part for part in parts if not is_date_line(part)]


def _may_sign(name: str) -> bool:
    """Whether a byline may name this: a person in capitals or not, or an organisation."""
    return (
        is_name(name)
        or bool(named(name))
        or (name[:1].isupper() and bool(_ORGANISATION.search(name)) and len(name.split()) <= 6)
        or name.lower() == "staff"
    )


def is_signature(text: str) -> bool:
    """Whether a line consists of people's names and perhaps their medium, without "By"."""
    parts = [part for part in _BETWEEN.split(text) if part]
    first = parts[0].split()[0].lower() if parts and parts[0].split() else ""
    return (
        is_name(text if len(parts) < 2 else parts[0])
        and first in _given_names()
        and all(is_name(part) or part.casefold() in _media() for part in parts)
    )


def people(names: list[str]) -> list[str]:
    """The people among names as given, each once, in order; a name given as "Roe, Jane" is turned round."""
    found: list[str] = []
    for given in _bearable(names):
        for name in _split(given):
            name = _tidy(name)
            if _is_person(name) and name not in found:
                found.append(name)
    return found


def organisations(names: list[str]) -> list[str]:
    """The news agencies among names as given."""
    found: list[str] = []
    for given in _bearable(names):
        for agency in named(given):
            if agency.name not in found and not agency.is_photo:
                found.append(agency.name)
    return found


def _bearable(names: list[str]) -> list[str]:
    return [given for given in names if len(given) <= _LONGEST_GIVEN]


def _split(given: str) -> list[str]:
    given = re.sub(r"^\W*by:?\s+", "", given.strip(), flags=re.IGNORECASE)
    parts = given.split(",")
    if len(parts) == 2 and all(" " not in part.strip() for part in parts):
        return [f"{parts[1].strip()} {parts[0].strip()}"]
    return [part for part in re.split(r"[,;|/•·]|\s(?:and|&|with)\s", given) if part.strip()]


def _tidy(name: str) -> str:
    name = " ".join(_MORE.sub("", name).split()).strip(" .,;:-–—")
    if name.isupper() and len(name) > 4:
        name = re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), name)
    return name


def _is_person(name: str) -> bool:
    return is_name(name) and not _ORGANISATION.search(name) and not named(name) and name.casefold() not in _media()


@lru_cache(maxsize=1)
def _media() -> frozenset[str]:
    """Every name of a medium that is known, in one case."""
    from pipeline.knowledge import entries

    found = (entry for entry in entries() if entry.type == "MEDIA")
    return frozenset(name.casefold() for entry in found for name in (entry.canonical_name, *entry.aliases))


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    """Every given name that is known, in lower case."""
    lines = (HERE / "names_given.tsv").read_text("utf-8").lower().splitlines()
    return frozenset(line.partition("\t")[0] for line in lines if not line.startswith("#"))
