"""The scale of commitment: modality from unknown to asserted, factuality from -3 to 3.

After FactBank (Sauri and Pustejovsky 2009) and the -3 to 3 scale of de Marneffe et al. 2012 and Lee et al. 2015:
certain 3, probable and future 2, possible 1, no commitment 0; the sign is the polarity.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: From the weakest commitment to the firmest: two sources of modality make the weaker one.
_ORDER = ("unknown", "conditional", "obligatory", "possible", "probable", "future", "asserted")
FACTUALITY = {"asserted": 3.0, "probable": 2.0, "future": 2.0, "possible": 1.0}


@dataclass(slots=True)
class Commitment:
    """What a claim is worth: `hedges` are tokens ranges (end exclusive), `hearsay` the one that tells of others."""

    negated: bool = False
    modality: str = "asserted"
    hedges: list[tuple[int, int]] = field(default_factory=list)
    hearsay: tuple[int, int] | None = None
    predicate: int = -1  #: the word that the claim is about, below implicatives and raising verbs

    def weaken(self, modality: str) -> None:
        """Take the weaker of the two modalities."""
        self.modality = min(self.modality, modality, key=_ORDER.index)

    @property
    def factuality(self) -> float:
        """The commitment as a number from -3 to 3."""
        value = FACTUALITY.get(self.modality, 0.0)
        return -value if self.negated and value else value
