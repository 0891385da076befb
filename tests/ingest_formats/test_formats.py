"""Every format gives the same articles, plain and in every container."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard

from tests.ingest_formats import makers
from tests.ingest_formats.makers import ARTICLES, PAGE, sorted_out, texts

MANY = {
    "a.jsonl": makers.jsonl,
    "a.ndjson": makers.jsonl,
    "a.csv": makers.csv,
    "a.parquet": makers.parquet,
    "a.json": lambda: json.dumps(ARTICLES).encode(),
}


@pytest.mark.parametrize("container", ["", ".gz", ".zst", ".zip"])
@pytest.mark.parametrize("name", MANY)
def test_records_of_every_format(tmp_path: Path, name: str, container: str) -> None:
    data = MANY[name]()
    path = tmp_path / f"{name}{container}"
    path.write_bytes(makers.zipped({name: data}) if container == ".zip" else makers.packed(data, container))
    records, rejects = sorted_out(path)
    assert rejects == []
    assert texts(records) == [article["text"] for article in ARTICLES]
    inside = f"{path.name}!{name}" if container == ".zip" else path.name
    assert [record.raw_name for record in records] == [f"{inside}#a-{number}" for number in (1, 2, 3)]
    assert [record.given.published_at for record in records if record.given] == [a["date"] for a in ARTICLES]
    assert [record.given.title for record in records if record.given] == [a["title"] for a in ARTICLES]


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.txt", "text/plain"), ("a", "text/plain"), ("a.md", "text/markdown"), ("a.html", "text/html")],
)
@pytest.mark.parametrize("container", ["", ".gz", ".zst"])
def test_single_texts_are_their_bytes(tmp_path: Path, name: str, media_type: str, container: str) -> None:
    data = PAGE if name == "a.html" else "\ufeffCafé – says\r\n".encode()
    (tmp_path / f"{name}{container}").write_bytes(makers.packed(data, container))
    [record], rejects = sorted_out(tmp_path)
    assert rejects == []
    assert (record.payload, record.media_type, record.raw_name) == (data, media_type, f"{name}{container}")


def test_page_in_a_text_file_is_a_page(tmp_path: Path) -> None:
    (tmp_path / "saved.txt").write_bytes(b"\n<!-- saved -->\n" + PAGE)
    [record], _ = sorted_out(tmp_path)
    assert record.media_type == "text/html"


@pytest.mark.parametrize("container", ["", ".gz", ".zst"])
def test_warc_gives_pages_with_address_and_time(tmp_path: Path, container: str) -> None:
    data = (
        makers.warc_record(1, PAGE, b"tdm-reservation: 1\r\n", kind=b"text/html; charset=windows-1252")
        + makers.warc_record(2, b"...", kind=b"image/png")
        + makers.warc_record(3, PAGE, status=b"404 Not Found")
        + makers.warc_record(4, b"5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n", b"Transfer-Encoding: chunked\r\n")
    )
    (tmp_path / f"crawl.warc{container}").write_bytes(makers.packed(data, container))
    records, rejects = sorted_out(tmp_path)
    assert rejects == []
    assert [record.payload for record in records] == [PAGE, b"<html>"]
    given = records[0].given
    assert given is not None
    assert (given.url, given.tdm_reserved) == ("https://paper.example/1", True)
    assert given.fetched_at == datetime(2022, 3, 1, 10, tzinfo=UTC)
    assert records[0].encoding == "windows-1252"
    assert records[0].raw_name == f"crawl.warc{container}#urn:uuid:" + "1".zfill(32)


def test_rss_items_are_fragments_of_html(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(makers.feed())
    records, rejects = sorted_out(tmp_path)
    assert rejects == []
    assert texts(records) == [f"<p>{article['text']}</p>" for article in ARTICLES]
    assert {record.media_type for record in records} == {"text/html"}
    given = records[0].given
    assert given is not None
    assert (given.publisher, given.url, given.authors) == ("The Paper", "https://paper.example/a-1", ("Ada Field",))


def test_atom_content_of_each_type(tmp_path: Path) -> None:
    (tmp_path / "feed.atom").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title>'
        "<entry><title>One</title><id>1</id><published>2022-03-01T10:00:00Z</published>"
        '<link rel="self" href="https://x.example/self"/><link href="https://x.example/1"/>'
        '<author><name>Ada Field</name></author><content type="html">&lt;p>A &amp;amp; B&lt;/p></content></entry>'
        '<entry><title>Two</title><id>2</id><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        "<p>C<b>D</b></p></div></content></entry>"
        '<entry><title>Three</title><id>3</id><content type="text">1 &lt; 2</content></entry></feed>'
    )
    records, _ = sorted_out(tmp_path)
    assert texts(records)[0] == "<p>A &amp; B</p>"
    assert "<p>C<b>D</b></p>" in texts(records)[1]
    assert texts(records)[2] == "1 &lt; 2"
    assert records[0].given is not None and records[0].given.url == "https://x.example/1"


def test_feeds_as_they_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"\n  \n" + makers.feed())
    (tmp_path / "b.xml").write_bytes(makers.feed().replace(b"utf-8", b"utf-16").decode().encode("utf-16"))
    records, rejects = sorted_out(tmp_path)
    assert rejects == []
    assert [record.payload.decode() for record in records] == [f"<p>{a['text']}</p>" for a in ARTICLES] * 2


def test_feeds_use_names_of_characters_without_declaring_them(tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>A&nbsp;B&rsquo;s &amp; {n}</title><description>{'x' * n}&hellip; &lt;b&gt;</description></item>"
        for n in range(200)
    )
    html = "<item><description><![CDATA[<p>Caf&eacute; &amp;nbsp; &bogus;</p>]]></description></item>"
    (tmp_path / "a.xml").write_text(f"<rss><channel>{items}{html}</channel></rss>")
    (tmp_path / "b.xml").write_text(
        f"<rss><channel>{html}<item><description>&bogus;</description></item></channel></rss>"
    )
    records, rejects = sorted_out(tmp_path)
    assert [one.given.title for one in records[:200] if one.given] == [f"A B’s & {n}" for n in range(200)]
    assert [one.payload.decode() for one in records[:200]] == [f"{'x' * n}… <b>" for n in range(200)]
    assert [one.payload.decode() for one in records[200:]] == ["<p>Caf&#233; &amp;nbsp; &bogus;</p>"] * 2
    assert [(one.raw_name, one.check) for one in rejects] == [("b.xml", "well_formed")]


@pytest.mark.parametrize(
    ("base", "url"), [("", None), ("xml:base='https://paper.example/news/'", "https://paper.example/a")]
)
def test_an_address_without_its_site_is_none(tmp_path: Path, base: str, url: str | None) -> None:
    entry = "<entry><id>1</id><link href='/a'/><content type='html'>Text.</content></entry>"
    (tmp_path / "a.atom").write_text(f"<feed xmlns='http://www.w3.org/2005/Atom' {base}>{entry}</feed>")
    [record], rejects = sorted_out(tmp_path)
    assert rejects == [] and record.given is not None and record.given.url == url


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("container", ["", ".gz"])
def test_tables_and_lines_in_utf_16(tmp_path: Path, encoding: str, container: str) -> None:
    for name, data in {"a.csv": makers.csv(), "b.jsonl": makers.jsonl()}.items():
        packed = makers.packed(f"\ufeff{data.decode()}".encode(encoding), container)
        (tmp_path / f"{name}{container}").write_bytes(packed)
    (tmp_path / "c.jsonl").write_bytes(b"\xff\xfe{\x00\x00\xd8x")
    records, rejects = sorted_out(tmp_path)
    assert [record.payload.decode() for record in records] == [a["text"] for a in ARTICLES] * 2
    assert [(reject.raw_name, reject.check) for reject in rejects] == [("c.jsonl", "well_formed")]


def test_field_names_can_be_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"leib": "Said so.", "text": "no", "kopf": "Head"}\n')
    [record], _ = sorted_out(tmp_path, text="leib", title="kopf")
    assert record.payload == b"Said so."
    assert record.given is not None and record.given.title == "Head"


def test_an_unknown_meaning_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown field 'colour'"):
        sorted_out(tmp_path, colour="x")


def test_json_escapes_are_opened(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "\\u201cYes,\\u201d\\nhe said. \\ud800"}\n')
    [record], _ = sorted_out(tmp_path)
    assert record.payload.decode() == "“Yes,”\nhe said. \ufffd"


def test_csv_with_semicolons_cp1252_and_line_breaks(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes('title;text\n"A;B";"Caf\xe9\n""closed"""\n'.encode("cp1252"))
    [record], rejects = sorted_out(tmp_path)
    assert rejects == []
    assert record.payload.decode() == 'Café\n"closed"'
    assert record.given is not None and record.given.title == "A;B"


