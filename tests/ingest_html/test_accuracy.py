"""Accuracy on annotated pages, a little below what was measured: a floor, so that no change lowers it unseen."""

from __future__ import annotations

import gzip
import json
import os
import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from pipeline.ingest.clean import clean
from pipeline.ingest.records import Article, RawRecord
from pipeline.ingest.show import as_json_line

GOLD = Path(os.environ.get("ONRECORD_GOLD", "")) / "ingest" / "wcxb-articles.dev.tar"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not GOLD.is_file(), reason="ONRECORD_GOLD names no folder with this gold data"),
]


def pages() -> Iterator[tuple[bytes, dict[str, Any]]]:
    """One in three of the annotated pages with what is true of it."""
    found: dict[str, dict[str, bytes]] = {}
    with tarfile.open(GOLD) as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            file = tar.extractfile(member) if member.isfile() else None
            if file is not None and name.parent.name in {"html", "ground-truth"}:
                found.setdefault(name.name.partition(".")[0], {})[name.parent.name] = file.read()
    rows = [(one["html"], json.loads(one["ground-truth"])) for _, one in sorted(found.items()) if len(one) == 2]
    for page, row in [pair for pair in rows if pair[1]["_internal"]["page_type"]["primary"] == "article"][::3]:
        yield gzip.decompress(page), row["ground_truth"]


def words(text: str | None) -> Counter[str]:
    return Counter(re.findall(r"\w+", (text or "").lower()))


def letters(text: str | None) -> str:
    return re.sub(r"\W+", "", (text or "").lower())


@pytest.mark.timeout(900)
def test_bodies_titles_and_dates() -> None:
    scores: dict[str, list[float]] = {}
    for payload, truth in pages():
        found = clean(RawRecord("page.html", payload, "text/html"))
        line = as_json_line(found, "page") if isinstance(found, Article) else {}
        text = line.get("text") or ""
        own, gold = words(text), words(truth.get("main_content"))
        scores.setdefault("body", []).append(2 * (own & gold).total() / max(1, own.total() + gold.total()))
        if phrases := truth.get("without"):
            leaked = sum(phrase.lower() in text.lower() for phrase in phrases)
            scores.setdefault("leak", []).append(leaked / len(phrases))
        scores.setdefault("title", []).append(letters(truth.get("title")) == letters(line.get("title")))
        day = (line.get("published_at") or "")[:10]
        if truth.get("publish_date"):
            scores.setdefault("date", []).append(day == truth["publish_date"][:10])
        else:
            scores.setdefault("date invented", []).append(bool(day))
    mean = {name: sum(values) / len(values) for name, values in scores.items()}
    assert mean["body"] >= 0.95
    assert mean["leak"] <= 0.075
    assert mean["title"] >= 0.88
    assert mean["date"] >= 0.91
    assert mean["date invented"] <= 0.09
