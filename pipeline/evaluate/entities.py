"""Entities: which figures each data set of entities can give."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.evaluate import coreference, names
from pipeline.evaluate.gold import Document, Row
from pipeline.evaluate.measures import Figure


def score(dataset: str, documents: list[Document], found: Mapping[str, Row]) -> list[Figure]:
    """The figures of a data set of entities."""
    figures: list[Figure] = []
    if dataset.startswith(("ner_", "topo_")) or dataset in ("el_news_fair_v2", "seeds"):
        figures += names.score_names(dataset, documents, found)
    if dataset in ("el_news_fair_v2", "el_msnbc_updated", "el_reuters_128", "seeds"):
        figures += names.score_linking(dataset, documents, found)
    if dataset.startswith("topo_"):
        figures += names.score_coordinates(dataset, documents, found)
    if dataset in ("el_msnbc_updated", "el_meantime", "gum_news_all", "seeds"):
        figures += coreference.score(dataset, documents, found)
    return figures
