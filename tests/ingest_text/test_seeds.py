"""The two seed articles come out as their gold annotation says, byte for byte."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.ingest_text.accounting import cleaned

SEEDS = Path(__file__).parents[2] / "seeds"
GOLD = os.environ.get("ONRECORD_GOLD")
NOTES = {
    "caption": "caption", "caption_credit": "credit", "update_note": "update", "agency_credit": "agency", "url": "url"
}  # fmt: skip
KEPT = {"title", "subtitle", "paragraph", "crosshead"}


def documents() -> list[dict[str, Any]]:
    if GOLD is None:
        return []
    file = next(
        (path for path in (Path(GOLD) / "seeds/articles.json", Path(GOLD) / "articles.json") if path.exists()), None
    )
    return json.loads(file.read_text("utf-8"))["docs"] if file else []


@pytest.mark.skipif(not documents(), reason="ONRECORD_GOLD names no folder with seeds/articles.json")
@pytest.mark.parametrize("gold", documents(), ids=lambda gold: str(gold["file"])[:3])
def test_a_seed_comes_out_as_annotated(gold: dict[str, Any]):
    payload = (SEEDS / gold["file"]).read_bytes()
    article = cleaned(payload)
    kept = [block for block in gold["blocks"] if block["kind"] in KEPT]
    beside = [block for block in gold["blocks"] if block["kind"] not in KEPT]
    assert [(block.kind, article.text[block.start : block.end]) for block in article.blocks] == [
        (block["kind"], block["text"]) for block in kept
    ]
    assert [
        (run.start, run.end, run.raw_start, run.raw_end) for run in article.offsets if run.raw_start < run.raw_end
    ] == [
        (start + block.start, end + block.start, raw_start, raw_end)
        for block, annotated in zip(article.blocks, kept, strict=True)
        for start, end, raw_start, raw_end in annotated["segments"]
    ]
    assert {(run.kind, run.raw_start, run.raw_end) for run in article.removed if run.kind != "space"} == {
        *((run["kind"], *run["raw"]) for run in gold["removed"]),
        *((block["kind"], block["segments"][0][2], block["segments"][-1][3]) for block in beside),
    }
    assert article.notes == [(NOTES[block["kind"]], block["text"]) for block in beside if block["kind"] in NOTES]
    assert (article.title, article.subtitle, article.url) == (gold["title"], gold["subtitle"], gold["url"])
    assert (article.authors, article.language, article.raw_encoding) == (
        gold["authors"],
        gold["lang"],
        gold["encoding"],
    )
    assert article.publisher == (gold["publisher"] or {"name": None})["name"]
    assert article.agencies == [(credit["agency"], credit["role"]) for credit in gold["agency_credits"]]
    published = article.published_at.date().isoformat() if article.published_at else None
    assert published == gold["published_at"]
    assert article.published_precision == gold.get("published_at_precision", "none")
    assert article.published_evidence == [(one["kind"], one["text"]) for one in gold["published_at_evidence"]]


def test_the_seeds_keep_every_byte_accounted_for():
    files = sorted(SEEDS.glob("*.txt"))
    assert len(files) == 2
    for file in files:
        assert cleaned(file.read_bytes()).language == "en"
