"""Claims: attributed content, the spans of claims, their claimants and fields, and check-worthiness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.evaluate.gold import Document, Row
from pipeline.evaluate.measures import Count, Figure, Share, average_precision, characters, paired, share_of

_MARKS = frozenset("\"'.,“”‘’")
#: Share of characters from which two claims are the same.
SAME = 0.5


def score(dataset: str, documents: list[Document], found: Mapping[str, Row]) -> list[Figure]:
    """The figures of a data set of claims."""
    by_dataset = {"attributed_claims": _attributed, "checkworthy": _checkworthy, "seeds": _annotated}
    return [Figure("claims", dataset, *row) for row in by_dataset[dataset](documents, found)]


Line = tuple[str, float | None, int]


def joined(claims: Iterable[Row]) -> list[Row]:
    """Claims of one cue and claimant as one of several parts, so that splitting an attribution costs nothing."""
    whole: dict[object, Row] = {}
    for number, claim in enumerate(claims):
        edges = (claim["cue_start"], claim["cue_end"], claim["claimant_start"], claim["claimant_end"])
        key: object = number if edges[0] is None else edges
        if key in whole:
            whole[key]["spans"] += claim["spans"]
        else:
            whole[key] = {**claim, "spans": list(claim["spans"])}
    return list(whole.values())


class _Spans:
    """Wanted and found claims of documents, paired by their characters."""

    def __init__(self) -> None:
        self.exact, self.half = Count(), Count()

    def add(self, wanted: list[Row], found: list[Row], text: str) -> tuple[list[set[int]], list[set[int]],
                                                                           list[tuple[int, int]]]:  # fmt: skip
        """Count one document; returns both sides' characters and the pairs that are the same."""
        gold = [characters(row.get("spans") or [[row["start"], row["end"]]], text) for row in wanted]
        own = [characters(row["spans"], text) for row in found]
        pairs = paired(gold, own, share_of, 0)
        bare = [[{place for place in one if text[place] not in _MARKS} for one in side] for side in (gold, own)]
        same = [(one, other) for one, other in pairs if share_of(gold[one], own[other]) >= SAME]
        self.exact.add(sum(bare[0][one] == bare[1][other] for one, other in pairs), len(own), len(gold))
        self.half.add(len(same), len(own), len(gold))
        return gold, own, same


def _attributed(documents: list[Document], found: Mapping[str, Row]) -> list[Line]:
    content, whole, claimants, spans = Count(), Count(), Share(), _Spans()
    for document in documents:
        text, wanted = document.text, document.gold["claims"]
        rows = joined(row for row in found[document.name]["claims"] if row["attribution"] != "narrator")
        gold, own, pairs = spans.add(wanted, rows, text)
        all_gold, all_own = set[int]().union(*gold), set[int]().union(*own)
        content.add(len(all_gold & all_own), len(all_own), len(all_gold))
        right = 0
        for one, other in pairs:
            true = characters(wanted[one]["claimant_spans"], text)
            row = rows[other]
            given = [] if row["claimant_start"] is None else [(row["claimant_start"], row["claimant_end"])]
            named = characters(given, text)
            hit = bool(true & named) or not (true or named)
            claimants.add(hit)
            right += hit
        whole.add(right, len(own), len(gold))
    return [
        ("content characters F1", content.f1, content.wanted),
        ("spans F1, exact", spans.exact.f1, spans.exact.wanted),
        ("spans F1, IoU 0.5", spans.half.f1, spans.half.wanted),
        ("claimant accuracy on matched", claimants.value, claimants.tries),
        ("end-to-end F1", whole.f1, whole.wanted),
    ]


def _checkworthy(documents: list[Document], found: Mapping[str, Row]) -> list[Line]:
    labels = [bool(document.gold["label"]) for document in documents]
    scores = [
        max((row["checkworthiness"] or 0.0 for row in found[document.name]["claims"]), default=0.0)
        for document in documents
    ]
    count = Count()
    for label, value in zip(labels, scores, strict=True):
        count.add(label and value >= 0.5, value >= 0.5, label)
    return [
        ("F1 at 0.5", count.f1, len(documents)),
        ("average precision", average_precision(labels, scores), len(documents)),
    ]


def _annotated(documents: list[Document], found: Mapping[str, Row]) -> list[Line]:
    spans = _Spans()
    fields = {name: Share() for name in ("polarity", "modality", "attribution")}
    for document in documents:
        wanted, rows = document.gold["claims"], found[document.name]["claims"]
        _, _, pairs = spans.add(wanted, rows, document.text)
        for name, share in fields.items():
            for one, other in pairs:
                share.add(wanted[one].get(name) == rows[other][name])
    return [
        ("claim spans F1, exact", spans.exact.f1, spans.exact.wanted),
        ("claim spans F1, IoU 0.5", spans.half.f1, spans.half.wanted),
        *((f"{name} accuracy on matched", share.value, share.tries) for name, share in fields.items()),
    ]
