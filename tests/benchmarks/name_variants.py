"""How well spellings of one person's name are told from other persons' names: the area under the ROC curve.

    python tests/benchmarks/name_variants.py [FILE]

FILE: JSON lines `{"a", "b", "same"}`; by default `entities/name_variants.dev.jsonl` in the folder that the
environment variable ONRECORD_GOLD names. Also prints what comparing by `rapidfuzz`'s token_set_ratio reaches.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from rapidfuzz.fuzz import token_set_ratio

from pipeline.link.spelling import plain, similarity


def area(scores: list[float], same: list[bool]) -> float:
    """The area under the ROC curve: how often a pair that is the same scores above one that is not (ties half)."""
    ranked = sorted(zip(scores, same, strict=True))
    total, rank, position = 0.0, 0, 0
    while position < len(ranked):
        last = position
        while last < len(ranked) and ranked[last][0] == ranked[position][0]:
            last += 1
        mean = (position + last + 1) / 2
        total += mean * sum(hit for _, hit in ranked[position:last])
        position = last
    hits = sum(same)
    misses = len(same) - hits
    rank = hits * (hits + 1) // 2
    return (total - rank) / (hits * misses)


def measure(path: Path) -> dict[str, float]:
    """The area under the curve of both comparisons over the pairs in a file."""
    pairs = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    same = [bool(pair["same"]) for pair in pairs]
    return {
        "similarity": area([similarity(pair["a"], pair["b"]) for pair in pairs], same),
        "token_set_ratio": area([token_set_ratio(plain(pair["a"]), plain(pair["b"])) for pair in pairs], same),
    }


def main() -> None:
    """Print the figures."""
    default = Path(os.environ.get("ONRECORD_GOLD", ".")) / "entities" / "name_variants.dev.jsonl"
    for name, value in measure(Path(sys.argv[1]) if len(sys.argv) > 1 else default).items():
        print(f"{name}: AUC {value:.4f}")


if __name__ == "__main__":
    main()
