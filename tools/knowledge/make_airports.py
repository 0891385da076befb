"""Make `pipeline/knowledge/airports.tsv` from the wheel `airportsdata` (MIT) of the Python Package Index.

    pip download --no-deps airportsdata==20260905
    (unpack it)
    python tools/knowledge/make_airports.py FOLDER

Keeps international airports with an IATA code, those apart that `facilities.tsv` has under the same name.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline.knowledge.gazetteer import slug
from pipeline.knowledge.tables import HERE, rows

COLUMNS = ["id", "type", "name", "aliases", "country_code", "lat", "lon", "precision", "source"]


def main(folder: Path) -> None:
    """Write the file from the unpacked wheel in `folder`."""
    known = set()
    for _, row in rows(HERE / "facilities.tsv"):
        known |= {slug(row["name"]), *(slug(alias) for alias in row.get("aliases", "").split("|"))}
    found: dict[str, str] = {}
    with (folder / "airportsdata" / "airports.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name = re.sub(r"\s+", " ", row["name"]).strip()
            if not row["iata"] or "International" not in name or "\t" in name:
                continue
            name = name if name.endswith("Airport") else f"{name} Airport"
            if slug(name) in known:
                continue
            cells = [f"fac/{slug(name)}", "FAC", name, "", row["country"], row["lat"], row["lon"], "point"]
            found.setdefault(cells[0], "\t".join([*cells, "airportsdata"]))
    lines = ["\t".join(COLUMNS), *(found[key] for key in sorted(found))]
    (HERE / "airports.tsv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
