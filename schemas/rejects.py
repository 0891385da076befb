"""`rejects`: what was left out, and why."""

from __future__ import annotations

from typing import Any, ClassVar

import polars as pl

from schemas.table import Table, field


class Rejects(Table):
    """Raw records that could not be read and rows that failed a check: named, never dropped silently."""

    class Config(Table.Config):
        """Name, key and sorting order."""

        name = "rejects"
        metadata: ClassVar[dict[str, Any]] = {
            "key": "row_id",
            "order": (
                "table",
                "row_id",
                "raw_name",
                "column",
                "check",
                "value",
                "reason",
                "article_id",
            ),
        }

    table: pl.String = field("table", "Table that the row was meant for; raw where nothing could be read.")
    row_id: pl.String = field("row", "Id of the rejected row, where it had one.", nullable=True)
    column: pl.String = field("column", "Column that failed, where one did.", nullable=True)
    check: pl.String = field("check", "Check that failed.")
    value: pl.String = field("value", "The failing value, shortened.", nullable=True, excerpt=True)
    reason: pl.String = field("reason", "What is wrong, in words.")
    article_id: pl.String = field("article", "Article that the row belongs to.", nullable=True)
    raw_name: pl.String = field("raw name", "File and place that it came from.", nullable=True)
