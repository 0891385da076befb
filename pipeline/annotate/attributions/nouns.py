"""Attributions whose cue is a noun: "his claim that X", "a plan to X", "criticism of X"."""

from __future__ import annotations

from pipeline.annotate.attributions import clauses, lexicon, sources
from pipeline.annotate.attributions.lexicon import CueEntry
from pipeline.annotate.attributions.reading import Draft, Reading


def find(reading: Reading) -> list[Draft]:
    """A draft for each noun of the lexicon with content."""
    found: list[Draft] = []
    parse, known = reading.parse, lexicon.nouns()
    for noun, tag in enumerate(parse.tags):
        if tag not in {"NN", "NNS"}:
            continue
        entry = known.get(parse.lemmas[noun])
        if entry is None:
            continue
        if "clause" in entry.frames and parse.labels[noun] == "nsubj":
            copula = parse.heads[noun]
            clause = [child for child in parse.children[copula] if parse.labels[child] == "ccomp" and child > copula]
            marked = clause and any(parse.lower[mark] == "that" for mark in parse.children[clause[0]])
            if clause and (parse.lemmas[copula] == "be" or (marked and parse.lemmas[copula] not in lexicon.verbs())):
                found.append(_draft(reading, noun, entry, clause[0], parse.left_edge(clause[0])))
                continue
        for child in parse.children[noun]:
            if child < noun:
                continue
            label = parse.labels[child]
            first, last = parse.left_edge(child), parse.right_edge(child) + 1
            marked = clauses.is_that_clause(reading, child)
            to = any(parse.tags[t] == "TO" for t in parse.children[child] if t < child)
            if label in {"acl", "ccomp", "relcl"} and (
                (marked and "clause" in entry.frames) or (to and label == "acl" and "inf" in entry.frames)
            ):
                pass
            elif label == "prep" and parse.lower[child] in entry.frames:
                first += 1
            else:
                continue
            if first >= last:
                continue
            found.append(_draft(reading, noun, entry, child, first))
            break
    return found


def _draft(reading: Reading, noun: int, entry: CueEntry, head: int, first: int) -> Draft:
    parse = reading.parse
    last = parse.right_edge(head) + 1
    draft = Draft(noun, (noun, noun + 1), [(first, last)], "noun", entry.speech, content_head=head, lemma=entry.lemma)
    draft.assertive = not clauses.is_question(reading, head)
    token = _source(reading, noun)
    if token is not None:
        source = sources.noun_range(reading, token)
        draft.source = (token, token + 1) if source[0] <= first < source[1] else source
        draft.source_head = sources.antecedent(reading, token)
    return draft


def _source(reading: Reading, noun: int) -> int | None:
    parse = reading.parse
    for child in parse.children[noun]:
        if parse.labels[child] == "poss":
            return child
    for child in parse.children[noun]:
        if parse.labels[child] in {"prep", "agent"} and parse.lower[child] in {"by", "from", "among"}:
            for grandchild in parse.children[child]:
                if parse.labels[grandchild] == "pobj":
                    return grandchild
    head = parse.heads[noun]
    if parse.labels[noun] in {"dobj", "attr"} and parse.tags[head][0] == "V":
        return sources.subject(reading, head)
    if parse.labels[noun] == "pobj" and parse.labels[head] == "prep" and parse.lower[head] in {"with", "in"}:
        above = parse.heads[head]
        if parse.tags[above][0] == "V":
            return sources.subject(reading, above)
    return None
