"""Ids of the entities of a release: plain cases by DuckDB, those that contend for an old entity by `entity_registry`.

From one release to the next nearly every group finds the one entity that its own key was minted for, or is new. Such
groups need not be held in memory, however many there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline import identity
from pipeline.link.entity_keys import name_key
from pipeline.link.entity_registry import Assignment, Group, Known, assign

if TYPE_CHECKING:
    import duckdb

#: Of each group its own id and the key of its name; of each old entity the one that it stands for, and its name's key.
#: `pairs`: the old entities that a group may claim; those that only the registry would rule out are among them.
_PAIRS = """
create temp table own_groups as
    select *, minted_id(key) as own,
        case when not starts_with(key, 'article|') then name_key(type, canonical_name, country_code) end as name
    from {groups};
create temp table known as
    select *, case when status = 'merged' then coalesce(merged_into, entity_id) else entity_id end as live,
        case when status <> 'merged' then name_key(type, canonical_name, country_code) end as name
    from {old};
create temp table pairs as
    select key, live as entity_id from own_groups join known on own = entity_id
    union select key, entity_id from own_groups join known using (wikidata_id) where status <> 'merged'
    union select key, entity_id from own_groups join known using (geonames_id) where status <> 'merged'
    union select key, entity_id from own_groups join known using (name) where status <> 'merged';
"""
#: `kept`: groups that claim the entity of their own key and nothing else, which nothing else claims. `ids`: these and
#: the groups that claim nothing.
_PLAIN = """
create temp table kept as
    select key, entity_id from own_groups join known on own = entity_id
    where status <> 'merged'
        and key in (select key from pairs group by key having count(*) = 1)
        and entity_id in (select entity_id from pairs group by entity_id having count(*) = 1);
create temp table ids as
    select key, entity_id from kept union all select key, own from own_groups anti join pairs using (key);
"""


def settle(connection: duckdb.DuckDBPyConnection, groups: str, old: str) -> Assignment:
    """Make `ids` (`key`, `entity_id`) of all groups, given the entities of the previous release.

    Args:
        groups: the relation with the fields of `Group`.
        old: the relation with the fields of `Known`.

    Returns:
        What `entity_registry.assign` says of the groups and old entities that are no plain case.
    """
    import pyarrow as pa
    from duckdb.func import SPECIAL

    connection.create_function("minted_id", identity.entity)
    connection.create_function("name_key", name_key, ["VARCHAR"] * 3, "VARCHAR", null_handling=SPECIAL)
    connection.execute(_PAIRS.format(groups=groups, old=old))
    connection.execute(_PLAIN)
    fields = "type, canonical_name, wikidata_id, geonames_id, country_code"
    contending = connection.execute(
        f"select key, {fields} from own_groups semi join pairs using (key) anti join kept using (key) order by key"
    ).fetchall()
    known = connection.execute(
        f"select entity_id, {fields}, status, merged_into, created_release from known anti join kept using (entity_id)"
        " order by entity_id"
    ).fetchall()
    live = connection.execute("select distinct entity_id from kept semi join known on merged_into = kept.entity_id")
    found = assign(
        [Group(*row) for row in contending],
        [Known(*row) for row in known],
        frozenset(entity_id for (entity_id,) in live.fetchall()),
    )
    rows = pa.table([pa.array(list(found.ids), pa.string()), pa.array(list(found.ids.values()), pa.string())],
                    names=["key", "entity_id"])  # fmt: skip
    connection.register("settled", rows)
    connection.execute("insert into ids select * from settled")
    connection.unregister("settled")
    return found
