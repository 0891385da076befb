"""Names of an article: what is found, what type it has, and which mentions mean the same entity."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.annotate import engine, names
from pipeline.annotate.records import LocalEntity, Mention

TYPES = {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "WEAPON", "EVENT", "PRODUCT", "WORK", "LAW", "MEDIA"}
TYPES |= {"PLATFORM", "OTHER"}
RESOLUTIONS = {"exact", "alias", "acronym", "surname", "title", "gazetteer"}


def find(text: str) -> tuple[list[Mention], list[LocalEntity]]:
    return names.find(engine.parse(text))


def typed(text: str) -> dict[str, str]:
    return {mention.text: mention.type for mention in find(text)[0]}


def entity_of(text: str, *surfaces: str) -> list[LocalEntity]:
    """The entities of the first mentions with these texts."""
    mentions, entities = find(text)
    found = []
    for surface in surfaces:
        mention = next(mention for mention in mentions if mention.text == surface)
        assert mention.entity is not None
        found.append(entities[mention.entity])
    return found


def test_surname_means_the_person_named_in_full() -> None:
    text = "Harriet Colwell opened the clinic. Later Colwell said that Mrs Colwell's staff had waited for years."
    full, short = entity_of(text, "Harriet Colwell", "Colwell")
    assert full is short
    assert full.canonical_name == "Harriet Colwell"
    assert full.gender == "female"
    assert full.aliases == {"Colwell": 2, "Harriet Colwell": 1}


def test_a_surname_of_two_persons_stays_alone() -> None:
    text = "Anna Whitlock met Peter Whitlock in Leeds. Whitlock left early, people said."
    first, second, short = entity_of(text, "Anna Whitlock", "Peter Whitlock", "Whitlock")
    assert len({id(first), id(second), id(short)}) == 3


def test_a_title_tells_which_of_two_persons_is_meant() -> None:
    text = "Anna Whitlock met Peter Whitlock in Leeds. Mrs Whitlock left early, the driver said."
    first, short = entity_of(text, "Anna Whitlock", "Whitlock")
    assert first is short


def test_titles_and_possessives_are_no_part_of_a_name() -> None:
    found = typed("The report was sent to President Emma Thornton's office and to Dr. Samuel Okafor.")
    assert found["Emma Thornton"] == "PERSON"
    assert found["Samuel Okafor"] == "PERSON"


@pytest.mark.parametrize("designation", ["S-400", "T-72B3", "Su-34", "F-16", "MiG-31K", "RPG-7"])
def test_designations_are_weapons(designation: str) -> None:
    assert typed(f"Officers said that a {designation} was seen near the border.")[designation] == "WEAPON"


@pytest.mark.parametrize(
    "text", ["The A-level results came on Friday.", "He drove a VW T4 and drank 7-Up.", "Room B-12."]
)
def test_other_letters_and_digits_are_no_weapons(text: str) -> None:
    assert "WEAPON" not in typed(text).values()


def test_lookalike_letters_are_folded_inside_a_designation() -> None:
    latin, cyrillic = entity_of("A Pantsir-S1 stood there. Another Pantsir-С1 came.", "Pantsir-S1", "Pantsir-С1")
    assert latin is cyrillic
    read, _ = entity_of("A Pantsir-C1 stood there. Another Pantsir-S1 came.", "Pantsir-C1", "Pantsir-S1")
    assert read.canonical_name == "Pantsir-S1"


def test_the_adjective_of_a_country_means_the_country_and_its_people_do_not() -> None:
    text = "Norway agreed. The Norwegian parliament voted and Norwegians cheered."
    country, adjective, people = entity_of(text, "Norway", "Norwegian", "Norwegians")
    assert country is adjective
    assert people is not country
    assert typed(text)["Norwegian"] == "NORP"


def test_two_names_of_a_country_are_one_entity() -> None:
    first, second = entity_of("The United States voted for it. Later the U.S. paid.", "United States", "U.S.")
    assert first is second
    assert first.canonical_name == "United States"


def test_acronym_in_brackets() -> None:
    text = "The Harbour Workers Welfare Association (HWWA) complained. The HWWA wants more pay."
    full, short = entity_of(text, "Harbour Workers Welfare Association", "HWWA")
    assert full is short
    mentions, _ = find(text)
    assert mentions[-1].resolution == "acronym"


def test_places_inside_the_names_of_public_bodies_are_mentions_of_their_own() -> None:
    found = typed("A spokesman for the Kentucky State Police declined to comment.")
    assert found["Kentucky"] == "GPE"
    assert found["Kentucky State Police"] == "ORG"
    assert "France" not in typed("Shares of Air France fell.")


def test_one_list_is_of_one_kind() -> None:
    found = typed("Roads were closed in Butler, Clark and Warren counties.")
    assert found == {"Butler": "GPE", "Clark": "GPE", "Warren": "GPE"}


def test_dates_are_no_names() -> None:
    assert typed("On Monday, March 3, about forty people came; the second day brought 12 percent more.") == {}


def test_a_government_is_meant_by_its_capital() -> None:
    mentions, _ = find("Paris accused the company of fraud. The company has offices in Paris.")
    assert [mention.metonymy for mention in mentions] == ["government", None]


def test_titles_of_works() -> None:
    assert typed('She read from "The Lantern in the Harbour" on Friday.')["The Lantern in the Harbour"] == "WORK"
    assert "WORK" not in typed('"We are going home now," she said.').values()


def test_an_everyday_word_is_a_surname_where_the_full_name_stands() -> None:
    text = "Martin Forrest met voters on Tuesday. Forrest said that forrest fires were not the issue."
    mentions, _ = find(text)
    assert [mention.text for mention in mentions] == ["Martin Forrest", "Forrest"]


def test_two_names_with_a_dash_between_them_are_two() -> None:
    assert typed("The UK-US talks ended on Friday.") == {"UK": "GPE", "US": "GPE"}
    assert typed("A London-based firm won.") == {"London": "GPE"}
    assert typed("Rep. Ann Colwell, D-Ohio, agreed.")["Ohio"] == "GPE"


def test_firms_of_partners_are_one_name() -> None:
    assert typed("Halvorsen and Co Inc said on Monday that it would close.") == {"Halvorsen and Co Inc": "ORG"}


def test_legal_forms_do_not_part_a_company() -> None:
    first, second = entity_of(
        "Brennwick Industries Inc. cut jobs. Workers of Brennwick Industries protested.",
        "Brennwick Industries Inc.",
        "Brennwick Industries",
    )
    assert first is second


@pytest.mark.parametrize(
    ("text", "road"),
    [("The crash closed Highway 59 near the lake.", "Highway 59"), ("Drivers on the A417 had to wait.", "A417")],
)
def test_roads(text: str, road: str) -> None:
    assert typed(text)[road] == "FAC"


def test_a_user_sees_which_way_a_mention_was_resolved() -> None:
    mentions, _ = find("Emma Thornton spoke first. Mrs Thornton left. Thornton had been ill.")
    assert [mention.resolution for mention in mentions] == ["exact", "title", "surname"]


PIECES = (
    "The the Mr Dr Ann Lee Paris Russian US U.S. S-400 of and , . - ( ) \" ' 's said in County 12 1999 II É Ж 中",
    "\u200b New York Times EU -Russian \n\n # <b> </b> & / Kyiv's Bank @x https://a.b",
)
WORDS = st.sampled_from([word for line in PIECES for word in line.split(" ")])


def check(text: str) -> None:
    parse = engine.parse(text)
    mentions, entities = names.find(parse)
    assert names.find(parse) == (mentions, entities)
    outer_end = 0
    for before, after in zip([None, *mentions], mentions, strict=False):
        assert 0 <= after.start < after.end <= len(text)
        assert after.text == text[after.start : after.end]
        assert after.type in TYPES
        assert after.kind == "name"
        assert after.resolution in RESOLUTIONS
        assert after.entity is not None
        assert 0 <= after.entity < len(entities)
        if before is not None:
            assert (before.start, -before.end) < (after.start, -after.end)
        if after.start < outer_end:
            assert after.end <= outer_end, "names lie within one another or apart"
            assert after.type in {"GPE", "NORP"}
        outer_end = max(outer_end, after.end)
    assert {mention.entity for mention in mentions} == set(range(len(entities)))
    for entity in entities:
        assert entity.canonical_name
        assert sum(entity.aliases.values()) > 0


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_any_words(text: str) -> None:
    check(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    check(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dataset", "documents", "typed_names", "floor"),
    [("seeds/mentions.jsonl", 2, True, 0.95), ("entities/ner_conllpp.dev.jsonl", 20, False, 0.85)],
)
def test_names_of_gold_articles(dataset: str, documents: int, typed_names: bool, floor: float) -> None:
    folder = os.environ.get("ONRECORD_GOLD")
    if not folder or not (Path(folder) / dataset).exists():
        pytest.skip("ONRECORD_GOLD names no folder with this gold data")
    right = found = wanted = 0
    for line in (Path(folder) / dataset).read_text("utf-8").splitlines()[:documents]:
        row = json.loads(line)
        names_of = [m for m in row["entities"] if m.get("kind", "NAM") == "NAM"]
        gold = {(m["start"], m["end"], m["type"] if typed_names else "") for m in names_of}
        own = {(m.start, m.end, m.type if typed_names else "") for m in find(row["text"])[0]}
        right, found, wanted = right + len(gold & own), found + len(own), wanted + len(gold)
    assert 2 * right / (found + wanted) >= floor


def test_a_person_taken_for_a_body_behind_a_title_is_a_person() -> None:
    text = "Spokesman Yurii Ihnat said 32 drones were launched. Ihnat spoke on television."
    (person,) = entity_of(text, "Yurii Ihnat")
    assert (person.type, person.canonical_name) == ("PERSON", "Yurii Ihnat")


def test_a_role_before_a_name_is_no_part_of_it() -> None:
    (person,) = entity_of("Substitute Kofi Mensah scored in the 89th minute.", "Kofi Mensah")
    assert person.canonical_name == "Kofi Mensah"


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("LONDON (Reuters) - Stocks fell in Paris on Monday.", "LONDON", "London"),
        ("The UAE said on Monday that it would host the talks.", "UAE", "United Arab Emirates"),
        ("NATO said on Monday that it would host the talks.", "NATO", "NATO"),
    ],
)
def test_a_place_in_capitals_is_called_as_it_is_written_elsewhere(text: str, surface: str, name: str) -> None:
    (found,) = entity_of(text, surface)
    assert found.canonical_name == name


def test_an_acronym_means_what_the_article_says() -> None:
    text = "The harvest with an automatic plough (AP) began in Leeds. The AP weighs little, farmers said."
    mentions, entities = find(text)
    known = {entities[mention.entity].gazetteer_id for mention in mentions if mention.entity is not None}
    assert "media/associated-press" not in known
    _, entities = find("The Associated Press (AP) asked first. The AP quoted two officials.")
    assert "media/associated-press" in {entity.gazetteer_id for entity in entities}


def test_two_letters_stand_for_a_body_that_was_told_before() -> None:
    british, short = entity_of(
        "British Airways cut fares in May. On Monday BA said it would go on.", "British Airways", "BA"
    )
    assert british is short
    later, before = entity_of(
        "On Monday BA said it would go on. In May British Airways cut fares.", "British Airways", "BA"
    )
    assert later is not before


def test_what_buttons_say_is_no_name() -> None:
    found = typed("Share on Reddit Share on Facebook Print this page Email the author")
    assert {"Facebook", "Reddit"} <= set(found)
    assert set(found) == {"Facebook", "Reddit"}


def test_the_name_of_a_body_ends_before_the_office_of_the_person_named_after_it() -> None:
    found = typed("The figures were wrong, Harbour Tribune Chief Political Correspondent Irene Maddox wrote on Friday.")
    assert found["Irene Maddox"] == "PERSON"
    assert not any("Correspondent" in name for name in found)


def test_a_known_body_is_found_in_a_headline_in_title_case() -> None:
    text = (
        "Teachers Ask the U.S. Department of Education About New Rules and Old Schools\n\nThe teachers wrote on Monday."
    )
    assert typed(text)["U.S. Department of Education"] == "ORG"


@pytest.mark.parametrize(
    ("text", "entry_id"),
    [
        ("Farmers wrote to President Obama about the dam. Obama answered in May.", "person/barack-obama"),
        ("The French president Sarkozy came by train.", "person/nicolas-sarkozy"),
        ("The Polish President Sarkozy came by train.", None),
        ("The club thanked its president Kennedy and the players.", None),
        ("Farmers wrote to President Bush about the dam.", None),
        ("Farmers wrote to Obama about the dam.", None),
    ],
)
def test_an_office_and_a_surname_name_a_person(text: str, entry_id: str | None) -> None:
    mentions, entities = find(text)
    found = {entities[mention.entity].gazetteer_id for mention in mentions if mention.entity is not None}
    assert {one for one in found if one and one.startswith("person/")} == ({entry_id} if entry_id else set())


def test_the_gulf_is_the_one_that_the_article_names() -> None:
    full, short = entity_of(
        "The storm crossed the Gulf of Mexico. Crews left the Gulf on Friday.", "Gulf of Mexico", "Gulf"
    )
    assert full is short and full.gazetteer_id == "loc/gulf-of-mexico"
    (alone,) = entity_of("Three tankers waited in the Gulf on Friday.", "Gulf")
    assert alone.gazetteer_id is None
