"""Pronouns and role nouns, on made-up articles."""

from __future__ import annotations

import pytest

from pipeline.annotate import coreference, engine, names
from pipeline.annotate.coreference.lexicon import roles


def resolved(text: str) -> list[tuple[str, str]]:
    parse = engine.parse(text)
    mentions, entities = names.find(parse)
    return [
        (mention.text, entities[mention.entity].canonical_name)
        for mention in coreference.resolve(parse, mentions, entities)
        if mention.kind != "name" and mention.entity is not None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Linda Carver left. She was tired.", [("She", "Linda Carver")]),
        ("Linda Carver met Robert Lang. He was late.", [("He", "Robert Lang")]),
        ("Robert Lang, a friend of Peter Miller, left early. He was tired.", [("He", "Robert Lang")]),
        ("The plan was attacked by Robert Lang, an adviser to Peter Miller. He was angry.", [("He", "Robert Lang")]),
        ("When Peter Miller spoke, Robert Lang slept. He was tired.", [("He", "Robert Lang")]),
        ("For his part, Robert Lang went home.", [("his", "Robert Lang")]),
        ("Mayor Linda Carver spoke. The mayor was tired.", [("The mayor", "Linda Carver")]),
        ("Linda Carver, the mayor of the town, spoke. The mayor was tired.", [("The mayor", "Linda Carver")]),
        ("Peter Miller saw him.", []),
        ("Peter Miller and Robert Lang left. He was tired.", []),
        ("Peter Miller left. She was tired.", []),
        ("Mayor Linda Carver spoke. A mayor must be patient.", []),
        ("The mayor was tired.", []),
        ("He was tired.", []),
    ],
)
def test_who_is_meant(text: str, expected: list[tuple[str, str]]) -> None:
    assert resolved(text) == expected


def test_speech_does_not_move_the_focus() -> None:
    text = "Robert Lang left early. “Peter Miller shouted at Peter Miller’s wife,” he said. He was tired."
    assert resolved(text)[-1] == ("He", "Robert Lang")


def test_mentions_stay_in_order_and_names_untouched() -> None:
    parse = engine.parse("Mayor Linda Carver met Robert Lang. She was late. He was not.")
    mentions, entities = names.find(parse)
    before = [(mention.start, mention.end) for mention in mentions]
    after = coreference.resolve(parse, mentions, entities)
    assert [(m.start, m.end) for m in after] == sorted((m.start, m.end) for m in after)
    assert [(m.start, m.end) for m in after if m.kind == "name"] == before


def test_no_text_no_mentions() -> None:
    assert coreference.resolve(engine.parse(""), [], []) == []


def test_roles_are_closed_sets() -> None:
    assert {role.kind for role in roles().values()} == {"person", "organisation", "collective", "document"}
    assert {role.gender for role in roles().values()} == {None, "male", "female"}
    assert all(word == word.lower() for word in roles())
