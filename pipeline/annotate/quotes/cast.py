"""The cast of an article: its mentions and entities, looked up as speakers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from pipeline.annotate.coreference.lexicon import roles
from pipeline.annotate.quotes.context import Context
from pipeline.annotate.records import LocalEntity, Mention

_SPEAKING = frozenset({"PERSON", "ORG", "GPE", "NORP", "MEDIA", "PLATFORM", "FAC"})
GENDER = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female", "hers": "female"}
_PLURAL = frozenset({"they", "them", "their", "we", "us", "our"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_PERSONAL = frozenset({*GENDER, *_PLURAL, *_RELATIVE, "i", "it", "you", "himself", "herself", "its", "my", "your"})


@dataclass(slots=True)
class Speaker:
    """Characters of the mention, the entity it resolves to, what kind of source it is and how it was resolved."""

    start: int | None = None
    end: int | None = None
    entity: int | None = None
    kind: str = "none"
    resolution: str = "none"
    pronoun: str | None = None  #: an unresolved pronoun, lower case


@dataclass(frozen=True)
class Cast:
    """The mentions and entities of an article, as speakers."""

    context: Context
    mentions: list[Mention]
    entities: list[LocalEntity]

    @cached_property
    def _ordered(self) -> list[Mention]:
        return sorted(self.mentions, key=lambda mention: (mention.start, -mention.end))

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self._ordered]

    def at(self, start: int, end: int) -> list[Mention]:
        """Mentions that overlap characters `start` to `end`."""
        low = max(0, bisect_left(self._starts, start) - 3)
        high = bisect_right(self._starts, end)
        return [mention for mention in self._ordered[low:high] if mention.start < end and mention.end > start]

    def persons_at(self, token: int) -> list[Mention]:
        """Names of persons that a token belongs to."""
        span = self.context.parse.span(token, token + 1)
        return [mention for mention in self.at(*span) if mention.kind == "name" and mention.type == "PERSON"]

    def can_speak(self, head: int) -> bool:
        """Whether a token is the head of a name, a personal pronoun or a noun for persons, bodies or documents."""
        parse = self.context.parse
        word, lemma = parse.lower[head], parse.lemmas[head]
        if word in _PERSONAL or roles().get(word) or roles().get(lemma):
            return True
        return any(mention.type in _SPEAKING for mention in self.at(*parse.span(head, head + 1)))

    def speaker(self, head: int | None, span: tuple[int, int] | None) -> Speaker:
        """The speaker that a source as printed stands for."""
        parse = self.context.parse
        if head is None:
            return Speaker()
        start, end = span or parse.span(head, head + 1)
        if parse.lower[head] in _RELATIVE:
            above = parse.heads[head]
            for _ in range(3):
                if parse.labels[above] == "relcl":
                    return self.speaker(parse.heads[above], None)
                above = parse.heads[above]
        token = parse.span(head, head + 1)
        covering = [mention for mention in self.at(*token) if mention.start <= token[0] and token[1] <= mention.end]
        names = [mention for mention in covering if mention.kind == "name" and mention.type in _SPEAKING]
        if names and names[0].type == "NORP" and parse.tags[head] in {"NN", "NNP"} and parse.text[end - 1] != "s":
            names = []  # "the Texas Republican": a person, not the people
        if names:
            return self._named(names[0], start, end)
        for child in parse.children[head]:
            # "his father, Hugh Hill, says": the name in apposition
            if parse.labels[child] == "appos":
                apposed = [m for m in self.at(*parse.span(child, child + 1)) if m.kind == "name" and m.type == "PERSON"]
                if apposed:
                    return self._named(apposed[0], start, max(end, apposed[0].end))
        for mention in covering:
            if mention.kind != "name" and mention.entity is not None:
                resolution = "pronoun" if mention.kind == "pronoun" else "role"
                return Speaker(start, end, mention.entity, self._kind(mention.entity), resolution)
        word = parse.lower[head]
        if word in _PERSONAL:
            return Speaker(start, end, None, "unnamed" if word in _PLURAL else "none", "none", word)
        role = roles().get(word)
        if role is not None and role.kind == "document":
            return self._document(head, start, end)
        return Speaker(start, end, None, "unnamed", "none")

    def _document(self, head: int, start: int, end: int) -> Speaker:
        """A document speaks for whom it belongs to ("her statement", "the agency's report")."""
        parse = self.context.parse
        for child in parse.children[head]:
            if parse.labels[child] != "poss":
                continue
            for mention in self.at(*parse.span(child, child + 1)):
                if mention.entity is not None and mention.type in _SPEAKING:
                    return Speaker(start, end, mention.entity, "document", "role")
        return Speaker(start, end, None, "document", "none")

    def _named(self, mention: Mention, start: int, end: int) -> Speaker:
        if mention.entity is None:
            return Speaker(start, end, None, "person" if mention.type == "PERSON" else "organisation", "none")
        full = self.entities[mention.entity].canonical_name
        whole = mention.text.casefold() == full.casefold() or mention.resolution == "exact"
        return Speaker(start, end, mention.entity, self._kind(mention.entity), "name" if whole else "surname")

    def _kind(self, entity: int) -> str:
        return "person" if self.entities[entity].type == "PERSON" else "organisation"
