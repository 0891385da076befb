"""Final rows made up for tests of publishing: valid by every check, the same for the same article number."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from pipeline.link.parts import Parts
from pipeline.release.layout import Dist
from pipeline.release.publish import Published, publish
from schemas import TABLES

Rows = dict[str, list[dict[str, Any]]]
PROSE = """the minister said bridge river council budget water farm harvest late again new plan school road train north
south company market price vote storm damage repair cost million workers union strike talks agreed report"""
WORDS = tuple(PROSE.split())
ABOUT = {"package": {"name": "onrecord", "version": "0", "sources_sha256": "0" * 64}, "models": [], "inputs": {}}


@dataclass(frozen=True)
class Size:
    """How many rows an article has."""

    mentions: int = 4
    quotes: int = 1
    claims: int = 2
    words: int = 40
    filler: int = 0  #: further characters of the text, which do not compress


SMALL = Size()
#: About what a news article of 450 words yields.
REAL = Size(mentions=55, quotes=5, claims=18, words=450)


def minted(kind: str, *parts: object) -> str:
    """An id in the form of the project's."""
    digest = hashlib.sha256("|".join(str(part) for part in parts).encode()).digest()
    return f"{kind}_{b32encode(digest[:10]).decode().lower()}"


def rows(numbers: range, size: Size = SMALL, *, months: int = 12, open_rights: bool = True) -> Rows:
    """The rows of the articles of these numbers; the higher it is, the later the article: a thousand in the months."""
    made: Rows = {table: [] for table in TABLES}
    seen: dict[str, list[int]] = {}
    made["sources"] = [
        {"source_id": minted("s", n), "name": f"Paper {n}", "rights": "open" if open_rights else "unknown",
         "licence": "CC-BY-4.0" if open_rights else None, "rights_evidence": "made up", "tdm_reserved": False}
        for n in range(3)
    ]  # fmt: skip
    for number in numbers:
        add_article(made, seen, number, size, months)
    for entity, articles in sorted(seen.items()):
        made["entities"].append(
            {"entity_id": entity, "type": "PERSON", "canonical_name": f"Person {entity[-4:]}", "aliases": [],
             "link_status": "nil", "mention_count": len(articles), "article_count": len(set(articles)),
             "status": "active", "created_release": "2026.01.01"}
        )  # fmt: skip
    claims = {claim["claim_id"] for claim in made["claims"]}
    for claim in made["claims"]:
        claim["relations"] = [found for found in claim["relations"] if found["claim_id"] in claims]
    return made


def add_article(made: Rows, seen: dict[str, list[int]], number: int, size: Size, months: int) -> None:
    """Add the rows of one article."""
    chance = Random(number)
    article = minted("a", number)
    words = chance.choices(WORDS, k=size.words)
    text = " ".join(words) + (" " + chance.randbytes(size.filler // 2).hex() if size.filler else "")
    starts = [0]
    for word in words[:-1]:
        starts.append(starts[-1] + len(word) + 1)
    day = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number * months * 30 // 1000, minutes=number % 1440)
    dated = number % 40 != 7
    made["articles"].append(
        {"article_id": article, "revision": 1, "source_id": minted("s", number % 3), "url": f"https://a.example/{number}",
         "title": " ".join(words[:6]), "authors": [], "agencies": [], "published_at": day if dated else None,
         "published_precision": "minute" if dated else "none",
         "published_evidence": [{"kind": "meta", "text": day.isoformat()}] if dated else [], "language": "en",
         "language_confidence": 0.9, "text": text, "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
         "text_chars": len(text), "words": len(words), "blocks": [{"kind": "paragraph", "start": 0, "end": len(text)}],
         "notes": [], "raw_name": f"{number}.txt", "raw_sha256": hashlib.sha256(f"{number}".encode()).hexdigest(),
         "raw_media_type": "text/plain", "raw_encoding": "utf-8",
         "offsets": [{"start": 0, "end": len(text), "raw_start": 0, "raw_end": len(text)}], "removed": [], "flags": [],
         "cleaner_version": "1"}
    )  # fmt: skip
    people = [minted("e", chance.randrange(200)) for _ in range(3)]
    for index in range(size.mentions):
        place = chance.randrange(len(words))
        who = people[index % 3]
        seen.setdefault(who, []).append(number)
        made["mentions"].append(
            {"mention_id": minted("m", number, index), "article_id": article, "start": starts[place],
             "end": starts[place] + len(words[place]), "text": words[place], "type": "PERSON", "kind": "name",
             "entity_id": who, "resolution": "exact", "confidence": round(chance.random(), 3)}
        )  # fmt: skip
    for index in range(size.quotes):
        first, last = _span(chance, words, 12)
        start, end = starts[first], starts[last] + len(words[last])
        who = people[index % 3]
        made["quotes"].append(
            {"quote_id": minted("q", number, index), "article_id": article, "start": start, "end": end,
             "spans": [{"start": start, "end": end}], "text": text[start:end], "type": "direct", "quoted_fraction": 1.0,
             "speaker_name": f"Person {who[-4:]}", "speaker_entity_id": who, "speaker_kind": "person",
             "speaker_resolution": "name", "paragraph": 0, "spans_paragraphs": False,
             "cluster_id": minted("x", number // 2, "quote")}
        )  # fmt: skip
    for index in range(size.claims):
        first, last = _span(chance, words, 10)
        start, end = starts[first], starts[last] + len(words[last])
        other = minted("c", number ^ 1, index)
        made["claims"].append(
            {"claim_id": minted("c", number, index), "article_id": article, "start": start, "end": end,
             "spans": [{"start": start, "end": end}], "text": text[start:end], "in_headline": False,
             "claim_type": "event", "subject": words[first], "predicate": "be", "object": words[last],
             "subject_entity_id": people[0], "entity_ids": sorted(set(people)), "attribution": "narrator",
             "attribution_chain": [], "polarity": "affirmed", "modality": "asserted", "hedges": [], "factuality": 3.0,
             "checkworthiness": round(chance.random(), 3), "cluster_id": minted("z", number // 2, index),
             "n_articles": 2, "n_publishers": 2, "n_independent_sources": 2,
             "first_reported_at": day if dated else None,
             "relations": [{"claim_id": other, "relation": "agrees", "score": 0.9}]}
        )  # fmt: skip


def _span(chance: Random, words: list[str], length: int) -> tuple[int, int]:
    first = chance.randrange(max(1, len(words) - length))
    return first, min(len(words) - 1, first + length - 1)


def write(folder: Path, made: Rows) -> Path:
    """Write rows as the final rows of a run; returns the folder."""
    for table, model in TABLES.items():
        path = folder / table / "all.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        model.frame(made[table]).write_parquet(path)
    return folder


def release(
    dist: Path, made: Rows, version: str, scratch: Path, *, include_text: bool = True, force: bool = False
) -> Published:
    """Publish rows as a release."""
    final = write(scratch / f"final-{version}", made)
    parts = Parts(scratch / f"work-{version}")
    return publish(
        Dist(dist), final, parts, version, ABOUT, include_text=include_text, force=force, accept="a test of publishing"
    )
