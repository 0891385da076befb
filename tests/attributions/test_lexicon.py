"""The cue lexicon: every row says what it may take, shows it, and is understood."""

from __future__ import annotations

import csv
from importlib import resources

import pytest

from pipeline.annotate import engine
from pipeline.annotate.attributions import find

FRAMES = {
    *("clause", "quote", "np", "inf", "obj_inf", "ger", "pred", "as", "subj", "wh", "within"),
    *("of", "about", "on", "for", "against", "to", "with", "in", "at", "over", "by", "up", "into", "from", "toward"),
}


def rows(name: str) -> list[dict[str, str]]:
    text = resources.files("pipeline.knowledge").joinpath(f"cues_{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize("name", ["verbs", "nouns", "adjectives", "adverbs"])
def test_every_row_is_whole(name: str) -> None:
    table = rows(name)
    lemmas = [row["lemma"] for row in table]
    assert lemmas == sorted(set(lemmas))
    for row in table:
        assert set(row["frames"].split()) <= FRAMES and row["frames"], row
        assert row["speech"] in {"yes", "no"} and row["class"] and row["source"], row
        assert row["example"].strip().endswith((".", "?", "!", '"')) and len(row["example"].split()) >= 3, row


@pytest.mark.parametrize(("name", "least"), [("verbs", 0.96), ("nouns", 0.7), ("adjectives", 0.93), ("adverbs", 0.8)])
def test_examples_are_found_by_their_cue(name: str, least: float) -> None:
    table = rows(name)
    text = "\n".join(row["example"] for row in table)
    found: dict[int, set[str | None]] = {}
    for record in find(engine.parse(text)):
        assert record.cue is not None
        found.setdefault(text.count("\n", 0, record.cue[0]), set()).add(record.cue_lemma)
    right = sum(row["lemma"] in found.get(number, ()) for number, row in enumerate(table))
    assert right / len(table) >= least
