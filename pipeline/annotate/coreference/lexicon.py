"""Role nouns ("mayor", "spokeswoman", "agency"), from the knowledge file `roles.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.knowledge.tables import HERE, rows


@dataclass(frozen=True, slots=True)
class Role:
    """A noun for a source: `kind` is person, organisation, collective or document."""

    word: str
    kind: str
    group: str  #: office | occupation | trait | kin | body | group | text
    gender: str | None


@lru_cache(maxsize=1)
def roles() -> dict[str, Role]:
    """Role nouns by word, in lower case, singular for persons and organisations."""
    return {
        row["word"]: Role(row["word"], row["kind"], row["class"], row.get("gender") or None)
        for _, row in rows(HERE / "roles.tsv")
    }


@lru_cache(maxsize=1)
def actors() -> frozenset[str]:
    """Role nouns of persons, groups and bodies, which act as documents do not."""
    return frozenset(word for word, role in roles().items() if role.kind != "document")
