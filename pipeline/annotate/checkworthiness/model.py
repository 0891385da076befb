"""The shipped check-worthiness model: its weights, read once a process, and the scores it gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.annotate.checkworthiness.features import BUCKETS, COUNTS, GROUPS, Terms, Values, features
from pipeline.annotate.parse import Parse

#: The weights, made by `tools/train_checkworthiness.py`.
WEIGHTS = Path(__file__).parents[2] / "knowledge" / "checkworthiness.npz"
#: Steps of one unit of rarity, which is stored as a byte.
RARITY_STEPS = 25
#: Scores are rounded to this many decimals before anything is decided by them.
DECIMALS = 4


class WeightsError(RuntimeError):
    """The weights' file is missing or was made for other features."""


@dataclass(frozen=True, slots=True)
class Model:
    """A linear model over weighted terms.

    `rarity` and `weights` have a row a group and a column a bucket; `counts` a weight for each count;
    `shift` is what is taken off so that 0 is the decision.
    """

    rarity: NDArray[np.float32]
    weights: NDArray[np.float32]
    counts: Values
    shift: float

    def decision(self, terms: list[Terms], counts: Values) -> Values:
        """The distance of each sentence from the decision, in log odds."""
        total = counts @ self.counts - self.shift
        for group, rarity, weights in zip(terms, self.rarity, self.weights, strict=True):
            values = group.values * rarity[group.columns]
            size = len(total)
            length = np.sqrt(np.bincount(group.rows, values * values, size))
            dot = np.bincount(group.rows, values * weights[group.columns], size)
            total = total + np.divide(dot, length, out=np.zeros(size), where=length > 0)
        return total


@lru_cache(maxsize=1)
def load() -> Model:
    """The shipped model.

    Raises:
        WeightsError: its file is missing or was made for other features.
    """
    try:
        with np.load(WEIGHTS, allow_pickle=False) as stored:
            model = Model(
                stored["rarity"].astype(np.float32) / RARITY_STEPS,
                stored["weights"].astype(np.float32) * stored["scale"],
                stored["counts"].astype(np.float64),
                float(stored["shift"]),
            )
    except (OSError, KeyError, ValueError) as error:
        raise WeightsError(f"{WEIGHTS.name} is no file of check-worthiness weights: {error}") from error
    if model.weights.shape != (len(GROUPS), BUCKETS) or model.counts.shape != (len(COUNTS),):
        raise WeightsError(f"{WEIGHTS.name} was made for other features: run tools/train_checkworthiness.py")
    return model


def scores(parse: Parse, ranges: list[tuple[int, int]]) -> list[float]:
    """The check-worthiness (0 to 1) of each token range, 0.5 where F1 was best in cross-validation."""
    if not ranges:
        return []
    decision = np.clip(load().decision(*features(parse, ranges)), -30, 30)
    return [round(float(value), DECIMALS) for value in 1.0 / (1.0 + np.exp(-decision))]
