"""Consistency within an article: what is a name once is a name wherever the same words stand again."""

from __future__ import annotations

from pipeline.annotate.names.chunks import is_common
from pipeline.annotate.names.lexicon import given_names
from pipeline.annotate.names.spans import Span, cover
from pipeline.annotate.parse import Parse

#: Tokens of the longest name that is cut down.
_LONGEST = 7
#: Tags of what follows a person who is the subject, or the owner.
_AFTER_SUBJECT = frozenset({"VBD", "VBZ", "MD", "POS"})
_PROPER = frozenset({"NNP", "NNPS"})


#: Heads of names of bodies that are written in lower case too once they are known.
_BODIES = frozenset({"ministry", "department", "council", "commission", "parliament", "committee", "agency", "court"})


def _may_be_a_word(parse: Parse, index: int, kind: str) -> bool:
    """Whether an everyday word may have its capital from the start of its sentence alone."""
    if not is_common(parse.lower[index]) or parse.tags[index] in _PROPER:
        return False
    if parse.sentences[parse.sentence_of[index]][0] != index:
        return kind != "PERSON"
    following = parse.tags[index + 1] if index + 1 < len(parse) else ""
    return kind != "PERSON" or following not in _AFTER_SUBJECT


def shrink(parse: Parse, spans: list[Span]) -> None:
    """Cut a person's name down to the one that the article gives elsewhere: a headline's verb stands beside it."""
    full = {
        tuple(parse.words[span.start : span.end])
        for span in spans
        if span.type == "PERSON" and span.end - span.start > 1
    }
    _drop_openers(parse, spans)
    for span in spans:
        size = span.end - span.start
        if span.type != "PERSON" or not 2 < size <= _LONGEST:
            continue
        for start, end in _parts(span):
            rest = [*parse.lower[span.start : start], *parse.lower[end : span.end]]
            if tuple(parse.words[start:end]) in full and all(
                is_common(word) and word not in given_names() for word in rest
            ):
                span.start, span.end = start, end
                break


def _drop_openers(parse: Parse, spans: list[Span]) -> None:
    """Cut the word that opens a sentence off a name that the article knows without it ("Embattled Brennwick")."""
    forms: dict[tuple[str, ...], int] = {}
    for span in spans:
        form = tuple(parse.words[span.start : span.end])
        forms[form] = forms.get(form, 0) + 1
    for span in spans:
        form = tuple(parse.words[span.start : span.end])
        opens = parse.sentences[parse.sentence_of[span.start]][0] == span.start
        if len(form) > 1 and opens and forms[form] == 1 and forms.get(form[1:]) and is_common(form[0].lower()):
            span.start += form[0].lower() not in given_names()


def _parts(span: Span) -> list[tuple[int, int]]:
    """The ranges of two tokens and more inside a span, the longest first."""
    size = span.end - span.start
    return [
        (start, start + length)
        for length in range(size - 1, 1, -1)
        for start in range(span.start, span.end - length + 1)
    ]


def find(parse: Parse, spans: list[Span]) -> list[Span]:
    """Further mentions, not yet covered, of the names of `spans`."""
    covered = cover(parse, spans)
    forms: dict[str, dict[tuple[str, ...], str]] = {}
    for span in spans:
        words = tuple(parse.words[span.start : span.end])
        for form in {words, tuple(word.upper() for word in words)}:
            forms.setdefault(form[0], {})[form] = span.type
        if span.type == "ORG" and words[-1].lower() in _BODIES and all(is_common(word.lower()) for word in words):
            low = tuple(word.lower() for word in words)
            forms.setdefault(low[0], {})[low] = "ORG"
        if span.type == "PERSON" and len(words) > 1 and words[-1][0].isalpha():
            forms.setdefault(words[-1], {}).setdefault(words[-1:], "PERSON")
            forms.setdefault(words[-1].upper(), {}).setdefault((words[-1].upper(),), "PERSON")
    found, position = [], 0
    for start, word in enumerate(parse.words):
        if start < position or covered[start] or word not in forms:
            continue
        if word.islower() and (not start or parse.lower[start - 1] != "the"):
            continue
        for form in sorted(forms[word], key=lambda form: (-len(form), form)):
            end = start + len(form)
            if tuple(parse.words[start:end]) != form or any(covered[start:end]):
                continue
            if len(form) == 1 and _may_be_a_word(parse, start, forms[word][form]):
                continue
            found.append(Span(start, end, forms[word][form], "consistency"))
            position = end
            break
    return found
