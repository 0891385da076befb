"""The README is true: its commands run, its answers are the real ones, it names every command and no other."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from pipeline.cli.app import app
from schemas import TABLES
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
#: Commands that others run: installing and testing by `.ci/run`, servers and schedules by `tests/operations`.
ELSEWHERE = ("pip install", "uv run", "prefect ", "export PREFECT", "onrecord serve", "dask ", "duckdb ")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the clone, where commands may write."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("seeds", "dist"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".store", ".lock"))
    (folder / "inbox").mkdir()
    shutil.copy(next((ROOT / "seeds").glob("004*.txt")), folder / "inbox" / "story.txt")
    text = (
        '{"doc_id": "1", "text": "The mayor said on Monday that the bridge is safe.", "published_at": "2026-01-31"}\n'
    )
    (folder / "in.jsonl").write_text(text, encoding="utf-8")
    return folder


def shell(line: str, place: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "PREFECT_HOME": str(place / ".prefect")}
    environment.pop("PREFECT_API_URL", None)
    line = line.replace("/tmp/onrecord-dist", str(place / "fresh"))
    if line.startswith("onrecord build") and "--direct" not in line:
        line += " --direct"  # the flow has a harness of its own
    return subprocess.run(line, shell=True, cwd=place, env=environment, capture_output=True, text=True, timeout=200)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_commands_run_and_answer_as_printed(place: Path) -> None:
    ran = 0
    for number, (kind, content) in enumerate(BLOCKS):
        if kind != "sh":
            continue
        lines = [
            line for line in content.replace("\\\n", " ").splitlines() if line.strip() and not line.startswith("#")
        ]
        for line in lines:
            if any(mark in line for mark in ELSEWHERE):
                continue
            done = shell(line, place)
            assert done.returncode == 0, f"{line}\n{done.stderr}"
            ran += 1
        expected = BLOCKS[number + 1] if number + 1 < len(BLOCKS) else ("", "")
        if expected[0] == "text":
            assert "\n".join(line.rstrip() for line in done.stdout.strip().splitlines()) == expected[1].strip(), lines[
                -1
            ]
    assert ran >= 5


def test_statements_run_in_plain_duckdb(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    statements = [part for kind, content in BLOCKS if kind == "sql" for part in content.split(";") if part.strip()]
    assert statements
    for statement in statements:
        assert duckdb.sql(statement) is not None, statement


@pytest.mark.parametrize("content", [content for kind, content in BLOCKS if kind == "python"])
def test_python_examples_run(place: Path, content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    modules = set(re.findall(r"^(?:import|from) (\w+)", content, re.MULTILINE))
    for module in sorted(modules):
        pytest.importorskip(module)
    monkeypatch.chdir(place)
    exec(compile(content, "README.md", "exec"), {})


def test_tables_and_commands_are_named() -> None:
    for table in TABLES:
        assert f"| `{table}` |" in README
    commands = re.findall(r"^  (\w+)  ", helped().split("Commands:")[1], re.MULTILINE)
    assert len(commands) >= 5
    for command in commands:
        assert f"onrecord {command}" in README, command
        assert "--dist DIR" in helped(command)
    for named in set(re.findall(r"`onrecord (\w+)", README)) | set(
        re.findall(r"^onrecord (\w+)", README, re.MULTILINE)
    ):
        assert named in commands, named


def helped(*command: str) -> str:
    """What `--help` prints."""
    done = CliRunner().invoke(app, [*command, "--help"])
    assert done.exit_code == 0
    return done.stdout


def test_help_is_quick_to_load() -> None:
    code = "import sys; import pipeline.cli.app; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT).stdout.split()
    heavy = {"polars", "pandera", "spacy", "prefect", "duckdb", "pyarrow", "numpy", "trafilatura", "lxml"}
    assert not heavy & set(loaded)
