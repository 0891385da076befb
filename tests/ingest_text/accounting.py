"""The promise that every test of cleaning relies on: each raw byte is kept or listed as removed, in order."""

from __future__ import annotations

from pipeline.ingest.clean import clean
from pipeline.ingest.records import Article, Given, RawRecord, Reject


def cleaned(text: str | bytes, media_type: str = "text/plain", given: Given | None = None) -> Article:
    """The article of a text, accounted for."""
    payload = text.encode() if isinstance(text, str) else text
    article = clean(RawRecord("own.txt", payload, media_type, given))
    assert isinstance(article, Article), article
    account(article, payload)
    return article


def rejected(payload: bytes) -> Reject:
    reject = clean(RawRecord("own.txt", payload, "text/plain"))
    assert isinstance(reject, Reject)
    return reject


def account(article: Article, payload: bytes) -> None:
    """Raise AssertionError unless kept and removed bytes are the payload, and copied bytes decode to their text."""
    position = raw = 0
    for run in article.offsets:
        assert run.start == position < run.end
        assert raw <= run.raw_start <= run.raw_end
        position, raw = run.end, run.raw_end
        if run.raw_start < run.raw_end:
            assert (
                payload[run.raw_start : run.raw_end].decode(article.raw_encoding) == article.text[run.start : run.end]
            )
    assert position == len(article.text)
    spans = [(run.raw_start, run.raw_end) for run in article.offsets if run.raw_start < run.raw_end]
    done = 0
    for start, end in sorted([*spans, *((run.raw_start, run.raw_end) for run in article.removed)]):
        assert start == done < end
        done = end
    assert done == len(payload)
    assert "\n\n".join(article.text[block.start : block.end] for block in article.blocks) == article.text


def kinds(article: Article) -> list[str]:
    return [block.kind for block in article.blocks]


def removed(article: Article, payload: str | bytes) -> list[tuple[str, str]]:
    raw = payload.encode() if isinstance(payload, str) else payload
    return [
        (run.kind, raw[run.raw_start : run.raw_end].decode(article.raw_encoding, "replace"))
        for run in article.removed
        if run.kind != "space"
    ]


#: Running text that no rule may touch; long enough for the language to be told.
BODY = (
    "The harbour authority closed both piers on Tuesday after engineers found cracks in the older of the two walls.\n\n"
    "Ferries to the islands will leave from the fishing port until the repairs are done, its director told reporters."
)
