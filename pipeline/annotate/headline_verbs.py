"""Headline verbs: a headline that the model reads without a verb, read once more with its verb made plain.

Headlines tell the past in the present tense and the future in the infinitive (Mårdh 1980, Headlinese). A parser
trained on sentences takes the one for nouns ("Exchange halts trading") and the other for a purpose ("Mayor to open
bridge"). With "will" before the verb the same words are a clause; the reading counts where the parser then finds one
whose subject agrees with the verb as it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.annotate.coreference.lexicon import actors
from pipeline.annotate.lemmas import is_irregular_form, is_modifier, is_noun, is_verb, lemma
from pipeline.annotate.segments import Segment
from pipeline.annotate.title_case import LONGEST

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Readings that are tried of one headline, leftmost verb first.
MOST = 4
#: Words of the shortest headline.
SHORTEST = 3
#: A name that the model takes for nothing else.
STAND_IN = "Johnson"
#: A capitalised word within a sentence that is no part of a longer name, and a word in lower case.
_ALONE = re.compile(r"\b[a-z]+,? ([A-Z][a-z]+)\b(?! [A-Z])")
_SMALL = re.compile(r"\b[a-z]+\b")
_WILL = "will"
_STOPS = frozenset(".?!…:;,")
#: What the lines end in that are sentences.
_ENDS = frozenset(".?!…\"”’'")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PAST = frozenset({"VBD", "VBN"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PLURALS = frozenset({"NNS", "NNPS"})
#: Tags that the model gives to verbs of a headline that it takes for something else, with "-s" and without.
_WITH_S = frozenset({"NN", "NNS", "NNP", "NNPS", "VBZ"})
_BASE = frozenset({"NN", "NNP", "JJ", "VB", "VBP"})
#: What stands before a verb with "-s": the end of its subject, or an adverb.
_BEFORE = frozenset({"NN", "NNP", "NNPS", "RB", "''"})
#: What stands after a noun or an intransitive verb, and what stands there after the verb alone.
_AFTER_THING = frozenset({"IN", "TO", "RB"})
_CIRCUMSTANCES = frozenset({"after", "amid", "as", "before", "despite", "while"})
#: What stands after a noun rather than after a verb.
_AFTER_NOUN = frozenset({"of", "and", "or", "&", ",", ":", ";"})
#: No plain verb in any headline: "thanks to", "sources:".
_NEVER = frozenset({"thanks", "sources", "is", "has", "does"})
_JOINS = frozenset({"and", ","})
#: Nouns that are plural without an ending.
_COLLECTIVE = frozenset({"police", "people", "men", "women", "children"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A headline with its verb made plain: what the parser reads, and how its tokens are told as they are written.

    `inserted` is the token that the text does not have (None: none is), `token` the one that is written as `word` and
    has the tag `tag`, `verb` the one that must head the clause.
    """

    view: str
    offsets: list[int]
    verb: int
    token: int
    word: str
    tag: str
    inserted: int | None


def names_within(text: str) -> frozenset[str]:
    """The words that the sentences of a text capitalise behind small ones, standing alone, and that it never writes
    small."""
    lines = (line for line in text.splitlines() if line.rstrip()[-1:] in _ENDS)
    return frozenset(_ALONE.findall("\n".join(lines))) - {word.capitalize() for word in _SMALL.findall(text)}


def renamed(segment: Segment, doc: Doc, names: frozenset[str]) -> Segment | None:
    """A headline that opens with one of the names within the text, which the model took for another word ("Marsh to
    quit"), with a plain name in its place; None where it opens with none."""
    first = doc[0]
    end = len(first.text)
    if first.text not in names or first.tag_ in {"NNP", "NNPS", "NNS"} or is_modifier(first.lower_):
        return None
    if (_has_verb(doc) and first.head.i != first.i) or segment.view[end : end + 1].isalnum():
        return None
    offsets = _stretched(segment.offsets[:end], len(STAND_IN))
    return Segment(STAND_IN + segment.view[end:], offsets + segment.offsets[end:], first.text)


def is_headline(segment: Segment, doc: Doc) -> bool:
    """Whether a segment is as short as a headline, and no sentence by its end."""
    if len(doc) > 2 * LONGEST:
        return False
    words = sum(token.is_alpha for token in doc)
    return SHORTEST <= words <= LONGEST and segment.view.rstrip()[-1:] not in _STOPS


def _stretched(offsets: list[int], length: int) -> list[int]:
    """The offsets of a word for another one of `length` characters in its place."""
    return [offsets[0]] * (length - 1) + [offsets[-1]]


