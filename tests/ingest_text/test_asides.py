"""What stands in a text and is not the article's: taken out, kept as notes, and never more than that."""

from __future__ import annotations

import pytest

from tests.ingest_text.accounting import BODY, cleaned, kinds, removed

FIRST, SECOND = BODY.split("\n\n")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Advertisement", "advertisement"),
        ("Advertisement Advertisement", "advertisement"),
        ("Story continues below advertisement", "advertisement"),
        ("Read more: Harbour wall was inspected in March", "read_more"),
        ("RELATED: The long decline of the ferry", "read_more"),
        ("Ferry fares to rise again in spring Read more", "read_more"),
        ("(ALSO: Ten piers that time forgot)", "read_more"),
        ("Click here to see the harbour plan", "read_more"),
        ("Sign up for our weekly newsletter and never miss a tide.", "subscription"),
        ("Follow Ada Quist on Twitter @adaquist", "subscription"),
        (
            "The Harbour Letter. Every week, in your inbox. Invalid email address. Please re-enter. Sign Up You will"
            " receive emails containing news and offers. You may opt out at any time.",
            "subscription",
        ),
        (
            "Get the Tide Brief. Sign up to receive the top stories. Choose your country "
            + " ".join(["Albania Algeria Andorra Angola"] * 90),
            "subscription",
        ),
        ("Share this story on Facebook", "share"),
        ("Share this: Twitter", "share"),
        ("next Image 1 of 2", "interface"),
        (
            "JUST WATCHED The wall gives way Replay More Videos ... MUST WATCH The wall gives way 01:37",
            "interface",
        ),
        ("191217070423101", "embed"),
        ("[image]", "interface"),
        ("Photo", "interface"),
        ("This article is more than 3 years old", "interface"),
        ("* * *", "rule"),
        ("https://twitter.com/harbour/status/12345", "embed"),
        ("© 2021 The Harbour Gazette. All rights reserved.", "copyright"),
    ],
)
def test_a_line_of_the_page_is_taken_out(line: str, kind: str):
    text = f"{FIRST}\n\n{line}\n\n{SECOND}"
    article = cleaned(text)
    assert article.text == BODY
    assert removed(article, text) == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Read the room, the minister was told by her own party last week.",
        "More than forty people signed up for the newsletter of the fishing port within a day.",
        "“Follow me on Twitter,” the mayor told the crowd, and left.",
        "Related charges against the two brothers were dropped in May.",
        "Photo opportunities are rare on the island.",
        "See what happens when the tide turns.",
        "Correct the record, the harbour master said, or resign.",
        "“Of course that contributed to the collapse,” said an engineer.",
        "Update your boats, the authority advised fishermen on Monday.",
        "UPDATE 11:15 a.m. The mayor has arrived at the pier and is talking to fishermen.",
        "The report was later corrected by the ministry, which had counted some ships twice.",
        "Share prices of the ferry line fell by a tenth.",
        "By signing up you agree to share your data, the regulator warned fishermen on Monday.",
        "The form then asks you to enter your email, and nobody reads on, the inquiry found.",
        "Those who had just watched the wall give way asked for more videos.",
        "Embedded reporters were sent home in the first week.",
        "Advertisement revenue fell by half at the local paper.",
    ],
)
def test_a_sentence_that_begins_like_one_stays(line: str):
    text = f"{FIRST}\n\n{line}\n\n{SECOND}"
    article = cleaned(text)
    assert article.text == text
    assert not removed(article, text)


def test_an_empty_embed_does_not_swallow_the_next_paragraph():
    text = f"{FIRST}\n\n## Embed:\n\n{SECOND}"
    article = cleaned(text)
    assert article.text == BODY
    assert removed(article, text) == [("embed_marker", "## Embed:")]
    assert "empty_embed" in article.flags


def test_an_embed_takes_its_address_and_no_more():
    text = f"{FIRST}\n\nEmbed:\n\nhttps://example.org/video/7\n\n{SECOND}"
    article = cleaned(text)
    assert article.text == BODY
    assert [kind for kind, _ in removed(article, text)] == ["embed_marker", "embed"]
    assert "empty_embed" not in article.flags


