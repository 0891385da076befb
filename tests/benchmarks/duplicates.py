"""Copies found among real articles perturbed in fixed ways: precision and recall, time and memory.

    python -m tests.benchmarks.duplicates SAMPLE.jsonl.gz [--background 3000] [--each 100] [--sizes 5000,40000]

The sample is JSON lines with `text` and `source`. Originals are drawn with a fixed seed; of the perturbed
articles the even half is for choosing thresholds, the odd half is reported. A pair is right when it joins a
perturbed article with its original (or with another article made from it); pairs between two articles of
the sample are shown apart, since real news does repeat itself. `--sizes` also measures the CPU time an article of
corpora of these sizes, made of the sample and of copies of it whose letters are shifted.
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
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.link import duplicates
from pipeline.link.parts import Parts
from pipeline.link.sketch import sketch, sketch_table

LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: Articles whose sketches are written together.
SHARD = 500
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
    ask.add_argument("--sizes", help="numbers of articles, with commas: CPU time an article of corpora so large")
    given = ask.parse_args()
    with gzip.open(given.sample, "rt", encoding="utf-8") as lines:
        everything = [json.loads(line) for line in lines]
    rows = everything[: given.background]
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
    for size in map(int, given.sizes.split(",") if given.sizes else ()):
        copies = (shifted(everything[n % len(everything)], n // len(everything)) for n in range(size))
        work = Path(tempfile.mkdtemp())
        try:
            found(copies, work)
        finally:
            shutil.rmtree(work)


def shifted(row: dict[str, Any], by: int) -> dict[str, Any]:
    """The article with the letters of its words moved on in the alphabet, and a source of its own."""
    turned = LETTERS[by % 26 :] + LETTERS[: by % 26]
    table = str.maketrans(LETTERS + LETTERS.upper(), turned + turned.upper())
    return {"text": row["text"].translate(table), "source": f"{row['source']} {by}"}


def found(rows: Iterable[dict[str, Any]], work: Path) -> pl.DataFrame:
    """Sketch and join articles, and print what that took: the pairs found."""
    sketching = 0.0
    sources: list[str] = []
    sizes: list[int] = []
    parts = Parts(work)
    for number, some in enumerate(batched(rows, SHARD)):
        first = len(sources)
        folder = work / "parts" / f"{number:06d}"
        folder.mkdir(parents=True)
        started = time.process_time()
        sketches = ((first + n, f"{first + n:07d}", sketch(row["text"])) for n, row in enumerate(some))
        sketch_table(sketches).write_parquet(folder / "sketches.parquet")
        sketching += time.process_time() - started
        sources += [row["source"] for row in some]
        sizes += [len(row["text"]) for row in some]
        pl.DataFrame(
            {
                "record": range(first, len(sources)),
                "article_id": [f"{n:07d}" for n in range(first, len(sources))],
                "source_id": sources[first:],
                "text_chars": sizes[first:],
            }
        ).with_columns(pl.lit(None, pl.Datetime("us", "UTC")).alias("published_at")).write_parquet(
            folder / "articles.parquet"
        )
    started = time.process_time()
    duplicates.find(parts)
    joining = time.process_time() - started
    pairs = pl.read_parquet(parts.link("pairs"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sketching, joining = (1000 * seconds / len(sources) for seconds in (sketching, joining))
    print(
        f"{len(sources):,} articles, {pairs.height:,} pairs: {sketching + joining:.2f} ms CPU an article "
        f"(sketches {sketching:.2f}, join {joining:.2f}), peak of the process so far {peak:,.0f} MB"
    )
    return pairs


def batched(rows: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    """The rows in lists of at most `size`."""
    rows = iter(rows)
    while some := list(islice(rows, size)):
        yield some


def report(rows: list[dict[str, Any]], made: list[tuple[str, set[int], str, str]], work: Path) -> None:
    """Sketch, join, and print what was found."""
    score(found([*rows, *({"text": text, "source": source} for _, _, text, source in made)], work), made, len(rows))


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
