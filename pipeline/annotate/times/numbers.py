"""How much a time expression says: the number its words and figures come to."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pipeline.annotate.times.tokens import Token

_FRACTIONS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or None for one that is not told (a few, several)."""

    number: Fraction | None

    @property
    def whole(self) -> int | None:
        """The number where it is whole."""
        return self.number.numerator if self.number is not None and self.number.denominator == 1 else None


def amount(tokens: list[Token]) -> Amount | None:
    """The amount that `tokens` tell, or None where none of them tells any. A range tells no single number."""
    figures = [token for token in tokens if token.kind in {"SMALL", "YEARLIKE", "FIGURE"}]
    kinds = {token.kind for token in tokens}
    if (
        kinds & {"FEW", "MANY"}
        or len(figures) > 1
        or (figures and "WORDNUM" in kinds and kinds & {"TO", "OR", "HYPHEN"})
    ):
        return Amount(None)
    if "COUPLE" in kinds:
        return Amount(Fraction(2))
    part = _part(tokens)
    if figures:
        return Amount(Fraction(figures[0].value) + part)
    named = worded([token for token in tokens if token.kind in {"WORDNUM", "SCALE", "DOZEN", "TO", "OR"}])
    if named is None and "WORDNUM" in kinds:
        return Amount(None)
    if named is not None:
        return Amount(named + part)
    return Amount(part) if part else None


def worded(tokens: list[Token]) -> Fraction | None:
    """The number that number words spell out: fifty five, two hundred ten; None where they spell out none."""
    total = 0
    last = 1000
    for token in tokens:
        if token.kind in {"TO", "OR"}:
            return None
        value = int(token.value)
        if token.kind in {"SCALE", "DOZEN"}:
            total = max(total, 1) * value
            last = value
        elif value < 10 <= last or (value < 100 <= last) or not total:
            total += value
            last = value
        else:
            return None
    return Fraction(total) if total else None


def _part(tokens: list[Token]) -> Fraction:
    for token in tokens:
        if token.kind == "HALF":
            return Fraction(1, 2)
        if token.kind == "FRACTION":
            return _FRACTIONS.get(token.lower) or Fraction(token.lower)
    return Fraction(0)
