"""Facts: what the descriptions say beside the schemas, once: name, licence, sources, and how complete columns are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.release.arrow import arrow_schema
from pipeline.release.database import database
from pipeline.release.write import rows_of
from schemas import TABLES

TITLE = "onrecord: who said what, who claims what, in the news"
DESCRIPTION = (
    "News articles as clean text with offsets, and what they put on record: quotes with their speakers, claims with "
    "their claimants, the people, organisations and places meant, times, copies of one text, and who else reports it."
)
LICENCE_NAME = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Attribution 4.0 (the annotations; texts under the rights in sources)"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, slots=True)
class Source:
    """A source, its rights, and how many articles it has."""

    name: str
    homepage: str | None
    rights: str
    licence: str | None
    tdm_reserved: bool
    attribution: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is read from the tables of a release."""

    date: str  #: the day of the version
    sources: tuple[Source, ...]
    filled: dict[str, dict[str, int]]  #: for each table how many cells of each column are filled
    languages: tuple[str, ...]
    first_day: str | None
    last_day: str | None
    withheld: int  #: articles whose text is withheld


def facts_of(folder: Path, manifest: dict[str, Any]) -> Facts:
    """Read the facts from the files in a release's folder."""
    year, month, day = (int(part) for part in str(manifest["version"]).split(".")[:3])
    filled = {}
    with database() as connection:
        queries = {
            table: rows_of([folder / file["path"] for file in manifest["tables"][table]["files"]], table)
            for table in TABLES
        }
        for table, query in queries.items():
            names = [name for name in arrow_schema(table).names if name in manifest["tables"][table]["columns"]]
            counts = ", ".join(f'count("{name}")' for name in names)
            found = connection.execute(f"select {counts} from ({query})").fetchall()[0]
            filled[table] = dict(zip(names, found, strict=True))
        sources = connection.execute(
            f"""select name, homepage, rights, licence, tdm_reserved, attribution, coalesce(n, 0)
            from ({queries["sources"]}) left join (select source_id, count(*) n from ({queries["articles"]}) group by 1)
            using (source_id) order by name, source_id"""
        ).fetchall()
        found = connection.execute(
            f"""select list(distinct language order by language), min(published_at)::date::varchar,
            max(published_at)::date::varchar, count(*) filter (text is null) from ({queries["articles"]})"""
        ).fetchall()[0]
    return Facts(
        date(year, month, day).isoformat(),
        tuple(Source(*row) for row in sources),
        filled,
        tuple(found[0] or ()),
        found[1],
        found[2],
        found[3],
    )
