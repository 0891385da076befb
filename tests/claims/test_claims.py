"""What a reader of the claims table relies on, one behaviour a test."""

from datetime import UTC, datetime

import pytest

from pipeline.annotate.article import annotate
from pipeline.annotate.records import Annotation, Claim

TUESDAY = datetime(2024, 5, 14, tzinfo=UTC)


def read(text: str, headline_end: int = 0) -> Annotation:
    return annotate(text, TUESDAY, headline_end)


def texts(text: str, claims: list[Claim]) -> list[str]:
    return [" ".join(text[start:end] for start, end in claim.spans) for claim in claims]


def about(text: str, claims: list[Claim], words: str) -> Claim:
    """The shortest claim with these words."""
    holding = [(len(found), claim) for found, claim in zip(texts(text, claims), claims, strict=True) if words in found]
    assert holding, (words, texts(text, claims))
    return min(holding, key=lambda pair: pair[0])[1]


def test_a_sentence_of_two_clauses_makes_two_claims() -> None:
    text = "The bank closed 40 branches in March and the union called a strike."
    assert texts(text, read(text).claims) == [
        "The bank closed 40 branches in March",
        "the union called a strike",
    ]


def test_subject_predicate_and_object_are_told() -> None:
    text = "Rescuers found two climbers near the summit."
    claim = read(text).claims[0]
    assert (claim.subject, claim.predicate, claim.object) == ("Rescuers", "find", "two climbers")


def test_a_passive_names_its_agent_as_subject() -> None:
    text = "The bridge was destroyed by floods."
    claim = read(text).claims[0]
    assert (claim.subject, claim.predicate, claim.object) == ("floods", "destroy", "The bridge")


def test_participles_of_feeling_are_states() -> None:
    claim = read("Farmers were worried about the drought.").claims[0]
    assert (claim.subject, claim.claim_type) == ("Farmers", "state")


def test_a_relative_clause_that_adds_a_fact_is_a_claim_about_its_noun() -> None:
    text = "Anna Berg, who founded the firm in 2003, resigned on Monday."
    claim = about(text, read(text).claims, "founded the firm in 2003")
    assert claim.subject == "Anna Berg"
    assert claim.event_time_start is not None and claim.event_time_start.startswith("2003")


def test_a_relative_clause_that_picks_its_noun_is_none() -> None:
    text = "The man who robbed the bank fled."
    assert texts(text, read(text).claims) == ["The man who robbed the bank fled"]


@pytest.mark.parametrize(
    "text",
    [
        "Did the minister lie?",
        "Why was the report hidden?",
        "Read more about this story.",
        "14 May 2024",
        "",
        "   \n\n ",
    ],
)
def test_questions_commands_and_bare_lines_claim_nothing(text: str) -> None:
    assert read(text).claims == []


def test_what_is_asked_is_not_asserted() -> None:
    text = "Asked whether the plant was safe, the engineer left the room."
    assert all(found != "the plant was safe" for found in texts(text, read(text).claims))
    assert about(text, read(text).claims, "left the room").attribution == "narrator"


def test_the_saying_is_no_claim_beside_what_is_said() -> None:
    text = "The mayor said the bridge was closed."
    assert texts(text, read(text).claims) == ["the bridge was closed"]


def test_a_claim_in_a_quotation_knows_its_quote_and_speaker() -> None:
    text = 'Maria Lopez leads the union. "The factory is unsafe," Lopez said.'
    found = read(text)
    claim = about(text, found.claims, "The factory is unsafe")
    assert claim.attribution == "direct_quote"
    assert claim.quote is not None and found.quotes[claim.quote].type == "direct"
    assert claim.claimant_name == "Maria Lopez"
    assert claim.claimant_entity is not None


def test_a_chain_runs_from_the_outermost_source_inwards() -> None:
    text = "Police said that the driver claimed the brakes failed."
    claim = about(text, read(text).claims, "the brakes failed")
    assert [link[0] for link in claim.chain] == ["Police", "the driver"]
    assert about(text, read(text).claims, "the driver claimed the brakes failed").chain[0][0] == "Police"


def test_all_words_of_attributed_content_are_in_claims() -> None:
    text = "The agency said that the river rose quickly and that two villages, which lie below the dam, were flooded."
    covered = {offset for claim in read(text).claims for start, end in claim.spans for offset in range(start, end)}
    for words in ("the river rose quickly", "two villages", "which lie below the dam", "were flooded"):
        start = text.index(words)
        assert covered >= set(range(start, start + len(words))), words


def test_things_that_let_infer_are_no_claimants() -> None:
    text = "Which suggests that the firm is short of cash."
    claim = about(text, read(text).claims, "the firm is short of cash")
    assert (claim.attribution, claim.modality) == ("narrator", "probable")


def test_a_photo_is_evidence_and_not_the_one_who_shared_it() -> None:
    text = "Anna Berg shared a photo on her account showing a damaged bridge near the old harbour."
    claim = about(text, read(text).claims, "a damaged bridge")
    assert claim.attribution == "evidence"
    assert text[claim.claimant_start : claim.claimant_end].startswith("a photo")


def test_hearsay_has_a_cue_and_no_claimant() -> None:
    text = "The minister reportedly resigned."
    claim = read(text).claims[0]
    assert claim.attribution == "hearsay" and claim.claimant_start is None
    assert text[claim.cue_start : claim.cue_end] == "reportedly"


def test_headlines_are_marked_where_their_end_is_known() -> None:
    text = "Storm hits coast\n\nA storm hit the coast on Monday. It was strong."
    marked = {
        found: claim.in_headline
        for found, claim in zip(texts(text, read(text, 16).claims), read(text, 16).claims, strict=True)
    }
    assert marked.pop("Storm hits coast") is True
    assert marked and not any(marked.values())


