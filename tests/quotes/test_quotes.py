"""Who said what, on made-up articles."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.annotate import attributions, coreference, engine, names, quotes
from pipeline.annotate.records import Quote


def found(text: str) -> list[Quote]:
    parse = engine.parse(text)
    mentions, entities = names.find(parse)
    mentions = coreference.resolve(parse, mentions, entities)
    return quotes.find(parse, attributions.find(parse), mentions, entities)


def words(text: str, quote: Quote) -> list[str]:
    return [text[start:end] for start, end in quote.spans]


def speakers(text: str) -> list[tuple[str | None, str]]:
    return [(quote.speaker_name, quote.speaker_resolution) for quote in found(text)]


OPENING = "Mayor Linda Carver said on Monday that the bridge would open in May.\n\n"


def test_pronoun_surname_and_carried_speakers() -> None:
    text = OPENING + (
        '"It is safe," she said. "We tested it twice."\n\n"I would walk over it today," Carver added.\n\n'
        '"It is a fine bridge."'
    )
    assert speakers(text) == [
        ("Linda Carver", "name"),
        ("Linda Carver", "pronoun"),
        ("Linda Carver", "carried"),
        ("Linda Carver", "surname"),
        ("Linda Carver", "carried"),
    ]


def test_role_noun_is_its_holder() -> None:
    text = (
        OPENING
        + 'Robert Lang, an engineer, disagreed. "It is too thin," the mayor was told. "It holds," the mayor replied.'
    )
    replied = [quote for quote in found(text) if quote.cue_lemma == "reply"]
    assert [(quote.speaker_name, quote.speaker_resolution) for quote in replied] == [("Linda Carver", "role")]


def test_last_main_subject_speaks_not_the_nearest_name() -> None:
    text = "Robert Lang, who once worked for Peter Miller, left the council on Friday.\n\n“I have had enough,” he said."
    assert speakers(text) == [("Robert Lang", "pronoun")]


def test_gender_tells_two_persons_apart() -> None:
    text = "Linda Carver met Robert Lang on Monday.\n\n“It went well,” she said.\n\n“It went badly,” he said."
    assert [name for name, _ in speakers(text)] == ["Linda Carver", "Robert Lang"]


def test_two_equal_candidates_give_no_name() -> None:
    text = "Peter Miller and Robert Lang left the council on Friday.\n\n“I have had enough,” he said."
    [quote] = found(text)
    assert quote.speaker_name is None
    assert text[quote.speaker_start : quote.speaker_end] == "he"
    assert quote.confidence is None


def test_interrupted_sentence_is_one_row_and_new_sentence_another() -> None:
    text = OPENING + '"We will build it," Carver said, "and we will pay for it." "Soon," she said. "Very soon."'
    rows = [words(text, quote) for quote in found(text)][1:]
    assert rows[0] == ['"We will build it,"', '"and we will pay for it."']
    assert rows[1:] == [['"Soon,"'], ['"Very soon."']]


def test_speech_over_several_paragraphs_is_one_row() -> None:
    text = OPENING + "“My father drove a bus,” she said. “He was proud.\n\n“He never complained.\n\n“I miss him.”"
    rows = found(text)
    assert words(text, rows[-1]) == ["“He was proud.", "“He never complained.", "“I miss him.”"]
    assert rows[-1].spans_paragraphs
    assert rows[-1].speaker_name == "Linda Carver"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is safe,” Linda Carver said, adding that it “holds ten trucks a day.”", ["“It is safe,”"]),
        ("“It is safe,” said Linda Carver, who runs the “Bridges First” project.", ["“It is safe,”"]),
        ("Linda Carver urged the council “to act before the winter comes.”", ["“to act before the winter comes.”"]),
        ("He was also described as “lacking a conscience.”", ["“lacking a conscience.”"]),
    ],
)
def test_a_row_holds_the_words_of_its_own_cue(text: str, expected: list[str]) -> None:
    assert words(text, found(text)[0]) == expected


def test_a_headline_that_starts_with_a_name_and_a_colon_is_that_persons() -> None:
    text = "Linda Carver: I will mend the bridge\n\nMayor Linda Carver spoke in Rye on Monday."
    assert [(words(text, quote), quote.speaker_name) for quote in found(text)] == [
        (["I will mend the bridge"], "Linda Carver")
    ]


def test_mixed_quote_is_one_row() -> None:
    text = "Linda Carver said the bridge was “a work of art” and would stand for years."
    [quote] = found(text)
    assert quote.type == "mixed"
    assert 0.1 < quote.quoted_fraction < 0.6
    assert words(text, quote) == ["the bridge was “a work of art” and would stand for years"]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “bridge to nowhere” closed on Monday.",
        "She watched “The Long Way Home” on Monday.",
        "Peter Miller refused to say whether he would stay.",
        "Peter Miller criticized the new bridge on Monday.",
        "The 'sinking' pier was shut.",
        "Linda Carver on a bridge that she said was safe. (Robert Lang/Valley News)",
        "READ MORE: Carver says bridge is safe",
        "The result suggests that the bridge is safe.",
        "The street is sometimes referred to as “our little dragon” by night.",
        "She flew to Rye to promote “The Crossing.”",
    ],
)
def test_what_is_no_quote(text: str) -> None:
    assert found(text) == []


def test_unnamed_sources_keep_their_words() -> None:
    text = "Police said two men were held. According to two officials, the bridge is closed."
    assert [(quote.speaker_name, quote.speaker_kind) for quote in found(text)] == [(None, "unnamed")] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We won," Linda Carver told reporters.', "press"),
        ("Linda Carver tweeted that she was tired.", "social"),
        ("Linda Carver said in a statement that the bridge was safe.", "statement"),
        ("Linda Carver said in an interview that the bridge was safe.", "interview"),
        ("Linda Carver told the jury that she was at home.", "court"),
        ("Linda Carver said that the bridge was safe.", None),
    ],
)
def test_channel(text: str, expected: str | None) -> None:
    assert [quote.channel for quote in found(text)] == [expected]


def test_british_single_marks() -> None:
    text = "‘We can’t go on like this,’ said Peter Miller, who runs the workers’ club. ‘The roof leaks.’"
    assert [(words(text, quote), quote.speaker_name) for quote in found(text)] == [
        (["‘We can’t go on like this,’"], "Peter Miller"),
        (["‘The roof leaks.’"], "Peter Miller"),
    ]


def test_turns_of_an_interview_belong_to_their_labels() -> None:
    text = (
        "Linda Carver spoke to Robert Lang of the Valley News.\n\n"
        "Lang: Is it safe?\n\nCarver: It is. He said so.\n\nLang: When does it open?\n\nCarver: In May."
    )
    assert [(words(text, quote), quote.type, quote.speaker_name) for quote in found(text)] == [
        (["Is it safe?"], "direct", "Robert Lang"),
        (["It is. He said so."], "direct", "Linda Carver"),
        (["When does it open?"], "direct", "Robert Lang"),
        (["In May."], "direct", "Linda Carver"),
    ]


def test_labels_that_are_no_speakers() -> None:
    assert found("MYTH: It is old.\n\nFACT: It is new.\n\nMYTH: It is big.\n\nFACT: It is small.") == []


def test_nothing_in_nothing_out() -> None:
    assert found("") == []
    assert found("\n\n \n") == []


MARKS = ['"', "'", "“", "”", "‘", "’", "«", "»", "''", ",", ".", "?", ":", "—", "(", ")", "\n\n"]
WORDS = ["Linda Carver", "she", "said", "told", "that", "it is late", "according to", "the mayor", "his", "who"]
PIECES = st.sampled_from(MARKS + WORDS)


def check_rows(text: str) -> None:
    """Every row of a text lies inside it, in order, with a speaker that is whole or absent."""
    for quote in found(text):
        assert quote.spans == sorted(quote.spans)
        assert (quote.spans[0][0], quote.spans[-1][1]) == (quote.start, quote.end)
        assert all(0 <= start < end <= len(text) for start, end in quote.spans)
        assert 0 <= quote.quoted_fraction <= 1
        assert (quote.speaker_name is None) == (quote.speaker_entity is None)
        assert quote.speaker_start is None or quote.speaker_start < quote.speaker_end <= len(text)
        assert quote.confidence is None or 0 < quote.confidence < 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=25))
def test_any_marks_give_sound_rows(pieces: list[str]) -> None:
    check_rows(" ".join(pieces).replace(" ,", ",").replace("“ ", "“").replace(" ”", "”"))


#: Every kind of mark that stands for, or is taken for, a quotation mark.
EVERY_MARK = [*"\"'“”‘’„‟‚‛«»‹›″′`´＂＇", "''", "``", "\n\n"]
REPORT = (
    "Mayor Linda Carver, who opened the bridge, said on Monday that it was safe. We tested it twice, she told "
    "reporters, adding that it holds ten trucks. According to Robert Lang, an engineer, the mayor's bridge is weak: "
    "it was described as a work of art. He urged the council to act, asked why it had not, and refused to say more."
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(REPORT)), st.sampled_from(EVERY_MARK)), min_size=1, max_size=12))
def test_marks_put_anywhere_give_sound_rows(marks: list[tuple[int, str]]) -> None:
    text = REPORT
    for place, mark in sorted(marks, reverse=True):
        text = text[:place] + mark + text[place:]
    check_rows(text)
