"""The seed articles against their gold: every quote with its speaker, and nothing on spans that are no speech."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.annotate.article import annotate
from tests.benchmarks.quotes_ablation import overlap, same_name, trim


@pytest.mark.slow
def test_every_quote_of_the_seeds_has_its_speaker(gold: Path) -> None:
    missed, wrong = [], []
    for row in map(json.loads, (gold / "seeds" / "quotes.jsonl").read_text(encoding="utf-8").splitlines()):
        text = row["text"]
        found = annotate(text, None).quotes
        for quote in row["quotes"]:
            span = trim(text, quote["start"], quote["end"])
            near = [q for q in found if overlap(span, trim(text, q.start, q.end)) >= 0.8]
            names = [quote["speaker"] or "", *quote.get("speaker_aliases", [])]
            if not quote["speech"]:
                touching = [q for q in found if overlap(span, (q.start, q.end)) > 0.1]
                wrong += [q for q in touching if not any(same_name(q.speaker_name, name) for name in names)]
                continue
            printed = {
                q.speaker_name or text[q.speaker_start : q.speaker_end] for q in near if q.speaker_start is not None
            }
            if not any(same_name(name, right) for name in printed for right in names):
                missed.append(quote["note"])
    assert missed == []
    assert wrong == []
