"""The edit chain: whatever is edited, the pieces cover the source and make the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.edits import COPY, INSERT, Draft, DraftBlock, Edit, EditedText


def test_pieces_of_the_docstring():
    edited = EditedText.whole("&amp; now <b>this</b>").replace([Edit(0, 5, "html_entity", "&")])
    edited = edited.replace([Edit(6, 9, "html_tag"), Edit(13, 17, "html_tag")])
    assert edited.text == "& now this"
    assert [(piece.kind, piece.start, piece.end) for piece in edited.pieces] == [
        ("copy", 0, 1), ("html_entity", 1, 5), ("copy", 5, 10), ("html_tag", 10, 13), ("copy", 13, 17),
        ("html_tag", 17, 21),
    ]  # fmt: skip


def test_overlapping_edits_are_refused():
    with pytest.raises(ValueError, match="overlaps"):
        EditedText.whole("abcdef").replace([Edit(0, 3, "x"), Edit(2, 4, "y")])
    with pytest.raises(ValueError, match="outside"):
        EditedText.whole("abc").replace([Edit(2, 9, "x")])


def test_blocks_move_along():
    draft = Draft(EditedText.whole("aa bb\ncc dd"), [DraftBlock(0, 5), DraftBlock(6, 11)])
    draft = draft.replace([Edit(0, 3, "x"), Edit(8, 9, "y", "---")])
    assert [draft.block_text(block) for block in draft.blocks] == ["bb", "cc---dd"]


def test_an_emptied_block_disappears():
    draft = Draft(EditedText.whole("aa\nbb"), [DraftBlock(0, 2), DraftBlock(3, 5)]).replace([Edit(0, 2, "x")])
    assert [draft.block_text(block) for block in draft.blocks] == ["bb"]


@st.composite
def edit_rounds(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    source = draw(st.text("ab<>&é \n", max_size=30))
    rounds, size = [], len(source)
    for _ in range(draw(st.integers(0, 4))):
        bounds = sorted(draw(st.lists(st.integers(0, size), max_size=6, unique=True)))
        edits = [
            Edit(start, end, draw(st.sampled_from("xyz")), draw(st.text("aé&", max_size=3)))
            for start, end in zip(bounds[::2], bounds[1::2], strict=False)
        ]
        rounds.append(edits)
        size += sum(len(edit.insert) - (edit.end - edit.start) for edit in edits)
    return source, rounds


@given(edit_rounds())
def test_pieces_cover_the_source(example: tuple[str, list[list[Edit]]]):
    source, rounds = example
    edited, expected = EditedText.whole(source), source
    for edits in rounds:
        edited = edited.replace(edits)
        for edit in reversed(edits):
            expected = expected[: edit.start] + edit.insert + expected[edit.end :]
    assert edited.text == expected
    done = 0
    for piece in edited.pieces:
        assert piece.start == done
        assert piece.kind != COPY or source[piece.start : piece.end] == piece.text
        assert (piece.kind in {COPY, INSERT}) == bool(piece.text)
        done = piece.end
    assert done == len(source)


def test_runs_of_a_page():
    source = "<p>One &amp; two</p><p>Three</p>"
    draft = Draft.of_runs(source, [("paragraph", [(3, 7), "&", (12, 16)]), (None, [(23, 28)])], lambda text: "markup")
    assert draft.text == "One & two\n\nThree"
    assert [draft.block_text(block) for block in draft.blocks] == ["One & two", "Three"]
    assert [piece.end for piece in draft.edited.pieces][-1] == len(source)


def test_a_run_that_goes_back_is_inserted():
    draft = Draft.of_runs("abc", [(None, [(1, 3)]), (None, [(0, 1)])], lambda text: "markup")
    assert draft.text == "bc\n\na"
    assert [piece.kind for piece in draft.edited.pieces] == ["markup", COPY, INSERT, INSERT]