def test_sidecar_metadata(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "a.txt.meta.json").write_text(
        '{"url": "https://x.example", "authors": ["A B"], "rights": "open", "fetched_at": "2022-03-01T10:00:00Z"}'
    )
    (tmp_path / "sources.csv").write_text("name,rights\n")
    [record], rejects = sorted_out(tmp_path)
    assert rejects == []
    given = record.given
    assert given is not None
    assert (given.origin, given.url, given.authors, given.rights) == ("sidecar", "https://x.example", ("A B",), "open")
    assert given.fetched_at == datetime(2022, 3, 1, 10, tzinfo=UTC)


def test_sidecar_fills_what_records_lack_and_works_inside_archives(tmp_path: Path) -> None:
    members = {"d/a.jsonl": makers.jsonl(), "d/a.meta.json": b'{"publisher": "P", "title": "not this"}'}
    (tmp_path / "x.zip").write_bytes(makers.zipped(members))
    records, rejects = sorted_out(tmp_path)
    assert rejects == []
    assert [(r.given.publisher, r.given.title) for r in records if r.given] == [("P", a["title"]) for a in ARTICLES]


@pytest.mark.parametrize("sidecar", ["{", "[]", '{"url": 3}', '{"fetched_at": "yesterday"}', '{"authors": [1]}'])
def test_a_bad_sidecar_is_named_and_the_file_goes_on(tmp_path: Path, sidecar: str) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "a.meta.json").write_text(sidecar)
    [record], [reject] = sorted_out(tmp_path)
    assert record.payload == b"Text." and record.given is None
    assert (reject.raw_name, reject.column) == ("a.meta.json", "sidecar")