def test_headlines_are_found_in_raw_text_by_their_shape() -> None:
    text = "Storm hits coast\n\nA storm hit the coast on Monday. It was strong."
    assert [claim.in_headline for claim in read(text).claims][:2] == [True, False]


def test_a_dateline_is_no_part_of_a_claim() -> None:
    text = "GENEVA (Reuters) - The council elected a new chair on Monday."
    assert texts(text, read(text).claims) == ["The council elected a new chair on Monday"]


def test_places_and_times_belong_to_their_own_clause() -> None:
    text = "Troops left Ghent in 2019 and the base closed on Monday."
    claims = read(text).claims
    assert about(text, claims, "Troops left").event_time_start == "2019-01-01T00:00:00Z"
    assert about(text, claims, "the base closed").event_time_start == "2024-05-13T00:00:00Z"


def test_an_open_interval_has_no_end() -> None:
    claim = read("The museum has been closed since 2020.").claims[0]
    assert claim.event_time_start is not None and claim.event_time_start.startswith("2020")
    assert claim.event_time_end is None and claim.event_time_precision == "interval"


def test_conditions_reach_the_consequence_alone() -> None:
    text = "The dam burst. If it rains, the town will flood."
    claims = read(text).claims
    assert about(text, claims, "The dam burst").modality == "asserted"
    assert about(text, claims, "the town will flood").modality == "conditional"


def test_a_modal_reaches_verbs_that_share_it() -> None:
    text = "The firm may close the plant and dismiss 300 workers."
    claim = about(text, read(text).claims, "dismiss 300 workers")
    assert (claim.modality, [hedge.text for hedge in claim.hedges]) == ("possible", ["may"])


def test_negation_stays_in_its_clause() -> None:
    text = "The council did not vote on Monday, but the mayor signed the order."
    claims = read(text).claims
    assert about(text, claims, "did not vote").polarity == "negated"
    assert about(text, claims, "signed the order").polarity == "affirmed"


def test_claim_types() -> None:
    kinds = {
        "Prices rose 4 percent in April.": "statistic",
        "The airline will open a new hub.": "prediction",
        "The council plans to build a school.": "intention",
        "The storm caused floods in the valley.": "causal",
        "The village lies below the dam.": "state",
        "Soldiers left the town.": "event",
        "The kestrel is a small falcon.": "background",
        "It is better to wait.": "evaluation",
    }
    assert {text: read(text).claims[0].claim_type for text in kinds} == kinds


def test_neighbours_do_not_change_a_claim() -> None:
    alone = read("The council closed the school.").claims[0]
    after = read("Rain fell.\n\nThe council closed the school.").claims[-1]
    assert (alone.polarity, alone.modality, alone.checkworthiness, alone.predicate) == (
        after.polarity, after.modality, after.checkworthiness, after.predicate,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "“Where is the plan?” asked Sarah Quinn, a lawmaker.",
        '"Who paid for the bridge?" the mayor asked on Monday.',
    ],
)
def test_a_question_in_quotation_marks_is_no_claim(text: str) -> None:
    claims = read(text).claims
    assert all(claim.attribution == "narrator" for claim in claims), texts(text, claims)


@pytest.mark.parametrize(
    "text",
    [
        "The strike would be the biggest since 1989.",
        "It was the deadliest industrial accident since 2009.",
        "The club reached the final for the first time since 1961.",
    ],
)
def test_a_yardstick_is_not_the_time_of_an_event(text: str) -> None:
    assert [claim.event_time_start for claim in read(text).claims] == [None]


def test_no_comma_is_left_where_a_clause_was_taken_out() -> None:
    text = "The lender, which has 900 branches, was fined over its unit in Riga."
    assert "The lender was fined over its unit in Riga" in texts(text, read(text).claims)


def test_a_claim_starts_behind_its_subordinator() -> None:
    text = "Shares of the airline fell on Tuesday when its chief executive resigned."
    assert "its chief executive resigned" in texts(text, read(text).claims)


def test_a_clause_that_leads_up_to_a_claim_keeps_its_subordinator() -> None:
    text = "When it comes to ferries, the town should build its own."
    assert texts(text, read(text).claims) == ["When it comes to ferries, the town should build its own"]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Hypothesis 1: the owners sold the ferry.", "the owners sold the ferry"),
        ("Budget dispute: the union rejected the offer.", "the union rejected the offer"),
        ("In Leeds: the bridge was closed on Monday.", "In Leeds: the bridge was closed on Monday"),
        ("Yesterday: the bridge was closed.", "Yesterday: the bridge was closed"),
        ("Hoax: the president resigned.", "Hoax: the president resigned"),
    ],
)
def test_a_label_before_a_colon_is_no_part_of_the_claim_unless_it_tells_when_or_where_or_denies(
    text: str, claim: str
) -> None:
    assert texts(text, read(text).claims) == [claim]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("However, the mayor left the room.", "the mayor left the room"),
        ("For his part, the mayor published a video.", "the mayor published a video"),
        ("Asked about the fire, the mayor left the room.", "the mayor left the room"),
        ("So they left the room.", "they left the room"),
        ("After the fire, the mayor left the room.", "After the fire, the mayor left the room"),
        ("For the most part, the roads were clear.", "For the most part, the roads were clear"),
        ("Pressed by creditors, the company filed a suit.", "Pressed by creditors, the company filed a suit"),
    ],
)
def test_what_leads_on_to_a_claim_is_no_part_of_it_and_its_circumstances_are(text: str, claim: str) -> None:
    assert texts(text, read(text).claims) == [claim]
