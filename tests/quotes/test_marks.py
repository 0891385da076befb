"""Which stretches stand between quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.asides import asides, is_aside
from pipeline.annotate.marks import quotations


def inner(text: str) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said: "We won."', ["We won."]),
        ("She said: “We won.”", ["We won."]),
        ("She said: ''We won.''", ["We won."]),
        ("She said: ``We won.''", ["We won."]),
        ("Elle dit : «Merci.»", ["Merci."]),
        ("Er sagte: »Danke.«", ["Danke."]),
        ("Er sagte: „Danke.“", ["Danke."]),
        ("”This is wrong,” he said.", ["This is wrong,"]),
        ("“This is wrong,“ he said.", ["This is wrong,"]),
        ('"One," he said, "and two."', ["One,", "and two."]),
        ("‘We can’t go on,’ said the workers’ leader.", ["We can’t go on,"]),
        ("'We can't go on,' said Tom.", ["We can't go on,"]),
        ("“He told me, ‘Go home,’ and I went.”", ["He told me, ‘Go home,’ and I went."]),
        ("“He said “no” to me,” she said.", ["He said “no” to me,"]),
    ],
)
def test_each_kind_of_mark(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The workers' rights and the owners' duties",
        "rock 'n' roll in the '90s",
        "It's Ann's, isn't it?",
        "He is 6'2\" tall.",
        'A 5" screen',
        "",
    ],
)
def test_what_is_no_quotation(text: str) -> None:
    assert inner(text) == []


def test_unclosed_quotation_runs_to_the_end_of_its_line_and_on_in_the_next() -> None:
    found = quotations("“One.\n\n“Two.\n\n“Three.”\n\n“Four.”")
    assert [(q.closed, q.continues) for q in found] == [(False, False), (False, True), (True, True), (True, False)]


def test_unclosed_quotation_does_not_swallow_a_line_without_marks() -> None:
    text = "“One.\n\nThe crowd left."
    assert inner(text) == ["One."]


def test_new_quotation_closes_one_that_was_left_open() -> None:
    assert inner("“We lost. “We will win.”") == ["We lost.", "We will win."]


MARKED = st.text(alphabet="ab .,?!\n\"'“”‘’«»„`—(6s", max_size=80)


@given(MARKED)
def test_quotations_are_in_order_and_within_one_line(text: str) -> None:
    end = 0
    for quotation in quotations(text):
        assert end <= quotation.start < quotation.inner_start <= quotation.inner_end <= quotation.end <= len(text)
        assert text[quotation.inner_start : quotation.inner_end].strip()
        assert "\n" not in text[quotation.start : quotation.end]
        end = quotation.end


@given(st.lists(st.sampled_from(["we won", "it is late", "she left"]), min_size=1, max_size=4))
def test_straight_and_curly_marks_read_alike(parts: list[str]) -> None:
    straight = " he said, ".join(f'"{part},"' for part in parts)
    curly = " he said, ".join(f"“{part},”" for part in parts)
    assert inner(straight) == inner(curly) == [f"{part}," for part in parts]


def test_captions_and_links_are_asides() -> None:
    assert is_aside("Ann Hill speaks in Rye on Monday. (Tom Berg/Rye Herald)")
    assert is_aside("READ MORE: Bridge to open in May")
    assert not is_aside("Ann Hill spoke in Rye (and Lewes).")
    assert not is_aside("Read the letter, she said.")
    text = "A town.\n\nA bridge. (Tom Berg/Rye Herald)"
    assert [text[start:end] for start, end in asides(text)] == ["A bridge. (Tom Berg/Rye Herald)"]
