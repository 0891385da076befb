"""Views: the SQL that makes a release's files tables with comments, and answers what people ask most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.link.parts import quoted
from schemas import TABLES


@dataclass(frozen=True, slots=True)
class View:
    """A view over the tables: its name, what it shows, its query."""

    name: str
    comment: str
    query: str


#: What people ask most, in plain SQL that DuckDB reads from 1.4 on.
VIEWS = (
    View(
        "said",
        "Who said what, when and where: every quote with its speaker, source and day, newest first.",
        """SELECT coalesce(speaker_name, speaker_text) AS speaker, q."text", q."type", cue_text AS cue,
       published_at::DATE AS published_on, s.name AS source, a.title, a.url, q.confidence,
       quote_id, speaker_entity_id, q.article_id
FROM quotes q JOIN articles a USING (article_id) LEFT JOIN sources s USING (source_id)
ORDER BY published_at DESC NULLS LAST, q.article_id, q."start", quote_id""",
    ),
    View(
        "said_again",
        "The same words in several articles: one row a cluster of quotes, with its speakers and sources.",
        """SELECT cluster_id, any_value(q."text" ORDER BY published_at, quote_id) AS "text",
       list(DISTINCT speaker_name) FILTER (speaker_name IS NOT NULL) AS speakers,
       count(DISTINCT q.article_id) AS articles, min(published_at) AS first_published_at,
       list(DISTINCT s.name) FILTER (s.name IS NOT NULL) AS sources
FROM quotes q JOIN articles a USING (article_id) LEFT JOIN sources s USING (source_id)
WHERE cluster_id IS NOT NULL GROUP BY cluster_id HAVING count(DISTINCT q.article_id) > 1
ORDER BY articles DESC, cluster_id""",
    ),
    View(
        "speakers",
        "Every resolved speaker, with quotes, articles, and the first and last day quoted.",
        """SELECT speaker_entity_id, any_value(e.canonical_name) AS speaker, any_value(e.wikidata_id) AS wikidata_id,
       count(*) AS quotes, count(DISTINCT q.article_id) AS articles,
       min(published_at)::DATE AS first_day, max(published_at)::DATE AS last_day
FROM quotes q JOIN entities e ON e.entity_id = q.speaker_entity_id JOIN articles a USING (article_id)
GROUP BY speaker_entity_id ORDER BY quotes DESC, speaker_entity_id""",
    ),
    View(
        "claims_by_speaker",
        "Every claim that somebody is named for, with how firmly it is put and who reports it.",
        """SELECT coalesce(claimant_name, claimant_text) AS claimant, c."text", subject, predicate, "object",
       claim_type, c.attribution, polarity, modality, factuality, event_time_start, place_text,
       published_at::DATE AS published_on, s.name AS source, n_independent_sources, claim_id,
       claimant_entity_id, c.article_id
FROM claims c JOIN articles a USING (article_id) LEFT JOIN sources s USING (source_id)
WHERE claimant_entity_id IS NOT NULL OR claimant_text IS NOT NULL
ORDER BY claimant, published_at, claim_id""",
    ),
    View(
        "corroborated_claims",
        "Claims that several independent sources make: one row a cluster, most sources first.",
        """SELECT cluster_id, any_value(c."text" ORDER BY published_at, claim_id) AS "text",
       max(n_independent_sources) AS n_independent_sources, max(n_publishers) AS n_publishers,
       max(n_articles) AS n_articles, min(first_reported_at) AS first_reported_at,
       list(DISTINCT s.name) FILTER (s.name IS NOT NULL) AS sources, list(DISTINCT claim_id) AS claim_ids
FROM claims c JOIN articles a USING (article_id) LEFT JOIN sources s USING (source_id)
WHERE cluster_id IS NOT NULL GROUP BY cluster_id HAVING max(n_independent_sources) > 1
ORDER BY n_independent_sources DESC, cluster_id""",
    ),
    View(
        "contradictions",
        "Pairs of claims that contradict or deny one another, with who makes them and the score.",
        """SELECT r.relation, r.score, c.claim_id, c."text", coalesce(c.claimant_name, c.claimant_text) AS claimant,
       c.article_id, o.claim_id AS other_claim_id, o."text" AS other_text,
       coalesce(o.claimant_name, o.claimant_text) AS other_claimant, o.article_id AS other_article_id
FROM (SELECT *, unnest(relations) AS r FROM claims) c JOIN claims o ON o.claim_id = c.r.claim_id
WHERE c.r.relation IN ('contradicts', 'denies') ORDER BY c.r.score DESC, c.claim_id, o.claim_id""",
    ),
    View(
        "timeline",
        "Claims about dated events in the order of the events, with when they were reported.",
        """SELECT event_time_start, event_time_end, event_time_precision, c."text",
       coalesce(claimant_name, claimant_text) AS claimant, place_text, story_id, published_at, s.name AS source,
       n_independent_sources, claim_id, c.article_id
FROM claims c JOIN articles a USING (article_id) LEFT JOIN sources s USING (source_id)
WHERE event_time_start IS NOT NULL ORDER BY event_time_start, event_time_end, claim_id""",
    ),
)  # fmt: skip


def views_sql(manifest: dict[str, Any]) -> str:
    """The text of `views.sql`: a view for every table, a comment on every table and column, and `VIEWS`."""
    lines = [
        f"-- onrecord, release {manifest['version']}. From any folder:",
        "--   SET file_search_path = 'FOLDER OF THIS RELEASE'; then run this file.",
        "",
    ]
    for name, model in TABLES.items():
        files = [quoted(file["path"]) for file in manifest["tables"][name]["files"]]
        listed = files[0] if len(files) == 1 else f"[{', '.join(files)}]"
        lines.append(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({listed});")
        lines.append(f"COMMENT ON VIEW {name} IS {quoted(model.summary())};")
        for column, found in model.to_schema().columns.items():
            lines.append(f'COMMENT ON COLUMN {name}."{column}" IS {quoted(str(found.description))};')
        lines.append("")
    for view in VIEWS:
        lines += [
            f"CREATE OR REPLACE VIEW {view.name} AS\n{view.query};",
            f"COMMENT ON VIEW {view.name} IS {quoted(view.comment)};",
            "",
        ]
    return "\n".join(lines)
