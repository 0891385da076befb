"""Copies found among real articles perturbed in fixed ways: precision and recall, time and memory.

    python -m tests.benchmarks.duplicates SAMPLE.jsonl.gz [--background 3000] [--each 100] [--scale 1]

The sample is JSON lines with `text` and `source`. Originals are drawn with a fixed seed; of the perturbed
articles the even half is for choosing thresholds, the odd half is reported. A pair is right when it joins a
perturbed article with its original (or with another article made from it); pairs between two articles of
the sample are shown apart, since real news does repeat itself.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.link import duplicates
from pipeline.link.parts import Parts
from pipeline.link.sketch import SKETCH, sketch
from pipeline.shard import SKETCHES

FILLER = (
    "council market river teacher season budget weather engine village museum harbour contract station doctor "
    "garden factory captain library election bridge valley summer window machine painter"
).split()


def cut(share: float) -> Callable[[str, random.Random], str]:
    """The first `share` of the words, paragraphs kept."""

    def perturb(text: str, _: random.Random) -> str:
        words = text.split(" ")
        return " ".join(words[: max(20, int(len(words) * share))])

    return perturb


def edited(share: float) -> Callable[[str, random.Random], str]:
    """`share` of the words replaced by others."""

    def perturb(text: str, chance: random.Random) -> str:
        return " ".join(chance.choice(FILLER) if chance.random() < share else word for word in text.split(" "))

    return perturb


def new_lead(text: str, chance: random.Random) -> str:
    """The first paragraph written anew."""
    rest = text.split("\n\n", 1)[1] if "\n\n" in text else text[len(text) // 5 :]
    return " ".join(chance.choice(FILLER) for _ in range(35)) + ".\n\n" + rest


def with_boilerplate(text: str, _: random.Random) -> str:
    """A site's lines before and after."""
    before = "Sign up for our daily newsletter and never miss a story from us again."
    after = "Follow us for more on this and all other stories of the day, every day of the week."
    return f"{before}\n\n{text}\n\n{after}"


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "cut to 50%": cut(0.5),
    "cut to 25%": cut(0.25),
    "5% of the words edited": edited(0.05),
    "20% of the words edited": edited(0.2),
    "lead rewritten": new_lead,
    "boilerplate added": with_boilerplate,
}


def main() -> None:
    """Read the arguments, measure, print a table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("sample")
    ask.add_argument("--background", type=int, default=3_000)
    ask.add_argument("--each", type=int, default=100)
    given = ask.parse_args()
    with gzip.open(given.sample, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][: given.background]
    chance = random.Random(7)
    long_enough = [number for number, row in enumerate(rows) if len(row["text"].split()) >= 200]
    made: list[tuple[str, set[int], str, str]] = []
    for kind, perturb in KINDS.items():
        for number in chance.sample(long_enough, given.each):
            made.append((kind, {number}, perturb(rows[number]["text"], chance), f"outlet {len(made)}"))
    for _ in range(given.each):
        one, other = chance.sample(long_enough, 2)
        made.append(
            ("two stories merged", {one, other}, f"{rows[one]['text']}\n\n{rows[other]['text']}", f"outlet {len(made)}")
        )
    work = Path(tempfile.mkdtemp())
    try:
        report(rows, made, work)
    finally:
        shutil.rmtree(work)


def report(rows: list[dict[str, Any]], made: list[tuple[str, set[int], str, str]], work: Path) -> None:
    """Sketch, join, and print what was found."""
    texts = [row["text"] for row in rows] + [text for _, _, text, _ in made]
    sources = [row["source"] for row in rows] + [source for _, _, _, source in made]
    started = time.process_time()
    sketches = [
        sketch(text).select(pl.lit(n, pl.Int64).alias("record"), pl.lit(f"{n:07d}").alias("article_id"), *SKETCH)
        for n, text in enumerate(texts)
    ]
    sketched = time.process_time()
    folder = work / "parts" / "000000"
    folder.mkdir(parents=True)
    pl.concat([pl.DataFrame(schema=SKETCHES), *sketches]).write_parquet(folder / "sketches.parquet")
    pl.DataFrame(
        {
            "record": range(len(texts)),
            "article_id": [f"{n:07d}" for n in range(len(texts))],
            "source_id": sources,
            "text_chars": [len(text) for text in texts],
        }
    ).with_columns(pl.lit(None, pl.Datetime("us", "UTC")).alias("published_at")).write_parquet(
        folder / "articles.parquet"
    )
    joined_at = time.perf_counter()
    parts = Parts(work)
    duplicates.find(parts)
    joined = time.perf_counter() - joined_at
    pairs = pl.read_parquet(parts.link("pairs"))
    each = 1000 * (sketched - started) / len(texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(texts)} articles: sketches {each:.2f} ms CPU an article, join {joined:.1f} s, peak {peak:.0f} MB")
    score(pairs, made, len(rows))


def score(pairs: pl.DataFrame, made: list[tuple[str, set[int], str, str]], real: int) -> None:
    """Precision over pairs with a perturbed article of the reported half, recall over its originals."""
    origins = {real + number: originals for number, (_, originals, _, _) in enumerate(made)}
    among_real = 0
    for half, name in ((0, "half for choosing"), (1, "half reported")):
        right, wrong = 0, 0
        found: set[tuple[int, int]] = set()
        for original, article in pairs.select("original", "article_id").iter_rows():
            one, other = sorted((int(original), int(article)))
            if other < real:
                among_real += half
                continue
            if (other - real) % 2 != half:
                continue
            related = origins[other] & origins.get(one, {one})
            right, wrong = right + bool(related), wrong + (not related)
            if one in origins[other]:
                found.add((one, other))
        wanted = {
            (one, other) for other, originals in origins.items() for one in originals if (other - real) % 2 == half
        }
        precision, recall = right / max(1, right + wrong), len(found) / len(wanted)
        print(f"{name}: precision {precision:.3f} ({wrong} wrong), recall {recall:.3f}")
        missed = Counter(made[other - real][0] for _, other in wanted - found)
        print("  missed: " + (", ".join(f"{kind} {count}" for kind, count in sorted(missed.items())) or "none"))
    print(f"pairs between two articles of the sample: {among_real}")


if __name__ == "__main__":
    main()
