"""The `extract` command's path: annotate given texts as they stand, a JSON line each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from pipeline import workers
from pipeline.annotate.article import annotate
from pipeline.annotate.records import Annotation, Claim, LocalEntity, Mention, Quote

#: Documents that a worker takes at once.
BATCH = 32


def extract(lines: Iterable[str], pool_of: int, report: Callable[[str], None]) -> Iterator[str]:
    """The output lines of input lines, in their order; what is no document is reported and left out.

    Args:
        pool_of: processes to use; with one, or few documents, everything runs in this process.
        report: called with one sentence for every line that is no document.
    """
    numbered = ((number, text) for number, text in enumerate(lines, 1) if text.strip())
    for found in workers.in_order(annotate_lines, batches(numbered), pool_of):
        for number, output, problem in found:
            if output is None:
                report(f"line {number}: {problem}")
            else:
                yield output


def batches(numbered: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Numbered lines in lists of `BATCH`."""
    batch: list[tuple[int, str]] = []
    for item in numbered:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def annotate_lines(batch: list[tuple[int, str]]) -> list[tuple[int, str | None, str]]:
    """Each line's number, its output line or None, and what is wrong with it."""
    found: list[tuple[int, str | None, str]] = []
    for number, text in batch:
        try:
            document = json.loads(text)
            if not isinstance(document, dict) or not isinstance(document.get("text"), str) or "doc_id" not in document:
                raise TypeError("a document is an object with doc_id and text")
            found.append((number, json.dumps(line(document), ensure_ascii=False), ""))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError, ArithmeticError) as error:
            found.append((number, None, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"))
    return found


def line(document: dict[str, Any]) -> dict[str, Any]:
    """The output line of one input document `{"doc_id", "text", "published_at"}`."""
    found = annotate(document["text"], moment(document.get("published_at")))
    return {"doc_id": document["doc_id"], **as_json(document["text"], found)}


def moment(value: str | None) -> datetime | None:
    """A date or time stamp in ISO 8601 as a moment in UTC; None where it is none."""
    if not value:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def as_json(text: str, found: Annotation) -> dict[str, Any]:
    """An annotation in the form that `extract` writes."""
    return {
        "mentions": [_mention(mention, found.entities) for mention in found.mentions],
        "quotes": [_quote(text, quote) for quote in found.quotes],
        "claims": [_claim(text, claim) for claim in found.claims],
        "times": [
            {"start": time.start, "end": time.end, "text": time.text, "type": time.type, "value": time.value}
            for time in found.times
        ],
    }


def _mention(mention: Mention, entities: list[LocalEntity]) -> dict[str, Any]:
    entity = entities[mention.entity] if mention.entity is not None else None
    return {
        "start": mention.start, "end": mention.end, "text": mention.text, "type": mention.type, "kind": mention.kind,
        "entity_id": None if mention.entity is None else f"e{mention.entity}",
        "canonical_name": entity.canonical_name if entity else None,
        "wikidata_id": entity.wikidata_id if entity else None,
        "geonames_id": entity.geonames_id if entity else None,
        "lat": entity.lat if entity else None, "lon": entity.lon if entity else None,
    }  # fmt: skip


def _slice(text: str, start: int | None, end: int | None) -> str | None:
    return None if start is None or end is None else text[start:end]


def _quote(text: str, quote: Quote) -> dict[str, Any]:
    return {
        "start": quote.start, "end": quote.end, "spans": [list(span) for span in quote.spans], "type": quote.type,
        "speaker_name": quote.speaker_name,
        "speaker_text": _slice(text, quote.speaker_start, quote.speaker_end),
        "speaker_start": quote.speaker_start, "speaker_end": quote.speaker_end,
        "cue_text": _slice(text, quote.cue_start, quote.cue_end),
        "cue_start": quote.cue_start, "cue_end": quote.cue_end,
        "confidence": quote.confidence,
    }  # fmt: skip


def _claim(text: str, claim: Claim) -> dict[str, Any]:
    """A claim's line; its `text` runs from `start` to `end`, and `spans` tells which parts of that are the claim."""
    return {
        "start": claim.start, "end": claim.end, "spans": [list(span) for span in claim.spans],
        "text": text[claim.start : claim.end],
        "claimant_text": _slice(text, claim.claimant_start, claim.claimant_end),
        "claimant_start": claim.claimant_start, "claimant_end": claim.claimant_end,
        "claimant_name": claim.claimant_name,
        "cue_text": _slice(text, claim.cue_start, claim.cue_end),
        "cue_start": claim.cue_start, "cue_end": claim.cue_end,
        "attribution": claim.attribution, "polarity": claim.polarity, "modality": claim.modality,
        "factuality": claim.factuality,
        "subject": claim.subject, "predicate": claim.predicate, "object": claim.object,
        "event_time_start": claim.event_time_start, "event_time_end": claim.event_time_end,
        "checkworthiness": claim.checkworthiness,
    }  # fmt: skip
