"""Attributions: who says, thinks or shows what, found over the parse."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.annotate import engine
from pipeline.annotate.attributions import find
from pipeline.annotate.records import Attribution
from tests.quickest import quickest


def read(text: str) -> list[dict[str, Any]]:
    """The attributions of `text` with their words in place of offsets."""
    found = find(engine.parse(text))
    return [
        {
            "cue": record.cue_lemma,
            "source": text[slice(*record.source)] if record.source else None,
            "content": [text[start:end] for start, end in record.spans],
            "speech": record.speech,
            "assertive": record.assertive,
            "parent": record.parent,
            "form": record.form,
        }
        for record in found
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ours is a small port: the council proposes a ferry.",
        "She said the crew were “tired and badly paid.” Still, he denied the request.",
        "He had few patients, so he offered to work at the clinic.",
    ],
)
def test_what_stands_before_is_no_content(text: str) -> None:
    before = text.partition(":")[0].partition(", so")[0].partition(" Still")[0]
    assert all(row["cue"] == "say" or not any(words in before for words in row["content"]) for row in read(text))


def one(text: str, cue: str) -> dict[str, Any]:
    """The attribution of `text` with this cue."""
    found = [row for row in read(text) if row["cue"] == cue]
    assert found, f"no attribution with the cue {cue}: {read(text)}"
    return found[0]


SPEECH = [
    (
        "The mayor said the wall was “ugly” but would stand.",
        "say",
        "The mayor",
        ["the wall was “ugly” but would stand"],
    ),
    (
        "The mayor said the wall “would stand,” in a letter to the council.",
        "say",
        "The mayor",
        ["the wall “would stand"],
    ),
    (
        "The mayor argued that stone is better, “because it lasts for a hundred years.”",
        "argue",
        "The mayor",
        ["stone is better, “because it lasts for a hundred years"],
    ),
    (
        "The mayor says if elected again “I will mend the wall.”",
        "say",
        "The mayor",
        ["if elected again “I will mend the wall"],
    ),
    (
        "The ferry was late, according to the harbour office, but the mayor disagreed.",
        "according to",
        "the harbour office",
        ["The ferry was late"],
    ),
    ("It said the old pier had been sold twice.", "say", "It", ["the old pier had been sold twice"]),
    ("He said closing it would cost the town forty jobs.", "say", "He", ["closing it would cost the town forty jobs"]),
    (
        "A harbour spokesman, Olav Bruun, said on Saturday that there were two ferries at the pier.",
        "say",
        "A harbour spokesman, Olav Bruun",
        ["there were two ferries at the pier"],
    ),
    (
        "The ferry was late, she said, because the crew were ill.",
        "say",
        "she",
        ["The ferry was late", "because the crew were ill"],
    ),
    ("The pier, he said, “could be sold by May.”", "say", "he", ["The pier", "could be sold by May"]),
    (
        "The streets were empty, he added, “but the shops were open.”",
        "add",
        "he",
        ["The streets were empty", "but the shops were open"],
    ),
    ("The harbour master said that the ferry was late.", "say", "The harbour master", ["the ferry was late"]),
    ("The ferry was late, the harbour master said.", "say", "the harbour master", ["The ferry was late"]),
    ("The ferry, she said, was late.", "say", "she", ["The ferry", "was late"]),
    ('"The ferry is late," said Ana Bruun.', "say", "Ana Bruun", ["The ferry is late"]),
    (
        '"The ferry is late," said Ana Bruun. "It will dock at noon."',
        "say",
        "Ana Bruun",
        ["The ferry is late", "It will dock at noon"],
    ),
    ("“The ferry,” she said, “is late.”", "say", "she", ["The ferry", "is late"]),
    ('He said: "The ferry is late."', "say", "He", ["The ferry is late"]),
    ("The minister told reporters that the bridge would close.", "tell", "The minister", ["the bridge would close"]),
    (
        "According to the harbour office, the ferry was late.",
        "according to",
        "the harbour office",
        ["the ferry was late"],
    ),
    (
        "The ferry was late, according to the harbour office.",
        "according to",
        "the harbour office",
        ["The ferry was late"],
    ),
    ("He went on to say that the pier was unsafe.", "say", "He", ["the pier was unsafe"]),
    ("In a statement, the firm denied that it had dumped waste.", "deny", "the firm", ["it had dumped waste"]),
    ("The dam, as engineers have noted, is weak.", "note", "engineers", ["The dam", "is weak"]),
    ('"Come in," the old clerk purred.', "purr", "the old clerk", ["Come in"]),
    ('"It sank at dawn," he was quoted as saying.', "say", "he", ["It sank at dawn"]),
    ('The plan is "a disaster," the mayor said.', "say", "the mayor", ['The plan is "a disaster']),
]


@pytest.mark.parametrize(("text", "cue", "source", "content"), SPEECH, ids=[row[0][:40] for row in SPEECH])
def test_speech_has_its_source_and_its_words(text: str, cue: str, source: str, content: list[str]) -> None:
    row = one(text, cue)
    assert (row["source"], row["content"]) == (source, content)
    assert row["speech"] and row["assertive"]


UNSPOKEN = [
    ("Residents fear that the wall will fall.", "fear", "Residents", ["the wall will fall"]),
    ("The union hopes to win the vote.", "hope", "The union", ["to win the vote"]),
    ("She vowed to appeal.", "vow", "She", ["to appeal"]),
    ("Photos show that the roof is gone.", "show", "Photos", ["the roof is gone"]),
    ("The storm is expected to weaken on Friday.", "expect", None, ["The storm", "to weaken on Friday"]),
    ("They urged the council to act.", "urge", "They", ["the council to act"]),
    ("He accused the firm of theft.", "accuse", "He", ["the firm of theft"]),
    ("She described the room as empty.", "describe", "She", ["the room as empty"]),
    ("Farmers are opposed to the dam.", "opposed", "Farmers", ["the dam"]),
    ("The coach is confident that the team will win.", "confident", "The coach", ["the team will win"]),
    ("Her claim that the well is dry was checked.", "claim", "Her", ["the well is dry"]),
    ("Their fear is that the dam will break.", "fear", "Their", ["the dam will break"]),
    ("The mill reportedly closed in May.", "reportedly", None, ["The mill", "closed in May"]),
    (
        "In a poll of 900 voters, Smith led Bruun by two points.",
        "in",
        "a poll of 900 voters",
        ["Smith led Bruun by two points"],
    ),
    ("Reports emerged on Friday that another boat had sunk.", "report", None, ["another boat had sunk"]),
]


@pytest.mark.parametrize(("text", "cue", "source", "content"), UNSPOKEN, ids=[row[0][:40] for row in UNSPOKEN])
def test_thoughts_attitudes_and_evidence_are_no_speech(
    text: str, cue: str, source: str | None, content: list[str]
) -> None:
    row = one(text, cue)
    assert (row["source"], row["content"]) == (source, content)
    assert not row["speech"]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Asked whether the pier was safe, the mayor left.", "ask"),
        ("The clerk declined to name the buyer.", "decline"),
        ("The office refused to say whether the ship had docked.", "say"),
        ("She wondered if the shop was open.", "wonder"),
    ],
)
def test_questions_and_refusals_assert_nothing(text: str, cue: str) -> None:
    assert not one(text, cue)["assertive"]


def test_a_quoted_question_is_speech_of_the_one_who_asks() -> None:
    row = one('"Is the pier safe?" the mayor asked.', "ask")
    assert row["assertive"] and row["speech"] and row["source"] == "the mayor"


def test_what_a_circumstance_suggests_nobody_said() -> None:
    assert not one("The gates were shut, which suggests that the crew had left.", "suggest")["speech"]


def test_a_participle_that_is_a_cue_begins_an_attribution_of_its_own() -> None:
    text = "The mayor said the pier was unsafe, adding that it would be torn down."
    assert one(text, "say")["content"] == ["the pier was unsafe"]
    assert one(text, "add")["content"] == ["it would be torn down"]
    assert one(text, "add")["source"] == "The mayor"


def test_cues_inside_a_quotation_belong_to_its_speaker() -> None:
    text = '"I think the crew said that the engine failed," the owner said.'
    assert [row["cue"] for row in read(text)] == ["say"]
    assert read(text)[0]["source"] == "the owner"


def test_unquoted_content_nests() -> None:
    text = "Officials said that witnesses claimed the truck was empty."
    outer, inner = one(text, "say"), one(text, "claim")
    assert inner["source"] == "witnesses"
    assert read(text)[inner["parent"]]["cue"] == "say"
    assert outer["parent"] is None


def test_what_someone_calls_something_stands_inside_other_content() -> None:
    text = 'He wants to end what Ana Bruun called "a perception problem."'
    assert one(text, "call")["source"] == "Ana Bruun"
    assert one(text, "call")["content"] == ["a perception problem"]


def test_what_was_not_said_is_not_asserted_and_imperatives_are_the_writers() -> None:
    assert not one("He did not say that the ferry was late.", "say")["assertive"]
    assert read("Note that the ferry leaves at noon.") == []


def test_a_cue_of_two_words_keeps_them_out_of_the_content() -> None:
    assert one("He has made it clear that he will not sell.", "make clear")["content"] == ["he will not sell"]


def test_a_clause_far_from_its_cue_is_found() -> None:
    row = one("Ana Bruun told Smith at a debate on Monday that voters were tired.", "tell")
    assert (row["source"], row["content"]) == ("Ana Bruun", ["voters were tired"])


def test_a_dateline_is_no_content() -> None:
    text = "OSLO (AP) — The ferry was late on Monday, the harbour office said."
    assert one(text, "say")["content"] == ["The ferry was late on Monday"]


def test_coordinated_reports_are_two() -> None:
    text = "She said the pier was unsafe and warned that the crane would fall."
    assert one(text, "say")["content"] == ["the pier was unsafe"]
    assert one(text, "warn")["content"] == ["the crane would fall"]


def test_a_cue_after_a_finished_quotation_has_content_of_its_own() -> None:
    text = 'He called the plan "a mess." She writes that the plan is sound.'
    assert one(text, "write")["content"] == ["the plan is sound"]


def test_a_colon_carries_over_a_paragraph_break_and_a_comma_less_cue_does_not() -> None:
    assert one('The owner said:\n\n"The mill is closed."', "say")["content"] == ["The mill is closed"]
    assert not any(row["cue"] == "say" for row in read('That is what the owner said.\n\n"Low Water" opens today.'))


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    text = '"The mill is old," he said. "It leaks.\n\n"And it burned twice."'
    assert one(text, "say")["content"][-1] == "And it burned twice"


@pytest.mark.parametrize(
    "text",
    [
        "The ferry was late again on Tuesday.",
        "The shop sells bread, milk and eggs.",
        "Low Water: a guide to the coast.",
        "WATCH: The moment the tower fell.",
    ],
)
def test_plain_text_attributes_nothing(text: str) -> None:
    assert read(text) == []


WORDS = "said he the mayor that denied claims according to whether asked told them is late Ana Bruun It was and 10 km"
MARKS = [
    "“",
    "”",
    '"',
    "''",
    "«",
    "»",
    "‘",
    "’",
    ",",
    ".",
    ":",
    ";",
    "—",
    "\n",
    "\n\n",
    "(",
    ")",
    "...",
    "?",
    "!",
    "🚢",
    "é",
]
FRAGMENTS = st.sampled_from([*WORDS.split(), *MARKS, "https://example.org", "a't"])


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, max_size=40).map(" ".join))
def test_any_text_yields_sound_records(text: str) -> None:
    parse = engine.parse(text)
    found = find(parse)
    assert found == find(parse)
    for number, record in enumerate(found):
        _check(text, record)
        seen = {number}
        while record.parent is not None:
            assert record.parent not in seen
            seen.add(record.parent)
            record = found[record.parent]


def _check(text: str, record: Attribution) -> None:
    assert record.spans
    position = 0
    for start, end in record.spans:
        assert position <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        position = end
    for pair in (record.source, record.cue):
        if pair is not None:
            assert 0 <= pair[0] < pair[1] <= len(text)


def test_work_grows_with_the_text_and_not_with_its_square() -> None:
    line = 'The mayor said that the clerk claimed the "pier" was shut, adding that it leaks. '
    short, long = (engine.parse("\n\n".join([line] * times)) for times in (50, 400))
    assert find(short)
    assert quickest(lambda: find(long)) < 24 * quickest(lambda: find(short))  # the square would be 64


@pytest.mark.parametrize(
    "text",
    [
        "“This is on me,” Singh wrote. “I hired too fast.” The cuts, first reported by a paper, will begin next week.",
        "Her husband said they were “over the moon.” She’ll be sworn in next Tuesday.",
    ],
)
def test_what_comes_after_a_closed_quotation_does_not_say_it(text: str) -> None:
    assert {row["source"] for row in read(text)} <= {"Singh", "Her husband"}


def test_a_speaker_behind_a_closed_quotation_still_says_it() -> None:
    assert one("“I ran too fast.” Singh said that twice.", "say")["source"] == "Singh"
    assert one("“No.” She would say it again.", "say")["source"] == "She"