def test_folders_globs_and_urls_name_the_same_files(tmp_path: Path) -> None:
    for name in ("b/z.txt", "b/a b.txt", "a.txt", "b/.hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    expected = ["a.txt", "b/a b.txt", "b/z.txt"]
    for given in (str(tmp_path), f"{tmp_path}/**/*.txt", f"file://{tmp_path}"):
        assert [record.raw_name for record in sorted_out(given)[0]] == expected


def test_fsspec_url() -> None:
    import fsspec

    system = fsspec.filesystem("memory")
    system.pipe("/inbox/d/a.jsonl.gz", makers.packed(makers.jsonl(), ".gz"))
    system.pipe("/inbox/b.txt", b"Text.")
    system.pipe("/inbox/b.txt.meta.json", b'{"title": "T"}')
    try:
        for url in ("memory://inbox", "memory://inbox/**"):
            records, rejects = sorted_out(url)
            assert rejects == []
            assert [record.raw_name for record in records][:2] == ["b.txt", "d/a.jsonl.gz#a-1"]
            assert records[0].given is not None and records[0].given.title == "T"
        with pytest.raises(FileNotFoundError):
            sorted_out("memory://nothing/here")
    finally:
        system.rm("/inbox", recursive=True)


def test_nothing_there_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path / "no.txt", tmp_path / "*.txt"):
        with pytest.raises(FileNotFoundError):
            sorted_out(path)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "long.jsonl.zst"
    with path.open("wb") as file, zstandard.ZstdCompressor().stream_writer(file) as writer:
        for _ in range(3000):
            writer.write(json.dumps({"text": os.urandom(5_000).hex()}).encode() + b"\n")
    from pipeline.ingest.read import read

    tracemalloc.start()
    try:
        count = sum(1 for _ in read([str(path)]))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 3000
    assert peak < 8 * 2**20
