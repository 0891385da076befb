"""The word lists of name finding: titles, heads of names, given names; read once from the knowledge files."""

from __future__ import annotations

from functools import lru_cache

from pipeline.knowledge.tables import HERE, rows

#: Classes of `names_words.tsv` whose words are the head of a name and tell its type.
_HEAD_CLASSES = ("facility", "geography", "area", "event", "law", "media", "organisation", "corporate")
#: Classes of `roles.tsv` whose words stand before a name like a title ("economist Ann Lee").
_ROLES = frozenset({"office", "occupation"})


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, tuple[str, str]]]:
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for _, row in rows(HERE / "names_words.tsv"):
        found.setdefault(row["class"], {})[row["word"]] = (row.get("type", ""), row.get("gender", ""))
    for _, row in rows(HERE / "roles.tsv"):
        word = row["word"]
        if row.get("class") in _ROLES and " " not in word and word not in given_names():
            found["title"].setdefault(word, ("", row.get("gender", "")))
    return found


@lru_cache(maxsize=64)
def words(kind: str) -> frozenset[str]:
    """The lower-case words of one class: title, suffix, particle, organisation, facility, calendar ..."""
    return frozenset(_table()[kind])


@lru_cache(maxsize=1)
def head_types() -> dict[str, str]:
    """Word that heads a name, in lower case -> the type that it tells ("bridge" -> FAC)."""
    table = _table()
    return {word: entry[0] for kind in _HEAD_CLASSES for word, entry in table[kind].items()}


@lru_cache(maxsize=1)
def title_genders() -> dict[str, str]:
    """Title in lower case -> male | female, where it tells."""
    return {word: gender for word, (_, gender) in _table()["title"].items() if gender}


@lru_cache(maxsize=1)
def given_names() -> dict[str, str | None]:
    """Given name in lower case -> male | female, None where it may be either."""
    return {row["name"].lower(): row.get("gender") or None for _, row in rows(HERE / "names_given.tsv")}
