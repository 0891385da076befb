"""Duplicates: articles that repeat another's words, how much of them, and whether mainly words in quotation marks.

Containment is estimated from sketches (`sketch.py`) joined in DuckDB: shared shingles over the smaller
sketch, once over all text and once over the text outside quotation marks. Paragraphs that recur within
a source are boilerplate and set aside first, and so are shingles that stand in very many articles.
"""

from __future__ import annotations

from pipeline.link.parts import Parts, write

#: A paragraph in at least so many articles of one source is boilerplate.
BOILERPLATE_ARTICLES = 3
#: A shingle in more articles than this says nothing about any two of them.
COMMONEST = 60
#: Shared shingles below which nothing is claimed.
FEWEST_SHARED = 4
#: Containment outside quotation marks from which an article is a copy; and derived.
COPY, DERIVED = 0.8, 0.2
#: Containment of all text from which articles share a quotation, where little else is shared.
SHARED_QUOTE = 0.3


def find(parts: Parts) -> None:
    """Write `links/copies.parquet`: `article_id`, `copy_of`, `copy_kind`, `copy_containment`; and
    `links/pairs.parquet`: every pair found, `original`, `article_id`, `containment`, `outside`, `kind`.

    An article is a copy of the earliest article that holds the largest part of it. Of two articles the one
    published first is the earlier, then the longer one, then the one whose id sorts first.
    """
    with parts.connect() as connection:
        connection.execute(f"create view sketches as select * from {parts.files('sketches')} "
                           f"where record in (select record from articles)")  # fmt: skip
        connection.execute(PAIRS)
        write(connection, "select * from pairs order by article_id, original", parts.link("pairs"))
        write(
            connection,
            """select article_id, original as copy_of, kind as copy_kind, round(containment, 3) as copy_containment
            from pairs
            qualify row_number() over (
                partition by article_id
                order by kind = 'shared_quote', round(containment, 1) desc, original_rank, original
            ) = 1 order by article_id""",
            parts.link("copies"),
        )


PAIRS = f"""
create temp table ranked as
    select article_id, coalesce(source_id, article_id) as source,
        row_number() over (order by published_at nulls last, text_chars desc, article_id) as rank
    from articles;
create temp table boilerplate as
    select source, paragraph from sketches join ranked using (article_id)
    where paragraph != 0 group by source, paragraph having count(distinct article_id) >= {BOILERPLATE_ARTICLES};
create temp table own as
    select rank, shingle, bool_and(quoted) as quoted
    from sketches join ranked using (article_id)
    where not exists (
        select 1 from boilerplate
        where boilerplate.source = ranked.source and boilerplate.paragraph = sketches.paragraph)
    group by rank, shingle;
create temp table sizes as
    select rank, count(*) as everything, count(*) filter (not quoted) as outside from own group by rank;
create temp table telling as
    select shingle from own group by shingle having count(*) between 2 and {COMMONEST};
create temp table shared as
    select one.rank as first, other.rank as second, count(*) as everything,
        count(*) filter (not one.quoted and not other.quoted) as outside
    from own one join telling using (shingle) join own other using (shingle)
    where one.rank < other.rank group by 1, 2 having count(*) >= {FEWEST_SHARED};
create temp table measured as
    select shared.first, shared.second,
        shared.everything / least(a.everything, b.everything) as containment,
        coalesce(shared.outside / nullif(least(a.outside, b.outside), 0), 0) as outside
    from shared join sizes a on a.rank = shared.first join sizes b on b.rank = shared.second;
create temp table pairs as
    select one.article_id as original, one.rank as original_rank, other.article_id, containment, outside,
        case when outside >= {COPY} then 'copy' when outside >= {DERIVED} then 'derived' else 'shared_quote' end as kind
    from measured join ranked one on one.rank = first join ranked other on other.rank = second
    where outside >= {DERIVED} or containment >= {SHARED_QUOTE};
"""
