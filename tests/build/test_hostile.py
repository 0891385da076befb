"""A build over hostile files: each is a reject that names it and says why, and its neighbours are published."""

from __future__ import annotations

import gzip
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest
import zstandard

from pipeline.build import build
from pipeline.ingest.clean import clean
from pipeline.ingest.records import Article, RawRecord, Reject
from pipeline.run import Job
from tests.conftest import NOW
from tests.ingest_formats import makers

STORY = (
    "Bridge reopens after repairs\n\nThe harbour bridge reopened on Monday after nine months, the council said.\n\n"
    "“We had expected to finish in May,” Mayor Ada Field told reporters.\n"
)
#: What becomes of each file: the checks that its rejects name.
EXPECTED = {
    "bomb.jsonl.zst": {"ratio"},
    "bomb.txt.gz": {"ratio"},
    "bomb.zip": {"ratio"},
    "cut.parquet": {"well_formed"},
    "cut.txt.gz": {"complete"},
    "cut.txt.zst": {"complete"},
    "cut.warc": {"complete"},
    "deep.html": {"markup"},
    "feed.xml": {"entities"},
    "line.jsonl#1": {"size"},
    "line.txt": {"size"},
    "link.txt": {"location"},
    "out.zip!../up.txt": {"location"},
    "up": {"location"},
    "wrong.html": {"media_type"},
    "wrong.parquet": {"media_type"},
    "wrong.txt": {"media_type"},
}
PUBLISHED = {"cut.warc#urn:uuid:00000000000000000000000000000000", "line.jsonl#2", "out.zip!fine.txt", "zz-good.txt"}
#: No file that a build writes here comes near it; a bomb's content is much more.
LARGEST_FILE = 32 * 2**20


def hostile(folder: Path) -> None:
    """Fill a folder, with a secret beside it that links lead to."""
    noise = os.urandom(20_000).hex().encode()
    entities = f"<!DOCTYPE rss [<!ENTITY a0 'ha'>{makers.ENTITIES}]>"
    other = STORY.replace("bridge", "ferry").replace("Bridge", "Ferry")
    line = b'{"text": "' + b"x" * 100 * 2**20 + b'"}\n{"text": "The ferry sails on Monday, the council said."}\n'
    files = {
        "bomb.jsonl.zst": makers.zstd_blank(2**30),
        "bomb.txt.gz": makers.blank_gzip(100 * 2**20),
        "bomb.zip": makers.zipped({f"{n}.txt": b" " * 2**23 for n in range(3)}),
        "cut.parquet": makers.parquet()[:-200],
        "cut.txt.gz": gzip.compress(noise)[:-9_000],
        "cut.txt.zst": zstandard.compress(noise)[:-9_000],
        "cut.warc": makers.warc(2)[:-100],
        "deep.html": b"<html><body>" + b"<div>" * 450_000 + b"<p>" + STORY.encode(),
        "feed.xml": f"<?xml version='1.0'?>{entities}<rss><item><description>&a11;</description></item></rss>".encode(),
        "line.jsonl": line,
        "line.txt": b"x" * 100 * 2**20,
        "out.zip": makers.zipped({"../up.txt": b"x", "fine.txt": other.encode()}),
        "wrong.html": b"\x89PNG\r\n\x1a\n" + noise,
        "wrong.parquet": STORY.encode(),
        "wrong.txt": b"%PDF-1.7 " + noise,
        "zz-good.txt": STORY.encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder.parent / "secret.txt").write_text("not to be read")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "up").symlink_to(folder.parent)


@contextmanager
def no_large_file() -> Iterator[None]:
    """Within it, a file that is written beyond the bound is an error."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_hostile_files_are_rejected_and_the_rest_is_published(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    hostile(inbox)
    with no_large_file():
        published, _ = build(Job((str(inbox),), tmp_path / "dist", include_text=True), NOW)
    assert published.new
    rejects = pl.read_parquet(published.path / "rejects.parquet")
    found: dict[str, set[str]] = {}
    for name, check, reason in rejects.select("raw_name", "check", "reason").iter_rows():
        assert reason and "not to be read" not in reason
        if not name.startswith("bomb.zip!"):  # members that came out before the bound
            found.setdefault(name, set()).add(check)
    assert found == EXPECTED
    articles = pl.read_parquet(published.path / "articles.parquet")
    assert set(articles["raw_name"]) == PUBLISHED
    assert pl.read_parquet(published.path / "quotes.parquet").height >= 2
    written = sum(path.stat().st_size for path in (tmp_path / "dist").rglob("*") if path.is_file())
    assert written < LARGEST_FILE


def test_halves_of_characters_in_metadata_are_mended_wherever_json_can_hold_them(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    half = "\\ud800"  # as JSON escapes it: no encoding has bytes for it
    (inbox / "record.jsonl").write_text(
        f'{{"text": "The ferry sails {half}, the council said.", "title": "Ferry {half} sails", "authors": ["{half}"],'
        f' "publisher": "The {half} Post", "id": "{half}", "url": "https://example.org/{half}", "date": "{half}"}}\n'
    )
    ld = f'{{"@type": "NewsArticle", "headline": "Bridge {half} reopens", "author": "B {half}", "publisher": "{half}"}}'
    page = f'<html><head><script type="application/ld+json">{ld}</script></head><body><article><p>{STORY}</p></article>'
    (inbox / "page.html").write_text(page)
    (inbox / "plain.txt").write_text(STORY.replace("bridge", "tower"))
    (inbox / "plain.txt.meta.json").write_text(f'{{"title": "Tower {half}", "rights": "{half}", "url": "{half}"}}')
    published, _ = build(Job((str(inbox),), tmp_path / "dist", include_text=True), NOW)
    articles = pl.read_parquet(published.path / "articles.parquet").sort("raw_name")
    assert articles["raw_name"].to_list() == ["page.html", "plain.txt", "record.jsonl#%ED%A0%80"]
    assert articles["title"].to_list()[2] == "Ferry \ufffd sails"


def test_an_address_that_is_none_is_left_out(tmp_path: Path) -> None:
    raw = tmp_path / "a.jsonl"
    raw.write_text('{"text": "The ferry sails on Monday, the council said.", "url": "http://[::1"}\n')
    published, _ = build(Job((str(raw),), tmp_path / "dist"), NOW)
    assert pl.read_parquet(published.path / "articles.parquet")["url"].to_list() == [None]


def test_what_cleaning_fails_of_is_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(record: RawRecord) -> Article | Reject:
        if b"ferry" in record.payload:
            raise ValueError("never seen before")
        return clean(record)

    monkeypatch.setattr("pipeline.ingest.clean.clean", fails)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "bad.txt").write_text("The ferry sails on Monday, the council said.\n")
    (tmp_path / "raw" / "good.txt").write_text(STORY)
    published, _ = build(Job((str(tmp_path / "raw"),), tmp_path / "dist"), NOW)
    rejects = pl.read_parquet(published.path / "rejects.parquet")
    assert rejects.select("raw_name", "check", "reason").rows() == [
        ("bad.txt", "cleaning", "cleaning failed: ValueError: never seen before")
    ]
    assert published.rows["articles"] == 1
