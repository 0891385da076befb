-- onrecord, release 2026.11.22. From any folder:
--   SET file_search_path = 'FOLDER OF THIS RELEASE'; then run this file.

CREATE OR REPLACE VIEW sources AS SELECT * FROM read_parquet('sources.parquet');
COMMENT ON VIEW sources IS 'Publishers of the articles, with the rights in their text and the evidence for them.';
COMMENT ON COLUMN sources."source_id" IS 'Id of the publisher, stable over releases.';
COMMENT ON COLUMN sources."name" IS 'Name of the publisher.';
COMMENT ON COLUMN sources."homepage" IS 'Address of the publisher''s site.';
COMMENT ON COLUMN sources."country" IS 'ISO 3166-1 alpha-2 code of the publisher''s country.';
COMMENT ON COLUMN sources."rights" IS 'Whether the text may be passed on: open (an open licence), licensed (an agreement), link_only (no), unknown (not looked into, treated as no).';
COMMENT ON COLUMN sources."licence" IS 'Name or SPDX id of the licence of the text.';
COMMENT ON COLUMN sources."rights_evidence" IS 'Where the rights were read: an address or a sentence.';
COMMENT ON COLUMN sources."rights_checked_on" IS 'Day on which the rights were looked up.';
COMMENT ON COLUMN sources."tdm_reserved" IS 'Whether the publisher reserved text and data mining (EU 2019/790, article 4).';
COMMENT ON COLUMN sources."attribution" IS 'Words to print where the text is used.';

CREATE OR REPLACE VIEW articles AS SELECT * FROM read_parquet('articles.parquet');
COMMENT ON VIEW articles IS 'News articles as cleaned: text, metadata with evidence, and a map from clean characters to raw bytes.';
COMMENT ON COLUMN articles."article_id" IS 'Id of the article, stable over releases and revisions.';
COMMENT ON COLUMN articles."revision" IS '1 for the text first seen, one more for each changed text since.';
COMMENT ON COLUMN articles."source_id" IS 'Publisher; null where unknown.';
COMMENT ON COLUMN articles."url" IS 'Address of the article, canonical where the page names one.';
COMMENT ON COLUMN articles."title" IS 'Headline.';
COMMENT ON COLUMN articles."subtitle" IS 'Standfirst or deck under the headline.';
COMMENT ON COLUMN articles."authors" IS 'Names of the people who signed the article.';
COMMENT ON COLUMN articles."agencies" IS 'News agencies credited, each with its role: whole (their text), contributed, or photo.';
COMMENT ON COLUMN articles."published_at" IS 'When the article was published; null without evidence.';
COMMENT ON COLUMN articles."published_precision" IS 'How exactly `published_at` is known.';
COMMENT ON COLUMN articles."published_evidence" IS 'What the date was read from, strongest first: kind and the text as it stands there.';
COMMENT ON COLUMN articles."modified_at" IS 'When the publisher says the article was last changed.';
COMMENT ON COLUMN articles."language" IS 'ISO 639-1 code of the text''s language; und where it cannot be told.';
COMMENT ON COLUMN articles."language_confidence" IS 'The language detector''s score.';
COMMENT ON COLUMN articles."text" IS 'Title, subtitle and body blocks joined by blank lines; all offsets count its characters. Withheld (null) unless the source''s rights are open or licensed.';
COMMENT ON COLUMN articles."text_sha256" IS 'SHA-256 of the text in UTF-8.';
COMMENT ON COLUMN articles."text_chars" IS 'Length of the text.';
COMMENT ON COLUMN articles."words" IS 'Words of the text, by white space.';
COMMENT ON COLUMN articles."blocks" IS 'Title, subtitle, paragraphs, crossheads and list items, by offsets.';
COMMENT ON COLUMN articles."notes" IS 'What stands beside the text: update and correction notes, captions, credits, agency lines, addresses.';
COMMENT ON COLUMN articles."raw_name" IS 'File the article came from, as archive!member#record.';
COMMENT ON COLUMN articles."raw_sha256" IS 'SHA-256 of the raw bytes.';
COMMENT ON COLUMN articles."raw_media_type" IS 'Media type of the raw bytes.';
COMMENT ON COLUMN articles."raw_encoding" IS 'Character encoding the raw bytes were read in.';
COMMENT ON COLUMN articles."offsets" IS 'Clean characters to raw bytes, a run a row, in order; an inserted run has raw_start = raw_end.';
COMMENT ON COLUMN articles."removed" IS 'Raw bytes that are not in the text, with the kind of what they were.';
COMMENT ON COLUMN articles."story_id" IS 'Articles on the same event share it; null where the article stands alone.';
COMMENT ON COLUMN articles."copy_of" IS 'Earliest article whose words this one repeats.';
COMMENT ON COLUMN articles."copy_kind" IS 'copy (nearly all words), derived (a good part), or shared_quote (mainly words in quotation marks).';
COMMENT ON COLUMN articles."copy_containment" IS 'Share of the shorter text''s five-word shingles found in the other.';
COMMENT ON COLUMN articles."flags" IS 'What a careful reader should know, such as no_date, date_of_update (the only date told is of the last update) or mojibake_repaired.';
COMMENT ON COLUMN articles."cleaner_version" IS 'Version of the cleaning that the offsets depend on.';

