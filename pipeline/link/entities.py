"""Entities over all articles: groups of articles' own entities, their ids, and what the release says of each.

Grouping is by key alone (`entity_keys`), so that the result depends neither on the order nor on the sharding of the
articles. Ids come from the previous release where it knows the group (by its key's id, an id of another collection,
or its name) and are minted from the key otherwise; where two old entities turn out to be one, the older keeps its id
and the other becomes a redirect. DuckDB does the grouping and spills to disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import knowledge
from pipeline.link import entity_keys
from pipeline.link.entity_ids import settle
from pipeline.link.entity_registry import Assignment
from pipeline.link.parts import Parts, read, write
from schemas import TABLES

if TYPE_CHECKING:
    import duckdb

#: What a group and an old entity have in common.
_SHARED = "type, canonical_name, wikidata_id, geonames_id, country_code"

_GROUPS = """
create temp table groups as
select key, arg_max(type, (n, type)) as type from (
    select key, type, sum(mention_count) n from keyed group by all) group by key;
create temp table names as
select key, canonical_name as name, sum(mention_count) n from keyed group by all;
create temp table facts as
select key, wikidata_id, geonames_id, country_code, place.lat as lat, place.lon as lon,
    place.coordinate_precision as coordinate_precision,
    case when romanised then 'linked' else sure.link_status end as link_status,
    case when romanised then 'transliteration' else sure.link_method end as link_method,
    case when romanised then 0.9 else round(sure.link_confidence, 3) end as link_confidence,
    mention_count, article_count, first_seen, last_seen
from (
    select key, coalesce(min(keyed.wikidata_id), min(known_rows.wikidata_id)) wikidata_id,
        min(keyed.geonames_id) geonames_id,
        -- A person whose romanised name alone led to the row of the gazetteer.
        any_value(known_rows.name) is not null and bool_and(link_status = 'nil') romanised,
        coalesce(min(keyed.country_code), min(known_rows.country_code)) country_code,
        -- Of the articles' own links the surest counts; ties go by value, so that no order matters.
        arg_max(
            {'lat': lat, 'lon': lon, 'coordinate_precision': coordinate_precision},
            (coalesce(link_confidence, 0), lat, lon)) filter (lat is not null) place,
        arg_max(
            {'link_status': link_status, 'link_method': link_method, 'link_confidence': link_confidence},
            (link_status = 'linked', coalesce(link_confidence, 0), coalesce(link_method, ''), link_status)) sure,
        sum(mention_count)::bigint mention_count, count(distinct article_id)::bigint article_count,
        min(published_at)::date first_seen, max(published_at)::date last_seen
    from keyed left join dates using (article_id) left join known_rows using (key) group by key);
create temp table forms as
select key, alias.name as name, sum(alias.count)::bigint n
from (select key, unnest(aliases) alias from keyed) group by all;
-- A row of the gazetteer has a name; else the form that stands most often.
create temp table called as
select key, coalesce(
    any_value(known_rows.name),
    first(names.name order by coalesce(forms.n, 0) desc, names.n desc, names.name)) canonical_name
from names left join forms using (key, name) left join known_rows using (key) group by key;
create temp table aliases as
select key, list({'name': name, 'count': n, 'source': source} order by name) aliases from (
    select key, name, n, 'corpus' as source from forms
    union all
    select key, name, 0, 'gazetteer' from (
        select distinct key, row_aliases.name from groups join row_aliases using (key))
    anti join forms using (key, name)) group by key;
