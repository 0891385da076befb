"""Dates and times: paired by overlap, compared by extent, type and TIMEX3 value."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.evaluate.gold import Document, Row
from pipeline.evaluate.measures import Count, Figure, overlap, paired


def score(dataset: str, documents: list[Document], found: Mapping[str, Row]) -> list[Figure]:
    """F1 of expressions that overlap, that are the same, and whose type and value are the same."""
    counts = {name: Count() for name in ("relaxed", "strict", "type", "value")}
    for document in documents:
        wanted = [row for row in document.gold["timexes"] if row["start"] >= 0]
        own: dict[tuple[int, int], Row] = {}
        for row in found[document.name]["times"]:
            own.setdefault((row["start"], row["end"]), row)
        spans = [(row["start"], row["end"]) for row in wanted]
        rows = list(own.values())
        pairs = [(wanted[one], rows[other]) for one, other in paired(spans, list(own), overlap, 0)]
        right = {
            "relaxed": len(pairs),
            "strict": sum((one["start"], one["end"]) == (other["start"], other["end"]) for one, other in pairs),
            "type": sum(one["type"] == other["type"] for one, other in pairs),
            "value": sum(one.get("value") == other["value"] for one, other in pairs),
        }
        for name, count in counts.items():
            count.add(right[name], len(rows), len(wanted))
    return [Figure("times", dataset, f"{name} F1", count.f1, count.wanted) for name, count in counts.items()]