CREATE OR REPLACE VIEW mentions AS SELECT * FROM read_parquet('mentions.parquet');
COMMENT ON VIEW mentions IS 'Every name, resolved nominal or pronoun, and time expression, by its place in the text.';
COMMENT ON COLUMN mentions."mention_id" IS 'Id of the mention, stable while its words stand.';
COMMENT ON COLUMN mentions."article_id" IS 'Article it stands in.';
COMMENT ON COLUMN mentions."start" IS 'First character.';
COMMENT ON COLUMN mentions."end" IS 'Character after the last.';
COMMENT ON COLUMN mentions."text" IS 'The words as they stand.';
COMMENT ON COLUMN mentions."type" IS 'Type of the entity meant, or the TIMEX3 type of a time expression.';
COMMENT ON COLUMN mentions."kind" IS 'Whether it is a name, a common noun, a pronoun or a time expression.';
COMMENT ON COLUMN mentions."entity_id" IS 'Entity meant; null where it is not resolved.';
COMMENT ON COLUMN mentions."metonymy" IS 'What a place name stands for where it does not mean the place.';
COMMENT ON COLUMN mentions."resolution" IS 'How the entity was found.';
COMMENT ON COLUMN mentions."confidence" IS 'Calibrated probability that the entity is the right one.';
COMMENT ON COLUMN mentions."time_value" IS 'TIMEX3 value of a time expression.';
COMMENT ON COLUMN mentions."time_start" IS 'First moment of the time meant.';
COMMENT ON COLUMN mentions."time_end" IS 'First moment after the time meant.';
COMMENT ON COLUMN mentions."time_basis" IS 'What the time was resolved against; null for other mentions.';

CREATE OR REPLACE VIEW entities AS SELECT * FROM read_parquet('entities.parquet');
COMMENT ON VIEW entities IS 'What the mentions mean: one row per person, organisation, place or thing, with links and status.';
COMMENT ON COLUMN entities."entity_id" IS 'Id of the entity, stable over releases, never reused.';
COMMENT ON COLUMN entities."type" IS 'Type of the entity.';
COMMENT ON COLUMN entities."canonical_name" IS 'Name by which it is known, from the gazetteer or the fullest form seen.';
COMMENT ON COLUMN entities."aliases" IS 'Other names, how often each was seen, and whether the corpus or the gazetteer gave it.';
COMMENT ON COLUMN entities."wikidata_id" IS 'Item of the entity, where it is certain.';
COMMENT ON COLUMN entities."geonames_id" IS 'Feature of the place, where it is certain.';
COMMENT ON COLUMN entities."country_code" IS 'ISO 3166-1 alpha-2 code of the country it lies in or belongs to.';
COMMENT ON COLUMN entities."lat" IS 'Latitude of the place.';
COMMENT ON COLUMN entities."lon" IS 'Longitude of the place.';
COMMENT ON COLUMN entities."coordinate_precision" IS 'What the coordinates stand for.';
COMMENT ON COLUMN entities."link_status" IS 'linked to an outside id, ambiguous between several, or nil: none known.';
COMMENT ON COLUMN entities."link_method" IS 'How the link was found.';
COMMENT ON COLUMN entities."link_confidence" IS 'Calibrated probability that the link is right.';
COMMENT ON COLUMN entities."mention_count" IS 'Mentions in this release.';
COMMENT ON COLUMN entities."article_count" IS 'Articles of this release that mention it.';
COMMENT ON COLUMN entities."first_seen" IS 'Earliest publication day of an article that mentions it.';
COMMENT ON COLUMN entities."last_seen" IS 'Latest publication day of an article that mentions it.';
COMMENT ON COLUMN entities."status" IS 'active, merged into another, split into several, or retired (no longer mentioned).';
COMMENT ON COLUMN entities."merged_into" IS 'The live entity that took a merged one''s place.';
COMMENT ON COLUMN entities."created_release" IS 'Release in which the id first appeared.';

