"""Knowledge: what the extraction knows about the world, as data files with a source for each row.

Every file is a tab-separated table in UTF-8 with a header line, beside this module. Readers are cached for the
process; what they return must not be changed.

Gazetteer (people, organisations, media, platforms, weapons, events, geography, territories, regions):

* `entries() -> tuple[Entry, ...]`: every row, the files in order of name, a user's own files last. An `Entry` has
  `id` (stable, such as `person/angela-merkel`), `type` (a mention type), `canonical_name`, `aliases`, `wikidata_id`,
  `geonames_id`, `gender`, `country_code` (ISO 3166-1 alpha-2), `lat`, `lon`, `coordinate_precision`, `homepage`,
  `source`; None where unknown.
* `entry(id) -> Entry`, `named(name) -> tuple[Entry, ...]` (canonical name or alias, in any letter case).
* `publisher(host) -> Entry | None`: the outlet (type MEDIA) whose homepage is at a host or above it.
* `demonyms() -> dict[str, Demonym]`: adjective or inhabitants in lower case ("russian", "russians", "muscovites")
  -> `name`, `kind` (adjective | people), `entry_id` (the territory, region or None) and `country_code`.
* `adjectives()`: ISO code -> the adjectives of a country.
* `territories() -> tuple[Entry, ...]`: countries and dependent territories (entries `territory/xx`);
  `regions()`: states, provinces, counties (entries `region/xx-...`).

Populated places (GeoNames), too many for objects of their own:

* `cities(name) -> tuple[City, ...]`: the populated places so named (any letter case, accents folded), most populous
  first; `is_city(name)` is the cheap test.

A user adds a gazetteer of their own with the environment variable `ONRECORD_GAZETTEER`: paths of tables with at
least the columns `type` and `name`, joined by `os.pathsep`.
"""

from __future__ import annotations

from pipeline.knowledge.cities import City, cities, is_city
from pipeline.knowledge.demonyms import Demonym, adjectives, demonyms
from pipeline.knowledge.gazetteer import Entry, entries, entry, named, publisher, regions, territories

__all__ = [
    "City",
    "Demonym",
    "Entry",
    "adjectives",
    "cities",
    "demonyms",
    "entries",
    "entry",
    "is_city",
    "named",
    "publisher",
    "regions",
    "territories",
]
