"""Headlines in title case: the parser reads their verbs as verbs, and names keep their capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate import engine
from pipeline.annotate.article import annotate
from pipeline.annotate.segments import segments
from pipeline.annotate.title_case import is_title_case, lowered, usage

BODY = (
    "The shipping company said on Tuesday that it would launch an emergency review of its ferries after the fire in"
    " Osterby. The officials from the White House and from Brandelholm Harbour met the captain, Tilda Qvist, who"
    " declined to comment. The harbour was closed for two days, and the review is expected to take a month, it said."
)


def tags(headline: str) -> dict[str, str]:
    parse = engine.parse(f"{headline}\n\n{BODY}")
    return {parse.text[parse.starts[token] : parse.ends[token]]: parse.tags[token] for token in range(12)}


@pytest.mark.parametrize(
    ("headline", "verb"),
    [
        ("Shipping Company Launches Emergency Review of Ferries", "Launches"),
        ("White House Declines to Comment on Brandelholm Harbour Fire", "Declines"),
        ("Captain Tilda Qvist Meets Officials in Osterby Harbour", "Meets"),
    ],
)
def test_a_headlines_verb_is_a_verb(headline: str, verb: str) -> None:
    assert tags(headline)[verb].startswith("VB")


def test_a_headline_makes_a_claim() -> None:
    text = f"Shipping Company Launches Emergency Review of Ferries\n\n{BODY}"
    found = [claim for claim in annotate(text, None, 53).claims if claim.start == 0]
    assert [claim.predicate for claim in found] == ["launch"]
    assert found[0].subject == "Shipping Company"


def test_names_keep_their_capitals() -> None:
    found = usage([BODY])
    assert found is not None
    line = "White House Officials Review Brandelholm Harbour Fire, Tilda Qvist Says"
    assert lowered(line, found) == "White House officials review Brandelholm Harbour fire, Tilda Qvist says"


def test_names_that_the_text_does_not_hold_keep_their_capitals() -> None:
    found = usage([BODY])
    assert found is not None
    assert lowered("Paris Mayor Grace Hopper Closes Harbour", found).startswith("Paris")
    assert "Grace" in lowered("Paris Mayor Grace Hopper Closes Harbour", found)


@pytest.mark.parametrize(
    "line",
    [
        "The company said on Tuesday that it would launch a review",
        "The White House said Tilda Qvist of Brandelholm Harbour met President Jan Novak.",
        "Tilda Qvist",
    ],
)
def test_sentences_and_names_are_no_title_case(line: str) -> None:
    assert not is_title_case(line) or lowered(line, usage([BODY]) or pytest.fail("no usage")) == line


def test_a_headline_in_capitals_is_read_like_one_in_title_case() -> None:
    found = usage([f"{BODY} The EU and NATO were told of it."])
    assert found is not None
    assert lowered("NATO SHIP CLOSES BRANDELHOLM HARBOUR, TILDA QVIST SAYS", found) == (
        "NATO ship closes Brandelholm Harbour, Tilda Qvist says"
    )


def test_a_text_too_short_to_tell_is_left_alone() -> None:
    assert segments("Shipping Company Launches Emergency Review\n\nIt is late.")[0].view.startswith(
        "Shipping Company L"
    )


@given(st.lists(st.text(max_size=40), max_size=6))
def test_only_the_case_of_the_view_changes(lines: list[str]) -> None:
    text = "\n\n".join([*lines, "Ferry Fire Closes Harbour For Weeks", BODY])
    for segment in segments(text):
        assert len(segment.view) == len(segment.offsets)
        under = "".join(text[place] for place in segment.offsets)
        assert [a for a, b in zip(segment.view, under, strict=True) if a != b and a != b.lower() and b != "\n"] == []