CREATE OR REPLACE VIEW quotes AS SELECT * FROM read_parquet('quotes.parquet');
COMMENT ON VIEW quotes IS 'Speech, direct and indirect, with its speaker as printed and as resolved.';
COMMENT ON COLUMN quotes."quote_id" IS 'Id of the quote, stable while its words stand.';
COMMENT ON COLUMN quotes."article_id" IS 'Article it stands in.';
COMMENT ON COLUMN quotes."start" IS 'First character.';
COMMENT ON COLUMN quotes."end" IS 'Character after the last.';
COMMENT ON COLUMN quotes."spans" IS 'The parts of the quote, in order; several where it is interrupted.';
COMMENT ON COLUMN quotes."text" IS 'The words, parts joined by a space; withheld where rights or the excerpt budget say so.';
COMMENT ON COLUMN quotes."type" IS 'direct (in quotation marks), indirect (reported), or mixed.';
COMMENT ON COLUMN quotes."quoted_fraction" IS 'Share of its characters that stand in quotation marks.';
COMMENT ON COLUMN quotes."speaker_text" IS 'The words that name the speaker.';
COMMENT ON COLUMN quotes."speaker_start" IS 'First character of the speaker as printed.';
COMMENT ON COLUMN quotes."speaker_end" IS 'Character after the speaker as printed.';
COMMENT ON COLUMN quotes."speaker_name" IS 'Canonical name of the speaker; null rather than a guess.';
COMMENT ON COLUMN quotes."speaker_entity_id" IS 'Entity of the speaker.';
COMMENT ON COLUMN quotes."speaker_kind" IS 'What kind of source speaks.';
COMMENT ON COLUMN quotes."speaker_resolution" IS 'How the speaker was resolved; carried means from the quote before.';
COMMENT ON COLUMN quotes."cue_text" IS 'The word or words that attribute it.';
COMMENT ON COLUMN quotes."cue_start" IS 'First character of the cue.';
COMMENT ON COLUMN quotes."cue_end" IS 'Character after the cue.';
COMMENT ON COLUMN quotes."cue_lemma" IS 'Lemma of the cue''s head word.';
COMMENT ON COLUMN quotes."channel" IS 'Where: interview, press (a news conference), statement, social, speech, parliament, court, document.';
COMMENT ON COLUMN quotes."paragraph" IS 'Number of the block it starts in, from 0.';
COMMENT ON COLUMN quotes."spans_paragraphs" IS 'Whether it runs over more than one block.';
COMMENT ON COLUMN quotes."cluster_id" IS 'Quotes with the same words elsewhere share it.';
COMMENT ON COLUMN quotes."confidence" IS 'Calibrated probability that the speaker is right.';

