"""Hostile files: each becomes a reject with its name and a reason, and its neighbours are read."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import stat
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import bounds
from pipeline.ingest.read import read
from tests.ingest_formats import makers
from tests.ingest_formats.makers import PAGE, sorted_out, texts

GOOD = b"The neighbour is read."


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with a good file at its end, which must be read whatever stands before it."""
    inside = tmp_path / "inbox"
    inside.mkdir()
    (inside / "zz-good.txt").write_bytes(GOOD)
    started = time.monotonic()
    yield inside
    assert time.monotonic() - started < 20


def only_reject(folder: Path) -> tuple[str | None, str, str]:
    records, rejects = sorted_out(folder)
    assert texts(records) == [GOOD.decode()]
    [reject] = rejects
    return reject.raw_name, reject.check, reject.reason


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.jsonl.gz", "bomb.warc.gz"])
def test_gzip_bomb(folder: Path, name: str) -> None:
    (folder / name).write_bytes(makers.blank_gzip(100 * 2**20))
    found, check, _ = only_reject(folder)
    assert found == name
    assert check in {"ratio", "size", "media_type"}


@pytest.mark.parametrize("name", ["bomb.txt.zst", "bomb.jsonl.zst", "bomb.parquet.zst"])
def test_zstd_bomb(folder: Path, name: str) -> None:
    (folder / name).write_bytes(makers.zstd_blank(2**30))
    found, check, _ = only_reject(folder)
    assert found == name
    assert check in {"ratio", "size", "media_type"}


def test_zstd_window_beyond_bounds(folder: Path) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=30, compression_level=1, enable_ldm=True)
    stream = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    (folder / "wide.txt.zst").write_bytes(stream.compress(b"x" * 100) + stream.flush())
    assert only_reject(folder)[1] == "well_formed"


def test_zip_bomb_of_many_members_stops_at_the_archive(folder: Path) -> None:
    blank = b" " * 2**20
    (folder / "bomb.zip").write_bytes(makers.zipped({f"{number}.txt": blank for number in range(200)}))
    records, rejects = sorted_out(folder)
    assert rejects[-1].raw_name == "bomb.zip"
    assert rejects[-1].check == "ratio"
    assert len(records) < 100


def test_nested_bomb_counts_against_the_outermost_file(folder: Path) -> None:
    data = makers.blank_gzip(200 * 2**20)
    for _ in range(2):
        data = gzip.compress(data)
    (folder / "bomb.txt.gz").write_bytes(data)
    assert only_reject(folder)[:2] == ("bomb.txt.gz", "ratio")


def test_containers_in_containers_are_bounded(folder: Path) -> None:
    data = GOOD
    for _ in range(bounds.MAX_NESTING + 1):
        data = gzip.compress(data)
    (folder / "deep.txt.gz").write_bytes(data)
    assert only_reject(folder)[1] == "nesting"


def test_zip_in_zip_is_read(tmp_path: Path) -> None:
    inner = makers.zipped({"a.txt": GOOD})
    (tmp_path / "x.zip").write_bytes(makers.zipped({"in/y.zip": inner}))
    [record], rejects = sorted_out(tmp_path)
    assert rejects == []
    assert record.raw_name == "x.zip!in/y.zip!a.txt"


