"""The words of time expressions, from the knowledge files."""

from __future__ import annotations

from functools import lru_cache

from pipeline.knowledge import tables


@lru_cache(maxsize=1)
def words() -> dict[str, tuple[str, str]]:
    """Each word, in lower case, with its kind (a word class of the grammar) and its value."""
    found = {}
    for _, row in tables.rows(tables.HERE / "times.tsv"):
        found[row["word"]] = (row["kind"], row["value"])
    return found


@lru_cache(maxsize=1)
def zones() -> dict[str, int | None]:
    """Abbreviations of time zones with their minutes from UTC; None where summer time changes them."""
    return {
        row["zone"]: int(row["minutes_from_utc"]) if row["minutes_from_utc"] else None
        for _, row in tables.rows(tables.HERE / "times_zones.tsv")
    }


@lru_cache(maxsize=1)
def named_days() -> dict[str, str]:
    """Names of days, in lower case, with the rule that dates them (see `named_days.py`)."""
    return {row["name"]: row["date"] for _, row in tables.rows(tables.HERE / "times_named_days.tsv")}


@lru_cache(maxsize=1)
def future_cues() -> frozenset[str]:
    """Lemmas of words that place what depends on them in the future: due, expected, deadline."""
    return frozenset(row["word"] for _, row in tables.rows(tables.HERE / "times_future_cues.tsv"))
