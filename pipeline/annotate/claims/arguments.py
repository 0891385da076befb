"""Subject, predicate and object of a claim, as words of the text, with the entities that they name."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.annotate.claims.drafts import Draft
from pipeline.annotate.claims.embedding import is_passive, lemma_of
from pipeline.annotate.claims.grammar import ending_participle, subject_of
from pipeline.annotate.claims.negation import negators
from pipeline.annotate.parse import Parse

_OBJECTS = ("dobj", "attr", "acomp", "oprd", "dative")
_LONGEST = 400
#: What stands between a dateline and the subject that the parser may hang on it.
_DASHES = frozenset({"—", "–", "-", "--"})


@dataclass(frozen=True, slots=True)
class Arguments:
    """Head words of subject and object (None where there is none), their texts, and the predicate's lemma."""

    subject_head: int | None
    subject: str | None
    predicate: str | None
    object_head: int | None
    object: str | None


def of(parse: Parse, draft: Draft, predicate: int) -> Arguments:
    """The arguments of a draft whose predicate, below implicatives and raising verbs, is `predicate`.

    A passive's object is its grammatical subject, its subject the agent where one is named.
    """
    if draft.kind in {"phrase", "nominal"}:
        return Arguments(None, None, None, None, None)
    if draft.kind == "appositive":
        noun = parse.heads[draft.head]
        return Arguments(noun, _text(parse, noun, until=noun), "be", draft.head, _text(parse, draft.head))
    if draft.kind == "verbless":
        noun = parse.heads[draft.head]
        negative = negators(parse, draft.head)
        said = _text(parse, draft.head) or ""
        for token in negative:
            said = said.removeprefix(parse.words[token]).lstrip()
        last = min([draft.head, *negative]) - 1
        return Arguments(noun, _text(parse, noun, until=last), "be", draft.head, said or None)
    if draft.kind == "fragment":
        own = _participle(parse, draft.head)
        deeper = ending_participle(parse, draft.head) if own is None else own
        return _of_fragment(parse, draft.head, draft.head if deeper is None else deeper)
    subject = _subject(parse, draft, predicate)
    if subject is not None and parse.lower[subject] == "what" and parse.lemmas[predicate] == "be":
        # "what appeared to be a crane being moved" tells of the moving
        complement = next((child for child in parse.children[predicate] if parse.labels[child] == "attr"), None)
        participle = None if complement is None else _participle(parse, complement)
        if complement is not None and participle is not None:
            return _of_fragment(parse, complement, participle)
    if is_passive(parse, predicate) or (
        draft.kind == "participle" and parse.tags[predicate] == "VBN" and parse.labels[predicate] == "acl"
    ):
        agent = _agent(parse, predicate)
        return Arguments(agent, _text(parse, agent), lemma_of(parse, predicate), subject, _text(parse, subject))
    return Arguments(subject, _text(parse, subject), lemma_of(parse, predicate), *_object(parse, predicate))


def _participle(parse: Parse, noun: int) -> int | None:
    """The participle that says what a noun does or what is done to it."""
    return next((child for child in parse.children[noun] if parse.labels[child] == "acl"), None)


def _of_fragment(parse: Parse, noun: int, verb: int) -> Arguments:
    """The arguments of a noun and its participle."""
    noun_text = _text(parse, noun, until=max(noun, min(verb, parse.left_edge(verb)) - 1))
    if parse.tags[verb] == "VBN":
        agent = _agent(parse, verb)
        return Arguments(agent, _text(parse, agent), lemma_of(parse, verb), noun, noun_text)
    return Arguments(noun, noun_text, lemma_of(parse, verb), *_object(parse, verb))


def _subject(parse: Parse, draft: Draft, predicate: int) -> int | None:
    found = subject_of(parse, predicate) if predicate != draft.head else None
    if found is None:
        found = subject_of(parse, draft.head)
    if (
        found is not None
        and found + 1 < len(parse)
        and parse.words[found].isupper()
        and parse.words[found + 1] in _DASHES
    ):
        found = next((c for c in parse.children[found] if parse.labels[c] == "appos"), found)
    if found is not None and parse.tags[found] in {"WDT", "WP"}:
        clause = draft.head
        while parse.labels[clause] == "conj" and parse.heads[clause] != clause:
            clause = parse.heads[clause]
        if parse.labels[clause] == "relcl":
            return parse.heads[clause]
    if found is None and draft.kind == "participle":
        if parse.labels[draft.head] == "acl":
            return parse.heads[draft.head]
        return subject_of(parse, parse.heads[draft.head])
    return found


def _agent(parse: Parse, verb: int) -> int | None:
    for child in parse.children[verb]:
        if parse.labels[child] == "agent":
            return next((c for c in parse.children[child] if parse.labels[c] == "pobj"), None)
    return None


def _object(parse: Parse, verb: int) -> tuple[int | None, str | None]:
    for label in _OBJECTS:
        for child in parse.children[verb]:
            if parse.labels[child] == label and child > verb:
                return child, _text(parse, child)
    for child in parse.children[verb]:
        if child > verb and parse.labels[child] in {"xcomp", "ccomp", "prep"}:
            head = next((c for c in parse.children[child] if parse.labels[c] == "pobj"), child)
            return head, _text(parse, child)
    return None, None


def _text(parse: Parse, token: int | None, until: int | None = None) -> str | None:
    """The phrase of `token` without clauses that hang from it, at most `_LONGEST` characters."""
    if token is None:
        return None
    first, last = parse.left_edge(token), parse.right_edge(token)
    for child in parse.children[token]:
        if child > token and parse.labels[child] in {"relcl", "appos", "acl"} and parse.left_edge(child) > token:
            edge = parse.left_edge(child) - 1
            comma = parse.words[edge] in {",", "-", "--", "—", "–", "("}
            if comma or parse.labels[child] != "acl":
                last = min(last, edge - 1 if comma else edge)
    if until is not None:
        last = min(last, max(token, until))
    while first < token and not any(character.isalnum() or character in "$€£(" for character in parse.words[first]):
        first += 1
    while last > token and not any(character.isalnum() for character in parse.words[last]):
        last -= 1
    text = " ".join(parse.slice(first, max(last, token) + 1).split())
    return text[:_LONGEST] or None
