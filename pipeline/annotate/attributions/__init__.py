"""Attributions: content that the text gives to a source by a cue. The one mechanism under quotes and claims.

An attribution is a *cue* (a verb, noun, adjective or adverb of the lexicon in `pipeline/knowledge/cues_*`, a
preposition, a colon, or any verb that stands beside a quotation as only a cue does), a *source* (who said, thought or
showed it; None where the text names no one) and *content*: the words that hold what was said, thought or shown. The
terms and the scope are those of PolNeAR (Newell et al., LREC 2018) and of the Penn Attribution Relation Corpus
(Pareti, LREC 2012).

What counts:

- `speech` is True where the content gives what was uttered: a clause, a quotation, an according-to phrase, a label.
  It is False for beliefs, intentions, attitudes and evidence ("hopes that", "is opposed to", "photos show"), for a
  phrase that only names what was said ("denied the report") unless words of it stand in quotation marks, for nouns and
  adjectives, and for circumstances as sources ("which suggests that").
- `assertive` is False for whether- and if-clauses, for refusals and for what was not said ("asked whether", "declined
  to say", "did not say that"). A quoted question is speech like any other quotation: somebody said it, in these words.
  Imperatives ("Note that X") make no attribution.
- Cues inside quotation marks are left alone: they are part of what the speaker says. Inside unquoted content a clause,
  an inserted cue or an according-to phrase makes a nested attribution, with `parent`; other forms do not.
- Content ends where its clause, its sentence or its quotation ends. Quotation marks, edge punctuation and a leading
  "that" are left out; a loose participle that is a cue itself (", adding that") begins an attribution of its own.
- A quotation that opens the sentence after a cue's own quotation, or takes up a quotation left open at the end of a
  paragraph, is more of the same content. Quotations with no cue near them are not handled here.
"""

from __future__ import annotations

from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Attribution


def find(parse: Parse) -> list[Attribution]:
    """The attributions of a text, in order of the start of their content."""
    from pipeline.annotate.attributions import adjectives, adverbs, assemble, nouns, phrases, quotation, verbs
    from pipeline.annotate.attributions.reading import Reading

    reading = Reading(parse)
    finders = (verbs, nouns, adjectives, adverbs, phrases)
    drafts = [draft for finder in finders for draft in finder.find(reading)]
    drafts = [draft for draft in drafts if not reading.within_marks(draft.cue_head)]
    quotation.fit(reading, drafts)
    return assemble.records(reading, drafts)
