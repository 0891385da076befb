"""The budget: no more of a closed article than it allows can be put together from everything that is published."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.configuration import Configuration
from pipeline.release.budget import Budget, limit_of, merged, parts_of
from pipeline.release.excerpts import published
from pipeline.release.layout import Dist
from pipeline.release.write import rows_of
from schemas import TABLES
from tests.release.made import Rows, Size, minted, release, rows, write

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda s: (s[0], s[0] + s[1])), max_size=4)
TEXT = "".join(chr(0x4E00 + number) for number in range(100))  # every character another one
LONG = Size(mentions=3, quotes=4, claims=8, words=120)


@given(st.lists(SPANS, max_size=8), st.integers(0, 100))
def test_the_budget_counts_a_character_once_and_is_kept(requests: list[list[tuple[int, int]]], limit: int) -> None:
    budget, shown = Budget(TEXT, limit), set()
    for spans in requests:
        new = {place for start, end in spans for place in range(start, end)}
        taken = budget.take(spans)
        assert taken == (len(shown | new) <= limit)
        if taken:
            shown |= new
        assert budget.used == len(shown) <= limit


@given(SPANS)
def test_merged_spans_hold_the_same_characters_once(spans: list[tuple[int, int]]) -> None:
    joined = merged(spans)
    assert [place for start, end in joined for place in range(start, end)] == sorted(
        {place for start, end in spans for place in range(start, end)}
    )


def test_words_of_another_revision_count_too() -> None:
    budget = Budget("The bridge reopens on Monday.", 20)
    budget.count(words=["a sentence that went"])
    assert budget.used == 20
    assert not budget.take(words=["bridge"])


def test_parts_of_a_text_are_cut_by_the_spans() -> None:
    assert parts_of("one two", [(5, 8), (20, 23)]) == ["one", "two"]


def test_the_limit_is_the_smaller_of_share_and_number() -> None:
    settings_ = Configuration()
    assert limit_of(1_000, settings_) == 150
    assert limit_of(100_000, settings_) == 1_500


def words_of(found: dict[str, pl.DataFrame], article: str) -> list[str]:
    """Every text of the tables that is not free: words of an article as anyone can read them."""
    mine = {
        name: frame.filter(pl.col("article_id") == article).to_dicts()
        for name, frame in found.items()
        if "article_id" in frame.columns
    }
    texts = [row[name] for row in mine["articles"] for name in ("text", "title", "subtitle")]
    texts += [note["text"] for row in mine["articles"] for note in row["notes"]]
    texts += [row["text"] for row in mine["quotes"]]
    texts += [row[name] for row in mine["claims"] for name in ("text", "subject", "object")]
    texts += [row["text"] for row in mine["mentions"] if row["kind"] == "nominal"]
    texts += [row["value"] for row in mine["rejects"]]
    return [text for text in texts if text]


def covered(text: str, words: list[str]) -> int:
    """Characters of a text that words put together, wherever they stand in it."""
    places: set[int] = set()
    for word in words:
        start = text.find(word)
        while start >= 0:
            places.update(range(start, start + len(word)))
            start = text.find(word, start + 1)
    return len(places)


def distinct(made: Rows) -> Rows:
    """The same rows with texts in which every character stands once over all articles, so that coverage is exact."""
    first = 0x4E00
    for article in made["articles"]:
        text = "".join(chr(first + number) for number in range(article["text_chars"]))
        first += len(text)
        article |= {"text": text, "title": text[:20], "subtitle": text[-30:]}
        article["notes"] = [{"kind": "caption", "text": text[40:90]}]
        own = article["article_id"]
        for table in ("mentions", "quotes", "claims"):
            for row in made[table]:
                if row["article_id"] == own:
                    row["text"] = text[row["start"] : row["end"]]
                    if table == "claims":
                        row |= {"subject": text[row["start"] : row["start"] + 5], "object": text[row["end"] - 4 :][:9]}
                    if table == "mentions":
                        row["kind"] = "nominal"
        made["rejects"].append(
            {"table": "quotes", "column": "text", "check": "text_is_slice", "value": text[100:200], "reason": "wrong",
             "article_id": own}
        )  # fmt: skip
    return made


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(number=st.integers(0, 10_000), share=st.floats(0, 1), most=st.integers(0, 800))
def test_no_article_can_be_put_together_again(tmp_path_factory: Any, number: int, share: float, most: int) -> None:
    made = distinct(rows(range(number, number + 1), LONG, open_rights=False))
    final = write(tmp_path_factory.mktemp("budget") / "final", made)
    configuration = replace(Configuration(), excerpt_share=share, excerpt_characters=most)
    with duckdb.connect() as connection:
        queries = published(connection, final, configuration, include_text=False)
        found = {table: connection.sql(query).pl() for table, query in queries.items()}
    for article in made["articles"]:
        shown = covered(article["text"], words_of(found, article["article_id"]))
        assert shown <= limit_of(article["text_chars"], configuration)
    if limit_of(min(article["text_chars"] for article in made["articles"]), configuration) > 400:
        assert found["quotes"]["text"].null_count() == 0, "quotations come first"


def test_open_sources_are_published_whole_and_reserved_ones_not_at_all(tmp_path: Path) -> None:
    made = rows(range(9), LONG, open_rights=False)
    made["sources"][0] |= {"rights": "open"}
    made["sources"][1] |= {"tdm_reserved": True}
    with duckdb.connect() as connection:
        queries = published(connection, write(tmp_path / "final", made), Configuration(), include_text=False)
        sql = (
            "select source_id, count(a.text), count(distinct q.text) from ({articles}) a join ({quotes}) q"
            " using (article_id) group by 1"
        )
        found = {row[0]: row[1:] for row in connection.execute(sql.format(**queries)).fetchall()}
    assert found[minted("s", 0)][0] > 0
    assert found[minted("s", 1)] == (0, 0)
    assert found[minted("s", 2)][0] == 0 < found[minted("s", 2)][1]


def test_all_releases_and_their_changes_together_keep_the_budget(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    words: list[str] = []
    for day, shift in enumerate((0, 40, 80), 1):
        made = distinct(rows(range(2), LONG, open_rights=False))
        own = {article["article_id"]: article["text"] for article in made["articles"]}
        for table in ("quotes", "claims"):  # another extractor finds other words
            for row in made[table]:
                start, length = (row["start"] + shift) % 500, row["end"] - row["start"]
                place = {"start": start, "end": start + length}
                text = own[row["article_id"]][start : start + length]
                row |= {**place, "spans": [place], "text": text, "subject": None, "object": None}
        release(dist, made, f"2026.01.0{day}", tmp_path, include_text=False)
        opened = Dist(dist).opened(f"2026.01.0{day}")
        with duckdb.connect() as connection:
            found = {table: connection.sql(rows_of(opened.paths(table), table)).pl() for table in TABLES}
        words += [word for article in own for word in words_of(found, article)]
        for file in sorted((opened.folder / "changes").glob("*.parquet")):
            cells = pl.read_parquet(file).filter(pl.col("column").is_in(["text", "title", "subject", "object"]))
            before = [json.loads(cell) for name in ("before", "after") for cell in cells[name].drop_nulls()]
            words += [word for word in before if word]
    for text in own.values():
        assert 0 < covered(text, words) <= limit_of(len(text), Configuration())


def test_the_same_rows_show_the_same_words_again_and_nothing_once_the_source_reserves(tmp_path: Path) -> None:
    made = distinct(rows(range(3), LONG, open_rights=False))
    release(tmp_path / "dist", made, "2026.01.01", tmp_path, include_text=False)
    earlier = [Dist(tmp_path / "dist").opened("2026.01.01")]
    made["sources"][0] |= {"tdm_reserved": True}
    final = write(tmp_path / "final", made)
    with duckdb.connect() as connection:
        queries = published(connection, final, Configuration(), include_text=False, earlier=earlier)
        for table in ("quotes", "claims"):
            before = connection.sql(rows_of(earlier[0].paths(table), table)).pl()
            after = connection.sql(queries[table]).pl()
            closed = connection.sql(queries["articles"]).pl().filter(source_id=minted("s", 0))["article_id"]
            reserved = pl.col("article_id").is_in(closed.implode())
            assert table == "claims" or before.filter(reserved)["text"].count() > 0
            assert after.filter(reserved)["text"].null_count() == after.filter(reserved).height > 0
            key = TABLES[table].key()
            same = [frame.filter(~reserved).sort(key).select(key, "text") for frame in (before, after)]
            assert same[0].equals(same[1])
