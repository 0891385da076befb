"""Accuracy floors on gold data, given the gold names: a little below what was measured."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from pipeline.annotate import places
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import LocalEntity, Mention


def _near(entity: LocalEntity, lat: float, lon: float) -> bool:
    if entity.lat is None or entity.lon is None:
        return False
    a, b = math.radians(entity.lat), math.radians(lat)
    turn = math.radians(entity.lon - lon)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    return 6371 * math.acos(max(-1.0, min(1.0, cosine))) <= 161


def _within(path: Path, limit: int) -> float:
    """The share of gold place names whose coordinates lie within 161 km, the names being given."""
    right = total = 0
    for line in path.read_text("utf-8").rstrip("\n").split("\n")[:limit]:
        row: dict[str, Any] = json.loads(line)
        text, entities, mentions, index = row["text"], [], [], {}
        gold = [one for one in row["toponyms"] if one.get("lat") is not None and not one.get("non_locational")]
        for one in gold:
            name = text[one["start"] : one["end"]]
            if name not in index:
                index[name] = len(entities)
                entities.append(LocalEntity("GPE", name))
            entity = entities[index[name]]
            entity.aliases[name] = entity.aliases.get(name, 0) + 1
            mentions.append(Mention(one["start"], one["end"], name, "GPE", "name", index[name]))
        places.link(Parse(text, [], [], [], [], [], [], [], []), mentions, entities)
        for one in gold:
            total += 1
            right += _near(entities[index[text[one["start"] : one["end"]]]], one["lat"], one["lon"])
    return right / total


@pytest.mark.slow
@pytest.mark.parametrize(("name", "floor"), [("topo_lgl", 0.68), ("topo_trnews", 0.78)])
def test_places_within_161_km(gold: Path, name: str, floor: float) -> None:
    found = _within(gold / "entities" / f"{name}.dev.jsonl", 120)
    print(name, round(found, 3))
    assert found >= floor
