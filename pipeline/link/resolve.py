"""Resolve: every article's own entities to entities over all articles."""

from __future__ import annotations

from pathlib import Path

from pipeline import identity
from pipeline.link.parts import Parts, write


def find(parts: Parts, previous: Path | None, release: str) -> None:
    """Write `links/entities.parquet` (`local`, `entity_id`, `canonical_name`, `lat`, `lon`) and
    `links/entity_table.parquet` (the rows of `entities`).

    Args:
        previous: the previous release's `entities.parquet`, the registry of ids.
        release: the version being built.
    """
    with parts.connect() as connection:
        connection.create_function("mint", identity.entity, ["VARCHAR"], "VARCHAR")
        connection.execute(
            """create temp table keyed as select *, mint(type || '|' || canonical_name) entity_id from entities"""
        )
        write(
            connection,
            "select local, entity_id, canonical_name, lat, lon from keyed order by local",
            parts.link("entities"),
        )
        write(
            connection,
            f"""select entity_id, min(type) type, min(canonical_name) canonical_name,
                []::struct(name varchar, count bigint, source varchar)[] aliases, min(wikidata_id) wikidata_id,
                min(keyed.geonames_id) geonames_id, min(country_code) country_code, min(lat) lat, min(lon) lon,
                min(coordinate_precision) coordinate_precision, min(link_status) link_status, min(link_method) link_method,
                min(link_confidence) link_confidence, sum(mention_count)::bigint mention_count,
                count(distinct article_id) article_count, null::date first_seen, null::date last_seen, 'active' status,
                null::varchar merged_into, '{release}' created_release from keyed group by 1 order by 1""",
            parts.link("entity_table"),
        )
