"""What `onrecord build` says at its end: rows beside the release before, rejects by reason, what to type next."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from pipeline.cli.app import app

FERRY = "The ferry is late, the captain said on Friday.\n"
BRIDGE = "The bridge is safe, the mayor said on Monday.\n"


def said(raw: Path, dist: Path, *options: str) -> str:
    found = CliRunner().invoke(
        app,
        ["build", str(raw), "--dist", str(dist), "--direct", "--workers", "1", "--accept", "test", *options],
        env={"COLUMNS": "200"},
    )
    assert found.exit_code == 0, found.output
    return found.output


def test_summary_compares_with_the_release_before(tmp_path: Path) -> None:
    raw, dist = tmp_path / "raw", tmp_path / "dist"
    raw.mkdir()
    (raw / "ferry.txt").write_text(FERRY)
    first = said(raw, dist, "--version", "2026.11.01")
    assert "difference" not in first
    assert "published: " in first
    assert 'next: onrecord query "' in first

    (raw / "bridge.txt").write_text(BRIDGE)
    (raw / "empty.txt").write_text("")
    second = said(raw, dist, "--version", "2026.11.02")
    assert "2026.11.01" in second
    [articles] = [line for line in second.splitlines() if "articles" in line and "│" in line]
    assert [cell.strip() for cell in articles.strip("│").split("│")] == ["articles", "2", "1", "+1"]
    assert "rejected: 1 of raw by check not_empty" in second

    same = said(raw, dist)
    assert "nothing changed: the rows equal release 2026.11.02" in same
    found = json.loads(said(raw, dist, "--json"))
    assert found["rows"]["articles"] == 2
    assert found["new"] is False
