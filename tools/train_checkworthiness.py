"""Train the check-worthiness model and write its weights.

    ONRECORD_GOLD=/folder/of/gold python tools/train_checkworthiness.py [--output FILE]

Reads `claims/checkworthy.dev.jsonl` (`{"text", "label"}`; sentences of the ClaimBuster debates as re-issued by
CheckThat! 2024, CC BY 4.0 by its authors' site), prints five-fold cross-validated F1 and average precision, and
writes `pipeline/knowledge/checkworthiness.npz`. Needs scikit-learn, which the pipeline itself does not.

The model: five groups of hashed terms (see `pipeline.annotate.checkworthiness.features`), TF-IDF, unit length
a group, each term scaled by the root of its naive Bayes log-count ratio (after Wang and Manning 2012), and a
logistic regression over all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedKFold

sys.path.insert(0, str(Path(__file__).parents[1]))
from pipeline.annotate import engine
from pipeline.annotate.checkworthiness.features import BUCKETS, GROUPS, features
from pipeline.annotate.checkworthiness.model import RARITY_STEPS, WEIGHTS, Model

#: Inverse strength of the penalty, power of the naive Bayes ratio, weight of the counts: chosen by cross-validation.
STRENGTH, POWER, COUNT_WEIGHT = 2.0, 0.5, 0.3
#: A bucket seen less often than this in training has no weight.
RAREST = 2


def matrices(texts: list[str]) -> tuple[list[sparse.csr_matrix], np.ndarray]:
    """Damped term counts (a matrix a group) and counts of every text; a text is one sentence."""
    found: list[list] = [[] for _ in GROUPS]
    counts = []
    for text in texts:
        parse = engine.parse(text)
        terms, numbers = features(parse, [(0, len(parse))])
        for group, part in zip(found, terms, strict=True):
            group.append((part.columns, part.values))
        counts.append(numbers[0])
    result = []
    for group in found:
        ends = np.cumsum([0, *(len(columns) for columns, _ in group)])
        columns = np.concatenate([columns for columns, _ in group])
        values = np.concatenate([values for _, values in group])
        result.append(sparse.csr_matrix((values, columns, ends), shape=(len(texts), BUCKETS)))
    return result, np.array(counts)


def rounded(rarity: np.ndarray, weights: np.ndarray, counts: np.ndarray, regression: LogisticRegression) -> Model:
    """The model in the precision in which it ships: one byte a number."""
    scale = np.abs(weights).max(axis=1, keepdims=True) / 127
    return Model(
        (np.round(rarity * RARITY_STEPS) / RARITY_STEPS).astype(np.float32),
        (np.round(weights / scale) * scale).astype(np.float32),
        counts,
        -float(regression.intercept_[0]),
    )


def fit(terms: list[sparse.csr_matrix], counts: np.ndarray, labels: np.ndarray) -> Model:
    """A model of these sentences, its shift the intercept's."""
    rarity, ratios, scaled = [], [], []
    for group in terms:
        seen = np.asarray((group > 0).sum(axis=0)).ravel()
        positive = 1 + np.asarray((group[labels == 1] > 0).sum(axis=0)).ravel()
        negative = 1 + np.asarray((group[labels == 0] > 0).sum(axis=0)).ravel()
        idf = np.where(seen >= RAREST, np.log((1 + len(labels)) / (1 + seen)) + 1, 0.0)
        ratio = np.log((positive / positive.sum()) / (negative / negative.sum()))
        rarity.append(idf)
        ratios.append(np.sign(ratio) * np.abs(ratio) ** POWER)
        weighted = group @ sparse.diags(idf)
        length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
        unit = sparse.diags(np.divide(1.0, length, out=np.zeros_like(length), where=length > 0))
        scaled.append(unit @ weighted @ sparse.diags(ratios[-1]))
    scaled.append(sparse.csr_matrix(counts * COUNT_WEIGHT))
    regression = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0)
    regression.fit(sparse.hstack(scaled, format="csr"), labels)
    coefficients = regression.coef_[0]
    weights = coefficients[: len(GROUPS) * BUCKETS].reshape(len(GROUPS), BUCKETS) * np.array(ratios)
    return rounded(np.array(rarity), weights, coefficients[len(GROUPS) * BUCKETS :] * COUNT_WEIGHT, regression)


def decisions(model: Model, terms: list[sparse.csr_matrix], counts: np.ndarray) -> np.ndarray:
    """Each sentence's distance from the decision."""
    total = counts @ model.counts - model.shift
    for group, rarity, weights in zip(terms, model.rarity, model.weights, strict=True):
        weighted = group @ sparse.diags(rarity)
        length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
        total += np.divide(weighted @ weights, length, out=np.zeros_like(length), where=length > 0)
    return total


def best_threshold(values: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """The threshold of the highest F1, and that F1."""
    order = np.argsort(-values, kind="stable")
    f1 = 2 * np.cumsum(labels[order]) / (np.arange(1, len(labels) + 1) + labels.sum())
    best = int(np.argmax(f1))
    return float(values[order][best]), float(f1[best])


def f1_at(values: np.ndarray, labels: np.ndarray, threshold: float) -> float:
    """F1 where what reaches the threshold is positive."""
    found = values >= threshold
    return float(2 * (found & (labels == 1)).sum() / (found.sum() + labels.sum()))


def main() -> None:
    """Read, cross-validate, train, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--output", type=Path, default=WEIGHTS)
    chosen = options.parse_args()
    source = Path(os.environ["ONRECORD_GOLD"]) / "claims" / "checkworthy.dev.jsonl"
    rows = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
    labels = np.array([row["label"] for row in rows])
    terms, counts = matrices([row["text"] for row in rows])
    values = np.zeros(len(labels))
    f1 = []
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(counts, labels):
        model = fit([group[train] for group in terms], counts[train], labels[train])
        values[test] = decisions(model, [group[test] for group in terms], counts[test])
    threshold, best = best_threshold(values, labels)
    # the threshold of a fold is chosen on the other folds alone
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(counts, labels):
        f1.append(f1_at(values[test], labels[test], best_threshold(values[train], labels[train])[0]))
    precision = average_precision_score(labels, values)
    print(f"five-fold F1 {100 * np.mean(f1):.1f} (best threshold {100 * best:.1f}), AP {100 * precision:.1f}")
    model = fit(terms, counts, labels)
    scale = (np.abs(model.weights).max(axis=1, keepdims=True) / 127).astype(np.float32)
    np.savez_compressed(
        chosen.output,
        rarity=np.round(model.rarity * RARITY_STEPS).astype(np.uint8),
        weights=np.round(model.weights / scale).astype(np.int8),
        scale=scale,
        counts=model.counts.astype(np.float32),
        shift=np.float64(model.shift + threshold),
    )
    print(f"{chosen.output}: {chosen.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
