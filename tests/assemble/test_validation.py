"""Validation: every row is either published as it is or a reject that names its check."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.references import check_references, check_text, spans_text
from pipeline.validation import SHOWN, reject, split
from schemas import TABLES
from tests.release.made import rows

MADE = rows(range(6))
Mentions = TABLES["mentions"]

#: Ways to spoil a row of mentions, by the column that then fails.
SPOILT: dict[str, Any] = {"start": -1, "confidence": 1.5, "type": "NO_TYPE", "mention_id": None}


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.integers(0, len(MADE["mentions"]) - 1), st.sampled_from(sorted(SPOILT)), max_size=8))
def test_rows_and_rejects_are_all_rows(spoilt: dict[int, str]) -> None:
    found = [dict(row) for row in MADE["mentions"]]
    for place, column in spoilt.items():
        found[place][column] = SPOILT[column]
    frame = Mentions.frame(found)
    good, rejected = split(Mentions, frame)
    assert good.height + rejected.height == frame.height
    assert good.rows() == [row for place, row in enumerate(frame.iter_rows()) if place not in spoilt]
    assert sorted(rejected["column"].to_list()) == sorted(spoilt.values())
    assert set(rejected["table"]) <= {"mentions"}
    assert all(rejected["reason"].str.contains("fails the check"))


def test_repeated_id_takes_no_valid_row_along() -> None:
    frame = Mentions.frame([*MADE["mentions"][:3], MADE["mentions"][0]])
    good, rejected = split(Mentions, frame)
    assert good.height + rejected.height == 4
    assert set(rejected["check"]) == {"unique"}
    assert set(good["mention_id"]) >= {row["mention_id"] for row in MADE["mentions"][1:3]}


def test_long_value_is_shown_cut() -> None:
    row = {**MADE["mentions"][0], "type": "x" * 10_000}
    _, rejected = split(Mentions, Mentions.frame([row]))
    assert len(rejected["value"][0]) == SHOWN


def test_nothing_failing_leaves_the_frame() -> None:
    frame = Mentions.frame(MADE["mentions"])
    good, rejected = reject(Mentions, frame, pl.Series([None] * frame.height, dtype=pl.Boolean), "check", "reason")
    assert good is frame
    assert rejected.is_empty()


def test_span_and_text_are_held_against_the_article() -> None:
    frame = Mentions.frame(MADE["mentions"])
    articles = TABLES["articles"].frame(MADE["articles"])
    whole, none = check_text(Mentions, frame, articles)
    assert whole.height == frame.height
    assert none.is_empty()
    spoilt = [dict(row) for row in MADE["mentions"]]
    spoilt[0]["end"] = 10**6
    spoilt[1]["text"] = "words that do not stand there"
    good, rejected = check_text(Mentions, Mentions.frame(spoilt), articles)
    assert sorted(rejected["check"]) == ["inside_article", "text_is_slice"]
    assert good.height == frame.height - 2


def test_reference_to_nothing_is_a_reject() -> None:
    frame = Mentions.frame(MADE["mentions"])
    known = pl.Series([row["article_id"] for row in MADE["articles"][1:]])
    good, rejected = check_references(Mentions, frame, {"articles.article_id": known})
    assert set(rejected["check"]) == {"reference"}
    assert set(rejected["article_id"]) == {MADE["articles"][0]["article_id"]}
    assert good.height + rejected.height == frame.height


def test_entity_of_a_chain_that_is_not_there_is_a_reject() -> None:
    model = TABLES["claims"]
    spoilt = [dict(row) for row in MADE["claims"]]
    entity = MADE["entities"][0]["entity_id"]
    spoilt[0]["attribution_chain"] = [{"text": "aides", "entity_id": "e_" + "a" * 16, "cue": "said"}]
    spoilt[1]["attribution_chain"] = [{"text": "aides", "entity_id": entity, "cue": "said"}, {"text": "one"}]
    known = pl.Series([row["entity_id"] for row in MADE["entities"]])
    good, rejected = check_references(model, model.frame(spoilt), {"entities.entity_id": known})
    assert rejected["row_id"].to_list() == [spoilt[0]["claim_id"]]
    assert rejected["column"].to_list() == ["attribution_chain"]
    assert good.height == len(spoilt) - 1


def test_text_of_an_interrupted_span() -> None:
    assert spans_text("We will,” she said, “go on.", [(0, 7), (21, 26)]) == "We will go on"
