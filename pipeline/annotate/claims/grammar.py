"""Small questions about clauses of a parse: subject, finiteness, subordinator, question, comma before."""

from __future__ import annotations

from pipeline.annotate.parse import Parse

FINITE = frozenset({"VBD", "VBZ", "VBP"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


def has_subject(parse: Parse, token: int) -> bool:
    """Whether `token` has a subject of its own."""
    return any(parse.labels[child] in SUBJECTS for child in parse.children[token])


def is_finite(parse: Parse, token: int) -> bool:
    """Whether the clause of `token` is finite: tensed itself, or by an auxiliary."""
    return parse.tags[token] in FINITE or any(
        parse.labels[child] in {"aux", "auxpass"} and (parse.tags[child] in FINITE or parse.tags[child] == "MD")
        for child in parse.children[token]
    )


def is_verb(parse: Parse, token: int) -> bool:
    """Whether `token` is a verb form."""
    return parse.tags[token].startswith("VB") or parse.tags[token] == "MD"


def is_question(parse: Parse, sentence: tuple[int, int]) -> bool:
    """Whether a sentence ends in a question mark (before closing marks)."""
    last = sentence[1] - 1
    while last > sentence[0] and parse.words[last] in {'"', "'", "''", "”", "’", ")", "»", ".", "!"}:
        last -= 1
    return parse.words[last].endswith("?") or parse.words[last] == "?!"


def marker(parse: Parse, token: int) -> str | None:
    """The subordinator of the clause of `token`, in lower case."""
    for child in parse.children[token]:
        if child < token and parse.labels[child] == "mark":
            return parse.lower[child]
    auxiliaries = [child for child in parse.children[token] if parse.labels[child] in {"aux", "auxpass"}]
    for head in [token, *auxiliaries]:
        for child in parse.children[head]:
            if child < token and parse.labels[child] == "advmod" and parse.tags[child] == "WRB":
                return parse.lower[child]
    return None


def after_comma(parse: Parse, token: int) -> bool:
    """Whether the subtree of `token` follows a comma, dash or bracket."""
    left = parse.left_edge(token)
    return left > 0 and parse.words[left - 1] in {",", "-", "--", "—", "–", "(", "…", "..."}