CREATE OR REPLACE VIEW claims AS SELECT * FROM read_parquet('claims.parquet');
COMMENT ON VIEW claims IS 'Atomic propositions, each with its claimant, its firmness, its time and place, and who else reports it.';
COMMENT ON COLUMN claims."claim_id" IS 'Id of the claim, stable while its words stand.';
COMMENT ON COLUMN claims."article_id" IS 'Article it stands in.';
COMMENT ON COLUMN claims."start" IS 'First character.';
COMMENT ON COLUMN claims."end" IS 'Character after the last.';
COMMENT ON COLUMN claims."spans" IS 'The parts of the claim, in order; several where it is interrupted.';
COMMENT ON COLUMN claims."text" IS 'The words, parts joined by a space; withheld where rights or the excerpt budget say so.';
COMMENT ON COLUMN claims."in_headline" IS 'Whether it stands in a title, subtitle or crosshead.';
COMMENT ON COLUMN claims."claim_type" IS 'What kind of proposition it is.';
COMMENT ON COLUMN claims."subject" IS 'Words of the subject.';
COMMENT ON COLUMN claims."predicate" IS 'Lemma of the predicate.';
COMMENT ON COLUMN claims."object" IS 'Words of the object or complement.';
COMMENT ON COLUMN claims."subject_entity_id" IS 'Entity of the subject.';
COMMENT ON COLUMN claims."object_entity_id" IS 'Entity of the object.';
COMMENT ON COLUMN claims."entity_ids" IS 'Every entity mentioned in the claim.';
COMMENT ON COLUMN claims."attribution" IS 'In whose voice it is made, and how it is reported.';
COMMENT ON COLUMN claims."claimant_text" IS 'The words that name the claimant.';
COMMENT ON COLUMN claims."claimant_start" IS 'First character of the claimant as printed.';
COMMENT ON COLUMN claims."claimant_end" IS 'Character after the claimant as printed.';
COMMENT ON COLUMN claims."claimant_name" IS 'Canonical name of the claimant; null rather than a guess.';
COMMENT ON COLUMN claims."claimant_entity_id" IS 'Entity of the claimant.';
COMMENT ON COLUMN claims."cue_text" IS 'The word or words that attribute it.';
COMMENT ON COLUMN claims."cue_start" IS 'First character of the cue.';
COMMENT ON COLUMN claims."cue_end" IS 'Character after the cue.';
COMMENT ON COLUMN claims."attribution_chain" IS 'Through whom it came, outermost first.';
COMMENT ON COLUMN claims."quote_id" IS 'Quote it stands in.';
COMMENT ON COLUMN claims."polarity" IS 'Whether the proposition is affirmed or negated.';
COMMENT ON COLUMN claims."modality" IS 'How firmly it is put.';
COMMENT ON COLUMN claims."hedges" IS 'Words that weaken it, by offsets.';
COMMENT ON COLUMN claims."factuality" IS 'The claimant''s commitment, not the truth: -3 certainly not, 3 certainly.';
COMMENT ON COLUMN claims."event_time_start" IS 'First moment of the time it is about.';
COMMENT ON COLUMN claims."event_time_end" IS 'First moment after the time it is about.';
COMMENT ON COLUMN claims."event_time_precision" IS 'How exactly the time is known.';
COMMENT ON COLUMN claims."event_time_basis" IS 'What the time was resolved against.';
COMMENT ON COLUMN claims."place_text" IS 'The words that name the place it is about.';
COMMENT ON COLUMN claims."place_entity_id" IS 'Entity of the place.';
COMMENT ON COLUMN claims."lat" IS 'Latitude of the place.';
COMMENT ON COLUMN claims."lon" IS 'Longitude of the place.';
COMMENT ON COLUMN claims."checkworthiness" IS 'How much it is worth checking, by a small model; a score, never a filter.';
COMMENT ON COLUMN claims."cluster_id" IS 'Claims that report the same event elsewhere share it; where four articles or more open with one event, what reports it is one cluster. Which claims agree in detail stands in `relations`.';
COMMENT ON COLUMN claims."n_articles" IS 'Articles of the claim''s cluster, this one included.';
COMMENT ON COLUMN claims."n_publishers" IS 'Known publishers among them; 0 when none is known.';
COMMENT ON COLUMN claims."n_independent_sources" IS 'Of those: copies, shared wire and one and the same named source count once.';
COMMENT ON COLUMN claims."first_reported_at" IS 'Earliest publication among the articles of the cluster.';
COMMENT ON COLUMN claims."relations" IS 'Other claims it agrees with, contradicts, refines, updates or denies, with scores.';
COMMENT ON COLUMN claims."confidence" IS 'Calibrated probability that claim and claimant are right.';

CREATE OR REPLACE VIEW rejects AS SELECT * FROM read_parquet('rejects.parquet');
COMMENT ON VIEW rejects IS 'Raw records that could not be read and rows that failed a check: named, never dropped silently.';
COMMENT ON COLUMN rejects."table" IS 'Table that the row was meant for; raw where nothing could be read.';
COMMENT ON COLUMN rejects."row_id" IS 'Id of the rejected row, where it had one.';
COMMENT ON COLUMN rejects."column" IS 'Column that failed, where one did.';
COMMENT ON COLUMN rejects."check" IS 'Check that failed.';
COMMENT ON COLUMN rejects."value" IS 'The failing value, shortened.';
COMMENT ON COLUMN rejects."reason" IS 'What is wrong, in words.';
COMMENT ON COLUMN rejects."article_id" IS 'Article that the row belongs to.';
COMMENT ON COLUMN rejects."raw_name" IS 'File and place that it came from.';

CREATE OR REPLACE VIEW said AS
SELECT coalesce(speaker_name, speaker_text) AS speaker, q."text", q."type", cue_text AS cue,
       published_at::DATE AS published_on, s.name AS source, a.title, a.url, q.confidence,
       quote_id, speaker_entity_id, q.article_id
FROM quotes q JOIN articles a USING (article_id) LEFT JOIN sources s USING (source_id)
ORDER BY published_at DESC NULLS LAST, q.article_id, q."start", quote_id;
COMMENT ON VIEW said IS 'Who said what, when and where: every quote with its speaker, source and day, newest first.';

