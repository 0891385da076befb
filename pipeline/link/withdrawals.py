"""Withdrawals: records of articles that were withdrawn stay out, by id, raw hash or text hash."""

from __future__ import annotations

from pathlib import Path

from pipeline.link.parts import Parts, quoted, read, write


def find(parts: Parts, tombstones: Path) -> None:
    """Take withdrawn records out of `links/current.parquet` and list them in `links/superseded.parquet`.

    They become rejects with the check `withdrawn`, and nothing of their content goes on.

    Args:
        tombstones: the file `withdrawals.json` of the folder of releases, which may not be there.
    """
    from pipeline.release.withdrawals import read as read_tombstones

    found = read_tombstones(tombstones)
    if not found:
        return
    articles = _listed([tombstone.article_id for tombstone in found])
    raw = _listed([digest for tombstone in found for digest in tombstone.raw_sha256])
    texts = _listed([digest for tombstone in found for digest in tombstone.text_sha256])
    current, superseded = parts.link("current"), parts.link("superseded")
    beside = parts.link("withdrawn")
    with parts.connect() as connection:
        connection.execute(
            f"""create temp table withdrawn as select record, article_id, raw_name from {parts.files("origins")}
            where article_id in ({articles}) or raw_sha256 in ({raw}) or text_sha256 in ({texts})"""
        )
        connection.execute(
            f"create temp table kept as select * from {read(current)} anti join withdrawn using (record)"
        )
        connection.execute(
            f"""create temp table out as select * from {read(superseded)} anti join withdrawn using (record)
            union all by name select record, article_id, raw_name, 'withdrawn' as "check",
                'the article was withdrawn and is not published again' as reason from withdrawn"""
        )
        write(connection, "select * from kept order by record", beside)
        beside.replace(current)
        write(connection, "select * from out order by record", beside)
        beside.replace(superseded)


def _listed(values: list[str]) -> str:
    return ", ".join(quoted(value) for value in sorted(values)) or "null::varchar"
