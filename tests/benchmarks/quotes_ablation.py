"""What each part of quote finding adds, on development gold.

    ONRECORD_GOLD=FOLDER python -m tests.benchmarks.quotes_ablation [--limit 60]

Reads `quotes/ggt.dev.jsonl` below the folder of gold data and finds its quotes with every part in place, then with
one part taken out at a time. A span is right at an intersection over union of 0.8 after edge marks are cut off;
a speaker is right when the names share their last word. Prints, too, how far the confidence is from the share of
right speakers (10 bins), on these articles and out of sample, and that share for each way of resolution, which
`confidence.py` holds as a table.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest.mock import patch

from pipeline.annotate import attributions, coreference, engine, names, quotes
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Attribution, LocalEntity, Mention, Quote

EDGES = " \t\r\n\"'`.,;:!?()[]-“”‘’…–—«»"
FILLERS = frozenset({"the", "a", "an", "of", "mr", "mrs", "ms", "dr"})


@dataclass
class Article:
    """A gold article with what the steps before the quotes found in it."""

    text: str
    gold: list[dict[str, object]]
    parse: Parse
    attributions: list[Attribution]
    names: list[Mention]
    entities: list[LocalEntity]


@dataclass
class Score:
    """Counts over articles, and the figures made of them."""

    wanted: int = 0
    predicted: int = 0
    spans: int = 0
    speakers: int = 0
    named: int = 0
    named_right: int = 0
    by_way: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    judged: list[tuple[float, bool]] = field(default_factory=list)  #: confidence, and whether the speaker is right

    @property
    def span_f1(self) -> float:
        """F1 of the spans."""
        return 2 * self.spans / max(1, self.wanted + self.predicted)

    @property
    def end_to_end_f1(self) -> float:
        """F1 of spans with the right speaker."""
        return 2 * self.speakers / max(1, self.wanted + self.predicted)

    @property
    def named_precision(self) -> float:
        """Share of right names among the speakers named, on right spans."""
        return self.named_right / max(1, self.named)

    @property
    def calibration_error(self) -> float:
        """Mean distance of confidence and share of right speakers, weighted by bin."""
        return calibration_error(self.judged)


def calibration_error(judged: list[tuple[float, bool]]) -> float:
    """Expected calibration error over 10 bins of equal width (Guo et al., ICML 2017)."""
    bins: dict[int, float] = defaultdict(float)
    for confidence, right in judged:
        bins[min(9, int(confidence * 10))] += confidence - right
    return sum(map(abs, bins.values())) / max(1, len(judged))


def fitted_elsewhere(one: list[tuple[float, bool]], other: list[tuple[float, bool]]) -> float:
    """The calibration error on `other` of the shares of right speakers counted on `one`, a share for each cell of the
    table (one of its confidences stands for a cell)."""
    cells: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    for confidence, right in one:
        cells[confidence][0] += 1
        cells[confidence][1] += right
    share = {cell: right / count for cell, (count, right) in cells.items()}
    return calibration_error([(share.get(confidence, confidence), right) for confidence, right in other])


def load(folder: Path, limit: int | None) -> Iterator[Article]:
    """The articles of the gold file, parsed."""
    with (folder / "quotes" / "ggt.dev.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            row = json.loads(line)
            parse = engine.parse(row["text"])
            mentions, entities = names.find(parse)
            yield Article(row["text"], row["quotes"], parse, attributions.find(parse), mentions, entities)


def found(article: Article) -> list[Quote]:
    """The quotes with every part in place."""
    mentions = coreference.resolve(article.parse, article.names, article.entities)
    return quotes.find(article.parse, article.attributions, mentions, article.entities)


def without_attributions(article: Article) -> list[Quote]:
    """Quotation marks and the cues beside them alone."""
    return found(replace(article, attributions=[]))


def without_kind(kind: str) -> Callable[[Article], list[Quote]]:
    """The quotes found with the pronouns or the role nouns left unresolved."""

    def run(article: Article) -> list[Quote]:
        mentions = coreference.resolve(article.parse, article.names, article.entities)
        kept = [mention for mention in mentions if mention.kind != kind]
        return quotes.find(article.parse, article.attributions, kept, article.entities)

    return run


def without_clusters(article: Article) -> list[Quote]:
    """Every name an entity of its own: a surname stays a surname."""
    entities = [LocalEntity(mention.type, mention.text) for mention in article.names]
    mentions = [replace(mention, entity=number) for number, mention in enumerate(article.names)]
    return found(replace(article, names=mentions, entities=entities))


def without_carrying(article: Article) -> list[Quote]:
    """Quotes without a source beside them stay without a speaker."""
    rows = found(article)
    for quote in rows:
        if quote.speaker_resolution == "carried":
            quote.speaker_name = quote.speaker_start = quote.speaker_end = quote.confidence = None
    return rows


def without_marks(article: Article) -> list[Quote]:
    """The parse alone: no quotation marks are seen."""
    with (
        patch("pipeline.annotate.quotes.context.quotations", lambda text: []),
        patch("pipeline.annotate.coreference.narrative.quotations", lambda text: []),
    ):
        return found(article)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without marks and spaces at its edges."""
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return start, end


