"""The gate: what is not fit to be published is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.configuration import Configuration
from pipeline.errors import OnrecordError

if TYPE_CHECKING:
    import duckdb


class GateError(OnrecordError):
    """The rows are not fit to be published; the message says why."""


def inspect(
    connection: duckdb.DuckDBPyConnection,
    queries: dict[str, str],
    previous: Path | None,
    configuration: Configuration,
    accept: str | None,
) -> dict[str, Any]:
    """What the manifest records of the gate."""
    return {"accepted": accept}
