"""The parser behind the shared parse: spaCy's small English model, checked and loaded once a process."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.annotate.model import MODEL, check
from pipeline.annotate.parse import Name, Parse
from pipeline.annotate.segments import segments

if TYPE_CHECKING:
    from spacy.language import Language

#: Components that nothing here reads: lemmas come from `lemmas.py`.
EXCLUDED = ("lemmatizer", "attribute_ruler", "senter")


@lru_cache(maxsize=1)
def load() -> Language:
    """The model, loaded once in this process.

    Raises:
        ModelError: its package is missing, or its files' hash is not the recorded one.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import spacy

    check()
    nlp = spacy.load(MODEL, exclude=list(EXCLUDED))
    nlp.max_length = 10_000_000
    return nlp


def parse(text: str) -> Parse:
    """Parse one text. Its segments go through the model together and alone: what a text yields
    does not depend on what else is parsed."""
    pieces = segments(text)
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    tags: list[str] = []
    heads: list[int] = []
    labels: list[str] = []
    sentences: list[tuple[int, int]] = []
    ranges: list[tuple[int, int]] = []
    names: list[Name] = []
    docs: Any = load().pipe([piece.view for piece in pieces], batch_size=64)
    for piece, doc in zip(pieces, docs, strict=True):
        base = len(starts)
        place: dict[int, int] = {}
        for token in doc:
            if token.is_space:
                continue
            place[token.i] = len(starts)
            starts.append(piece.offsets[token.idx])
            ends.append(piece.offsets[token.idx + len(token.text) - 1] + 1)
            words.append(token.text)
            tags.append(token.tag_)
            labels.append(token.dep_)
        if not place:
            continue
        for sentence in doc.sents:
            inside = [place[token.i] for token in sentence if token.i in place]
            if inside:
                sentences.append((inside[0], inside[-1] + 1))
        for token in doc:
            if token.i in place:
                head = token.head
                while head.i not in place and head.head.i != head.i:
                    head = head.head
                heads.append(place.get(head.i, place[token.i]))
        for entity in doc.ents:
            inside = [place[token.i] for token in entity if token.i in place]
            if inside:
                names.append(Name(inside[0], inside[-1] + 1, entity.label_))
        ranges.append((base, len(starts)))
    return Parse(text, starts, ends, words, tags, heads, labels, sentences, ranges, names)
