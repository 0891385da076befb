"""Personal pronouns: each goes to the most salient person who agrees with it, or to none."""

from __future__ import annotations

from pipeline.annotate.coreference.narrative import Narrative
from pipeline.annotate.coreference.salience import Focus, role_weight
from pipeline.annotate.records import LocalEntity, Mention

GENDER = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
#: The least salience of an antecedent, and how far the next one must stay behind.
_LEAST, _LEAD = 0.15, 0.12
#: What salience is worth where the gender of the person is not known.
_UNKNOWN_GENDER = 0.8


def resolve(story: Narrative, mentions: list[Mention], entities: list[LocalEntity]) -> list[Mention]:
    """Mentions of kind pronoun and nominal that have an antecedent, in order.

    `mentions` holds the names and the nominals with their entity already known.
    """
    parse = story.parse
    focus = Focus()
    gender = {index: entity.gender for index, entity in enumerate(entities)}
    by_head: dict[int, Mention] = {}
    for mention in mentions:
        if mention.entity is not None and entities[mention.entity].type == "PERSON":
            by_head.setdefault(story.head_of(mention), mention)
    found = [mention for mention in mentions if mention.kind == "nominal"]
    for token in range(len(parse)):
        mention = by_head.get(token)
        if mention is not None and mention.entity is not None:
            focus.add(mention.entity, token, story.sentence[token], role_weight(parse, token), story.quoted[token])
        wanted = GENDER.get(parse.lower[token])
        if wanted is None or story.quoted[token] or not parse.tags[token].startswith("PRP"):
            continue
        antecedent = _antecedent(story, focus, gender, token, wanted)
        if antecedent is None:
            continue
        gender[antecedent] = gender[antecedent] or wanted
        start, end = parse.span(token, token + 1)
        found.append(Mention(start, end, parse.text[start:end], "PERSON", "pronoun", antecedent, resolution="pronoun"))
        focus.add(antecedent, token, story.sentence[token], role_weight(parse, token), False)
    return found


def _antecedent(
    story: Narrative, focus: Focus, gender: dict[int, str | None], token: int, wanted: str
) -> int | None:
    scored: list[tuple[float, int]] = []
    for entity in focus.events:
        if gender[entity] not in {None, wanted} or _is_coargument(story, focus, entity, token):
            continue
        score = focus.score(entity, story.sentence[token])
        score *= 1.0 if gender[entity] == wanted else _UNKNOWN_GENDER
        if score > 0:
            scored.append((round(score, 6), entity))
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    if not scored or scored[0][0] < _LEAST:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _LEAD * scored[0][0]:
        return None
    return scored[0][1]


def _is_coargument(story: Narrative, focus: Focus, entity: int, token: int) -> bool:
    """Whether the pronoun is an object whose clause has the entity for its subject ("Hill saw him")."""
    parse, last = story.parse, focus.last(entity)
    if last is None or parse.lower[token].endswith("self"):
        return False
    head = parse.heads[token]
    if parse.labels[token] == "pobj":
        head = parse.heads[head]
    if parse.labels[token] in {"poss", "nsubj", "nsubjpass"}:
        return False
    return parse.heads[last.token] == head and parse.labels[last.token] in {"nsubj", "nsubjpass"}
