"""Accuracy floors on gold articles: names, places and links, a little below what was measured."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from pipeline.annotate import engine, names, places
from pipeline.annotate.records import Annotation
from pipeline.evaluate.gold import Document, Row, documents
from pipeline.evaluate.names import score_linking, score_names
from pipeline.extract import as_json

pytestmark = pytest.mark.slow


@lru_cache(maxsize=8)
def _found(folder: Path, dataset: str, limit: int) -> tuple[list[Document], dict[str, Row]]:
    """The first documents of a data set, and their names with links."""
    some = (documents("entities", dataset, folder) or [])[:limit]
    found = {}
    for document in some:
        parse = engine.parse(document.text)
        mentions, entities = names.find(parse)
        entities = places.link(parse, mentions, entities)
        found[document.name] = as_json(document.text, Annotation(mentions, entities, [], [], []))
    return some, found


@pytest.mark.parametrize(
    ("dataset", "limit", "floor"),
    [("el_news_fair_v2", 57, 73.5), ("topo_trnews", 30, 81.0), ("topo_lgl", 60, 74.5), ("ner_wikineural", 400, 89.0)],
)
def test_names(gold: Path, dataset: str, limit: int, floor: float) -> None:
    figure = score_names(dataset, *_found(gold, dataset, limit))[0]
    print(figure)
    assert figure.value is not None and figure.value >= floor


@pytest.mark.parametrize(
    ("dataset", "limit", "precision", "recall"),
    [("el_news_fair_v2", 57, 93.0, 25.0), ("el_msnbc_updated", 9, 96.5, 34.0), ("el_reuters_128", 68, 93.0, 33.5)],
)
def test_links(gold: Path, dataset: str, limit: int, precision: float, recall: float) -> None:
    figures = score_linking(dataset, *_found(gold, dataset, limit))
    print(figures)
    values = [figure.value or 0.0 for figure in figures]
    assert values[0] >= precision
    assert values[1] >= recall
