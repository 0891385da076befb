"""The script that a user would write: spaCy, direct quotations with a guess at the speaker, pandas to Parquet.

    python -m tests.benchmarks.baseline CORPUS.jsonl OUT [--parse-only]

It is what `run.py` measures the pipeline against: one process, the whole small model, `nlp.pipe` over the texts.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from pipeline.annotate.model import MODEL

QUOTATION = re.compile(r"[“\"]([^“”\"]{10,1000})[”\"]")
SAYING = frozenset({"say", "tell", "add", "ask", "claim", "warn", "write", "announce", "argue", "insist", "explain"})


def speaker(sentence: Any) -> str | None:
    """The subject of the first verb of saying in a sentence."""
    for token in sentence:
        if token.lemma_ in SAYING:
            for child in token.children:
                if child.dep_ == "nsubj":
                    return " ".join(word.text for word in child.subtree)
    return None


def main() -> None:
    """Parse every text; write quotations, entities and sentences unless only the parse is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--parse-only", action="store_true")
    arguments = parser.parse_args()
    import pandas as pd
    import spacy

    nlp = spacy.load(MODEL)
    texts = [json.loads(line)["text"] for line in arguments.corpus.read_text(encoding="utf-8").splitlines()]
    quotes: list[dict[str, Any]] = []
    entities: list[dict[str, Any]] = []
    sentences: list[dict[str, Any]] = []
    for number, doc in enumerate(nlp.pipe(texts)):
        if arguments.parse_only:
            continue
        for match in QUOTATION.finditer(doc.text):
            span = doc.char_span(*match.span(), alignment_mode="expand")
            who = speaker(span.sent) if span is not None else None
            quotes.append({"article": number, "text": match.group(1), "start": match.start(), "speaker": who})
        entities += [
            {"article": number, "text": ent.text, "type": ent.label_, "start": ent.start_char} for ent in doc.ents
        ]
        sentences += [{"article": number, "text": sent.text, "start": sent.start_char} for sent in doc.sents]
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, rows in (("quotes", quotes), ("entities", entities), ("sentences", sentences)):
        pd.DataFrame(rows).to_parquet(arguments.out / f"{name}.parquet")


if __name__ == "__main__":
    main()
