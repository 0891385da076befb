"""One walk through an article from left to right: names come into focus, pronouns and role nouns find them there."""

from __future__ import annotations

import re

from pipeline.annotate.coreference.holders import holders
from pipeline.annotate.coreference.lexicon import Role, roles
from pipeline.annotate.coreference.narrative import Narrative
from pipeline.annotate.coreference.salience import Focus, role_weight
from pipeline.annotate.records import LocalEntity, Mention

GENDER = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
_DEFINITE = frozenset({"the", "this", "that"})
_BODIES = frozenset({"ORG", "GPE", "MEDIA", "PLATFORM"})
#: A noun in apposition or before another one means nobody by itself.
_NOT_ALONE = frozenset({"compound", "appos"})
#: Names that may stand in a description: "the Rye resident".
_ORIGINS = frozenset({"GPE", "NORP", "LOC"})
_AGE = re.compile(r"\d+-year-old")
#: The least salience of an antecedent, and how far (as a share of its salience) the next one must stay behind.
_LEAST, _LEAD = 0.15, 0.15
#: The same for a role noun that the article has given to nobody: it needs a person who stands out.
_LEAST_UNNAMED, _LEAD_UNNAMED = 0.3, 0.25
#: What salience is worth where the gender of the person is not known.
_UNKNOWN_GENDER = 0.8


