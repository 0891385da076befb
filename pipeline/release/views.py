"""Views: the SQL that makes a release's files tables with comments, derived from the schemas."""

from __future__ import annotations

from pipeline.link.parts import quoted
from schemas import TABLES


def views_sql(version: str) -> str:
    """The text of `views.sql`: a view for every table, a comment on every table and column."""
    lines = [
        f"-- onrecord, release {version}. From any folder:",
        "--   SET file_search_path = 'FOLDER OF THIS RELEASE'; then run this file.",
        "",
    ]
    for name, model in TABLES.items():
        lines.append(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet('{name}.parquet');")
        lines.append(f"COMMENT ON VIEW {name} IS {quoted(model.summary())};")
        for column, found in model.to_schema().columns.items():
            lines.append(f'COMMENT ON COLUMN {name}."{column}" IS {quoted(str(found.description))};')
        lines.append("")
    return "\n".join(lines)
