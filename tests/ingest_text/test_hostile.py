"""Hostile input: refused with a reason or cleaned in time that grows with its size."""

from __future__ import annotations

import time

import pytest

from pipeline.ingest.clean import LARGEST, clean
from pipeline.ingest.records import Article, RawRecord
from tests.ingest_text.accounting import BODY, account, rejected


@pytest.mark.parametrize("payload", [b"", b"  \n\t\r\n ", b"\xef\xbb\xbf", b"## Embed:\n", b"<p></p>", b"***\n\n***"])
def test_nothing_to_read(payload: bytes):
    reject = rejected(payload)
    assert reject.check == "not_empty"
    assert reject.raw_name == "own.txt"


@pytest.mark.parametrize(
    "payload",
    [
        bytes(range(256)) * 20,
        b"%PDF-1.7\n" + BODY.encode(),
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
        b"PK\x03\x04" + BODY.encode(),
        b"\x00\x01\x02\x03" * 100,
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_text(payload: bytes):
    assert rejected(payload).check == "is_text"


def test_a_stray_zero_byte_is_only_taken_out():
    payload = BODY.replace("harbour", "har\x00bour", 1).encode()
    article = clean(RawRecord("own.txt", payload, "text/plain"))
    assert isinstance(article, Article)
    account(article, payload)
    assert article.text == BODY


def test_too_long_for_an_article():
    reject = rejected(b"a" * (LARGEST + 1))
    assert reject.check == "article_size"
    assert str(LARGEST + 1) in reject.reason


def test_too_many_lines_for_an_article():
    assert rejected(b"a\n" * 30_000).check == "article_size"


@pytest.mark.parametrize(
    "pattern",
    [
        "a", "A ", "word ", "<", "<a ", "<b>", "</b>", "<!--", "<script>", "&", "&amp;", "&#", "&lt;", "**",
        "**a", "*a*",
        "_a_", "[", "](", "[a](", "![a][", "`a", "# ", "#", "> ", "- ", "\n", "\n\n", " \n", "\t", "\r",
        "a\n", "-\n", "é", "Ã",
        "â€", "\xad", "\u200b", "(", "(Reuters", "A/", "A. B/", "Jan 5, 2021 ", "By A ", "By Ada Quist, ",
        "Image caption ",
        "©", "…", "“", "title: a\n", "a:\n", "http://a.b/", "Updated at ", "• ", "1. ", "Advertisement\n\n",
        "outside\n\n",
        "0", "\u0301",
    ],
)  # fmt: skip
def test_time_grows_with_size(pattern: str):
    payload = (BODY[:40] + pattern * (30_000 // len(pattern))).encode()
    start = time.process_time()
    article = clean(RawRecord("own.txt", payload, "text/plain"))
    assert time.process_time() - start < 4
    if isinstance(article, Article):
        account(article, payload)
