"""Copies: an article that repeats another's words is found, whatever was done to it; a new one is not."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.link import duplicates
from pipeline.link.parts import Parts
from pipeline.link.sketch import EVERY, sketch, sketch_table

CHANCE = random.Random(5)
WORDS = ["".join(CHANCE.choice("aeiou" if n % 2 else "bdfgklmnprst") for n in range(size)) for size in (3, 5, 7) * 300]


def article(seed: int, paragraphs: int = 12) -> str:
    chance = random.Random(seed)
    return "\n\n".join(" ".join(chance.choices(WORDS, k=40)).capitalize() + "." for _ in range(paragraphs))


def copies(work: Path, texts: dict[str, str], sources: dict[str, str] | None = None) -> dict[str, tuple[str, str]]:
    """What each article is found to be a copy of, and how; of two, the one first in `texts` appeared first."""
    folder = work / "parts" / "000000"
    folder.mkdir(parents=True)
    sketch_table((n, name, sketch(text)) for n, (name, text) in enumerate(texts.items())).write_parquet(
        folder / "sketches.parquet"
    )
    pl.DataFrame(
        {
            "record": range(len(texts)),
            "article_id": list(texts),
            "source_id": [(sources or {}).get(name, f"outlet {name}") for name in texts],
            "text_chars": [len(text) for text in texts.values()],
            "published_at": pl.datetime_range(
                pl.datetime(2023, 1, 1), pl.datetime(2023, 1, len(texts)), "1d", time_zone="UTC", eager=True
            ),
        }
    ).write_parquet(folder / "articles.parquet")
    parts = Parts(work)
    duplicates.find(parts)
    rows = pl.read_parquet(parts.link("copies")).iter_rows(named=True)
    return {row["article_id"]: (row["copy_of"], row["copy_kind"]) for row in rows}


def edited(text: str, share: float) -> str:
    chance = random.Random(3)
    return " ".join(chance.choice(WORDS) if chance.random() < share else word for word in text.split(" "))


@pytest.mark.parametrize(
    "made",
    [
        lambda text: text,
        lambda text: text[: len(text) // 2],
        lambda text: text[: len(text) // 3],
        lambda text: edited(text, 0.05),
        lambda text: edited(text, 0.2),
        lambda text: f"{article(99, 1)}\n\n{text.partition(chr(10))[2]}",
        lambda text: f"{text}\n\n{article(98)}",
        lambda text: text.upper().replace(". ", " — "),
    ],
    ids=["whole", "half", "third", "5% edited", "20% edited", "new lead", "two merged", "set otherwise"],
)
def test_a_copy_is_found_whatever_was_done_to_it(made: object, tmp_path: Path) -> None:
    first = article(1)
    found = copies(tmp_path, {"first": first, "other": article(2), "later": made(first)})  # type: ignore[operator]
    assert found["later"][0] == "first" and found["later"][1] in {"copy", "derived"}
    assert set(found) == {"later"}


def test_the_same_words_of_a_third_party_are_a_shared_quotation(tmp_path: Path) -> None:
    said = f"“{article(7, 1)} {article(8, 1)}”"
    texts = {"one": f"{article(3, 2)}\n\n{said}", "two": f"{said}\n\n{article(4, 2)}"}
    assert copies(tmp_path, texts) == {"two": ("one", "shared_quote")}


def test_a_sites_own_paragraphs_make_no_copies(tmp_path: Path) -> None:
    about = article(9, 3)
    texts = {f"number {n}": f"{article(10 + n, 3)}\n\n{about}" for n in range(4)}
    assert copies(tmp_path / "one", texts, dict.fromkeys(texts, "one outlet")) == {}
    assert copies(tmp_path / "many", texts)


@given(st.text(max_size=200))
def test_any_text_has_a_sketch(text: str) -> None:
    found = sketch(text)
    assert found.shingles.tolist() == sorted(set(found.shingles.tolist()))
    assert len(found.shingles) == len(found.paragraphs) == len(found.quoted)
    assert not any(value % EVERY for value in found.shingles.tolist())


@given(st.integers(0, 10_000), st.sampled_from([" ", ", ", "  ", " – ", "\u00a0"]))
def test_a_sketch_depends_on_words_alone(seed: int, between: str) -> None:
    words = article(seed, 1)
    same = sketch(words.replace(" ", between))
    assert same.shingles.tolist() == sketch(words).shingles.tolist()
    joined = sketch(words.replace(" ", "", 40))
    assert not set(joined.shingles.tolist()) & set(same.shingles.tolist())


def test_a_shingle_has_the_same_value_wherever_it_stands() -> None:
    text = article(11)
    whole, end = sketch(text), sketch(text[len(text) // 2 :])
    assert len(end.shingles) > 0.3 * len(whole.shingles)
    lost = set(end.shingles.tolist()) - set(whole.shingles.tolist())
    assert len(lost) <= 1  # the word cut in two


def test_tables_of_no_sketches_and_of_empty_ones_are_alike() -> None:
    empty = sketch_table([(1, "a", sketch("a"))])
    assert empty.height == 0 and empty.schema == sketch_table([]).schema
