"""Persons: the parts of their names, their titles, and which mentions of an article mean the same person."""

from __future__ import annotations

from pipeline.annotate.names.spans import Span
from pipeline.annotate.parse import Parse

_TITLES_BY_GENDER = {
    "mr": "male", "mr.": "male", "sir": "male", "lord": "male", "king": "male", "prince": "male",
    "mrs": "female", "mrs.": "female", "ms": "female", "ms.": "female", "miss": "female", "lady": "female",
    "dame": "female", "queen": "female", "princess": "female", "baroness": "female",
}  # fmt: skip
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def parts(parse: Parse, span: Span) -> tuple[str, ...]:
    """The words of a person's name, case folded, suffixes such as "Jr." left out."""
    words = [word.casefold() for word in parse.words[span.start : span.end] if any(map(str.isalpha, word))]
    kept = tuple(word for word in words if word not in _SUFFIXES)
    return kept or tuple(words)


def clusters(parse: Parse, spans: list[Span]) -> list[list[int]]:
    """Group PERSON spans of one article; each cluster lists indices into `spans`, in text order.

    A longer name opens a cluster; a shorter one joins the only person whose name ends in it (surname)
    or, failing that, starts with it (first name). Where several would do, it stays alone.
    """
    named = [(index, parts(parse, span)) for index, span in enumerate(spans)]
    people: dict[tuple[str, ...], list[int]] = {}
    for index, name in named:
        people.setdefault(name, []).append(index)
    full = sorted((name for name in people if len(name) > 1), key=lambda name: (-len(name), name))
    home: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in sorted(people, key=lambda name: (-len(name), name)):
        longer = [other for other in full if len(other) > len(name)]
        hosts = [other for other in longer if other[-len(name) :] == name]
        hosts = hosts or [other for other in longer if other[0] == name[0] and other[-1] == name[-1]]
        hosts = hosts or [other for other in longer if other[: len(name)] == name]
        roots = {home[other] for other in hosts}
        home[name] = roots.pop() if len(roots) == 1 else name
    grouped: dict[tuple[str, ...], list[int]] = {}
    for index, name in named:
        grouped.setdefault(home[name], []).append(index)
    return sorted(grouped.values())


def gender(parse: Parse, spans: list[Span]) -> str | None:
    """male | female where the titles before the mentions agree; None where they do not or there is none."""
    found = set()
    for span in spans:
        for word in parse.lower[max(0, span.start - 1) : span.start + 1]:
            if word in _TITLES_BY_GENDER:
                found.add(_TITLES_BY_GENDER[word])
    return found.pop() if len(found) == 1 else None