CREATE OR REPLACE VIEW said_again AS
SELECT cluster_id, any_value(q."text" ORDER BY published_at, quote_id) AS "text",
       list(DISTINCT speaker_name) FILTER (speaker_name IS NOT NULL) AS speakers,
       count(DISTINCT q.article_id) AS articles, min(published_at) AS first_published_at,
       list(DISTINCT s.name) FILTER (s.name IS NOT NULL) AS sources
FROM quotes q JOIN articles a USING (article_id) LEFT JOIN sources s USING (source_id)
WHERE cluster_id IS NOT NULL GROUP BY cluster_id HAVING count(DISTINCT q.article_id) > 1
ORDER BY articles DESC, cluster_id;
COMMENT ON VIEW said_again IS 'The same words in several articles: one row a cluster of quotes, with its speakers and sources.';

CREATE OR REPLACE VIEW speakers AS
SELECT speaker_entity_id, any_value(e.canonical_name) AS speaker, any_value(e.wikidata_id) AS wikidata_id,
       count(*) AS quotes, count(DISTINCT q.article_id) AS articles,
       min(published_at)::DATE AS first_day, max(published_at)::DATE AS last_day
FROM quotes q JOIN entities e ON e.entity_id = q.speaker_entity_id JOIN articles a USING (article_id)
GROUP BY speaker_entity_id ORDER BY quotes DESC, speaker_entity_id;
COMMENT ON VIEW speakers IS 'Every resolved speaker, with quotes, articles, and the first and last day quoted.';

CREATE OR REPLACE VIEW claims_by_speaker AS
SELECT coalesce(claimant_name, claimant_text) AS claimant, c."text", subject, predicate, "object",
       claim_type, c.attribution, polarity, modality, factuality, event_time_start, place_text,
       published_at::DATE AS published_on, s.name AS source, n_independent_sources, claim_id,
       claimant_entity_id, c.article_id
FROM claims c JOIN articles a USING (article_id) LEFT JOIN sources s USING (source_id)
WHERE claimant_entity_id IS NOT NULL OR claimant_text IS NOT NULL
ORDER BY claimant, published_at, claim_id;
COMMENT ON VIEW claims_by_speaker IS 'Every claim that somebody is named for, with how firmly it is put and who reports it.';

CREATE OR REPLACE VIEW corroborated_claims AS
SELECT cluster_id, any_value(c."text" ORDER BY published_at, claim_id) AS "text",
       max(n_independent_sources) AS n_independent_sources, max(n_publishers) AS n_publishers,
       max(n_articles) AS n_articles, min(first_reported_at) AS first_reported_at,
       list(DISTINCT s.name) FILTER (s.name IS NOT NULL) AS sources, list(DISTINCT claim_id) AS claim_ids
FROM claims c JOIN articles a USING (article_id) LEFT JOIN sources s USING (source_id)
WHERE cluster_id IS NOT NULL GROUP BY cluster_id HAVING max(n_independent_sources) > 1
ORDER BY n_independent_sources DESC, cluster_id;
COMMENT ON VIEW corroborated_claims IS 'Claims that several independent sources make: one row a cluster, most sources first.';

CREATE OR REPLACE VIEW contradictions AS
SELECT r.relation, r.score, c.claim_id, c."text", coalesce(c.claimant_name, c.claimant_text) AS claimant,
       c.article_id, o.claim_id AS other_claim_id, o."text" AS other_text,
       coalesce(o.claimant_name, o.claimant_text) AS other_claimant, o.article_id AS other_article_id
FROM (SELECT *, unnest(relations) AS r FROM claims) c JOIN claims o ON o.claim_id = c.r.claim_id
WHERE c.r.relation IN ('contradicts', 'denies') ORDER BY c.r.score DESC, c.claim_id, o.claim_id;
COMMENT ON VIEW contradictions IS 'Pairs of claims that contradict or deny one another, with who makes them and the score.';

CREATE OR REPLACE VIEW timeline AS
SELECT event_time_start, event_time_end, event_time_precision, c."text",
       coalesce(claimant_name, claimant_text) AS claimant, place_text, story_id, published_at, s.name AS source,
       n_independent_sources, claim_id, c.article_id
FROM claims c JOIN articles a USING (article_id) LEFT JOIN sources s USING (source_id)
WHERE event_time_start IS NOT NULL ORDER BY event_time_start, event_time_end, claim_id;
COMMENT ON VIEW timeline IS 'Claims about dated events in the order of the events, with when they were reported.';
