"""Headlines without a verb: those that report make a claim, those that name a topic, ask or advise make none."""

from __future__ import annotations

import pytest

from pipeline.annotate.article import annotate
from pipeline.annotate.records import Claim

BODY = "Two people were hurt on Monday, the fire service said, and the road was closed."


def of_headline(headline: str) -> list[Claim]:
    found = annotate(f"{headline}\n\n{BODY}", None, len(headline) + 1).claims
    return [claim for claim in found if claim.start < len(headline)]


@pytest.mark.parametrize(
    "headline",
    [
        "Major fire at warehouse in Leeds",
        "Jewel heist in central Antwerp",
        "Two dead in crash near Ghent",
        "Fatal shooting of teenager in Malmo",
        "Warehouse fire in Leeds",
        "Fire at US base in Syria",
        "Magnitude 6.1 earthquake off Sumatra",
    ],
)
def test_a_headline_that_names_an_event_reports_it(headline: str) -> None:
    [claim] = of_headline(headline)
    assert headline[claim.start : claim.end] == headline
    assert (claim.claim_type, claim.modality, claim.in_headline) == ("event", "asserted", True)


@pytest.mark.parametrize(
    ("headline", "subject", "said"),
    [
        ("Advisers at odds over budget", "Advisers", "at odds over budget"),
        ("Maria Lindqvist in talks to direct sequel", "Maria Lindqvist", "in talks"),
        ("Former minister on trial for fraud", "Former minister", "on trial for fraud"),
        ("Judges wary of new powers", "Judges", "wary of new powers"),
    ],
)
def test_what_is_said_of_somebody_without_a_verb_is_a_state(headline: str, subject: str, said: str) -> None:
    [claim] = of_headline(headline)
    assert (claim.claim_type, claim.subject, claim.predicate, claim.object) == ("state", subject, "be", said)


@pytest.mark.parametrize(
    "headline",
    [
        "The long decline of the ferry",
        "A fire in the heart of Leeds?",
        "Our favourite storms in fiction",
        "Lessons from the debate in Ohio",
        "Military justice for deserters",
        "Hong Kong elections",
        "Activists in the Ohio debate",
        "Workers in Leeds",
        "Possible strike at Dover port",
        "Smith & Wesson gun sale",
        "Company shares in Leeds",
        "Why the crash in Ghent matters",
    ],
)
def test_a_topic_a_question_and_an_essay_report_nothing(headline: str) -> None:
    assert of_headline(headline) == []


def test_a_headline_with_a_clause_keeps_its_own_claim() -> None:
    [claim] = of_headline("Fire destroys warehouse after explosion in Leeds")
    assert (claim.subject, claim.predicate, claim.object) == ("Fire", "destroy", "warehouse")


def test_a_crosshead_of_the_body_is_no_headline_where_the_title_is_known() -> None:
    text = f"Fire destroys warehouse\n\n{BODY}\n\nMajor fire at depot in Ghent\n\n{BODY}"
    assert [claim for claim in annotate(text, None, 24).claims if "depot" in text[claim.start : claim.end]] == []


def test_what_is_denied_without_a_verb_is_negated() -> None:
    [claim] = of_headline("Director not in talks over sequel")
    assert (claim.subject, claim.object, claim.polarity) == ("Director", "in talks over sequel", "negated")
