"""The gate: what closes it, what it says, and what a reason helps against."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.link.parts import Parts
from pipeline.release.gate import GateError
from pipeline.release.layout import Dist
from pipeline.release.publish import publish
from tests.release.made import ABOUT, Rows, Size, rows, write

SIZE = Size(mentions=8, quotes=3, claims=4, words=40)


def published(dist: Path, made: Rows, version: str, scratch: Path, **options: Any) -> Any:
    parts = Parts(scratch / f"work-{version}")
    return publish(Dist(dist), write(scratch / version, made), parts, version, ABOUT, **options)


def fewer_rows(made: Rows) -> None:
    gone = {article["article_id"] for article in made["articles"][:12]}
    for table in ("articles", "mentions", "quotes", "claims"):
        made[table] = [row for row in made[table] if row["article_id"] not in gone]
    left = {claim["claim_id"] for claim in made["claims"]}
    for claim in made["claims"]:
        claim["relations"] = [one for one in claim["relations"] if one["claim_id"] in left]


def emptier_column(made: Rows) -> None:
    for row in made["mentions"]:
        row["confidence"] = None


def dangling_reference(made: Rows) -> None:
    made["mentions"][0]["entity_id"] = "e_" + "a" * 16


def dangling_relation(made: Rows) -> None:
    made["claims"][0]["relations"][0]["claim_id"] = "c_" + "a" * 16


def dangling_chain(made: Rows) -> None:
    made["claims"][0]["attribution_chain"] = [{"text": "aides", "entity_id": "e_" + "a" * 16, "cue": "said"}]


def free_without_evidence(made: Rows) -> None:
    made["sources"][0] |= {"licence": None, "rights_evidence": None}


FAULTS: dict[str, tuple[Callable[[Rows], None], str]] = {
    "rows": (fewer_rows, "articles: 28 rows after 40, 30% fewer"),
    "fill": (emptier_column, "mentions.confidence: 0% of the cells are filled, 100% before"),
    "reference": (dangling_reference, "mentions.entity_id: not in entities.entity_id (1 rows) (such as m_"),
    "relation": (dangling_relation, "claims.relations: not in claims.claim_id (1 rows) (such as c_"),
    "chain": (dangling_chain, "claims.attribution_chain: not in entities.entity_id (1 rows) (such as c_"),
    "rights": (free_without_evidence, "sources.rights_evidence: open or licensed without"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_gate_closes_and_says_why(tmp_path: Path, name: str) -> None:
    spoil, words = FAULTS[name]
    dist, made = tmp_path / "dist", rows(range(40), SIZE)
    published(dist, made, "2026.01.01", tmp_path)
    spoil(made)
    with pytest.raises(GateError, match="the gate closed") as error:
        published(dist, made, "2026.01.02", tmp_path)
    assert words in str(error.value)
    assert "\n" not in str(error.value)
    assert Dist(dist).versions() == ["2026.01.01"], "nothing is published"
    if name in {"rights", "reference", "relation", "chain"}:
        with pytest.raises(GateError):
            published(dist, made, "2026.01.02", tmp_path, accept="no reason helps against that")
        return
    published(dist, made, "2026.01.02", tmp_path, accept="seen by a person")
    gate = Dist(dist).manifest("2026.01.02")["gate"]
    assert gate["accepted"] == "seen by a person"
    assert name in {finding["check"] for finding in gate["findings"]}
    assert "seen by a person" in (dist / "2026.01.02" / "README.md").read_text(encoding="utf-8")


def test_a_reason_is_not_kept_where_nothing_was_found(tmp_path: Path) -> None:
    published(tmp_path / "dist", rows(range(6), SIZE), "2026.01.01", tmp_path, accept="just in case")
    assert Dist(tmp_path / "dist").manifest("2026.01.01")["gate"]["accepted"] is None
