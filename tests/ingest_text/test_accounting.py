"""For any bytes: kept and removed are the input, offsets rise, and what is clean stays as it is."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.ingest.clean import clean
from pipeline.ingest.records import Given, RawRecord, Reject
from tests.ingest_text.accounting import BODY, account

#: What texts are made of: running text, markup, marks, asides, in any order.
FRAGMENTS = st.sampled_from(
    [
        *BODY.split("\n\n"), "\n", "\n\n", "\r\n", " ", "\t", "# ", "## Embed:", "## Original url:", "* ", "- ", "> ",
        "**", "__", "_", "`", "[a](http://b.c)", "<u>", "</u>", "<p>", "<br>", "<!--", "-->", "<script>", "</script>",
        "&amp;", "&#8217;", "&amp;lt;b&amp;gt;", "&#x0;", "\u00ad", "\u200b", "\ufeff", "\u2028", "\x00",
        "\x85", "â€™", "Ã©", "é", "”", "😀", "By Ada Quist", "March 5, 2021", "Updated at 3 p.m.",
        "(Ada Quist/Reuters)",
        "(CC BY-SA 4.0)",
        "OSLO (AP) - ", "Image caption ", "Image copyright ", "toggle caption ", "Story highlights ", "Advertisement",
        "Hide Caption 1 of 2", "Replay More Videos ... MUST WATCH ", "JUST WATCHED ", "Sign Up",
        "Invalid email address.",
        "Read more", "---", "https://x.example/2021/03/05/a", "AFP contributed reporting.", "outside", "title: a",
        "Cracks close both piers of the harbour", "author: b", "•", "1. ", "’s", "…", "\u200d", "\xa0", "\u0301",
    ]
)  # fmt: skip
TEXTS = st.lists(FRAGMENTS, max_size=25).map("".join)


def _check(payload: bytes, media_type: str, title: str | None, encoding: str | None = None) -> None:
    article = clean(RawRecord("own.txt", payload, media_type, Given("record", title=title), encoding))
    if not isinstance(article, Reject):
        account(article, payload)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["text/plain", "text/markdown"]), st.none() | FRAGMENTS)
def test_every_byte_of_a_text_is_accounted_for(text: str, media_type: str, title: str | None):
    _check(text.encode(), media_type, title)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "cp1252", "shift_jis", "utf-16"]))
@example(b"caf\xe9 \x81 \x9d" + BODY.encode(), None)
@example(BODY.encode()[:-1] + "é".encode()[:1], None)
def test_every_byte_of_any_input_is_accounted_for(payload: bytes, encoding: str | None):
    _check(payload, "text/plain", None, encoding)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*BODY.split("\n\n"), "Divers at the wall", "“No,” she said.", "• one", "• two",
                                 "The <u>old</u> wall &amp; the new one.", "Advertisement", "(Ada Quist/Reuters)",
                                 "# A heading", "OSLO (AP) - It broke.", "It was found by a man outside", "Oslo."]),
                min_size=1, max_size=10))  # fmt: skip
def test_a_clean_text_stays_as_it_is(parts: list[str]):
    first = clean(RawRecord("own.txt", "\n\n".join(parts).encode(), "text/plain"))
    if isinstance(first, Reject):
        return
    second = clean(RawRecord("own.txt", first.text.encode(), "text/plain"))
    assert not isinstance(second, Reject)
    assert second.text == first.text
