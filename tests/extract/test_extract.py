"""`onrecord extract`: given texts as they stand, a line a document, every span true."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.errors import OnrecordError

KEYS = {
    "mentions": {
        "start", "end", "text", "type", "kind", "entity_id", "canonical_name", "wikidata_id", "geonames_id", "lat",
        "lon",
    },
    "quotes": {
        "start", "end", "spans", "type", "speaker_name", "speaker_text", "speaker_start", "speaker_end", "cue_text",
        "cue_start", "cue_end", "confidence",
    },
    "claims": {
        "start", "end", "spans", "text", "claimant_text", "claimant_start", "claimant_end", "claimant_name", "cue_text",
        "cue_start", "cue_end", "attribution", "polarity", "modality", "factuality", "subject", "predicate", "object",
        "event_time_start", "event_time_end", "checkworthiness",
    },
    "times": {"start", "end", "text", "type", "value"},
}  # fmt: skip
BRIDGE = (
    "“The bridge,” Mayor Ana Ruiz said on Monday, “is not safe for lorries.” 🚧 She closed it.\r\n\r\n"
    "The port, she added, will open in June in Valencia, Spain, after twelve weeks of repairs."
)
DOCUMENTS = [
    {"doc_id": "bridge", "text": BRIDGE, "published_at": "2024-05-14"},
    {"doc_id": 2, "text": "", "published_at": None},
    {"doc_id": "no-date", "text": "A fire broke out on Tuesday, police said."},
    {"doc_id": "odd", "text": "Police said that the road\x00 is closed.", "published_at": "no date"},
]


def extracted(tmp_path: Path, lines: list[str], *options: str) -> tuple[Any, list[dict[str, Any]]]:
    given, made = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["extract", "--input", str(given), "--output", str(made), *options])
    return done, [json.loads(line) for line in made.read_text(encoding="utf-8").splitlines()]


def test_every_field_of_the_contract_and_every_text_is_its_slice(tmp_path: Path) -> None:
    done, rows = extracted(tmp_path, [json.dumps(document) for document in DOCUMENTS], "--workers", "1")
    assert done.exit_code == 0, done.output
    assert [row["doc_id"] for row in rows] == [document["doc_id"] for document in DOCUMENTS]
    for document, row in zip(DOCUMENTS, rows, strict=True):
        assert set(row) == {"doc_id", *KEYS}
        text = str(document["text"])
        for kind, keys in KEYS.items():
            for item in row[kind]:
                assert set(item) == keys
                for before in ("", "speaker_", "claimant_", "cue_"):
                    if f"{before}text" in item and item.get(f"{before}start") is not None:
                        assert item[f"{before}text"] == text[item[f"{before}start"] : item[f"{before}end"]]
    first = rows[0]
    split = first["quotes"][0]
    assert [BRIDGE[start:end] for start, end in split["spans"]] == ["“The bridge,”", "“is not safe for lorries.”"]
    assert (split["speaker_name"], split["type"], split["cue_text"]) == ("Ana Ruiz", "direct", "said")
    assert {time["value"] for time in first["times"]} >= {"2024-05-13", "2024-06"}
    assert any(claim["polarity"] == "negated" for claim in first["claims"])
    assert {mention["canonical_name"] for mention in first["mentions"]} >= {"Ana Ruiz", "Valencia", "Spain"}
    assert rows[1] == {"doc_id": 2, "mentions": [], "quotes": [], "claims": [], "times": []}


def test_lines_that_are_no_documents_are_told_and_the_others_go_on(tmp_path: Path) -> None:
    good = json.dumps(DOCUMENTS[2])
    done, rows = extracted(
        tmp_path,
        [good, "{", "[1]", '{"text": 3, "doc_id": "x"}', r'{"text": "\ud800", "doc_id": "x"}', good],
        "--workers",
        "1",
    )
    assert done.exit_code == 1
    assert isinstance(done.exception, OnrecordError)
    assert "line 2" in str(done.exception)
    assert "(and 3 more)" in str(done.exception)
    assert [row["doc_id"] for row in rows] == ["no-date", "no-date"]


def test_what_a_document_yields_does_not_hang_on_its_neighbours(tmp_path: Path) -> None:
    lines = [json.dumps(document) for document in DOCUMENTS]
    _, alone = extracted(tmp_path, lines, "--workers", "1")
    _, rows = extracted(tmp_path, lines * 12, "--workers", "2")  # more than a worker takes at once
    assert rows == alone * 12


def test_the_summary_is_one_object_on_stdout(tmp_path: Path) -> None:
    done, rows = extracted(tmp_path, [json.dumps(DOCUMENTS[2]), "[1]"], "--workers", "1", "--json")
    summary = json.loads(done.stdout)
    assert summary["documents"] == len(rows) == 1
    assert len(summary["problems"]) == 1
    assert isinstance(done.exception, OnrecordError)
