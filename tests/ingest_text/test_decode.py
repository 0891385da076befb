"""Decoding: the encoding is found, and every character leads back to its bytes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.decode import decode

SAMPLE = "The café’s owner said “no” – twice."


@pytest.mark.parametrize(
    ("payload", "declared", "encoding", "method"),
    [
        (SAMPLE.encode(), None, "utf-8", "strict"),
        (SAMPLE.encode(), "iso-8859-1", "utf-8", "strict"),
        (SAMPLE.encode("cp1252"), None, "cp1252", "fallback"),
        (SAMPLE.encode("cp1252"), "latin-1", "cp1252", "declared"),
        (SAMPLE.encode("utf-8-sig"), None, "utf-8", "byte_order_mark"),
        (b"\xff\xfe" + SAMPLE.encode("utf-16-le"), None, "utf-16-le", "byte_order_mark"),
        (SAMPLE.encode("utf-16-be"), None, "utf-16-be", "strict"),
        ("Война".encode("koi8-r"), "KOI8-R", "koi8-r", "declared"),
        ("Война".encode("cp1251"), "no-such-encoding", "cp1252", "fallback"),
        (SAMPLE.encode("cp1252"), "unicode_escape", "cp1252", "fallback"),
    ],
)
def test_encoding(payload: bytes, declared: str | None, encoding: str, method: str):
    decoded = decode(payload, declared)
    assert (decoded.encoding, decoded.method) == (encoding, method)
    if method != "fallback" or declared is None:
        assert decoded.source.lstrip("\ufeff") in {SAMPLE, "Война"}


def test_a_text_cut_inside_a_character_stays_utf8():
    payload = ("é" * 20).encode() + b"\xe2\x80"
    decoded = decode(payload)
    assert (decoded.encoding, decoded.undecodable) == ("utf-8", 2)
    assert decoded.source == "é" * 20 + "\ufffd" * 2
    assert decoded.is_broken(20)


def test_a_real_replacement_character_is_not_broken():
    decoded = decode("a\ufffdb".encode())
    assert decoded.undecodable == 0
    assert not decoded.is_broken(1)


@given(st.binary(max_size=60), st.sampled_from([None, "utf-8", "cp1251", "shift_jis", "gb18030", "utf-16"]))
def test_every_character_has_its_bytes(payload: bytes, declared: str | None):
    decoded = decode(payload, declared)
    bounds = decoded.raw(range(len(decoded.source) + 1))
    assert bounds[0] == 0
    assert bounds[-1] == len(payload)
    for position, (start, end) in enumerate(pairwise(bounds)):
        assert start < end
        if not decoded.is_broken(position):
            assert payload[start:end].decode(decoded.encoding) == decoded.source[position]
