"""Teams: countries and states that stand for their national teams in reports of games.

"England beat Tonga" is about two teams; "a hotel in England" is about the country. In an article about sports a
country that no preposition of place ever precedes is left without an id: it may be either.
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.annotate.parse import Parse
from pipeline.annotate.records import LocalEntity, Mention
from pipeline.knowledge.tables import HERE, rows

#: An article is about sports from so many different words of games on ...
DIFFERENT = 4
#: ... that make up at least such a share of its words.
SHARE = 0.01
_PLACING = frozenset({"in", "near", "across", "throughout", "around", "outside", "inside", "within"})


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    return frozenset(row["word"] for _, row in rows(HERE / "sports_words.tsv"))


def is_sports(parse: Parse) -> bool:
    """Whether a text reports on games."""
    found = [word for word in parse.lower if word in _vocabulary()]
    return len(set(found)) >= DIFFERENT and len(found) >= SHARE * len(parse)


def find(parse: Parse, mentions: list[Mention], entities: list[LocalEntity]) -> set[int]:
    """The numbers of the countries and states of a sports article that may be teams."""
    if not is_sports(parse):
        return set()
    placed, named = set(), set()
    for mention in mentions:
        if mention.entity is not None and mention.kind == "name":
            if mention.type != "NORP":
                named.add(mention.entity)
            first = parse.token_at(mention.start)
            if first > 0 and parse.lower[first - 1] in _PLACING:
                placed.add(mention.entity)
    return {
        index
        for index, entity in enumerate(entities)
        if entity.coordinate_precision in {"country", "admin"} and index in named - placed
    }


def unlink(entity: LocalEntity) -> None:
    """Take the ids from an entity that may be a team: ambiguous, with its country and point."""
    entity.wikidata_id = entity.geonames_id = entity.gazetteer_id = None
    entity.link_status, entity.link_method = "ambiguous", "team"
