"""Gold: the data sets that a folder of gold data may hold, and their documents."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import OnrecordError

Row = dict[str, Any]

#: Task -> data set -> where its file lies in the folder, without its ending.
DATASETS: dict[str, dict[str, str]] = {
    "quotes": {"ggt": "quotes/ggt", "polnear": "quotes/polnear", "seeds": "seeds/quotes"},
    "claims": {
        "attributed_claims": "claims/attributed_claims", "checkworthy": "claims/checkworthy", "seeds": "seeds/claims",
    },
    "entities": {
        **{name: f"entities/{name}" for name in (
            "ner_conllpp", "ner_wikineural", "ner_re3d", "el_news_fair_v2", "el_msnbc_updated", "el_reuters_128",
            "el_meantime", "gum_news_all", "topo_trnews", "topo_geowebnews", "topo_lgl")},
        "seeds": "seeds/mentions",
    },
    "times": {
        **{name: f"entities/{name}" for name in ("timex_timebank", "timex_aquaint", "timex_te3_platinum")},
        "seeds": "seeds/mentions",
    },
}  # fmt: skip
#: Of these only the first documents count.
_FIRST = {"ner_wikineural": 1500}

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAY_IN_NAME = re.compile(r"_(\d{4}-\d\d-\d\d)_")


class GoldError(OnrecordError):
    """The folder of gold data cannot be used."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its annotation."""

    name: str
    text: str
    published_at: str | None
    gold: Row


def rows(path: Path) -> list[Row]:
    """The objects of a JSON lines file.

    Raises:
        GoldError: the file cannot be read, or a line is not JSON.
    """
    found = []
    number = 0
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):  # noqa: B007 (the number of the line that fails)
                if line.strip():
                    found.append(json.loads(line))
    except OSError as error:
        raise GoldError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise GoldError(f"{path}, line {number}: not JSON") from error
    return found


def file_of(folder: Path, place: str, split: str) -> Path | None:
    """The file of a data set: NAME.SPLIT.jsonl or NAME.jsonl, in its own folder or in `folder` itself."""
    bases = [folder / place] if place.startswith("seeds/") else [folder / place, folder / Path(place).name]
    names = [base.with_name(f"{base.name}{ending}") for base in bases for ending in (f".{split}.jsonl", ".jsonl")]
    return next((path for path in names if path.is_file()), None)


def documents(task: str, dataset: str, folder: Path, split: str = "dev") -> list[Document] | None:
    """The documents of a data set; None where the folder does not hold it."""
    path = file_of(folder, DATASETS[task][dataset], split)
    if path is None:
        return None
    found = rows(path)
    if dataset != "seeds" and not path.name.endswith(f".{split}.jsonl"):
        found = [row for row in found if row.get("split", row.get("half", split)) == split]
    if task == "claims" and dataset == "seeds":
        return _annotated(found, rows(path.with_name("mentions.jsonl")))
    return [_document(task, dataset, row) for row in found[: _FIRST.get(dataset)]]


def _document(task: str, dataset: str, row: Row) -> Document:
    name = str(row["id"] if dataset == "checkworthy" else row["doc_id"])
    if dataset == "checkworthy":
        date = None
    elif task in ("quotes", "claims"):
        date = _day(row.get("date"))
    else:
        date = _day(row.get("dct"))
    if date is None and task == "quotes" and (in_name := _DAY_IN_NAME.search(name)):
        date = in_name[1]
    return Document(name, row["text"], date, row)


def _annotated(claims: list[Row], articles: list[Row]) -> list[Document]:
    """The claims of articles whose texts stand with their mentions."""
    by_article: dict[str, list[Row]] = defaultdict(list)
    for row in claims:
        if row.get("kind", "claim") == "claim":
            by_article[row["article"]].append(row)
    found = []
    for article in articles:
        name = article["path"].removesuffix(".txt")
        found.append(Document(name, article["text"], _day(article.get("dct")), {"claims": by_article[name]}))
    return found


def _day(value: str | None) -> str | None:
    found = _DAY.match(value or "")
    return found[0] if found else None
