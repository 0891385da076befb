"""Which mentions of an article mean the same entity, and what it is called."""

from __future__ import annotations

import re
from collections import Counter

from pipeline import knowledge
from pipeline.annotate.names import aliases, gazetteer, metonymy, officeholders, people
from pipeline.annotate.names.spans import Span, offsets, surface
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import LocalEntity, Mention
from pipeline.knowledge import Entry

#: Types whose names are no strings of initials.
_CASED = frozenset({"GPE", "LOC", "PERSON"})
#: Letters of an initialism.
_LETTERS = 4
_WORD = re.compile(r"[^\W\d_]+(?:['’](?=[a-zA-Z]\b)[^\W\d_])?")


def resolve(parse: Parse, spans: list[Span]) -> tuple[list[Mention], list[LocalEntity]]:
    """The mentions of an article, in order, and its entities, in the order of their first mention."""
    persons = [index for index, span in enumerate(spans) if span.type == "PERSON"]
    groups = [[persons[index] for index in group] for group in people.clusters(parse, [spans[i] for i in persons])]
    groups = sorted(groups + aliases.groups(parse, spans))
    entities, entity_of = [], {}
    for number, group in enumerate(groups):
        entities.append(_entity(parse, [spans[index] for index in group]))
        entity_of.update(dict.fromkeys(group, number))
    mentions = []
    for index, span in enumerate(spans):
        start, end = offsets(parse, span)
        entity = entities[entity_of[index]]
        mentions.append(
            Mention(
                start,
                end,
                parse.text[start:end],
                entity.type if span.type == "OTHER" else span.type,
                "name",
                entity_of[index],
                metonymy=metonymy.of(parse, span),
                resolution=_resolution(parse, span, entity),
            )
        )
    return mentions, entities


def _entity(parse: Parse, spans: list[Span]) -> LocalEntity:
    forms = Counter(surface(parse, span) for span in spans)
    entry = _entry(spans, forms) or officeholders.entry(parse, spans)
    if entry is not None:
        name, kind = entry.canonical_name, entry.type
    else:
        kind = _kind(spans)
        name = _cased(_fullest(spans, forms), kind)
    entity = LocalEntity(kind, name, {form: forms[form] for form in sorted(forms)})
    if entry is not None:
        entity.gazetteer_id, entity.gender = entry.id, entry.gender
        entity.wikidata_id, entity.country_code = entry.wikidata_id, entry.country_code
    if entity.type == "PERSON" and entity.gender is None:
        entity.gender = people.gender(parse, spans)
    return entity


def _kind(spans: list[Span]) -> str:
    """The type that most mentions have, one that tells something before OTHER."""
    counted = Counter(span.type for span in spans)
    return min(counted, key=lambda kind: (kind == "OTHER", -counted[kind], kind))


def _fullest(spans: list[Span], forms: Counter[str]) -> str:
    if spans[0].type == "WEAPON":
        return min(forms, key=lambda form: (-forms[form], form))
    return min(forms, key=lambda form: (form.isupper() and len(form) > 1, -len(form.split()), -forms[form], form))


def _cased(name: str, kind: str) -> str:
    """A place or person that the article has in capitals alone, in a dateline or headline, as it is written elsewhere.

    Short forms are left: they may be letters read one by one ("UAE").
    """
    if kind not in _CASED or not name.isupper() or len(name) <= _LETTERS or any(map(str.isdigit, name)):
        return name
    return _WORD.sub(lambda word: word[0].capitalize(), name)


def _entry(spans: list[Span], forms: Counter[str]) -> Entry | None:
    """The one gazetteer row that the forms of an entity name; None where there is none or more than one.

    A person's single name counts only where no form of more words contradicts it.
    """
    longest = max(len(form.split()) for form in forms)
    found: dict[str, Entry] = {}
    for form in sorted(forms):
        row = aliases.row_of(form, spans[0].type)
        if row is not None and (spans[0].type != "PERSON" or len(form.split()) == longest):
            found[row.id] = row
    return next(iter(found.values())) if len(found) == 1 else None


def _resolution(parse: Parse, span: Span, entity: LocalEntity) -> str:
    text = surface(parse, span)
    if text.casefold() == entity.canonical_name.casefold():
        return "exact"
    if span.type == "PERSON":
        if people.has_title(parse, span) and span.end - span.start == 1:
            return "title"
        return "surname" if entity.canonical_name.casefold().endswith(text.casefold()) else "alias"
    if gazetteer.is_demonym(text) and text.lower() in knowledge.demonyms():
        return "gazetteer"
    if text.isupper() and len(text) <= 6 and " " not in text:
        return "acronym"
    return "gazetteer" if entity.gazetteer_id else "alias"
