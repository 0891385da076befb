"""Names of the gazetteer in a text: the longest match of canonical names, aliases and demonyms over the tokens."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline import knowledge
from pipeline.annotate.names.lexicon import given_names
from pipeline.annotate.names.spans import Span
from pipeline.annotate.parse import Parse
from pipeline.knowledge import Entry

_LEAD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")
#: A name with at most this many letters that is written in capitals is matched in capitals alone ("US", "WHO").
_ACRONYM = 5
#: Rows whose names are places so large that a bare mention means them.
_LARGE = re.compile(r"territory/|region/(?:us|ca|au|gb)-[a-z0-9]{2,3}$")


def key(text: str) -> str:
    """A name as the index holds it: case folded, one kind of apostrophe, single spaces, no article."""
    folded = _SPACE.sub(" ", text.casefold().replace("’", "'").replace("‘", "'")).strip()
    return folded.removeprefix("the ")


class _Index:
    """Folded name -> its rows, each with the one way of writing it that counts, or None where any does."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Entry, str | None]]] = {}
        self.leads: dict[str, int] = {}
        for entry in knowledge.entries():
            for name in (entry.canonical_name, *entry.aliases):
                self._add(name, entry)

    def _add(self, name: str, entry: Entry) -> None:
        name = name.removeprefix("the ").removeprefix("The ")
        folded = key(name)
        lead = _LEAD.match(folded)
        if lead is None or len(folded) < 2:
            return
        self.rows.setdefault(folded, []).append((entry, name if _is_acronym(name) else None))
        self.leads[lead[0]] = max(self.leads.get(lead[0], 0), len(folded))


def _is_acronym(name: str) -> bool:
    return sum(map(str.isalpha, name)) <= _ACRONYM and name.upper() == name


@lru_cache(maxsize=1)
def _index() -> _Index:
    return _Index()


@lru_cache(maxsize=65_536)
def lookup(text: str) -> tuple[Entry, ...]:
    """The gazetteer rows that `text`, as it is written, may name. Acronyms match in capitals alone."""
    rows = _index().rows.get(key(text), ())
    written = text.removeprefix("The ").removeprefix("the ")
    found = {entry.id: entry for entry, form in rows if form is None or form == written}
    return tuple(found.values())


def find(parse: Parse) -> list[Span]:
    """The longest gazetteer names of a text, left to right, without overlap, as spans with type and entry.

    A name must be written with a capital letter. Where several rows share it, `known` is None and the type
    that of the first row.
    """
    index = _index()
    leads, segment_of, position = index.leads, parse.segment_of, 0
    found = []
    for start, word in enumerate(parse.words):
        printed = parse.text[parse.starts[start]]
        if start < position or not (word[0].isupper() or printed.isupper() or word[0].isdigit()):
            continue
        lead = _LEAD.match(word.casefold())
        if lead is None or lead[0] not in leads:
            continue
        longest = parse.starts[start] + leads[lead[0]] + 2
        end = start + 1
        while end < len(parse) and parse.ends[end] <= longest and segment_of[end] == segment_of[start]:
            end += 1
        for last in range(end, start, -1):
            # The words of a headline in title case are read in lower case: what is printed counts.
            if parse.words[last - 1].islower() and parse.text[parse.starts[last - 1]].islower():
                continue
            rows = lookup(parse.slice(start, last))
            if rows and (last > start + 1 or _stands_alone(parse, start, rows)):
                found.append(Span(start, last, rows[0].type, "gazetteer", rows[0].id if len(rows) == 1 else None))
                position = last
                break
    return found


def _stands_alone(parse: Parse, index: int, rows: tuple[Entry, ...]) -> bool:
    """Whether one word is a name by the gazetteer alone: no small region's, and a proper noun where it stands."""
    if all(row.id.startswith("region/") and not is_large(row) for row in rows):
        return False
    if index and parse.words[index - 1].istitle() and parse.lower[index - 1] in given_names():
        return False
    return parse.tags[index] in {"NNP", "NNPS", "CD"} or parse.words[index].isupper()


@lru_cache(maxsize=1)
def _demonym_leads() -> dict[str, int]:
    """First word of each demonym, in lower case -> how many words the longest that starts with it has."""
    leads: dict[str, int] = {}
    for name in knowledge.demonyms():
        words = name.replace("-", " - ").split()
        leads[words[0]] = max(leads.get(words[0], 0), len(words))
    return leads


def find_demonyms(parse: Parse) -> list[Span]:
    """The demonyms of a text ("Russian", "South Koreans", "Muscovites")."""
    leads = _demonym_leads()
    found, position = [], 0
    for start, low in enumerate(parse.lower):
        longest = leads.get(low if low[0] not in "-–" else low.lstrip("-–"))
        if longest is None or start < position:
            continue
        for last in range(min(len(parse), start + longest), start, -1):
            if is_demonym(parse.slice(start, last).lstrip("-–")):
                found.append(Span(start, last, "NORP", "gazetteer"))
                position = last
                break
    return found


@lru_cache(maxsize=8192)
def is_demonym(text: str) -> bool:
    """Whether `text` is the adjective or the people of a place, and not the place itself ("US")."""
    return text[:1].isupper() and text.lower() in knowledge.demonyms() and not is_large_place(text)


@lru_cache(maxsize=8192)
def is_country_or_people(word: str) -> bool:
    """Whether `word` is a country or a demonym."""
    return is_demonym(word) or any(entry.id.startswith("territory/") for entry in lookup(word))


def is_large(entry: Entry) -> bool:
    """Whether a row is a country or a large part of one."""
    return _LARGE.match(entry.id) is not None


@lru_cache(maxsize=8192)
def is_large_place(name: str) -> bool:
    """Whether `name` is a country or a large part of one: a name that means the place without more."""
    return any(is_large(entry) for entry in lookup(name))


def is_large_or_short(name: str) -> bool:
    """Whether `name` is a large place or, with a full stop after it, the abbreviation of one ("Man" for "Man.")."""
    return is_large_place(name) or is_large_place(name + ".")


@lru_cache(maxsize=8192)
def largest_population(name: str) -> int:
    """The population of the largest populated place of this name; 0 where there is none."""
    return max((city.population for city in knowledge.cities(name)), default=0)


@lru_cache(maxsize=8192)
def is_place(name: str) -> bool:
    """Whether `name` is a territory, a region or a populated place of the gazetteer."""
    return any(entry.type in {"GPE", "LOC"} for entry in lookup(name)) or knowledge.is_city(name)
