"""The rights of sources are read beside the raw files, wherever these are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import identity
from pipeline.configuration import ConfigurationError
from pipeline.ingest.read import read
from pipeline.ingest.records import RawRecord
from pipeline.link.sources import known

RIGHTS = "name,rights,licence\nThe Paper,open,CC BY 4.0\n"
PAPER = identity.source("The Paper")


@pytest.fixture
def bucket() -> Iterator[str]:
    """A folder behind a URL with an article, its sidecar and the rights of its publisher."""
    import fsspec

    system = fsspec.filesystem("memory")
    system.pipe("/inbox/d/a.txt", b"The harbour bridge reopened on Monday.")
    system.pipe("/inbox/d/a.meta.json", b'{"publisher": "The Paper", "published_at": "2023-01-20"}')
    system.pipe("/inbox/sources.csv", RIGHTS.encode())
    system.pipe("/inbox/d/sources.csv", RIGHTS.replace("open", "licensed").encode())
    yield "memory://inbox"
    system.rm("/inbox", recursive=True)


@pytest.mark.parametrize(
    ("given", "rights"),
    [("", "open"), ("/", "open"), ("/**/*.txt", "open"), ("/d/a.txt", "licensed"), ("/d", "licensed")],
)
def test_behind_a_url(bucket: str, given: str, rights: str) -> None:
    assert known([bucket + given], None)[PAPER]["rights"] == rights


def test_neither_rights_nor_sidecars_behind_a_url_are_articles(bucket: str) -> None:
    [record] = read([bucket])
    assert isinstance(record, RawRecord) and record.raw_name == "d/a.txt"
    assert record.given is not None
    assert (record.given.publisher, record.given.published_at) == ("The Paper", "2023-01-20")


def test_settings_name_a_file_by_path_or_url(bucket: str, tmp_path: Path) -> None:
    (tmp_path / "rights.csv").write_text(RIGHTS)
    assert known(["memory://nowhere"], str(tmp_path / "rights.csv"))[PAPER]["licence"] == "CC BY 4.0"
    assert known([str(tmp_path)], f"{bucket}/d/sources.csv")[PAPER]["rights"] == "licensed"


def test_here(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a.txt").write_text("Text.")
    (tmp_path / "sources.csv").write_text("\ufeff" + RIGHTS, encoding="utf-8")
    for given in (str(tmp_path), f"{tmp_path}/*/a.txt", tmp_path.as_uri(), str(tmp_path / "sources.csv")):
        assert known([given, given], None)[PAPER]["rights"] == "open"
    assert known([f"{tmp_path}/d/a.txt"], None) == {}


def test_what_cannot_be_read_is_told_and_not_passed_over(bucket: str, tmp_path: Path) -> None:
    import fsspec

    fsspec.filesystem("memory").pipe("/inbox/sources.csv", b"name;rights\nThe Paper;open\n")
    with pytest.raises(ConfigurationError, match=r"memory://.*columns must be among"):
        known([bucket], None)
    (tmp_path / "sources.csv").symlink_to("nowhere.csv")
    with pytest.raises(ConfigurationError, match=r"sources\.csv: cannot be read"):
        known([str(tmp_path)], None)
    with pytest.raises(ConfigurationError, match=r"cannot be read"):
        known([], f"{bucket}/no.csv")


def test_web_servers_are_not_asked_for_files_beside_a_page() -> None:
    assert known(["https://paper.invalid/2023/01/20/story.html"], None) == {}
