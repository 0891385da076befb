"""The tables of a release, in reading order: the only truth about their columns.

Everything that describes a table elsewhere (Arrow schema, data dictionary, dataset descriptions,
SQL comments) is derived from these models.
"""

from schemas.articles import Articles
from schemas.claims import Claims
from schemas.entities import Entities
from schemas.mentions import Mentions
from schemas.quotes import Quotes
from schemas.rejects import Rejects
from schemas.sources import Sources
from schemas.table import Table

#: The version of the tables' structure: major for a breaking change, minor for an added column.
SCHEMA_VERSION = "1.0.0"

#: Every table by its name, in reading order.
TABLES: dict[str, type[Table]] = {
    model.table_name(): model for model in (Sources, Articles, Mentions, Entities, Quotes, Claims, Rejects)
}

__all__ = [
    "SCHEMA_VERSION", "TABLES", "Articles", "Claims", "Entities", "Mentions", "Quotes", "Rejects", "Sources", "Table",
]  # fmt: skip
