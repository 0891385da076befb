"""Revisions: of several records of the same article, the latest counts; a changed text is a new revision."""

from __future__ import annotations

from pathlib import Path

from pipeline.link.parts import Parts, read, write


def find(parts: Parts, previous: Path | None) -> None:
    """Choose the record that stands for each article.

    Writes `links/current.parquet` (`record`, `article_id`, `revision`) and `links/superseded.parquet`
    (the other records, each with the reason). Within a run the record with the latest date in it counts,
    then the last by name and hash; the order in which files were read does not matter. The revision is
    one more than in the previous release where the text changed since.

    Args:
        previous: the previous release's `articles.parquet`, if there is one.
    """
    before = (
        f"select article_id, revision, text_sha256 from {read(previous)}"
        if previous
        else "select null::varchar article_id, 0 revision, null::varchar text_sha256 where false"
    )
    with parts.connect() as connection:
        connection.execute(
            """create temp table ranked as
            select *, row_number() over (
                partition by article_id order by "order" desc, raw_name desc, raw_sha256 desc, record desc) as rank,
                count(distinct text_sha256) over (partition by article_id) as texts
            from origins"""
        )
        write(
            connection,
            f"""select ranked.record, ranked.article_id,
                (case when before.article_id is null then ranked.texts
                      when before.text_sha256 = ranked.text_sha256 then before.revision
                      else before.revision + 1 end)::integer as revision
            from ranked left join ({before}) before using (article_id) where rank = 1 order by record""",
            parts.link("current"),
        )
        write(
            connection,
            """select other.record, other.article_id, other.raw_name,
                case when other.text_sha256 = current.text_sha256 then 'duplicate_record'
                     else 'superseded' end as "check",
                case when other.text_sha256 = current.text_sha256
                     then 'the same article with the same text stands in ' || current.raw_name
                     else 'a later text of the same article stands in ' || current.raw_name end as reason
            from ranked other join ranked current using (article_id)
            where other.rank > 1 and current.rank = 1 order by other.record""",
            parts.link("superseded"),
        )
