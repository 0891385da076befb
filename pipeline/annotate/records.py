"""What the annotators find in one article: plain records with character offsets, before any id is minted."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Mention:
    """A name, nominal or pronoun in the text.

    `entity` is the index of its entity in `Annotation.entities`, or None where it is not resolved.
    """

    start: int
    end: int
    text: str
    type: str  #: one of the mention types of `schemas.mentions`, times apart
    kind: str  #: name | nominal | pronoun
    entity: int | None = None
    metonymy: str | None = None  #: government | organisation | people
    resolution: str = (
        "none"  #: exact | alias | transliteration | acronym | surname | title | pronoun | gazetteer | none
    )
    confidence: float | None = None


@dataclass(slots=True)
class LocalEntity:
    """An entity as one article knows it; the link step joins those of all articles."""

    type: str
    canonical_name: str
    aliases: dict[str, int] = field(default_factory=dict)  #: surface form -> how often it stands in the article
    gazetteer_id: str | None = None  #: row of the knowledge files it was found in
    gender: str | None = None  #: male | female, where name or title tells it
    wikidata_id: str | None = None
    geonames_id: int | None = None
    country_code: str | None = None
    lat: float | None = None
    lon: float | None = None
    coordinate_precision: str | None = None  #: point | city | admin | country
    link_status: str = "nil"  #: linked | ambiguous | nil
    link_method: str | None = None
    link_confidence: float | None = None


@dataclass(slots=True)
class TimeMention:
    """A TIMEX3 time expression."""

    start: int
    end: int
    text: str
    type: str  #: DATE | TIME | DURATION | SET
    value: str | None  #: TIMEX3 value; None where it stays unresolved
    time_start: str | None = None  #: ISO 8601, UTC, first moment
    time_end: str | None = None  #: ISO 8601, UTC, first moment after it
    basis: str = "none"  #: explicit | publication_date | previous | none


@dataclass(slots=True)
class Attribution:
    """Content that the text attributes to a source by a cue, found over the parse (quotation marks apart).

    Token positions are absolute; content spans are characters and may be several where the content is
    interrupted (`"...," X said, "..."`).
    """

    spans: list[tuple[int, int]]
    source: tuple[int, int] | None  #: characters of the source as printed
    source_head: int | None  #: token
    cue: tuple[int, int] | None  #: characters
    cue_head: int | None  #: token of the cue's head word
    cue_lemma: str | None
    form: str  #: clause | according_to | noun | colon | inserted | question | evidence ...
    speech: bool  #: False for beliefs, intentions, knowledge, evidence: no quote row
    assertive: bool = True  #: False for questions, whether-clauses, refusals
    content_head: int | None = None  #: token of the content clause's head
    parent: int | None = None  #: index of the attribution whose content this one stands in


@dataclass(slots=True)
class Quote:
    """Speech, with its speaker."""

    start: int
    end: int
    spans: list[tuple[int, int]]
    type: str  #: direct | indirect | mixed
    quoted_fraction: float
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker_entity: int | None = None  #: index in `Annotation.entities`
    speaker_name: str | None = None  #: the entity's canonical name
    speaker_kind: str = "none"  #: person | organisation | unnamed | document | none
    speaker_resolution: str = "none"  #: name | surname | pronoun | role | carried | none
    cue_start: int | None = None
    cue_end: int | None = None
    cue_lemma: str | None = None
    channel: str | None = None
    paragraph: int = 0
    spans_paragraphs: bool = False
    confidence: float | None = None


@dataclass(slots=True)
class Hedge:
    """Words that weaken a claim."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Claim:
    """One atomic proposition, with who commits to it and how firmly."""

    start: int
    end: int
    spans: list[tuple[int, int]]
    claim_type: str
    in_headline: bool = False
    subject: str | None = None
    predicate: str | None = None
    object: str | None = None
    subject_entity: int | None = None
    object_entity: int | None = None
    entities: list[int] = field(default_factory=list)
    attribution: str = "narrator"
    claimant_start: int | None = None
    claimant_end: int | None = None
    claimant_entity: int | None = None
    claimant_name: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    chain: list[tuple[str, int | None, str | None]] = field(
        default_factory=list
    )  #: (source, entity, cue), outermost first
    quote: int | None = None  #: index in `Annotation.quotes`
    polarity: str = "affirmed"
    modality: str = "asserted"
    hedges: list[Hedge] = field(default_factory=list)
    factuality: float | None = None
    event_time_start: str | None = None
    event_time_end: str | None = None
    event_time_precision: str | None = None
    event_time_basis: str | None = None
    place_start: int | None = None
    place_end: int | None = None
    place_entity: int | None = None
    checkworthiness: float | None = None
    confidence: float | None = None


@dataclass(slots=True)
class Annotation:
    """Everything found in one article."""

    mentions: list[Mention] = field(default_factory=list)
    entities: list[LocalEntity] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
