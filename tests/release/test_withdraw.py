"""Withdrawal: nothing of the article is left in any release, its changes or the store, and it does not come back."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from pipeline.build import build
from pipeline.release import parts
from pipeline.release.layout import Dist, ReleaseError
from pipeline.release.verify import verify
from pipeline.release.withdraw import withdraw
from pipeline.release.withdraw_store import forget
from pipeline.release.withdrawals import Tombstone, bury, tombstones
from pipeline.run import Job
from pipeline.store import entries
from tests.release.made import minted, release, rows

VERSIONS = ("2026.01.01", "2026.01.02", "2026.01.03")
GONE = minted("a", 4)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases; article 4 is in the first two, article 5 repeats it."""
    tmp_path = tmp_path_factory.mktemp("three")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "LARGEST_SINGLE", {"mentions": 20})
        for version, numbers in zip(VERSIONS, (range(8), range(12), range(5, 12)), strict=True):
            made = rows(numbers, months=200)
            for article in made["articles"]:
                if article["article_id"] == minted("a", 5) and version != VERSIONS[2]:
                    article |= {"copy_of": GONE, "copy_kind": "copy", "copy_containment": 0.9}
            release(tmp_path / "dist", made, version, tmp_path / "scratch")
    return tmp_path / "dist"


@pytest.fixture
def dist(three: Path, tmp_path: Path) -> Dist:
    shutil.copytree(three, tmp_path / "dist")
    return Dist(tmp_path / "dist")


def test_nothing_of_the_article_is_left(dist: Dist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LARGEST_SINGLE", {"mentions": 20})
    text = pl.read_parquet(dist.table(VERSIONS[0], "articles")).filter(article_id=GONE)["text"][0]
    untouched = {path.name for path in dist.opened(VERSIONS[1]).paths("mentions")}
    found = withdraw(dist, GONE, "asked for by the person named")
    assert found.releases == VERSIONS[:2]
    assert found.written == VERSIONS
    for version in VERSIONS:
        assert verify(dist, version) == []
        folder = dist.release(version)
        for path in folder.rglob("*.parquet"):
            values = json.dumps(pl.read_parquet(path).to_dicts(), default=str, ensure_ascii=False)
            assert GONE not in values, path
            assert text not in values, path
            assert minted("c", 4, 0) not in values, path
    articles = pl.read_parquet(dist.table(VERSIONS[0], "articles"))
    copy = articles.filter(article_id=minted("a", 5))
    assert copy.select("copy_of", "copy_kind", "copy_containment").row(0) == (None, None, None)
    claims = pl.read_parquet(dist.table(VERSIONS[0], "claims")).filter(article_id=minted("a", 5))
    assert claims["cluster_id"].null_count() == claims.height
    assert claims["n_articles"].to_list() == [1] * claims.height
    assert claims["n_independent_sources"].to_list() == [1] * claims.height
    assert (dist.opened(VERSIONS[1]).manifest["tables"]["articles"]["rows"]) == 11
    assert untouched & {path.name for path in dist.opened(VERSIONS[1]).paths("mentions")}


def test_entities_are_counted_again(dist: Dist) -> None:
    withdraw(dist, GONE, "a test")
    for version in VERSIONS:
        mentions = pl.read_parquet(str(dist.table(version, "mentions")))
        entities = pl.read_parquet(dist.table(version, "entities"))
        counted = mentions.group_by("entity_id").agg(
            mention_count=pl.len().cast(pl.Int64), article_count=pl.col("article_id").n_unique().cast(pl.Int64)
        )
        live = entities.filter(status="active").select("entity_id", "mention_count", "article_count")
        assert counted.sort("entity_id").equals(live.sort("entity_id"))


def test_a_tombstone_stays(dist: Dist) -> None:
    raw = pl.read_parquet(dist.table(VERSIONS[0], "articles")).filter(article_id=GONE).row(0, named=True)
    withdraw(dist, GONE, "a test")
    tombstone = Tombstone(GONE, "a test", (raw["raw_sha256"],), (raw["text_sha256"],), VERSIONS[0], VERSIONS[1])
    assert tombstones(dist) == [tombstone]
    bury(dist, Tombstone(GONE, "again", ("0" * 64,), (), VERSIONS[0], VERSIONS[2]))
    assert len(tombstones(dist)) == 1
    assert set(tombstones(dist)[0].raw_sha256) == {raw["raw_sha256"], "0" * 64}
    assert dist.opened(VERSIONS[0]).manifest["withdrawals"] == [{"article_id": GONE, "reason": "a test"}]


def test_refusals(dist: Dist) -> None:
    with pytest.raises(ReleaseError, match="there is no article a_nothing in any release"):
        withdraw(dist, "a_nothing", "a test")
    with pytest.raises(ReleaseError, match="say why"):
        withdraw(dist, GONE, " ")
    assert verify(dist, VERSIONS[2]) == []
    (dist.root / "withdrawals.json").write_text("{")
    with pytest.raises(ReleaseError, match="cannot be read, so nothing is published"):
        tombstones(dist)


def test_a_file_in_the_inbox_stays_out(tmp_path: Path) -> None:
    inbox, root = tmp_path / "inbox", tmp_path / "dist"
    inbox.mkdir()
    (inbox / "one.txt").write_text("The bridge is safe, Mayor Ann Hill said on Monday. It opens again in June.\n")
    (inbox / "two.txt").write_text("The harvest came late this year, said Tom Field, who runs a farm in Wales.\n")
    build(Job((str(inbox),), root), datetime(2026, 1, 1, tzinfo=UTC))
    dist = Dist(root)
    articles = pl.read_parquet(dist.table("2026.01.01", "articles"))
    gone = articles.filter(pl.col("raw_name").str.contains("one"))["article_id"][0]
    withdraw(dist, gone, "a test")
    assert [path.parent.parent.name for path in entries(dist.store)] == ["annotations", "articles"]  # of two.txt
    published, _ = build(Job((str(inbox),), root, accept="an article less"), datetime(2026, 1, 2, tzinfo=UTC))
    assert published.new
    kept = pl.read_parquet(dist.table("2026.01.02", "articles"))
    assert kept["article_id"].to_list() == articles.filter(pl.col("article_id") != gone)["article_id"].to_list()
    reject = pl.read_parquet(dist.table("2026.01.02", "rejects")).row(0, named=True)
    assert (reject["check"], reject["article_id"]) == ("withdrawn", gone)
    assert verify(dist, "2026.01.02") == []
    again, _ = build(Job((str(inbox),), root), datetime(2026, 1, 3, tzinfo=UTC))
    assert not again.new


def test_without_the_text_every_annotation_goes(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "one.txt").write_text("The bridge is safe, Mayor Ann Hill said on Monday. It opens again in June.\n")
    build(Job((str(inbox),), tmp_path / "dist"), datetime(2026, 1, 1, tzinfo=UTC))
    store = tmp_path / "dist" / ".store"
    forget(store, Tombstone("a_x", "a test", ("0" * 64,), ("0" * 64,), "2026.01.01", "2026.01.01"))
    assert {path.parent.parent.name for path in entries(store)} == {"articles"}
