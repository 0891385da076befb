"""What holds of any text: offsets, order, valid values, no dependence on anything but the arguments."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.annotate import times
from pipeline.annotate.parse import Parse
from pipeline.annotate.times import lexicon, tokens
from pipeline.annotate.times.values import is_valid
from tests.quickest import quickest

WORDS = sorted(lexicon.words()) + sorted(lexicon.named_days())
FIGURES = """
    1st 22nd 1980s '90s '96 10:35 24:00 5 p.m. a.m. 1/2 ½ 31.12.1999 12/31/99 2023-01-20 2023-13-45 0735 Q3 FY19 9999
    1000 1,000 2.5 - – , . ( ) 's ’s said will ended 99999999 ٣ ٢٠٢٣ 0001-01-01 9999-12-31T23:59:59Z
"""
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(str.title),
    st.sampled_from(sorted(lexicon.zones())),
    st.integers(0, 3100).map(str),
    st.sampled_from(FIGURES.split()),
    st.sampled_from(["\n", "\n\n", "\u00a0"]),
    st.text(max_size=6),
)
TEXTS = st.lists(PIECES, max_size=14).map(" ".join)
MOMENTS = st.none() | st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))


def parse(text: str) -> Parse:
    """A parse that knows words and nothing of grammar, in the place of the slow one."""
    found = [token for token in tokens.scan(text) if token.kind != "BREAK"]
    size = len(found)
    return Parse(
        text,
        [token.start for token in found],
        [token.end for token in found],
        [text[token.start : token.end] for token in found],
        [("VBD", "NN", "JJ", "CD", "NNS", "NNP", "IN")[len(token.lower) % 7] for token in found],
        [max(0, place - 1) for place in range(size)],
        ["dep"] * size,
        [(0, size)] if size else [],
        [(0, size)] if size else [],
    )


@settings(max_examples=250, deadline=None)
@given(TEXTS, MOMENTS)
def test_any_text(text: str, published: datetime | None) -> None:
    end = 0
    for mention in times.find(parse(text), published):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        assert mention.type in {"DATE", "TIME", "DURATION", "SET"}
        assert mention.value is None or is_valid(mention.value)
        assert mention.basis in {"explicit", "publication_date", "previous", "none"}
        if mention.time_start and mention.time_end:
            assert mention.time_start < mention.time_end
            assert mention.basis != "none"
        if published is None:
            assert mention.basis != "publication_date"
        end = mention.end


@settings(max_examples=50, deadline=None)
@given(TEXTS, MOMENTS)
def test_the_same_again(text: str, published: datetime | None) -> None:
    assert times.find(parse(text), published) == times.find(parse(text), published)


@pytest.mark.parametrize(
    "piece", ["1 ", "the ", "one hundred ", "1990-", "May 5, ", "a few weeks or ", "12:30 p.m. ", "on Monday said "]
)
def test_a_long_run_of_one_kind_is_read_in_linear_time(piece: str) -> None:
    short, long = parse(piece * 500), parse(piece * 3000)
    growth = quickest(lambda: times.find(long, None)) / quickest(lambda: times.find(short, None))
    assert growth < 18  # six times the text; the square would be 36
