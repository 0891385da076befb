"""Rows: an article's annotation as rows of `mentions`, `quotes` and `claims`, with ids.

Entities are not known across articles yet: where a row names one it holds the article's own key for it,
`ARTICLE_ID:NUMBER`, which the link step replaces.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pipeline.annotate.records import Annotation, Claim, LocalEntity, Mention, Quote, TimeMention
from pipeline.identity import Rows
from pipeline.references import spans_text

Row = dict[str, Any]


def local_key(article_id: str, number: int | None) -> str | None:
    """An article's own key for its entity `number`."""
    return None if number is None else f"{article_id}:{number}"


def rows(article_id: str, text: str, found: Annotation) -> dict[str, list[Row]]:
    """Rows by table name; `entities` are the article's own, in the columns of `link.entities`."""
    mint = Rows(article_id)
    quotes = [_quote(article_id, text, quote, found.entities, mint) for quote in found.quotes]
    return {
        "mentions": [_mention(article_id, text, mention, mint) for mention in found.mentions]
        + [_time(article_id, time, mint) for time in found.times],
        "entities": [_entity(article_id, number, entity, found) for number, entity in enumerate(found.entities)],
        "quotes": quotes,
        "claims": [_claim(article_id, text, claim, found.entities, quotes, mint) for claim in found.claims],
    }


def _slice(text: str, start: int | None, end: int | None) -> str | None:
    return None if start is None or end is None else text[start:end]


def _spans(spans: list[tuple[int, int]]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]


def _moment(value: str | None) -> datetime | None:
    if value is None:
        return None
    found = datetime.fromisoformat(value)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _mention(article_id: str, text: str, mention: Mention, mint: Rows) -> Row:
    return {
        "mention_id": mint.mint("m", mention.kind, text[mention.start : mention.end]),
        "article_id": article_id,
        "start": mention.start,
        "end": mention.end,
        "text": text[mention.start : mention.end],
        "type": mention.type,
        "kind": mention.kind,
        "entity_id": local_key(article_id, mention.entity),
        "metonymy": mention.metonymy,
        "resolution": mention.resolution,
        "confidence": _rounded(mention.confidence),
    }


def _time(article_id: str, time: TimeMention, mint: Rows) -> Row:
    return {
        "mention_id": mint.mint("m", "time", time.text),
        "article_id": article_id,
        "start": time.start,
        "end": time.end,
        "text": time.text,
        "type": time.type,
        "kind": "time",
        "resolution": "none",
        "time_value": time.value,
        "time_start": _moment(time.time_start),
        "time_end": _moment(time.time_end),
        "time_basis": time.basis,
    }


def _entity(article_id: str, number: int, entity: LocalEntity, found: Annotation) -> Row:
    return {
        "local": local_key(article_id, number),
        "article_id": article_id,
        "type": entity.type,
        "canonical_name": entity.canonical_name,
        "aliases": [{"name": name, "count": count} for name, count in sorted(entity.aliases.items())],
        "gazetteer_id": entity.gazetteer_id,
        "wikidata_id": entity.wikidata_id,
        "geonames_id": entity.geonames_id,
        "country_code": entity.country_code,
        "lat": _rounded(entity.lat),
        "lon": _rounded(entity.lon),
        "coordinate_precision": entity.coordinate_precision,
        "link_status": entity.link_status,
        "link_method": entity.link_method,
        "link_confidence": _rounded(entity.link_confidence),
        "mention_count": sum(mention.entity == number for mention in found.mentions),
    }


def _quote(article_id: str, text: str, quote: Quote, entities: list[LocalEntity], mint: Rows) -> Row:
    words = spans_text(text, quote.spans)
    return {
        "quote_id": mint.mint("q", words),
        "article_id": article_id,
        "start": quote.start,
        "end": quote.end,
        "spans": _spans(quote.spans),
        "text": words,
        "type": quote.type,
        "quoted_fraction": _rounded(quote.quoted_fraction),
        "speaker_text": _slice(text, quote.speaker_start, quote.speaker_end),
        "speaker_start": quote.speaker_start,
        "speaker_end": quote.speaker_end,
        "speaker_name": None if quote.speaker_entity is None else entities[quote.speaker_entity].canonical_name,
        "speaker_entity_id": local_key(article_id, quote.speaker_entity),
        "speaker_kind": quote.speaker_kind,
        "speaker_resolution": quote.speaker_resolution,
        "cue_text": _slice(text, quote.cue_start, quote.cue_end),
        "cue_start": quote.cue_start,
        "cue_end": quote.cue_end,
        "cue_lemma": quote.cue_lemma,
        "channel": quote.channel,
        "paragraph": quote.paragraph,
        "spans_paragraphs": quote.spans_paragraphs,
        "confidence": _rounded(quote.confidence),
    }


def _claim(article_id: str, text: str, claim: Claim, entities: list[LocalEntity], quotes: list[Row], mint: Rows) -> Row:
    words = spans_text(text, claim.spans)
    place = None if claim.place_entity is None else entities[claim.place_entity]
    mentioned = sorted({number for number in claim.entities if number is not None})
    return {
        "claim_id": mint.mint("c", words),
        "article_id": article_id,
        "start": claim.start,
        "end": claim.end,
        "spans": _spans(claim.spans),
        "text": words,
        "in_headline": claim.in_headline,
        "claim_type": claim.claim_type,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "subject_entity_id": local_key(article_id, claim.subject_entity),
        "object_entity_id": local_key(article_id, claim.object_entity),
        "entity_ids": [local_key(article_id, number) for number in mentioned],
        "attribution": claim.attribution,
        "claimant_text": _slice(text, claim.claimant_start, claim.claimant_end),
        "claimant_start": claim.claimant_start,
        "claimant_end": claim.claimant_end,
        "claimant_name": None if claim.claimant_entity is None else entities[claim.claimant_entity].canonical_name,
        "claimant_entity_id": local_key(article_id, claim.claimant_entity),
        "cue_text": _slice(text, claim.cue_start, claim.cue_end),
        "cue_start": claim.cue_start,
        "cue_end": claim.cue_end,
        "attribution_chain": [
            {"text": source, "entity_id": local_key(article_id, number), "cue": cue}
            for source, number, cue in claim.chain
        ],
        "quote_id": None if claim.quote is None else quotes[claim.quote]["quote_id"],
        "polarity": claim.polarity,
        "modality": claim.modality,
        "hedges": [{"text": hedge.text, "start": hedge.start, "end": hedge.end} for hedge in claim.hedges],
        "factuality": _rounded(claim.factuality),
        "event_time_start": _moment(claim.event_time_start),
        "event_time_end": _moment(claim.event_time_end),
        "event_time_precision": claim.event_time_precision,
        "event_time_basis": claim.event_time_basis,
        "place_text": _slice(text, claim.place_start, claim.place_end),
        "place_entity_id": local_key(article_id, claim.place_entity),
        "lat": _rounded(place.lat) if place else None,
        "lon": _rounded(place.lon) if place else None,
        "checkworthiness": _rounded(claim.checkworthiness),
        "n_articles": 1,
        "n_publishers": 0,
        "n_independent_sources": 0,
        "relations": [],
        "confidence": _rounded(claim.confidence),
    }
