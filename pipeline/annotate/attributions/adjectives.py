"""Attributions whose cue is an adjective after a copula: "is confident that X", "are opposed to X"."""

from __future__ import annotations

from pipeline.annotate.attributions import clauses, lexicon, sources
from pipeline.annotate.attributions.reading import Draft, Reading


def find(reading: Reading) -> list[Draft]:
    """A draft for each adjective or adjectival participle of the lexicon with content."""
    found: list[Draft] = []
    parse, known = reading.parse, lexicon.adjectives()
    for token, word in enumerate(parse.lower):
        entry = known.get(word)
        if entry is None or parse.tags[token] not in {"JJ", "VBN", "VBD", "JJR"}:
            continue
        copula = parse.heads[token]
        if parse.labels[token] == "acomp" and parse.tags[copula][0] == "V":
            holders: tuple[int, ...] = (token, copula)
        elif parse.tags[token] in {"VBN", "VBD"} and sources.own_subject(reading, token) is not None:
            holders, copula = (token,), token
        else:
            continue
        content = _content(reading, token, holders, entry.frames)
        if content is None:
            continue
        first, last, head = content
        draft = Draft(token, (token, token + 1), [(first, last)], "adjective", False, content_head=head)
        draft.lemma = entry.lemma
        draft.assertive = not clauses.is_question(reading, head)
        subject = sources.own_subject(reading, copula)
        if subject is None:
            subject = sources.subject(reading, copula)
        if subject is not None and parse.labels[subject] != "expl" and parse.lower[subject] != "it" and subject < first:
            draft.source = sources.noun_range(reading, subject, before=copula if subject < copula else None)
            draft.source_head = sources.antecedent(reading, subject)
        found.append(draft)
    return found


def _content(
    reading: Reading, token: int, holders: tuple[int, ...], frames: frozenset[str]
) -> tuple[int, int, int] | None:
    """Range and head of the complement of the adjective; the parser hangs it on the adjective or on its copula."""
    parse = reading.parse
    for holder in holders:
        for child in parse.children[holder]:
            if child <= token:
                continue
            first, last = max(parse.left_edge(child), token + 1), parse.right_edge(child) + 1
            label = parse.labels[child]
            to = any(parse.tags[mark] == "TO" for mark in parse.children[child] if mark < child)
            if label in {"ccomp", "xcomp", "advcl"} and to and "inf" in frames:
                return first, last, child
            if label == "ccomp" and "clause" in frames and not to:
                return first, last, child
            if label in {"prep", "agent"} and parse.lower[child] in frames and holder == token and first + 1 < last:
                return first + 1, last, child
    return None
