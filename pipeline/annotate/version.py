"""The extractor's version: a hash of everything that decides what an article yields."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

#: Libraries whose release can change an annotation.
LIBRARIES = ("spacy", "thinc", "numpy", "rapidfuzz")


@lru_cache(maxsize=1)
def extractor_version() -> str:
    """Sixteen characters that change with the model, the rules, the knowledge files (a user's own too) or a library."""
    from pipeline.annotate.model import model_hash
    from pipeline.knowledge.gazetteer import USER_FILES

    package = Path(__file__).resolve().parent.parent
    total = hashlib.sha256(model_hash().encode())
    for folder in ("annotate", "knowledge"):
        total.update(folder_hash(package / folder).encode())
    for name in LIBRARIES:
        total.update(f"{name}={version(name)}\n".encode())
    for own in filter(None, os.environ.get(USER_FILES, "").split(os.pathsep)):
        total.update(hashlib.sha256(Path(own).read_bytes()).digest())
    return total.hexdigest()[:16]


def folder_hash(folder: Path) -> str:
    """SHA-256 over the names and bytes of a folder's files, compiled ones apart."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(path.relative_to(folder).as_posix().encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