@pytest.mark.parametrize(
    ("caption", "credit", "agencies"),
    [
        ("The older wall at low tide.", "Ada Quist (CC BY-SA 4.0)", []),
        ("The older wall at low tide.", "(Ada Quist/Reuters)", [("Reuters", "photo")]),
        ("Fishermen wait on the pier.", "Photo: Ada Quist", []),
        ("Fishermen wait on the pier.", "(AP Photo/Ada Quist)", [("AP", "photo")]),
        ("", "A. B. Quist / Getty Images", [("Getty Images", "photo")]),
    ],
)
def test_captions_and_credits_are_notes(caption: str, credit: str, agencies: list[tuple[str, str]]):
    article = cleaned(f"{caption} {credit}\n\n{BODY}")
    assert article.text == BODY
    assert article.notes == [("caption", caption)] * bool(caption) + [("credit", credit)]
    assert article.agencies == agencies


def test_a_gallery_is_its_captions():
    gallery = (
        "Photos: Life at the harbour Fishermen wait on the pier. Hide Caption 1 of 3 Photos: Life at the harbour"
        " A diver says the wall will hold. Hide Caption 2 of 3 The ferry leaves. Hide Caption 3 of 3"
    )
    article = cleaned(f"{FIRST}\n\n{gallery}\n\n{SECOND}")
    assert article.text == BODY
    assert article.notes == [
        ("caption", "Photos: Life at the harbour Fishermen wait on the pier."),
        ("caption", "Photos: Life at the harbour A diver says the wall will hold."),
        ("caption", "The ferry leaves."),
    ]


@pytest.mark.parametrize(
    ("line", "note", "agencies"),
    [
        ("AFP contributed reporting.", "agency", [("AFP", "contributed")]),
        ("The Associated Press contributed to this report.", "agency", [("AP", "contributed")]),
        ("(Reporting by Ada Quist; Editing by Bo Lind for Reuters)", "agency", [("Reuters", "whole")]),
        ("Copyright 2021 The Associated Press. All rights reserved.", "agency", [("AP", "whole")]),
        ("Ada Quist contributed to this report.", "credit", []),
        ("Updates with comment from the harbour master.", "update", []),
        ("This story was updated at 3:47 p.m.", "update", []),
        ("Correction: An earlier version of this article gave the wrong height of the wall.", "correction", []),
    ],
)
def test_what_the_newsroom_says_is_a_note(line: str, note: str, agencies: list[tuple[str, str]]):
    article = cleaned(f"{BODY}\n\n{line}")
    assert article.text == BODY
    assert article.notes == [(note, line)]
    assert article.agencies == agencies


def test_an_agency_dateline_is_credited_and_taken_out():
    article = cleaned(f"OSLO, Norway (Reuters) - {BODY}")
    assert article.text == BODY
    assert article.agencies == [("Reuters", "whole")]
    assert article.notes == [("agency", "OSLO, Norway (Reuters) -")]


def test_a_sentence_that_names_an_agency_keeps_it():
    text = f"A spokesman told the agency (Reuters) - which had asked twice - that the wall was safe.\n\n{BODY}"
    assert cleaned(text).text == text


def test_the_address_in_a_footer_tells_address_and_date():
    url = "https://harbour.example/2021/03/05/walls-crack-a123"
    text = f"{BODY}\n\n## Original url:\n\n{url}"
    article = cleaned(text)
    assert article.text == BODY
    assert (article.url, article.notes) == (url, [("url", url)])
    assert article.published_evidence == [("url_path", "2021/03/05")]
    assert [kind for kind, _ in removed(article, text)] == ["url_marker", "url"]


def test_bullets_go_and_items_stay():
    article = cleaned(f"{FIRST}\n\n• the older wall\n• the newer wall\n\n{SECOND}")
    assert kinds(article) == ["paragraph", "list_item", "list_item", "paragraph"]
    assert "the older wall\n\nthe newer wall" in article.text


def test_the_address_in_an_unmarked_line_of_a_text_is_no_source():
    article = cleaned(f"{FIRST}\n\nhttps://shop.example/2021/03/05/boots\n\n{SECOND}")
    assert (article.url, article.published_at) == (None, None)
