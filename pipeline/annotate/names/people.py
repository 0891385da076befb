"""Persons: the parts of their names, their titles, and which mentions of an article mean the same person."""

from __future__ import annotations

from pipeline.annotate.names.lexicon import given_names, title_genders, words
from pipeline.annotate.names.spans import Span
from pipeline.annotate.parse import Parse

Name = tuple[str, ...]


def parts(parse: Parse, span: Span) -> Name:
    """The words of a person's name, case folded, suffixes such as "Jr." and possessives left out."""
    folded = [word.casefold().replace("’", "'") for word in parse.words[span.start : span.end]]
    found = [word for word in folded if any(map(str.isalpha, word)) and word != "'s"]
    kept = tuple(word for word in found if word not in words("suffix"))
    return kept or tuple(found) or tuple(folded)


def clusters(parse: Parse, spans: list[Span]) -> list[list[int]]:
    """Group PERSON spans of one article; each cluster lists indices into `spans`, in text order.

    A longer name opens a cluster. A shorter one joins the only person it may be short for: by surname, by first
    and last name, by initial and last name, by first name. A title that tells a gender keeps persons of the
    other one out. Where several persons would do, it stays alone.
    """
    people: dict[Name, list[int]] = {}
    for index, span in enumerate(spans):
        people.setdefault(parts(parse, span), []).append(index)
    genders = {name: gender(parse, [spans[i] for i in members]) for name, members in people.items()}
    ranked = sorted(people, key=lambda name: (-len(name), name))
    by_end: dict[tuple[str, str], list[Name]] = {}
    for name in ranked:
        by_end.setdefault(("last", name[-1]), []).append(name)
        by_end.setdefault(("first", name[0]), []).append(name)
    home: dict[Name, Name] = {}
    for name in ranked:
        near = dict.fromkeys([*by_end["last", name[-1]], *by_end["first", name[0]]])
        longer = [other for other in near if len(other) > max(1, len(name)) or _spells_out(other, name)]
        roots: set[Name] = set()
        for is_short_for in (_surname, _outer, _spells_out_of, _first):
            hosts = [other for other in longer if is_short_for(name, other)]
            roots = {home[other] for other in hosts if other in home and _agree(genders[name], genders[home[other]])}
            if roots:
                break
        home[name] = roots.pop() if len(roots) == 1 else name
        if genders[home[name]] is None:
            genders[home[name]] = genders[name]
    grouped: dict[Name, list[int]] = {}
    for name, members in people.items():
        grouped.setdefault(home[name], []).extend(members)
    return sorted(sorted(members) for members in grouped.values())


def _surname(name: Name, other: Name) -> bool:
    return other[-len(name) :] == name


def _outer(name: Name, other: Name) -> bool:
    return len(name) > 1 and name[0] == other[0] and name[-1] == other[-1]


def _spells_out_of(name: Name, other: Name) -> bool:
    return _spells_out(other, name)


def _spells_out(other: Name, name: Name) -> bool:
    """Whether `name` is `other` with an initial for the first name."""
    initial = name[0].replace(".", "")
    return (
        len(name) > 1
        and len(initial) == 1
        and len(other[0].replace(".", "")) > 1
        and other[0][0] == initial
        and name[-1] == other[-1]
    )


def _first(name: Name, other: Name) -> bool:
    return other[: len(name)] == name


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def has_title(parse: Parse, span: Span) -> bool:
    """Whether a title stands directly before the span."""
    return span.start > 0 and parse.lower[span.start - 1] in words("title")


def gender(parse: Parse, spans: list[Span]) -> str | None:
    """male | female where the titles before the mentions, or else their given names, agree; else None."""
    titled = {
        title_genders()[parse.lower[span.start - 1]]
        for span in spans
        if span.start > 0 and parse.lower[span.start - 1] in title_genders()
    }
    if titled:
        return titled.pop() if len(titled) == 1 else None
    given = {
        told
        for span in spans
        if span.end - span.start > 1 and (told := given_names().get(parse.lower[span.start])) is not None
    }
    return given.pop() if len(given) == 1 else None