@pytest.mark.parametrize("name", ["a.txt.gz", "a.txt.zst", "a.zip", "a.parquet", "a.json"])
def test_files_cut_off(folder: Path, name: str) -> None:
    text = os.urandom(20_000).hex().encode()
    whole = {
        "a.txt.gz": lambda: gzip.compress(text),
        "a.txt.zst": lambda: zstandard.compress(text),
        "a.zip": lambda: makers.zipped({"a.txt": text}),
        "a.parquet": makers.parquet,
        "a.json": lambda: b'{"text": "' + text + b'"}',
    }[name]()
    (folder / name).write_bytes(whole[: len(whole) * 2 // 3])
    found, check, _ = only_reject(folder)
    assert found == name
    assert check in {"complete", "well_formed"}


@pytest.mark.parametrize("how", [".gz", ".zst"])
def test_lines_before_the_cut_stay(tmp_path: Path, how: str) -> None:
    lines = [json.dumps({"text": os.urandom(5_000).hex()}).encode() + b"\n" for _ in range(100)]
    packed = makers.packed(b"".join(lines), how)
    (tmp_path / f"a.jsonl{how}").write_bytes(packed[: len(packed) // 2])
    records, rejects = sorted_out(tmp_path)
    assert 20 < len(records) < 60
    assert [(reject.raw_name, reject.check) for reject in rejects] == [(f"a.jsonl{how}", "complete")]


@pytest.mark.parametrize("how", ["", ".gz", ".zst"])
@pytest.mark.parametrize("share", [0.3, 0.5, 0.77, 0.999])
def test_warc_cut_off_is_told(tmp_path: Path, how: str, share: float) -> None:
    data = b"".join(makers.warc_record(number, PAGE + os.urandom(500).hex().encode()) for number in range(50))
    packed = makers.packed(data, how)
    (tmp_path / f"a.warc{how}").write_bytes(packed[: int(len(packed) * share)])
    records, rejects = sorted_out(tmp_path)
    assert [reject.check for reject in rejects] == ["complete"]
    if how != ".zst":  # one block of zstd holds them all
        assert len(records) >= int(50 * share) - 10
    assert all(PAGE in record.payload for record in records)


def test_warc_cut_between_members(tmp_path: Path) -> None:
    """Where every record is a gzip member of its own, a cut between two of them is no cut at all."""
    members = [gzip.compress(makers.warc_record(number, PAGE)) for number in range(4)]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(members[:3]))
    records, rejects = sorted_out(tmp_path)
    assert (len(records), rejects) == (3, [])


def test_warc_with_a_giant_record(tmp_path: Path) -> None:
    data = makers.warc_record(1, b" " * (bounds.MAX_PAYLOAD + 1)) + makers.warc_record(2, PAGE)
    (tmp_path / "a.warc").write_bytes(data)
    [record], [reject] = sorted_out(tmp_path)
    assert record.payload == PAGE
    assert reject.check == "size" and reject.raw_name is not None and "#urn:uuid:" in reject.raw_name


def test_warc_response_bomb(tmp_path: Path) -> None:
    bomb = makers.warc_record(1, makers.blank_gzip(64 * 2**20), b"Content-Encoding: gzip\r\n")
    (tmp_path / "a.warc").write_bytes(bomb + makers.warc_record(2, PAGE))
    [record], [reject] = sorted_out(tmp_path)
    assert (record.payload, reject.check) == (PAGE, "size")


def test_wrong_suffixes_are_told_by_their_bytes(folder: Path) -> None:
    for name, data in {
        "a.txt": b"%PDF-1.7 ...",
        "b.html": b"\x89PNG\r\n\x1a\n",
        "c.csv": b"SQLite format 3\x00",
    }.items():
        (folder / name).write_bytes(data)
    for name in ("d.gz", "e.zip", "f.parquet", "g.warc.gz"):
        (folder / name).write_bytes(b"just text")
    (folder / "h.bin").write_bytes(b"\x00\x01\x02")
    (folder / "i.txt").write_bytes(b"text \x00 and zeros")
    (folder / "j.exe").write_bytes(b"some text")
    records, rejects = sorted_out(folder)
    assert texts(records) == [GOOD.decode()]
    assert [(reject.raw_name or "")[0] for reject in rejects] == list("abcdefghij")
    assert {reject.check for reject in rejects} == {"media_type"}


def test_gzip_under_another_name_is_still_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(gzip.compress(GOOD))
    assert texts(sorted_out(tmp_path)[0]) == [GOOD.decode()]


def test_empty_files(folder: Path) -> None:
    for name in ("a.txt", "b.jsonl", "c.zip", "d.parquet", "e.warc.gz"):
        (folder / name).write_bytes(b"")
    _, rejects = sorted_out(folder)
    assert {reject.check for reject in rejects} == {"not_empty"}
    assert len(rejects) == 5


def test_links_out_of_the_folder(folder: Path) -> None:
    secret = folder.parent / "secret.txt"
    secret.write_text("not to be read")
    (folder / "link.txt").symlink_to(secret)
    (folder / "up").symlink_to(folder.parent)
    (folder / "circle").symlink_to(folder / "circle")
    records, rejects = sorted_out(folder)
    assert texts(records) == [GOOD.decode()]
    assert [reject.raw_name for reject in rejects] == ["circle", "link.txt", "up"]
    assert {reject.check for reject in rejects} == {"location"}


def test_pipes_and_sockets_do_not_hang(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(folder)
        try:
            server.bind("socket.txt")
        finally:
            os.chdir(here)
        records, rejects = sorted_out(folder)
    assert texts(records) == [GOOD.decode()]
    assert [reject.raw_name for reject in rejects] == ["pipe.txt", "socket.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(folder: Path) -> None:
    (folder / "a.txt").write_text("x")
    (folder / "a.txt").chmod(0)
    assert only_reject(folder)[:2] == ("a.txt", "readable")


def test_archive_members_that_lead_out(folder: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("../up.txt", "/etc/x.txt", "C:\\x.txt", "a/../../x.txt", "..\\x.txt"):
            archive.writestr(name, "x")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("fine.txt", GOOD)
    (folder / "a.zip").write_bytes(file.getvalue())
    records, rejects = sorted_out(folder)
    assert [record.raw_name for record in records] == ["a.zip!fine.txt", "zz-good.txt"]
    assert [reject.check for reject in rejects] == ["location"] * 5 + ["regular_file"]


def test_encrypted_member(folder: Path) -> None:
    data = bytearray(makers.zipped({"a.txt": b"secret"}))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (folder / "a.zip").write_bytes(bytes(data))
    assert only_reject(folder)[:2] == ("a.zip!a.txt", "encrypted")


def test_damaged_member_leaves_the_others(folder: Path) -> None:
    data = bytearray(makers.zipped({"a.txt": b"first", "b.txt": b"second"}, zipfile.ZIP_STORED))
    data[data.index(b"first")] ^= 0xFF
    (folder / "a.zip").write_bytes(bytes(data))
    records, [reject] = sorted_out(folder)
    assert texts(records) == ["second", GOOD.decode()]
    assert (reject.raw_name, reject.check) == ("a.zip!a.txt", "complete")


@pytest.mark.parametrize(
    "declared",
    [
        f'<!ENTITY a0 "lol">{makers.ENTITIES}',
        '<!ENTITY a11 SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://x.example/p"> %p;',
    ],
)
def test_feed_that_declares_entities(folder: Path, declared: str) -> None:
    (folder / "feed.xml").write_text(
        f"<?xml version='1.0'?><!DOCTYPE rss [{declared}]><rss><channel><item><description>&a11;</description>"
        "</item></channel></rss>"
    )
    found, check, _ = only_reject(folder)
    assert (found, check) in {("feed.xml", "entities"), ("feed.xml", "well_formed")}


def test_feed_nested_or_cut_off_keeps_its_first_items(folder: Path) -> None:
    (folder / "a.xml").write_bytes(makers.feed()[:-200])
    (folder / "b.xml").write_text("<rss>" + "<a>" * 100_000)
    records, rejects = sorted_out(folder)
    assert len(records) == 3
    assert [reject.raw_name for reject in rejects] == ["a.xml", "b.xml"]


def test_other_xml_is_no_feed(folder: Path) -> None:
    (folder / "a.xml").write_text("<catalogue><item>x</item></catalogue>")
    assert only_reject(folder)[:2] == ("a.xml", "media_type")


def test_bad_lines_are_rejected_one_by_one(folder: Path) -> None:
    lines = [
        b'{"text": "one"}',
        b"{broken",
        b'["list"]',
        b'{"title": "no text"}',
        b'{"text": 5}',
        b"",
        b'{"text": "\xff"}',
        b"[" * 100_000,
        b'{"text": "two"}',
    ]
    (folder / "a.jsonl").write_bytes(b"\n".join(lines))
    records, rejects = sorted_out(folder)
    assert texts(records) == ["one", "two", GOOD.decode()]
    assert [reject.raw_name for reject in rejects] == [f"a.jsonl#{number}" for number in (2, 3, 4, 5, 7, 8)]
    assert records[1].raw_name == "a.jsonl#9"


@pytest.mark.parametrize(("name", "head"), [("a.jsonl", b""), ("a.csv", b"text\n")])
def test_giant_line_is_passed_over(folder: Path, name: str, head: bytes) -> None:
    good = b'{"text": "one"}\n' if name == "a.jsonl" else b"one\n"
    with (folder / name).open("wb") as file:
        file.write(head)
        for _ in range(100):
            file.write(b"x" * 2**20)
        file.write(b"\n" + good)
    records, rejects = sorted_out(folder)
    assert texts(records) == ["one", GOOD.decode()]
    assert [(reject.raw_name, reject.check) for reject in rejects] == [(f"{name}#1", "size")]


def test_giant_text(folder: Path) -> None:
    with (folder / "a.txt").open("wb") as file:
        file.truncate(0)
        for _ in range(40):
            file.write(b"x" * 2**20)
    assert only_reject(folder)[:2] == ("a.txt", "size")


def test_csv_rows_that_are_bad(folder: Path) -> None:
    (folder / "a.csv").write_text("title,text\nA,one\nB\nC,two,three\nD,four\n")
    records, rejects = sorted_out(folder)
    assert texts(records) == ["one", "four", GOOD.decode()]
    assert [reject.raw_name for reject in rejects] == ["a.csv#2", "a.csv#3"]


def test_csv_quote_never_closed_is_bounded(folder: Path) -> None:
    with (folder / "a.csv").open("wb") as file:
        file.write(b'text\n"never closed\n')
        for _ in range(20):
            file.write((b"y" * 1023 + b"\n") * 1024)
    records, rejects = sorted_out(folder)
    assert rejects[0].check == "size"
    assert texts(records)[-1] == GOOD.decode()


def test_tables_without_text(folder: Path) -> None:
    (folder / "a.csv").write_text("colour,size\nred,5\n")
    assert only_reject(folder)[:2] == ("a.csv", "text")


def test_names_with_blanks_and_line_breaks(tmp_path: Path) -> None:
    name = "a b\n!x#%é\u202e.txt"
    (tmp_path / name).write_text("x")
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text("y")
    records, rejects = sorted_out(tmp_path)
    assert rejects == []
    assert [record.raw_name for record in records] == ["a b%0A%21x%23%25é%E2%80%AE.txt", "%FF.txt"]


def test_json_list_breaks_in_the_middle(folder: Path) -> None:
    (folder / "a.json").write_text('[{"text": "one"}, {"text": "two"}, {broken')
    records, [reject] = sorted_out(folder)
    assert texts(records) == ["one", "two", GOOD.decode()]
    assert (reject.raw_name, reject.check) == ("a.json", "well_formed")


STARTS = [
    b"",
    b"\x1f\x8b",
    b"\x28\xb5\x2f\xfd",
    b"PK\x03\x04",
    b"PAR1",
    b"WARC/1.0\r\n",
    b"<rss>",
    b"<html>",
    b'{"text": "',
]


@settings(max_examples=150, deadline=None)
@given(
    start=st.sampled_from(STARTS),
    rest=st.binary(max_size=300),
    name=st.sampled_from(["a.txt", "a.json", "a.csv", "a.gz", "a.xml"]),
)
def test_any_bytes_give_records_or_rejects(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, rest: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(start + rest)
    assert all(found.raw_name for found in read([str(path)]))


WHOLE = [
    makers.warc(),
    gzip.compress(makers.warc()),
    makers.parquet(),
    makers.zipped({"a.txt": GOOD, "b.jsonl": makers.jsonl()}),
    makers.feed(),
]


@settings(max_examples=150, deadline=None)
@given(which=st.integers(0, len(WHOLE) - 1), data=st.data())
def test_any_damage_gives_records_or_rejects(
    tmp_path_factory: pytest.TempPathFactory, which: int, data: st.DataObject
) -> None:
    damaged = bytearray(WHOLE[which])
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), min_size=1, max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / "a.xml"
    path.write_bytes(bytes(damaged))
    assert all(found.raw_name for found in read([str(path)]))


def test_parquet_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"text": ["\x00" * 64_000_000]})
    pq.write_table(table, tmp_path / "bomb.parquet", compression="zstd", use_dictionary=False)
    records, rejects = sorted_out(tmp_path)
    assert (records, [(one.check, one.raw_name) for one in rejects]) == ([], [("size", "bomb.parquet")])


def test_a_text_called_a_page_is_read_as_text(tmp_path: Path) -> None:
    (tmp_path / "story.html").write_text("A plain story\n\nThe ferry was late on Monday.\n")
    [record], rejects = sorted_out(tmp_path)
    assert (record.media_type, rejects) == ("text/plain", [])
