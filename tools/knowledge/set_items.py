"""Write the Wikidata items of `items.tsv` into the hand-written tables of `pipeline/knowledge`.

    python tools/knowledge/set_items.py

`items.tsv` has a row for each confirmed item: the id of the knowledge row, its name, the item, and the open data in
which the item stands beside that name. A person or organisation without a row gets one, and a row that `items.tsv`
does not confirm has no item. Sources: the holders of offices and the members of legislatures that the EveryPolitician
project takes from Wikidata (CC0, `every-politician-scrapers/COUNTRY` on GitHub, `html/holders21.csv`, and
`everypolitician/everypolitician-data`), the labels of the name-suggestion-index (BSD-3-Clause, the npm package
name-suggestion-index 8.0.20260918, `dist/wikidata/wikidata.json`), OpenSanctions' registry of international
organisations (MIT), and classes that others list with their items (parties, airlines, clubs, legislatures, seas).
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline.knowledge.tables import rows

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "pipeline" / "knowledge"
TABLES = ("people", "organisations", "media", "platforms", "events", "facilities", "works", "geography")
#: Tables that take new rows: their type, how their ids start, and what is known without the item.
NEW = {
    "people": ("PERSON", "person/", "public office or public record"),
    "organisations": ("ORG", "org/", "the organisation's own name and abbreviation"),
}
#: What a `source` cell says before the source of the item.
MARK = "; item: "


def main() -> None:
    """Set the items, table by table; append persons that have no row."""
    confirmed = {row["id"]: row for _, row in rows(HERE / "items.tsv")}
    placed = set()
    for table in TABLES:
        path = TARGET / f"{table}.tsv"
        header = path.read_text("utf-8").split("\n", 1)[0]
        columns = header.split("\t")
        lines = [header]
        for _, row in rows(path):
            item = confirmed.get(row["id"])
            if item is None:
                row["wikidata_id"] = ""
            else:
                placed.add(row["id"])
                row["wikidata_id"] = item["wikidata_id"]
                row["source"] = row["source"].split(MARK)[0] + MARK + item["source"]
            lines.append("\t".join(row.get(column, "") for column in columns))
        kind, prefix, about = NEW.get(table, ("", "", ""))
        for key in sorted(set(confirmed) - placed) if kind else ():
            if key.startswith(prefix):
                row = {**confirmed[key], "type": kind, "source": about + MARK + confirmed[key]["source"]}
                lines.append("\t".join(row.get(column, "") for column in columns))
                placed.add(key)
        path.write_text("\n".join(lines) + "\n", "utf-8")
    for key in sorted(set(confirmed) - placed):
        print(f"{key}: no such row")


if __name__ == "__main__":
    main()
