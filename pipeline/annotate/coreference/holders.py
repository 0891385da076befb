"""Role holders: which entity an article names as mayor, as coach, as the security firm."""

from __future__ import annotations

from pipeline.annotate.coreference.lexicon import roles
from pipeline.annotate.coreference.narrative import Narrative
from pipeline.annotate.records import LocalEntity, Mention

_ADJACENT = frozenset({"compound", "nn", "nmod", "amod", "appos"})


def holders(story: Narrative, heads: dict[int, Mention], entities: list[LocalEntity]) -> dict[str, dict[int, int]]:
    """Role noun -> entity -> the token where the article first gives it that role.

    A role stands before the name ("Mayor Hugh Hill"), in apposition to it ("Hugh Hill, mayor of Rye"; "the mayor,
    Hugh Hill"), behind "is", or inside an organisation's own name (the "agency" of the Rye Water Agency).
    """
    parse = story.parse
    found: dict[str, dict[int, int]] = {}

    def note(token: int, entity: int, at: int) -> None:
        word = parse.lower[token]
        role = roles().get(word)
        if role is not None and (role.kind == "person") == (entities[entity].type == "PERSON"):
            places = found.setdefault(word, {})
            places[entity] = min(at, places.get(entity, at))

    for head, mention in sorted(heads.items()):
        if mention.entity is None or mention.kind != "name":
            continue
        entity = mention.entity
        first, last = parse.tokens_of(mention.start, mention.end)
        for token in range(first, last):
            note(token, entity, first)
        for token in range(first - 1, max(-1, first - 4), -1):
            # Oilers head coach Ken Hitchcock: nouns right before the name
            if not parse.tags[token].startswith(("NN", "JJ")) or parse.sentence_of[token] != parse.sentence_of[head]:
                break
            note(token, entity, first)
        for child in parse.children[head]:
            if parse.labels[child] in {"appos"} or (child < first and parse.labels[child] in _ADJACENT):
                note(child, entity, first)
                for conjunct in parse.children[child]:
                    if parse.labels[conjunct] == "conj":
                        note(conjunct, entity, first)
        above = parse.heads[head]
        if parse.labels[head] == "appos":
            note(above, entity, first)
        elif parse.labels[head] == "nsubj" and parse.lemmas[above] == "be":
            for child in parse.children[above]:
                if parse.labels[child] == "attr":
                    note(child, entity, first)
    return found