class Walk:
    """The state of the walk: who is in focus, which gender each entity has shown, and the mentions added."""

    def __init__(self, story: Narrative, mentions: list[Mention], entities: list[LocalEntity]) -> None:
        self.story = story
        self.parse = story.parse
        self.entities = entities
        self.focus = Focus()
        self.gender = {index: entity.gender for index, entity in enumerate(entities)}
        self.names: dict[int, Mention] = {}
        self.taken = [False] * len(self.parse)
        for mention in mentions:
            first, last = self.parse.tokens_of(mention.start, mention.end)
            if mention.type != "NORP" or self.parse.tags[last - 1].endswith("S"):
                self.taken[first:last] = [True] * max(0, last - first)
            if mention.entity is not None and entities[mention.entity].type in {"PERSON", *_BODIES}:
                self.names.setdefault(story.head_of(mention), mention)
        self.holders = holders(story, self.names, entities)
        self.added: list[Mention] = []

    def run(self) -> list[Mention]:
        """The pronouns and nominals that found their entity, in order."""
        for token in range(len(self.parse)):
            mention = self.names.get(token)
            if mention is not None and mention.entity is not None:
                self._note(mention.entity, token, *self.parse.tokens_of(mention.start, mention.end))
            elif not self.story.quoted[token] and not self.taken[token]:
                self._resolve(token)
        return self.added

    def _note(self, entity: int, token: int, first: int, last: int) -> None:
        story = self.story
        apart = story.quoted[token] or story.aside[token]
        speaks = not apart and story.speaks(first, last, token)
        leads = self.entities[entity].type == "PERSON" and story.leads(last, token)
        weight = role_weight(self.parse, story.quoted, token, speaks, leads)
        self.focus.add(entity, token, story.sentence[token], weight, apart)

    def _resolve(self, token: int) -> None:
        parse, word = self.parse, self.parse.lower[token]
        if word in GENDER and parse.tags[token].startswith("PRP"):
            entity = self._ahead(token, GENDER[word])
            if entity is None:
                entity = self._most_salient(token, self._persons(GENDER[word], token), _LEAST, _LEAD)
            if entity is not None:
                self.gender[entity] = self.gender[entity] or GENDER[word]
                self._add(entity, token, token, token + 1, "pronoun", "PERSON")
        elif word == "it" and self.story.speaks(token, token + 1, token):
            entity = self._most_salient(token, self._bodies(token), _LEAST, _LEAD)
            if entity is not None:
                self._add(entity, token, token, token + 1, "pronoun", self.entities[entity].type)
        elif parse.tags[token] in {"NN", "NNP"} or _AGE.fullmatch(word):
            self._role_noun(token, roles().get(word))

    def _ahead(self, token: int, wanted: str) -> int | None:
        """The person named as subject right behind the opening phrase that the pronoun stands in."""
        subject = self.story.following_subject(token)
        mention = self.names.get(subject) if subject is not None else None
        if mention is None or mention.entity is None or self.entities[mention.entity].type != "PERSON":
            return None
        return mention.entity if self.gender[mention.entity] in {None, wanted} else None

    def _role_noun(self, token: int, role: Role | None) -> None:
        word = self.parse.lower[token]
        first, last = self._definite_phrase(token)
        if first < 0 or (role is None and not _AGE.fullmatch(word)):
            return
        if role is not None and role.kind not in {"person", "organisation"}:
            return
        person = role is None or role.kind == "person"
        held = {entity for entity, at in self.holders.get(word, {}).items() if at < token}
        if held:
            entity = self._most_salient(token, held, 0.0, _LEAD)
        elif self.story.speaks(first, last, token) and not self._is_specific(token):
            unnamed = role is None or role.group in {"trait", "occupation", "kin"}
            if person and not unnamed:
                return
            candidates = self._persons(role.gender if role else None, token) if person else self._bodies(token, "ORG")
            entity = self._most_salient(token, candidates, _LEAST_UNNAMED, _LEAD_UNNAMED)
        else:
            return
        if entity is not None:
            self._add(entity, token, first, last, "nominal", self.entities[entity].type)

    def _definite_phrase(self, token: int) -> tuple[int, int]:
        """The tokens of "the ... noun" around its noun, (-1, -1) where it is not definite or holds a name."""
        parse = self.parse
        first = min([child for child in parse.children[token] if child < token] or [token])
        first = min(first, parse.left_edge(first))
        if (
            parse.lower[first] not in _DEFINITE
            or self.taken[token]
            or any(
                self.names[k].kind == "name" and self.names[k].type not in _ORIGINS
                for k in range(first, token)
                if k in self.names
            )
        ):
            return -1, -1
        if any(parse.labels[child] == "appos" for child in parse.children[token]) or parse.labels[token] in _NOT_ALONE:
            return -1, -1
        return first, token + 1

    def _is_specific(self, token: int) -> bool:
        """Whether a clause or phrase behind the noun tells of somebody new ("the man who called")."""
        labels = {self.parse.labels[child] for child in self.parse.children[token] if child > token}
        return bool(labels & {"relcl", "acl", "prep"}) and not labels & {"punct"}

    def _persons(self, wanted: str | None, token: int) -> set[int]:
        return {
            entity
            for entity in self.focus.remembered(self.story.sentence[token])
            if self.entities[entity].type == "PERSON"
            and (wanted is None or self.gender[entity] in {None, wanted})
            and not self._is_coargument(entity, token)
        }

    def _bodies(self, token: int, *types: str) -> set[int]:
        return {
            entity
            for entity in self.focus.remembered(self.story.sentence[token])
            if self.entities[entity].type in (types or ("ORG", "MEDIA", "PLATFORM"))
        }

    def _most_salient(self, token: int, candidates: set[int], least: float, lead: float) -> int | None:
        wanted = GENDER.get(self.parse.lower[token])
        scored: list[tuple[float, int]] = []
        for entity in sorted(candidates):
            score = self.focus.score(entity, self.story.sentence[token])
            if wanted is not None and self.gender[entity] != wanted:
                score *= _UNKNOWN_GENDER
            scored.append((round(score, 6), entity))
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        if not scored or scored[0][0] < least:
            return None
        if len(scored) > 1 and scored[0][0] - scored[1][0] < lead * scored[0][0]:
            return None
        return scored[0][1]

    def _is_coargument(self, entity: int, token: int) -> bool:
        """Whether the pronoun is an object whose clause has the entity for its subject ("Hill saw him")."""
        parse, last = self.parse, self.focus.last(entity)
        if last is None or parse.lower[token].endswith("self") or parse.labels[token] in {"poss", "nsubj", "nsubjpass"}:
            return False
        head = parse.heads[token]
        if parse.labels[token] == "pobj":
            head = parse.heads[head]
        return parse.heads[last.token] == head and parse.labels[last.token] in {"nsubj", "nsubjpass"}

    def _add(self, entity: int, token: int, first: int, last: int, kind: str, type_: str) -> None:
        start, end = self.parse.span(first, last)
        resolution = "pronoun" if kind == "pronoun" else "title"
        self.added.append(Mention(start, end, self.parse.text[start:end], type_, kind, entity, resolution=resolution))
        self._note(entity, token, first, last)
