"""Places: which of several a name means, and when to say nothing."""

from __future__ import annotations

import pytest

from pipeline.annotate import places
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import LocalEntity, Mention


def _link(text: str, *names: str | tuple[str, str]) -> dict[str, LocalEntity]:
    """The linked entities of a text in which each name is an entity (a place unless a type is given)."""
    entities, mentions = [], []
    for number, name in enumerate(names):
        name, kind = name if isinstance(name, tuple) else (name, "GPE")
        starts = [at for at in range(len(text)) if text.startswith(name, at)]
        assert starts, name
        entities.append(LocalEntity(kind, name, {name: len(starts)}))
        mentions += [Mention(at, at + len(name), name, kind, "name", number) for at in starts]
    parse = Parse(text, [], [], [], [], [], [], [], [])
    found = places.link(parse, sorted(mentions, key=lambda mention: mention.start), entities)
    return {name if isinstance(name, str) else name[0]: entity for name, entity in zip(names, found, strict=True)}


def test_a_state_behind_a_comma_decides() -> None:
    found = _link("The fair moved to Paris, Texas, last year.", "Paris", "Texas")
    assert (found["Paris"].country_code, found["Paris"].geonames_id) == ("US", 4717560)
    assert found["Paris"].link_method == "containment"
    assert found["Texas"].wikidata_id == "Q1439"


def test_an_abbreviated_state_decides() -> None:
    assert _link("Officers in Athens, Ga., said so.", "Athens")["Athens"].country_code == "US"
    assert _link("Officers in Athens, GA said so.", "Athens")["Athens"].country_code == "US"


def test_without_context_the_large_city_is_meant() -> None:
    found = _link("She flew to Paris and then to Athens.", "Paris", "Athens")
    assert [found[name].country_code for name in ("Paris", "Athens")] == ["FR", "GR"]
    assert found["Paris"].wikidata_id == "Q90" and found["Paris"].coordinate_precision == "city"


def test_neighbours_decide_for_small_towns() -> None:
    text = "Crews from Wooster, Millersburg and Orrville met in Ashland, then drove home through Wooster."
    found = _link(text, "Wooster", "Millersburg", "Orrville", "Ashland")
    for name in found:
        assert 39.5 < (found[name].lat or 0) < 42 and -84 < (found[name].lon or 0) < -80.5, name


def test_a_country_is_no_village_in_a_list() -> None:
    found = _link("Talks between Lebanon, Jordan, U.S. and Egypt failed.", "Lebanon", "Jordan", "U.S.", "Egypt")
    assert [found[name].country_code for name in found] == ["LB", "JO", "US", "EG"]


def test_a_famous_city_comes_before_its_state() -> None:
    found = _link("He left New York for Washington.", "New York", "Washington")
    assert (found["New York"].wikidata_id, found["Washington"].wikidata_id) == ("Q60", "Q61")


def test_other_places_of_the_state_speak_for_the_state() -> None:
    text = "Washington voters in Spokane, Tacoma, Yakima and Olympia go to the polls."
    found = _link(text, "Washington", "Spokane", "Tacoma", "Yakima", "Olympia")
    assert found["Spokane"].lon == pytest.approx(-117.4, abs=0.2)
    assert found["Olympia"].lat == pytest.approx(47.0, abs=0.2)


def test_part_of_a_country_has_its_point_but_not_its_id() -> None:
    found = _link("Fighting in northern Iraq went on.", "northern Iraq")["northern Iraq"]
    assert found.country_code == "IQ" and found.lat is not None
    assert found.wikidata_id is None and found.geonames_id is None and found.link_status == "nil"


def test_an_unknown_place_stays_nil() -> None:
    found = _link("They met at Qwertzuiop Ridge.", ("Qwertzuiop Ridge", "LOC"))["Qwertzuiop Ridge"]
    assert (found.link_status, found.lat, found.wikidata_id, found.link_confidence) == ("nil", None, None, None)


def test_a_confidence_stands_with_every_link() -> None:
    found = _link("From Springfield to Paris, Texas.", "Springfield", "Paris", "Texas")
    for entity in found.values():
        assert entity.link_confidence is not None and 0 < entity.link_confidence < 1
        assert (entity.link_status == "linked") == (entity.link_confidence >= 0.5)


def test_people_and_institutions_link_through_their_row() -> None:
    text = "Angela Merkel spoke to Acme Tools Inc. Home Depot Inc. and the Supreme Court did not."
    found = _link(text, ("Angela Merkel", "PERSON"), ("Acme Tools Inc.", "ORG"), ("Home Depot Inc.", "ORG"))
    assert found["Angela Merkel"].wikidata_id == "Q567" and found["Angela Merkel"].gender == "female"
    assert found["Home Depot Inc."].gazetteer_id == "org/home-depot"
    assert found["Acme Tools Inc."].link_status == "nil"
    assert _link("Merkel spoke.", ("Merkel", "PERSON"))["Merkel"].wikidata_id is None


def test_a_ministry_is_that_of_the_country_the_article_is_at_home_in() -> None:
    text = "Moscow, Moscow, Moscow and Russia heard the Defense Ministry."
    found = _link(text, "Moscow", "Russia", ("Defense Ministry", "ORG"))
    assert found["Defense Ministry"].gazetteer_id == "org/ministry-of-defence-russia"
    text = "Moscow, Paris, Berlin and Tokyo heard the Defense Ministry."
    found = _link(text, "Moscow", "Paris", "Berlin", "Tokyo", ("Defense Ministry", "ORG"))
    assert found["Defense Ministry"].gazetteer_id is None


def test_a_party_is_that_of_the_country_the_article_is_at_home_in() -> None:
    text = "Leeds, Leeds, Leeds and Britain voted Labour."
    assert _link(text, "Leeds", "Britain", ("Labour", "ORG"))["Labour"].wikidata_id == "Q9630"
    text = "Oslo, Oslo, Oslo and Norway voted Labour."
    assert _link(text, "Oslo", "Norway", ("Labour", "ORG"))["Labour"].link_status == "nil"


def test_the_order_of_other_articles_entities_does_not_matter() -> None:
    text = "Crews from Wooster, Millersburg and Orrville met in Ashland."
    one = _link(text, "Wooster", "Millersburg", "Orrville", "Ashland")
    other = _link(text, "Ashland", "Orrville", "Millersburg", "Wooster")
    assert {name: entity.geonames_id for name, entity in one.items()} == {
        name: entity.geonames_id for name, entity in other.items()
    }


def _parse(text: str) -> Parse:
    words = text.split(" ")
    starts = [len(" ".join(words[:index])) + bool(index) for index in range(len(words))]
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    return Parse(text, starts, ends, [word.strip(".,") for word in words], [], [], [], [], [])


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("The coach named his squad after Tonga lost the rugby match , the last of the tournament .", None),
        ("The coach named his squad in Tonga after the rugby match , the last of the tournament .", "Q678"),
        ("The minister flew home after Tonga signed the treaty .", "Q678"),
    ],
)
def test_a_country_that_may_be_a_team_has_no_id(text: str, item: str | None) -> None:
    start = text.index("Tonga")
    entities = [LocalEntity("GPE", "Tonga", {"Tonga": 1})]
    places.link(_parse(text), [Mention(start, start + 5, "Tonga", "GPE", "name", 0)], entities)
    assert entities[0].wikidata_id == item
    assert entities[0].country_code == "TO" and entities[0].lat is not None
