"""The registry of entity ids: the previous release decides which id a group keeps, and what becomes a redirect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline import identity
from pipeline.link.entity_keys import name_key

#: How a group knows an old entity for its own, the surest first.
BY_KEY, BY_EXTERNAL_ID, BY_NAME = range(3)


@dataclass(frozen=True, slots=True)
class Known:
    """An entity of the previous release."""

    entity_id: str
    type: str
    canonical_name: str
    wikidata_id: str | None
    geonames_id: int | None
    country_code: str | None
    status: str  #: active | merged | split | retired
    merged_into: str | None
    created_release: str


@dataclass(frozen=True, slots=True)
class Group:
    """The articles' own entities of one key, as one."""

    key: str
    type: str
    canonical_name: str
    wikidata_id: str | None
    geonames_id: int | None
    country_code: str | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who has which id in a release."""

    ids: dict[str, str]  #: key of a group -> entity id
    redirects: dict[str, str]  #: old id -> the live id that it was merged into
    splits: frozenset[str]  #: old ids whose entity turned out to be several


def assign(groups: Iterable[Group], known: Iterable[Known], live: frozenset[str] = frozenset()) -> Assignment:
    """The ids of all groups, given the entities of the previous release.

    `live` are entities beside these that a redirect may lead to.

    A group claims the old entities that its key was minted for, that share its id in another collection, or that
    alone bear its name and contradict no such id; it keeps the oldest and the others are merged into that. An old
    entity goes to one group: that of its own key, then the one with its external id. If nothing but its name speaks
    for it, and speaks for several groups, it was several things under one name: it is split, and none keeps its id.
    """
    old = {one.entity_id: one for one in known}
    index = _Index(old)
    claims: dict[str, list[tuple[int, str]]] = defaultdict(list)
    ordered = sorted(groups, key=lambda group: group.key)
    for group in ordered if old else ():
        for strength, entity_id in index.claimed(group):
            claims[entity_id].append((strength, group.key))
    owned: dict[str, list[str]] = defaultdict(list)
    splits = set()
    for entity_id, claimants in claims.items():
        if len(claimants) > 1 and min(claimants)[0] == BY_NAME:
            splits.add(entity_id)
        else:
            owned[min(claimants)[1]].append(entity_id)
    ids: dict[str, str] = {}
    taken: set[str] = set()
    redirects: dict[str, str] = {}
    for group in ordered:
        mine = sorted(owned.get(group.key, ()), key=lambda entity_id: (old[entity_id].created_release, entity_id))
        ids[group.key] = mine[0] if mine else _new(group.key, old, taken)
        taken.add(ids[group.key])
        redirects.update(dict.fromkeys(mine[1:], ids[group.key]))
    settled = _settled(old, redirects, live.union(ids.values()))
    return Assignment(ids, settled, frozenset(splits - settled.keys()))


def _new(key: str, old: dict[str, Known], taken: set[str]) -> str:
    """A fresh id for a key. An id that another entity has kept is not given twice."""
    number = 0
    while True:
        found = _minted(key if not number else f"{key}|{number}")
        if found not in old and found not in taken:
            return found
        number += 1


@lru_cache(maxsize=65536)
def _minted(key: str) -> str:
    return identity.entity(key)


def _settled(old: dict[str, Known], redirects: dict[str, str], live: frozenset[str]) -> dict[str, str]:
    """All redirects, the previous release's too, each straight to a live entity; what leads to none is left out."""
    found = {}
    for entity_id in sorted(old):
        if entity_id in live:
            continue
        target: str | None = redirects.get(entity_id) or old[entity_id].merged_into
        seen = {entity_id}
        while target is not None and target not in live and target not in seen:
            seen.add(target)
            target = redirects.get(target) or (old[target].merged_into if target in old else None)
        if target in live and target is not None:
            found[entity_id] = target
    return found


class _Index:
    """The old entities by what a group may claim them with. Merged ones stand for what they were merged into."""

    def __init__(self, old: dict[str, Known]) -> None:
        self.old = old
        self.external: dict[str, list[str]] = defaultdict(list)
        self.named: dict[str, list[str]] = defaultdict(list)
        for entity_id in sorted(old):
            one = old[entity_id]
            if one.status == "merged":
                continue
            if one.wikidata_id:
                self.external[one.wikidata_id].append(entity_id)
            if one.geonames_id:
                self.external[str(one.geonames_id)].append(entity_id)
            name = name_key(one.type, one.canonical_name, one.country_code)
            if name is not None:
                self.named[name].append(entity_id)

    def claimed(self, group: Group) -> list[tuple[int, str]]:
        """The old entities that a group may be, with how it knows."""
        found: dict[str, int] = {}
        own = self._live(_minted(group.key)) if self.old else None
        if own is not None:
            found[own] = BY_KEY
        for value in (group.wikidata_id, group.geonames_id):
            if value:
                for entity_id in self.external.get(str(value), ()):
                    found.setdefault(entity_id, BY_EXTERNAL_ID)
        name = name_key(group.type, group.canonical_name, group.country_code)
        named = self.named.get(name, []) if name is not None and not group.key.startswith("article|") else []
        if len(named) == 1 and not self._contradicts(group, self.old[named[0]]):
            found.setdefault(named[0], BY_NAME)
        return sorted((strength, entity_id) for entity_id, strength in found.items())

    def _live(self, entity_id: str) -> str | None:
        seen: set[str] = set()
        while entity_id in self.old and entity_id not in seen:
            seen.add(entity_id)
            one = self.old[entity_id]
            if one.status != "merged" or one.merged_into is None:
                return entity_id
            entity_id = one.merged_into
        return None

    @staticmethod
    def _contradicts(group: Group, one: Known) -> bool:
        return bool(
            (group.wikidata_id and one.wikidata_id and group.wikidata_id != one.wikidata_id)
            or (group.geonames_id and one.geonames_id and group.geonames_id != one.geonames_id)
        )