"""


def find(parts: Parts, previous: Path | None, release: str) -> None:
    """Write `links/entities.parquet` (`record`, `local`, `entity_id`, `canonical_name`, `lat`, `lon`) and
    `links/entity_table.parquet` (the rows of `entities`).

    Args:
        parts: the shards' parts.
        previous: the previous release's `entities.parquet`, the registry of ids.
        release: the version being built.
    """
    with parts.connect() as connection:
        connection.execute("create temp table dates as select distinct article_id, published_at from articles")
        group(connection)
        resolve(connection, previous, release)
        write(
            connection,
            "select keyed.record, keyed.local, ids.entity_id, called.canonical_name, facts.lat, facts.lon from keyed"
            " join ids using (key) join called using (key) join facts using (key) order by record, local",
            parts.link("entities"),
        )
        write(connection, "select * from entity_table order by entity_id", parts.link("entity_table"))


def group(connection: duckdb.DuckDBPyConnection) -> None:
    """From the relations `entities` (articles' own) and `dates`, make `keyed` (with a key each) and what is known of
    each key: `groups`, `names`, `facts`, `called`, `aliases`.

    An entity that nothing but its article identifies (a surname alone, "the ministry") gets a key of that article's.
    """
    from duckdb.func import SPECIAL

    connection.create_function("shared_key", entity_keys.shared, null_handling=SPECIAL)  # types: its annotations
    # Names repeat from article to article: a key is made once for each.
    connection.execute(
        "create temp table told as select *, shared_key(type, canonical_name, gazetteer_id, wikidata_id, geonames_id,"
        " country_code) as shared from (select distinct type, canonical_name, gazetteer_id, wikidata_id, geonames_id,"
        " country_code from entities)"
    )
    connection.execute(
        "create temp table keyed as select own.*, coalesce(shared, concat_ws('|', 'article', article_id, own.type,"
        " lower(own.canonical_name))) as key from entities own join told on own.type = told.type and"
        " own.canonical_name = told.canonical_name and own.gazetteer_id is not distinct from told.gazetteer_id and"
        " own.wikidata_id is not distinct from told.wikidata_id and own.geonames_id is not distinct from"
        " told.geonames_id and own.country_code is not distinct from told.country_code"
    )
    rows = {entity_keys.of_row(row): row for row in reversed(knowledge.entries())}
    _table(
        connection,
        "known_rows",
        [(key, row.canonical_name, row.wikidata_id, row.country_code) for key, row in sorted(rows.items())],
        "key varchar, name varchar, wikidata_id varchar, country_code varchar",
    )
    _table(
        connection,
        "row_aliases",
        [(key, name) for key, row in sorted(rows.items()) for name in (row.canonical_name, *row.aliases)],
        "key varchar, name varchar",
    )
    connection.execute(_GROUPS)


def resolve(connection: duckdb.DuckDBPyConnection, previous: Path | None, release: str) -> None:
    """Make `ids` (key -> entity_id) and `entity_table`, with what is merged or retired of the previous one."""
    before = read(previous) if previous is not None and previous.exists() else None
    connection.register("no_entities", TABLES["entities"].frame([]).to_arrow())
    groups = f"(select key, {_SHARED} from groups join called using (key) join facts using (key))"
    old = f"(select entity_id, {_SHARED}, status, merged_into, created_release from {before or 'no_entities'})"
    assigned = settle(connection, groups, old)
    connection.execute(
        "create temp table entity_table as select entity_id, type, canonical_name, coalesce(aliases, []) aliases,"
        " wikidata_id, geonames_id, country_code, lat, lon, coordinate_precision, link_status, link_method,"
        " link_confidence, mention_count, article_count, first_seen, last_seen, 'active' status,"
        " null::varchar merged_into, coalesce(old.created_release, $release) created_release"
        " from ids join groups using (key) join called using (key) join facts using (key)"
        " left join aliases using (key) left join (select entity_id, created_release from known) old using (entity_id)",
        {"release": release},
    )
    if before is not None:
        _keep(connection, before, assigned)


def _keep(connection: duckdb.DuckDBPyConnection, previous: str, assigned: Assignment) -> None:
    """Add the old entities that no group has any longer: as redirects, as split, the others as retired."""
    rows = [(old, target, "merged") for old, target in sorted(assigned.redirects.items())]
    gone = [*rows, *((old, None, "split") for old in sorted(assigned.splits))]
    _table(connection, "gone", gone, "entity_id varchar, target varchar, fate varchar")
    connection.execute(
        f"""insert into entity_table by name select old.* replace (
            coalesce(fate, if(old.status = 'split', 'split', 'retired')) as status, target as merged_into,
            0::bigint as mention_count, 0::bigint as article_count, null::date as first_seen, null::date as last_seen)
        from {previous} old left join gone using (entity_id)
        where entity_id not in (select entity_id from ids)"""
    )


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[str | None, ...]], columns: str
) -> None:
    import pyarrow as pa

    fields = [column.split()[0] for column in columns.split(", ")]
    values = list(zip(*rows, strict=True)) or [()] * len(fields)
    connection.register(
        f"{name}_rows",
        pa.table({field: pa.array(list(v), pa.string()) for field, v in zip(fields, values, strict=True)}),
    )
    connection.execute(f"create temp table {name} as select * from {name}_rows")
    connection.unregister(f"{name}_rows")
