"""The claims' lexicons: hedges, predicates that embed a clause, evaluation, kinds of predicates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.knowledge.tables import HERE, rows


@dataclass(frozen=True, slots=True)
class Hedge:
    """A row of `claims_hedges.tsv`: the modality it lends, and whether it tells that others say so."""

    modality: str
    hearsay: bool


@dataclass(frozen=True, slots=True)
class Embedding:
    """A row of `claims_predicates.tsv`: what follows about the clause below (1 holds, -1 does not, 0 open)."""

    affirmed: int
    negated: int
    own: bool
    modality: str | None


_SIGNS = {"+": 1, "-": -1, "o": 0, "": 0}


@lru_cache(maxsize=1)
def hedges() -> dict[str, dict[str, Hedge]]:
    """Kind of hedge -> lemma -> what it does."""
    found: dict[str, dict[str, Hedge]] = {}
    for _, row in rows(HERE / "claims_hedges.tsv"):
        found.setdefault(row["kind"], {})[row["lemma"]] = Hedge(row["modality"], row["hearsay"] == "yes")
    return found


@lru_cache(maxsize=1)
def embeddings() -> dict[tuple[str, str], Embedding]:
    """(lemma, complement) -> implication signature."""
    return {
        (row["lemma"], row["complement"]): Embedding(
            _SIGNS[row["affirmed"]], _SIGNS[row["negated"]], row["own"] == "yes", row["modality"] or None
        )
        for _, row in rows(HERE / "claims_predicates.tsv")
    }


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """Class -> lemmas, of `claims_words.tsv`."""
    found: dict[str, set[str]] = {}
    for _, row in rows(HERE / "claims_words.tsv"):
        found.setdefault(row["class"], set()).add(row["lemma"])
    return {name: frozenset(lemmas) for name, lemmas in found.items()}
