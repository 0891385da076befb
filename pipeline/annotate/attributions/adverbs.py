"""Attributions to no one by an adverb of hearsay ("the mill reportedly closed")."""

from __future__ import annotations

from pipeline.annotate.attributions import lexicon
from pipeline.annotate.attributions.reading import Draft, Reading


def find(reading: Reading) -> list[Draft]:
    """A draft for each adverb of the lexicon that modifies a clause: what is left of the clause is its content."""
    found: list[Draft] = []
    parse, known = reading.parse, lexicon.adverbs()
    for token, word in enumerate(parse.lower):
        entry = known.get(word)
        if entry is None or parse.labels[token] != "advmod":
            continue
        head = parse.heads[token]
        if parse.tags[head][0] != "V" or parse.labels[head] in {"aux", "auxpass"}:
            continue
        pieces = [(parse.left_edge(head), token), (token + 1, parse.right_edge(head) + 1)]
        pieces = [piece for piece in pieces if piece[0] < piece[1] and not reading.only_punctuation(*piece)]
        draft = Draft(token, (token, token + 1), pieces, "adverb", False, content_head=head, lemma=entry.lemma)
        if pieces:
            found.append(draft)
    return found
