"""Words that comparing names needs, by class."""

from __future__ import annotations

from functools import lru_cache

from pipeline.knowledge.tables import HERE, rows


@lru_cache(maxsize=8)
def spelling_words(kind: str) -> frozenset[str]:
    """The words of a class of `spelling_words.tsv`: title | particle | arabic | institution."""
    return frozenset(row["word"] for _, row in rows(HERE / "spelling_words.tsv") if row["class"] == kind)
