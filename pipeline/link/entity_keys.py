"""Keys of entities: which of an article's own entities mean the same thing in another article.

The order of the contract: an id of another collection, then the exact name and type, then the romanised name. Each
is a function of the article's entity alone, so neither the order of articles nor their number changes a key.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.knowledge.demonyms import demonyms
from pipeline.knowledge.gazetteer import Entry
from pipeline.knowledge.words import spelling_words
from pipeline.link import spelling

_SPACE = re.compile(r"\s+")
#: Cyrillic letters that look like Latin ones; folded inside designations of weapons alone.
_LOOKALIKES = str.maketrans("АВЕКМНОРСТУХавекмнорстух", "ABEKMHOPCTYXabekmhopctyx")


def fold(name: str) -> str:
    """A name without letter case, accents, article and punctuation."""
    text = name.casefold() if name.isascii() else unicodedata.normalize("NFKD", name.casefold())
    text = "".join(c if c.isalnum() else " " for c in text if not unicodedata.combining(c) and c not in "'’.")
    return _SPACE.sub(" ", text).strip().removeprefix("the ")


@lru_cache(maxsize=65_536)
def name_key(kind: str, name: str, country: str | None) -> str | None:
    """The key of a name of a type; None where the name alone says too little to join two articles by it."""
    if kind == "PERSON":
        found = spelling.key(name)
        return None if found is None else f"name|PERSON|{found}"
    if kind == "WEAPON":
        return f"name|WEAPON|{re.sub(r'[^a-z0-9]', '', fold(name.translate(_LOOKALIKES)))}"
    folded = fold(name)
    if not folded:
        return None
    if kind == "NORP":
        known = demonyms().get(name.lower())
        return f"name|NORP|{fold(known.people) if known and known.entry_id is None else folded}"
    if (
        kind in {"ORG", "FAC", "GPE", "LOC"}
        and spelling_words("institution").issuperset(folded.split())
        and not country
    ):
        return None
    return f"name|{kind}|{folded}|{country or ''}"


def shared(
    kind: str,
    name: str,
    gazetteer_id: str | None,
    wikidata_id: str | None,
    geonames_id: int | None,
    country: str | None,
) -> str | None:
    """The key of an article's entity, the same in every article that it stands in; None where none can be told."""
    if wikidata_id:
        return f"wikidata|{wikidata_id}"
    if geonames_id:
        return f"geonames|{geonames_id}"
    if gazetteer_id:
        return f"gazetteer|{gazetteer_id}"
    found = name_key(kind, name, country)
    if kind == "PERSON" and found is not None:
        found = _people().get(found, found)
    return found


def of_row(row: Entry) -> str:
    """The key of what a gazetteer row names."""
    return shared(row.type, row.canonical_name, row.id, row.wikidata_id, row.geonames_id, None) or row.id


@lru_cache(maxsize=1)
def _people() -> dict[str, str]:
    """Name key -> key of the one person of the gazetteer with a name of that key."""
    from pipeline import knowledge

    found: dict[str, set[str]] = {}
    for row in knowledge.entries():
        if row.type == "PERSON":
            target = of_row(row)
            for name in (row.canonical_name, *row.aliases):
                own = name_key("PERSON", name, None)
                if own is not None:
                    found.setdefault(own, set()).add(target)
    return {name: next(iter(those)) for name, those in found.items() if len(those) == 1}
