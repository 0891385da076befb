"""Which mentions of an article mean the same entity, and what it is called."""

from __future__ import annotations

from collections import Counter

from pipeline.annotate.names import people
from pipeline.annotate.names.spans import Span
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import LocalEntity, Mention


def resolve(parse: Parse, spans: list[Span]) -> tuple[list[Mention], list[LocalEntity]]:
    """The mentions of an article, in order, and its entities, in the order of their first mention."""
    persons = [index for index, span in enumerate(spans) if span.type == "PERSON"]
    groups = [[persons[index] for index in group] for group in people.clusters(parse, [spans[i] for i in persons])]
    others: dict[tuple[str, str], list[int]] = {}
    for index, span in enumerate(spans):
        if span.type != "PERSON":
            others.setdefault((span.type, parse.slice(span.start, span.end).casefold()), []).append(index)
    groups = sorted(groups + list(others.values()))
    entities = [_entity(parse, [spans[index] for index in group]) for group in groups]
    entity_of = {index: number for number, group in enumerate(groups) for index in group}
    mentions = []
    for index, span in enumerate(spans):
        start, end = parse.span(span.start, span.end)
        entity = entity_of[index]
        text = parse.text[start:end]
        same = text.casefold() == entities[entity].canonical_name.casefold()
        resolution = "exact" if same or span.type != "PERSON" else "surname"
        mentions.append(Mention(start, end, text, span.type, "name", entity, resolution=resolution))
    return mentions, entities


def _entity(parse: Parse, spans: list[Span]) -> LocalEntity:
    forms = Counter(parse.slice(span.start, span.end) for span in spans)
    name = min(forms, key=lambda form: (-len(form.split()), -forms[form], form.isupper(), form))
    entity = LocalEntity(spans[0].type, name, {form: forms[form] for form in sorted(forms)})
    if entity.type == "PERSON":
        entity.gender = people.gender(parse, spans)
    return entity