def same_name(found_name: str | None, gold_name: str) -> bool:
    """Whether two names share their last word, or one's last word is any of the other's."""
    first, second = (
        [word for word in re.findall(r"\w+", re.sub(r"['’]s\b", "", name.lower())) if word not in FILLERS]
        for name in (found_name or "", gold_name)
    )
    return bool(first and second) and (first[-1] in second or second[-1] in first)


def add(score: Score, article: Article, rows: list[Quote]) -> None:
    """Count one article into `score`."""
    gold = [(trim(article.text, int(str(g["start"])), int(str(g["end"]))), str(g["speaker"])) for g in article.gold]
    parts = [
        (trim(article.text, *span), row)
        for row in rows
        for span in (
            [(row.start, row.end)] if any(overlap(g, (row.start, row.end)) >= 0.8 for g, _ in gold) else row.spans
        )
    ]
    score.wanted += len(gold)
    score.predicted += len(parts)
    left = set(range(len(parts)))
    for span, speaker in gold:
        best = max(((overlap(span, parts[index][0]), -index) for index in left), default=(0.0, 0))
        if best[0] < 0.8:
            continue
        left.discard(-best[1])
        row = parts[-best[1]][1]
        printed = None if row.speaker_start is None else article.text[row.speaker_start : row.speaker_end]
        right = same_name(row.speaker_name or printed, speaker)
        score.spans += 1
        score.speakers += right
        score.named += row.speaker_name is not None
        score.named_right += right and row.speaker_name is not None
        way = score.by_way[row.speaker_resolution if row.speaker_name else f"{row.speaker_kind}, not resolved"]
        way[0] += 1
        way[1] += right
        if row.confidence is not None:
            score.judged.append((row.confidence, right))


def overlap(first: tuple[int, int], second: tuple[int, int]) -> float:
    """Intersection over union of two spans."""
    common = min(first[1], second[1]) - max(first[0], second[0])
    return max(0, common) / max(1, max(first[1], second[1]) - min(first[0], second[0]))


def measure(articles: list[Article], run: Callable[[Article], list[Quote]] = found) -> Score:
    """The score of one way to find quotes."""
    score = Score()
    for article in articles:
        add(score, article, run(article))
    return score


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="What each part of quote finding adds.")
    parser.add_argument("--limit", type=int)
    folder = os.environ.get("ONRECORD_GOLD")
    if not folder:
        sys.exit("set ONRECORD_GOLD to the folder of gold data")
    articles = list(load(Path(folder), parser.parse_args().limit))
    runs: list[tuple[str, Callable[[Article], list[Quote]]]] = [
        ("all parts", found),
        ("no attributions (marks and cues alone)", without_attributions),
        ("no quotation marks (the parse alone)", without_marks),
        ("no name clusters", without_clusters),
        ("no pronouns resolved", without_kind("pronoun")),
        ("no role nouns resolved", without_kind("nominal")),
        ("no speakers carried over", without_carrying),
    ]
    scores = [measure(articles, run) for _, run in runs]
    print(f"{len(articles)} articles\n{'':42}{'spans':>8}{'speaker':>9}{'named right':>13}{'end to end':>12}")
    for (label, _), score in zip(runs, scores, strict=True):
        accuracy = score.speakers / max(1, score.spans)
        print(f"{label:42}{score.span_f1:8.3f}{accuracy:9.3f}{score.named_precision:13.3f}{score.end_to_end_f1:12.3f}")
    full = scores[0]
    halves = [measure(articles[start::2]).judged for start in (0, 1)]
    print(f"\ncalibration error of the confidence: {full.calibration_error:.3f}")
    print(f"  the same on either half: {calibration_error(halves[0]):.3f}, {calibration_error(halves[1]):.3f}")
    apart = fitted_elsewhere(halves[0], halves[1]), fitted_elsewhere(halves[1], halves[0])
    print(f"  counted on one half, read on the other: {apart[0]:.3f}, {apart[1]:.3f}")
    print("right speakers by way of resolution:")
    for way, (count, right) in sorted(full.by_way.items()):
        print(f"  {way:30}{right / count:6.2f} of {count}")


if __name__ == "__main__":
    main()
