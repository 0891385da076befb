"""Check-worthiness: figures above chatter, each sentence read alone, foreign weights refused."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.annotate import engine
from pipeline.annotate.checkworthiness import model, scores
from pipeline.annotate.parse import Parse

FIGURE = "Unemployment fell from 9 percent to 6 percent in the last three years."
CHATTER = "Thank you very much and good evening."


def score(text: str) -> float:
    parse = engine.parse(text)
    return scores(parse, [(0, len(parse))])[0]


def test_figures_rank_above_chatter() -> None:
    assert score(FIGURE) > 0.5 > score(CHATTER)


def test_a_sentence_is_scored_alone() -> None:
    parse = engine.parse(f"{CHATTER}\n\n{FIGURE}")
    assert scores(parse, parse.sentences) == [score(CHATTER), score(FIGURE)]


def test_nothing_to_score() -> None:
    assert scores(engine.parse(""), []) == []
    assert scores(engine.parse("Rain."), [(0, 0)]) == scores(engine.parse("Snow."), [(0, 0)])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=12))
def test_any_words_have_a_score(words: list[str]) -> None:
    size = len(words)
    starts = list(np.cumsum([0, *(len(word) + 1 for word in words[:-1])]))
    parse = Parse(
        " ".join(words), starts, [start + len(word) for start, word in zip(starts, words, strict=True)], words,
        ["NN"] * size, [0] * size, ["dep"] * size, [(0, size)], [(0, size)],
    )  # fmt: skip
    (found,) = scores(parse, [(0, size)])
    assert 0 <= found <= 1


def test_foreign_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "weights.npz"
    np.savez(path, rarity=np.zeros((1, 4)), weights=np.zeros((1, 4)), scale=np.ones(1), counts=np.zeros(2), shift=0.0)
    monkeypatch.setattr(model, "WEIGHTS", path)
    model.load.cache_clear()
    with pytest.raises(model.WeightsError, match="other features"):
        model.load()
    monkeypatch.setattr(model, "WEIGHTS", tmp_path / "absent.npz")
    with pytest.raises(model.WeightsError, match=r"absent\.npz"):
        model.load()
    monkeypatch.undo()
    model.load.cache_clear()
