"""Run: gold documents through the extraction, and the figures of every data set."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.evaluate import claims, entities, gold, quotes, times
from pipeline.evaluate.gold import DATASETS, Document, GoldError, Row
from pipeline.evaluate.measures import Figure

_SCORES: dict[str, Callable[[str, list[Document], dict[str, Row]], list[Figure]]] = {
    "quotes": quotes.score,
    "claims": claims.score,
    "entities": entities.score,
    "times": times.score,
}
_NOTHING: Row = {"mentions": [], "quotes": [], "claims": [], "times": []}

#: Output lines for input lines, in their order: `pipeline.extract.extract` with its options given.
Extract = Callable[[Iterator[str]], Iterator[str]]


def evaluate(
    folder: Path,
    extract: Extract,
    tasks: Sequence[str] = tuple(DATASETS),
    split: str = "dev",
    limit: int | None = None,
    progress: Callable[[str, int, int], None] = lambda _name, _done, _all: None,
) -> list[Figure]:
    """The figures of every data set that the folder holds.

    Args:
        folder: gold data, `TASK/NAME.SPLIT.jsonl`.
        extract: the extraction.
        tasks: of `quotes`, `claims`, `entities`, `times`.
        split: which half of the gold data.
        limit: of each data set the first documents alone.
        progress: told after each document: the data set, documents done, documents in all.

    Raises:
        GoldError: the folder holds no gold data for these tasks, a file of it cannot be read, or a task is unknown.
    """
    if unknown := sorted(set(tasks) - set(DATASETS)):
        raise GoldError(f"there is no task {unknown[0]}: there are {', '.join(DATASETS)}")
    loaded = {
        (task, dataset): found[:limit]
        for task in tasks
        for dataset in DATASETS[task]
        if (found := gold.documents(task, dataset, folder, split)) is not None
    }
    if not loaded:
        raise GoldError(f"{folder} holds no gold data of the {split} half for {', '.join(tasks)}")
    figures: list[Figure] = []
    for (task, dataset), documents in loaded.items():
        output = {document.name: _NOTHING for document in documents}
        for number, line in enumerate(extract(map(_line, documents)), 1):
            row: dict[str, Any] = json.loads(line)
            output[row["doc_id"]] = row
            progress(f"{task} {dataset}", number, len(documents))
        figures += _SCORES[task](dataset, documents, output)
    return figures


def _line(document: Document) -> str:
    return json.dumps({"doc_id": document.name, "text": document.text, "published_at": document.published_at})
