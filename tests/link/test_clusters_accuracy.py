"""Accuracy of claim clusters on development gold: a floor a little below what was measured."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.benchmarks.claim_clusters import score, sentences_with_clusters

GOLD = os.environ.get("ONRECORD_GOLD")
#: Documents of the first topics alone: the whole of it is the benchmark's.
TOPICS = {"1", "12", "14", "18", "19", "22"}


@pytest.mark.slow
@pytest.mark.skipif(GOLD is None, reason="ONRECORD_GOLD names no folder of gold data")
def test_sentences_of_one_event_share_a_cluster(tmp_path: Path) -> None:
    lines = (Path(GOLD or "") / "claims" / "ecb_clusters.dev.jsonl").read_text("utf-8").splitlines()
    documents = [document for document in map(json.loads, lines) if document["topic"] in TOPICS]
    assert documents
    assert score(documents, sentences_with_clusters(documents, tmp_path)).f1 >= 76
