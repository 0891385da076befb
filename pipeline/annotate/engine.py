"""The parser behind the shared parse: spaCy's small English model, checked and loaded once a process."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.annotate.headline_verbs import Reading, is_clause, is_headline, names_within, readings, renamed
from pipeline.annotate.model import MODEL, check
from pipeline.annotate.parse import Name, Parse
from pipeline.annotate.segments import Segment, segments

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Components that nothing here reads: lemmas come from `lemmas.py`.
EXCLUDED = ("lemmatizer", "attribute_ruler", "senter")
#: Headlines of a text that are read again, the first ones: of a text that is nothing but short lines, not all.
MOST_HEADLINES = 64


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
    for offsets, doc, reading, opening in _read(pieces, text):
        base = len(starts)
        place: dict[int, int] = {}
        for token in doc:
            if token.is_space or (reading is not None and token.i == reading.inserted):
                continue
            plain = reading is not None and token.i == reading.token
            place[token.i] = len(starts)
            starts.append(offsets[token.idx])
            ends.append(offsets[token.idx + len(token.text) - 1] + 1)
            written = reading.word if reading is not None and plain else token.text
            words.append(opening if opening is not None and token.i == 0 else written)
            tags.append(reading.tag if reading is not None and plain else token.tag_)
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
            if inside and (opening is None or entity.start > 0):  # of a stand-in the model tells its own type
                names.append(Name(inside[0], inside[-1] + 1, entity.label_))
        ranges.append((base, len(starts)))
    return Parse(text, starts, ends, words, tags, heads, labels, sentences, ranges, names)


def _read(pieces: list[Segment], text: str) -> Iterator[tuple[list[int], Doc, Reading | None, str | None]]:
    """The offsets and the analysis of each segment, how it was read where that is not as it is written, and its first
    word where another stood for it."""
    docs = _analysed(pieces)
    headlines = [number for number, piece in enumerate(pieces) if is_headline(piece, docs[number])][:MOST_HEADLINES]
    names = names_within(text) if headlines else frozenset()
    again = {
        number: other for number in headlines if (other := renamed(pieces[number], docs[number], names)) is not None
    }
    for number, doc in zip(again, _analysed(list(again.values())), strict=True):
        docs[number] = doc
    pieces = [again.get(number, piece) for number, piece in enumerate(pieces)]
    tried = [(number, reading) for number in headlines for reading in readings(pieces[number], docs[number], names)]
    chosen: dict[int, tuple[Reading, Doc]] = {}
    for (number, reading), doc in zip(tried, _analysed([reading for _, reading in tried]), strict=True):
        if number not in chosen and is_clause(reading, doc):
            chosen[number] = (reading, doc)
    for number, piece in enumerate(pieces):
        if number in chosen:
            reading, doc = chosen[number]
            yield reading.offsets, doc, reading, piece.opening
        else:
            yield piece.offsets, docs[number], None, piece.opening


def _analysed(read: Sequence[Segment | Reading]) -> list[Doc]:
    return list(load().pipe([one.view for one in read], batch_size=64)) if read else []
