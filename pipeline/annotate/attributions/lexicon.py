"""The cue lexicon: which words attribute content, and with which complements."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class CueEntry:
    """One row of the lexicon: a cue word, its class, the complements that hold its content, and whether it tells
    of an utterance (`speech`) or of a thought, an attitude or a piece of evidence."""

    lemma: str
    kind: str
    frames: frozenset[str]
    speech: bool


def _read(name: str) -> dict[str, CueEntry]:
    found: dict[str, CueEntry] = {}
    lines = resources.files("pipeline.knowledge").joinpath(name).read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        frames = frozenset(row["frames"].split())
        found[row["lemma"]] = CueEntry(row["lemma"], row["class"], frames, row["speech"] == "yes")
    return found


@lru_cache(maxsize=1)
def verbs() -> dict[str, CueEntry]:
    """Verb cues by lemma; a verb with a particle stands as `point out`."""
    return _read("cues_verbs.csv")


@lru_cache(maxsize=1)
def first_words() -> frozenset[str]:
    """The first words of verb cues of two words."""
    return frozenset(lemma.split()[0] for lemma in verbs() if " " in lemma)


@lru_cache(maxsize=1)
def nouns() -> dict[str, CueEntry]:
    """Noun cues by lemma."""
    return _read("cues_nouns.csv")


@lru_cache(maxsize=1)
def adjectives() -> dict[str, CueEntry]:
    """Adjective cues by lemma."""
    return _read("cues_adjectives.csv")


@lru_cache(maxsize=1)
def adverbs() -> dict[str, CueEntry]:
    """Adverbs of hearsay by lemma."""
    return _read("cues_adverbs.csv")
