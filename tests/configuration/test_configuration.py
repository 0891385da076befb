"""Configuration: a wrong key stops at once with its line; the template is valid and complete."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from pipeline.configuration import Configuration, ConfigurationError, read, template


def written(folder: Path, text: str) -> Path:
    path = folder / "onrecord.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[work]\nshard_article = 5\n", r"line 2: \[work\] has no shard_article"),
        ("\n\n[wrok]\nshard_articles = 5\n", r"line 3: there is no section \[wrok\]"),
        ("[work]\n\nshard_articles = 0\n", "line 3: shard_articles must be from 1 to 10000"),
        ("[work]\nshard_articles = 1.5\n", "line 2: shard_articles must be a whole number"),
        ("[gate]\nrow_drop = true\n", "line 2: row_drop must be a number"),
        ("[excerpts]\nexcerpt_share = 2\n", "must be from 0 to 1"),
        ("[input]\ngazetteers = 'a.tsv'\n", "must be a list of texts"),
        ("[input]\nsources = 5\n", "must be a text"),
        ("[fields]\nbody = 'text'\n", r"line 2: \[fields\] takes names for text"),
        ("[work\n", "onrecord.toml"),
        ("[gate]\nfill_drop = nan\n", "line 2: fill_drop must be from 0 to 1"),
        ("[work]\nmemory_limit = 'much'\n", "line 2: memory_limit must be a size such as 450MB"),
        ("[excerpts]\nexcerpt_share = 0.1\n\n[gate]\nexcerpt_share = 0.1\n", r"line 5: \[gate\] has no excerpt_share"),
    ],
)
def test_wrong_settings_stop_with_their_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        read(written(tmp_path, text))


def test_missing_file_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="onrecord init"):
        read(tmp_path / "no.toml")


def test_template_is_the_default_and_names_every_setting(tmp_path: Path) -> None:
    assert read(written(tmp_path, template())) == Configuration()
    uncommented = (
        re.sub(r"^# (?=\w+ = )", "", template(), flags=re.MULTILINE)
        .replace('sources = ""\n', "")
        .replace('alert = ""\n', "")
    )
    found = read(written(tmp_path, uncommented))
    assert found.fields == {"text": "body", "published_at": "published"}
    assert found.excerpt_share == Configuration().excerpt_share
    for spec in fields(Configuration):
        if spec.name != "fields":
            assert f"# {spec.name} = " in template()


def test_settings_are_read_and_change_the_hash(tmp_path: Path) -> None:
    found = read(written(tmp_path, '[excerpts]\nexcerpt_characters = 100\n[fields]\ntext = "inhalt"\n'))
    assert found.excerpt_characters == 100
    assert found.fields == {"text": "inhalt"}
    assert found.sha256() != Configuration().sha256()


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read(None) == Configuration()
