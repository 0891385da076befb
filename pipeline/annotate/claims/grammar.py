"""Small questions about clauses of a parse: subject, finiteness, subordinator, question, comma before."""

from __future__ import annotations

from pipeline.annotate.coreference.lexicon import actors
from pipeline.annotate.parse import Parse

FINITE = frozenset({"VBD", "VBZ", "VBP"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
#: Words before what had happened when something else did.
BEFORE = frozenset({"after", "since"})


def root_of(parse: Parse, sentence: tuple[int, int]) -> int:
    """The first root of a sentence; its first token where none of its tokens is one."""
    return next((token for token in range(*sentence) if parse.heads[token] == token), sentence[0])


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


def is_actor(parse: Parse, token: int) -> bool:
    """Whether `token` is a name or a noun of somebody who acts: a person, a group, a body."""
    if parse.tags[token] in {"NNP", "NNPS"}:
        return True
    return parse.lower[token] in actors() or parse.lemmas[token].lower() in actors()


def is_question(parse: Parse, sentence: tuple[int, int]) -> bool:
    """Whether a sentence ends in a question mark (before closing marks)."""
    last = sentence[1] - 1
    while last > sentence[0] and parse.words[last] in {'"', "'", "''", "”", "’", ")", "»", ".", "!"}:
        last -= 1
    return parse.words[last].endswith("?") or parse.words[last] == "?!"


def subordinator(parse: Parse, token: int) -> int | None:
    """The token that subordinates the clause of `token`; it hangs on its verb or, as "when" may, on an auxiliary."""
    for child in parse.children[token]:
        if child < token and parse.labels[child] == "mark":
            return child
    auxiliaries = [child for child in parse.children[token] if parse.labels[child] in {"aux", "auxpass"}]
    for head in [token, *auxiliaries]:
        for child in parse.children[head]:
            if child < token and parse.labels[child] == "advmod" and parse.tags[child] == "WRB":
                return child
    return None


def marker(parse: Parse, token: int) -> str | None:
    """The subordinator of the clause of `token`, in lower case."""
    found = subordinator(parse, token)
    return None if found is None else parse.lower[found]


def after_comma(parse: Parse, token: int) -> bool:
    """Whether the subtree of `token` follows a comma, dash or bracket."""
    left = parse.left_edge(token)
    return left > 0 and parse.words[left - 1] in {",", "-", "--", "—", "–", "(", "…", "..."}


def is_background(parse: Parse, token: int) -> bool:
    """Whether the clause or noun phrase of `token` tells what happened before, whatever the sentence asks or denies.

    "After pictures of it spread": a participle that ends the noun phrase, without an agent, is as likely its verb.
    """
    if parse.labels[token] == "advcl":
        return marker(parse, token) in BEFORE and parse.tags[token] in {"VBD", "VBN"} and has_subject(parse, token)
    if parse.labels[token] != "pobj" or parse.lower[parse.heads[token]] not in BEFORE:
        return False
    return ending_participle(parse, token) is not None


def ending_participle(parse: Parse, noun: int) -> int | None:
    """The participle whose phrase ends that of a noun, however deep it hangs; None where it has an agent or a comma."""
    last = parse.right_edge(noun)
    return next(
        (
            verb
            for verb in range(noun + 1, last)
            if parse.labels[verb] == "acl"
            and parse.tags[verb] == "VBN"
            and parse.lower[verb].endswith("ed")
            and parse.right_edge(verb) == last
            and not after_comma(parse, verb)
            and not any(parse.labels[child] == "agent" for child in parse.children[verb])
        ),
        None,
    )


def subject_of(parse: Parse, token: int) -> int | None:
    """The subject of `token`, or that of the clause it is coordinated with."""
    seen = 0
    while seen < 16:
        subjects = [child for child in parse.children[token] if parse.labels[child] in SUBJECTS]
        if subjects:  # of two, the nearer one: "Bottom line: voters are worried"
            return max((child for child in subjects if child < token), default=subjects[0])
        if parse.labels[token] not in {"conj", "xcomp"} or parse.heads[token] == token:
            return None
        token = parse.heads[token]
        seen += 1
    return None
