"""The body of a text: markup, white space, wraps, broken paragraphs, crossheads."""

from __future__ import annotations

import pytest

from tests.ingest_text.accounting import BODY, cleaned, kinds, removed

FIRST, SECOND = BODY.split("\n\n")


@pytest.mark.parametrize(
    ("raw", "clean", "kind"),
    [
        ("The <u>old</u> wall", "The old wall", "html_tag"),
        ("The <a href='x?a=1&b=2'>old</a> wall", "The old wall", "html_tag"),
        ("Quist &amp; Sons", "Quist & Sons", "html_entity"),
        ("Quist &amp;amp; Sons", "Quist & Sons", "html_entity"),
        ("the owner&#8217;s dog", "the owner’s dog", "html_entity"),
        ("the wall<!-- ad slot --> cracked", "the wall cracked", "html_comment"),
        ("the wall <script>var a = 'b';</script>cracked", "the wall cracked", "html_script"),
        ("the **older** wall", "the older wall", "markdown_emphasis_marker"),
        ("har\u00adbour wall", "harbour wall", "soft_hyphen"),
        ("har\u200bbour wall", "harbour wall", "zero_width"),
        ("the wall\x07 cracked", "the wall cracked", "control_character"),
        ("the ownerâ€™s dog", "the owner’s dog", "mojibake"),
        ("cafÃ© by the wall", "café by the wall", "mojibake"),
    ],
)
def test_markup_goes_and_its_words_stay(raw: str, clean: str, kind: str):
    text = f"{FIRST} {raw}, he said.\n\n{SECOND}"
    article = cleaned(text)
    assert f" {clean}, he said." in article.text
    assert {name for name, _ in removed(article, text)} == {kind}


@pytest.mark.parametrize(
    "kept",
    [
        "the <b> tag is old",
        "3 < 5 and 7 > 6",
        "AT&T and R&D",
        "“curly” and ‘single’ quotes – with dashes — and an ellipsis…",
        "the s**t hit the fan",
        "a 50*50*20 box",
        "a ﬁne ligature",
        "Tromsø, Łódź and Āwhitu",
        "the 👩🏽\u200d🔬 emoji",
    ],
)
def test_what_looks_like_markup_stays(kept: str):
    text = f"{FIRST} {kept}, he said.\n\n{SECOND}"
    article = cleaned(text)
    assert article.text == text
    assert not removed(article, text)


def test_markdown_links_and_images():
    text = f'{FIRST} See [the *full* plan](https://h.example/plan "Plan").\n\n![wall](w.png)\n\n> {SECOND}'
    article = cleaned(text, "text/markdown")
    assert article.text == f"{FIRST} See the full plan.\n\n{SECOND}"


def test_spaces_and_line_ends():
    article = cleaned(f"{FIRST}\r\n\r\n\tTwo\u00a0 words and a tab\there, he said.\r\n\r\n{SECOND}\r\n")
    assert article.text == f"{FIRST}\n\nTwo words and a tab here, he said.\n\n{SECOND}"


def test_wrapped_lines_are_joined():
    import textwrap

    wrapped = "\n\n".join(textwrap.fill(part, 60, break_on_hyphens=False) for part in (FIRST, SECOND, FIRST))
    article = cleaned(wrapped)
    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{FIRST}"
    assert {kind for kind, _ in removed(article, wrapped)} == {"line_wrap"}


def test_lines_that_are_paragraphs_are_not_joined():
    article = cleaned(BODY.replace("\n\n", "\n"))
    assert article.text == BODY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The second crack was found by a diver on Monday evening outside", "Oslo this month."),
        ("The ministry, which had promised twice to pay for the repairs of both the walls of the harbour,", "said no."),
        ("He told reporters after the meeting that the cost would be paid by the", "European Union."),
    ],
)
def test_a_falsely_broken_paragraph_is_joined(before: str, after: str):
    text = f"{FIRST}\n\n{before}\n\n{after}\n\n{SECOND}"
    article = cleaned(text)
    assert article.text == f"{FIRST}\n\n{before} {after}\n\n{SECOND}"
    assert removed(article, text) == [("false_paragraph_break", "\n\n")]
    assert "joined_broken_paragraph" in article.flags


def test_a_paragraph_broken_by_an_advertisement_is_joined():
    text = (
        f"{FIRST}\n\nThe second crack was found by a diver on Monday evening near\n\nAdvertisement\n\nOslo.\n\n{SECOND}"
    )
    assert "evening near Oslo." in cleaned(text).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("What the engineers were looking for", "The wall was last inspected in March."),
        ("The Walls That the Whole Town Was Talking About and Looked At", "It began in March."),
        ("The second crack was found by a diver.", "outside the harbour, nobody knew."),
        ("Three things to know about the wall:", "it is old."),
        ("Even the harbour master of the town did not know what it was all for", "Nobody did, it seems."),
    ],
)
def test_a_true_paragraph_break_stays(before: str, after: str):
    text = f"{FIRST}\n\n{before}\n\n{after}\n\n{SECOND}"
    assert cleaned(text).text == text


def test_crossheads():
    lines = ["Divers at the wall", "Accident or neglect?"]
    article = cleaned(f"{FIRST}\n\n{lines[0]}\n\n{SECOND}\n\n{lines[1]}\n\n{FIRST}")
    assert kinds(article) == ["paragraph", "crosshead", "paragraph", "crosshead", "paragraph"]


@pytest.mark.parametrize(
    "line", ["“It will hold,” she said.", "Nobody was hurt.", "QUIST: It will hold", "and so it did"]
)
def test_short_paragraphs_are_no_crossheads(line: str):
    assert kinds(cleaned(f"{FIRST}\n\n{line}\n\n{SECOND}")) == ["paragraph"] * 3


def test_the_last_line_heads_nothing():
    assert kinds(cleaned(f"{BODY}\n\nDivers at the wall"))[-1] == "paragraph"


def test_a_footnote_mark_and_a_table_rule_go():
    text = f"{FIRST}[^1]\n\n| wall | age |\n|------|-----|\n| old | 300 |\n\n{SECOND} See the full plan of the harbour."
    article = cleaned(text, "text/markdown")
    assert article.text == f"{FIRST}\n\n| wall | age |\n\n| old | 300 |\n\n{SECOND} See the full plan of the harbour."
    assert {kind for kind, _ in removed(article, text)} == {"markdown_footnote", "rule"}
