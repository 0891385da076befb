"""How well clusters of claims find the sentences of different articles that report the same event: ECB+.

    python -m tests.benchmarks.claim_clusters [--gold FILE] [--dist DIR]

FILE: `claims/ecb_clusters.dev.jsonl` in the folder that the environment variable ONRECORD_GOLD names. Its documents are
built into DIR (a folder of its own, thrown away, unless named; built again there, only what changed runs), and the
claims that overlap a sentence give it their clusters. A pair of sentences of two documents of a topic, each with an
event annotated that is not reporting, is right where it shares an event and predicted where it shares a cluster.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from pipeline.build import build
from pipeline.evaluate.measures import Count
from pipeline.release.open import open_release
from pipeline.release.place import raw_bytes
from pipeline.run import Job

REPORTING = frozenset({"ACTION_REPORTING", "NEG_ACTION_REPORTING"})

#: A sentence: its document's name and its number.
Sentence = tuple[str, int]


def sentences_with_clusters(documents: list[dict[str, Any]], dist: Path) -> dict[Sentence, set[str]]:
    """The clusters of the claims that overlap each sentence, of documents built into a folder of releases."""
    with tempfile.TemporaryDirectory() as raw:
        names = {f"{number:05d}.txt": document for number, document in enumerate(documents)}
        for name, document in names.items():
            (Path(raw) / name).write_text(document["text"], encoding="utf-8")
        published, _ = build(Job((raw,), dist, workers=os.cpu_count() or 1, accept="benchmark"))
    with open_release(dist, published.version) as release:
        articles = release.sql("select article_id, raw_name, offsets from articles").pl()
        claims = release.sql(
            'select article_id, start, "end", cluster_id from claims where cluster_id is not null'
        ).pl()
    places = {row["article_id"]: row for row in articles.iter_rows(named=True)}
    found: dict[Sentence, set[str]] = defaultdict(set)
    for claim in claims.iter_rows(named=True):
        article = places[claim["article_id"]]
        document = names[Path(article["raw_name"]).name]
        span = raw_bytes(article["offsets"], claim["start"], claim["end"])
        for sentence in document["sentences"]:
            start, end = (len(document["text"][: sentence[edge]].encode()) for edge in ("start", "end"))
            if span and span[0] < end and start < span[1]:
                found[document["doc_id"], sentence["n"]].add(claim["cluster_id"])
    return found


def score(documents: list[dict[str, Any]], found: dict[Sentence, set[str]]) -> Count:
    """Pairs of sentences: right, predicted, in the gold."""
    topics: dict[str, dict[Sentence, set[str]]] = defaultdict(lambda: defaultdict(set))
    for document in documents:
        for mention in document["mentions"]:
            if mention["kind"] == "event" and mention["selected"] and mention["tag"] not in REPORTING:
                topics[document["topic"]][document["doc_id"], mention["sentence"]].add(mention["cluster"])
    count = Count()
    for events in topics.values():
        for one, other in itertools.combinations(events, 2):
            if one[0] != other[0]:
                same, said = bool(events[one] & events[other]), bool(found.get(one, set()) & found.get(other, set()))
                count.add(same and said, said, same)
    return count


def main() -> None:
    """Build, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("ONRECORD_GOLD", ".")) / "claims" / "ecb_clusters.dev.jsonl"
    parser.add_argument("--gold", type=Path, default=default)
    parser.add_argument("--dist", type=Path)
    arguments = parser.parse_args()
    documents = [json.loads(line) for line in arguments.gold.read_text(encoding="utf-8").splitlines()]
    dist = arguments.dist or Path(tempfile.mkdtemp(prefix="onrecord-clusters-"))
    try:
        found = score(documents, sentences_with_clusters(documents, dist))
    finally:
        if arguments.dist is None:
            shutil.rmtree(dist, ignore_errors=True)
    print(f"precision {found.precision:.1f}, recall {found.recall:.1f}, F1 {found.f1:.1f}")


if __name__ == "__main__":
    main()