def readings(segment: Segment, doc: Doc, names: frozenset[str]) -> list[Reading]:
    """The readings worth trying of a headline that the model read as `doc`; none where it has a finite verb."""
    if _has_verb(doc):
        return []
    found = (_at(segment, doc, place, names) for place in range(1, len(doc) - 1))
    return [reading for reading in found if reading is not None][:MOST]


def is_clause(reading: Reading, doc: Doc) -> bool:
    """Whether the parser found the reading's verb at the head, with a subject before it that agrees with it."""
    will = reading.token if reading.inserted is None else reading.inserted
    if len(doc) <= reading.verb or doc[will].text != _WILL:
        return False
    verb = doc[reading.verb]
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < verb.i), None)
    heads = verb.head.i == verb.i or (verb.dep_ == "ccomp" and verb.i < verb.head.i)  # "Mayor resigns: 'I am tired'"
    if not heads or verb.tag_ != "VB" or subject is None:
        return False
    if reading.tag == "MD":
        return _is_actor(subject)
    plural = (
        subject.tag_ in _PLURALS
        or subject.lower_ in _COLLECTIVE
        or any(child.dep_ in {"conj", "appos"} for child in subject.children)
    )
    return subject.tag_ in _NOUNS and (
        plural or subject.tag_ == "NNP" if reading.tag == "VBP" else subject.tag_ != "NNS"
    )


def _has_verb(doc: Doc) -> bool:
    """Whether a root is a finite verb, or a participle."""
    return any(
        token.tag_ in _FINITE
        or token.tag_ == "VBN"
        or any(child.dep_ in _AUXILIARIES and child.tag_ in _FINITE for child in token.children)
        for token in doc
        if token.head.i == token.i
    )


def _at(segment: Segment, doc: Doc, place: int, names: frozenset[str]) -> Reading | None:
    """The reading of one token as the verb, or as the "to" before it; None where what stands around it forbids that."""
    token, before, after = doc[place], doc[place - 1], doc[place + 1]
    low = token.text
    if not (low.isalpha() and low.islower()) or low in _NEVER:
        return None
    if low == "to":
        to_come = is_verb(after.lower_) and after.lower_ != "date" and _is_actor(before)
        return _reading(segment, token, _WILL, "MD") if to_come else None
    if after.lower_ in _AFTER_NOUN or after.tag_ == "MD" or is_irregular_form(after.lower_):
        return None
    if any(other.tag_ in _PAST for other in doc[:place]):
        return None  # "Driver cleared after court rules": the participle is the verb
    base = lemma(low, "VBZ")
    if low.endswith("s") and base != low and is_verb(base):
        if token.tag_ in _WITH_S and after.tag_ != "VBN" and _may_end_subject(before, after, names):
            return _reading(segment, token, base, "VBZ")
    elif token.tag_ in _BASE and is_verb(low) and _is_plural(before, after):
        return _reading(segment, token, low, "VBP")
    return None


def _may_end_subject(before: Token, after: Token, names: frozenset[str]) -> bool:
    """Whether what stands around a word in "-s" lets it be a verb: "court rules against" and not "tax rules for"."""
    if before.tag_ not in _BEFORE and (not before.is_title or is_modifier(before.lower_)):
        return False
    is_thing = before.tag_ == "NN" or (before.tag_ == "NNP" and is_noun(before.lower_))
    if not is_thing or before.text == STAND_IN or before.text in names:
        return True
    if before.lower_ in actors():
        return after.lower_ != "in"  # "company shares in"
    return after.tag_ not in _AFTER_THING or after.lower_ in _CIRCUMSTANCES


def _is_plural(token: Token, after: Token) -> bool:
    """Whether a token is a plural that is no verb of its own: "senators", and not "cites"."""
    if token.lower_ in _COLLECTIVE or token.tag_ == "NNPS":
        return True
    if token.tag_ == "NNP":  # "Smith and Jones urge", "Smith, Jones spar over", but "Smith and Jones share price"
        return after.tag_ != "NN" and any(other.lower_ in _JOINS for other in token.doc[: token.i])
    return token.tag_ == "NNS" and not is_verb(lemma(token.lower_, "VBZ"))


def _reading(segment: Segment, token: Token, read: str, tag: str) -> Reading:
    start, end = token.idx, token.idx + len(token.text)
    is_modal = tag == "MD"
    written = read if is_modal else f"{_WILL} {read}"
    offsets = _stretched(segment.offsets[start:end], len(written))
    return Reading(
        segment.view[:start] + written + segment.view[end:],
        segment.offsets[:start] + offsets + segment.offsets[end:],
        token.i + 1, token.i if is_modal else token.i + 1, token.text, tag, None if is_modal else token.i,
    )  # fmt: skip


def _is_actor(token: Token) -> bool:
    return token.tag_ in {"NNP", "NNPS"} or token.lower_ in actors()
