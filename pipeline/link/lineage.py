"""Lineage: groups keep the ids that their members had in the previous release; the oldest id wins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, count


def named(groups: Sequence[Sequence[str]], before: Mapping[str, str], mint: Callable[[str], str]) -> list[str]:
    """An id for each group.

    Args:
        groups: the groups' members, in each the first report first; no member stands in two groups.
        before: the id of the group that a member stood in, in the previous release.
        mint: makes an id from a group's first member.

    An old id goes to the group with most of its former members (of several, to the one that sorts first). A group that
    gets several keeps the one that its earliest member had; a group that gets none has one minted.
    """
    shares: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
    for number, group in enumerate(groups):
        held: dict[str, int] = defaultdict(int)
        for member in group:
            if member in before:
                held[before[member]] += 1
        for old, members in held.items():
            shares[old].append((-members, group[0], number))
    heirs = {old: min(found)[2] for old, found in shares.items()}
    ids = [
        next((before[member] for member in group if member in before and heirs[before[member]] == number), "")
        for number, group in enumerate(groups)
    ]
    taken = set(heirs) | set(ids)
    for number in sorted((number for number, name in enumerate(ids) if not name), key=lambda number: groups[number][0]):
        candidates = chain(groups[number], (f"{groups[number][0]}|{attempt}" for attempt in count(1)))
        ids[number] = next(name for member in candidates if (name := mint(member)) not in taken)
        taken.add(ids[number])
    return ids
