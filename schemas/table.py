"""What every table's model is made of: a described column, a key, references to other tables."""

from __future__ import annotations

from typing import Any, ClassVar

import pandera.polars as pa
import polars as pl

#: A moment in UTC, to the microsecond.
MOMENT = pl.Datetime("us", "UTC")
#: Characters of `articles.text`, end exclusive.
SPAN = pl.Struct({"start": pl.Int32, "end": pl.Int32})

ARTICLE_ID = r"^a_[a-z2-7]{16}$"
SOURCE_ID = r"^s_[a-z2-7]{16}$"
MENTION_ID = r"^m_[a-z2-7]{16}$"
ENTITY_ID = r"^e_[a-z2-7]{16}$"
QUOTE_ID = r"^q_[a-z2-7]{16}$"
CLAIM_ID = r"^c_[a-z2-7]{16}$"
CLUSTER_ID = r"^[xyz]_[a-z2-7]{16}$"
SHA256 = r"^[0-9a-f]{64}$"
WIKIDATA_ID = r"^Q[1-9][0-9]*$"


def field(
    title: str,
    description: str,
    *,
    unit: str | None = None,
    values: tuple[str, ...] | None = None,
    nullable: bool = False,
    references: str | None = None,
    excerpt: bool = False,
    **checks: Any,
) -> Any:
    """A described column.

    Args:
        title: a few words for people.
        description: what a value means, in one or two sentences.
        unit: what a number counts or measures.
        values: the closed list of allowed values.
        nullable: whether unknown (null) is allowed.
        references: `table.column` that a value must be found in.
        excerpt: whether the column holds words of an article, which rights may withhold.
        checks: further pandera checks (`ge`, `le`, `str_matches`, ...).
    """
    if values is not None:
        checks["isin"] = list(values)
    metadata = {"unit": unit, "values": values, "references": references, "excerpt": excerpt}
    return pa.Field(nullable=nullable, title=title, description=description, metadata=metadata, **checks)


class Table(pa.DataFrameModel):
    """A table of a release. Subclasses name it, its key and its sorting order."""

    class Config:
        """Exactly the declared columns, in the declared order."""

        strict = True
        ordered = True
        name: str | None = None
        metadata: ClassVar[dict[str, Any]] = {}

    @classmethod
    def table_name(cls) -> str:
        """The table's name, as in SQL."""
        return str(cls.Config.name)

    @classmethod
    def key(cls) -> str:
        """The column whose values name the table's rows."""
        return str(cls.Config.metadata["key"])

    @classmethod
    def order(cls) -> tuple[str, ...]:
        """The columns that the table's rows are sorted by."""
        return tuple(cls.Config.metadata["order"])

    @classmethod
    def summary(cls) -> str:
        """The table's description: its docstring as one line."""
        return " ".join((cls.__doc__ or "").split())

    @classmethod
    def polars_schema(cls) -> dict[str, pl.DataType]:
        """Column names and polars types, in order."""
        return {name: found.dtype.type for name, found in cls.to_schema().columns.items()}

    @classmethod
    def frame(cls, rows: list[dict[str, Any]]) -> pl.DataFrame:
        """Rows as a frame with exactly this table's columns and types; what a row lacks is null."""
        return pl.DataFrame(rows, schema=cls.polars_schema(), orient="row")
