"""Cues of quotations in marks: the verb, or "according to", that stands right before or after the marks."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.annotate.attributions import lexicon
from pipeline.annotate.coreference.lexicon import roles
from pipeline.annotate.quotes.context import Context

_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "VB", "VBG"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "DT", "CD", "WP"})
_STOPS = frozenset({".", ";", "!", "?"})
#: Verbs that stand beside quotations as well as the lexicon's, for what they tell of the speaker.
_MANNER = frozenset(
    {
        "bark",
        "begin",
        "chime",
        "chuckle",
        "conclude",
        "crow",
        "cry",
        "deadpan",
        "go",
        "grin",
        "gush",
        "hiss",
        "interject",
        "joke",
        "laugh",
        "marvel",
        "mumble",
        "muse",
        "mutter",
        "nod",
        "quip",
        "recall",
        "recount",
        "remark",
        "retort",
        "scream",
        "shout",
        "shrug",
        "sigh",
        "smile",
        "snap",
        "sob",
        "stutter",
        "summarize",
        "whisper",
        "yell",
    }
)
_PLAIN = frozenset({"be", "have", "do"})
#: Verbs that give a thing its name: in the passive nobody says it.
OF_NAMES = frozenset({"call", "refer", "refer to", "dub", "term", "name", "label", "deem", "brand", "know"})
#: How far from the marks a cue is looked for, in tokens.
_REACH = 40


@dataclass(frozen=True, slots=True)
class Cue:
    """Who introduces a quotation and with what words; tokens."""

    source_head: int | None
    first: int | None
    last: int | None
    lemma: str | None
    after: bool


def cue_of(context: Context, number: int) -> Cue | None:
    """The cue of a quotation: behind it (`"...," she said`), else before it (`she said: "..."`)."""
    return _behind(context, number) or _before(context, number)


def names_a_source(context: Context, head: int) -> bool:
    """Whether a token is a name, or a noun for persons, bodies or documents."""
    parse = context.parse
    return parse.tags[head].startswith("NNP") or _is_role(parse.lower[head]) or _is_role(parse.lemmas[head])


def _is_role(word: str) -> bool:
    return word in roles()


def is_quote_verb(context: Context, token: int) -> bool:
    """Whether a token is a verb that introduces what somebody says."""
    parse = context.parse
    if parse.tags[token] not in _FINITE:
        return False
    lemma = parse.lemmas[token]
    known = lexicon.verbs().get(lemma)
    return lemma in _MANNER or (known is not None and known.speech)


def subject_of(context: Context, verb: int) -> int | None:
    """The subject of a verb, inherited over conjunction, and over participles and infinitives from the verb above."""
    parse = context.parse
    for _ in range(5):
        for child in parse.children[verb]:
            if parse.labels[child] in _SUBJECTS and context.inside[child] < 0:
                return child
        label, head = parse.labels[verb], parse.heads[verb]
        if label in {"relcl", "acl"}:
            return head
        if head == verb or label not in {"conj", "advcl", "xcomp", "ccomp", "pcomp", "prep", "dep"}:
            return None
        verb = head
    return None


def _region_behind(context: Context, number: int) -> tuple[int, int]:
    parse = context.parse
    first = context.tokens[number][1]
    segment_end = parse.segments[parse.segment_of[first]][1] if first < len(parse) else first
    if first and first < len(parse) and parse.segment_of[first] != parse.segment_of[first - 1]:
        return first, first
    last = first
    while last < min(segment_end, first + _REACH) and context.inside[last] < 0 and parse.words[last] not in _STOPS:
        last += 1
    return first, last


def _behind(context: Context, number: int) -> Cue | None:
    parse, quotation = context.parse, context.quotations[number]
    first, last = _region_behind(context, number)
    if first >= last:
        return None
    inner = parse.text[quotation.inner_start : quotation.inner_end].rstrip()
    ending = inner[-1:]
    token = first
    while token < last and not any(map(str.isalnum, parse.words[token])):
        token += 1
    if token >= last:
        return None
    if ending == "." and not inner.endswith("..") and not parse.words[token][0].islower():
        return None
    if parse.lower[token] == "according" and token + 2 < last and parse.lower[token + 1] == "to":
        head = _phrase_head(context, token + 2, last)
        return Cue(head, token, token + 2, "according to", True) if head is not None else None
    closed = ending in {",", "?", "!", "…"} or parse.words[first] == ","
    if not closed and not _starts_sentence(context, number):
        return None
    for verb in range(token, last):
        if not is_quote_verb(context, verb) or parse.tags[verb] in {"VB", "VBG"}:
            if verb > token and parse.words[verb] in {",", "—", "–"} and not closed:
                return None
            continue
        if parse.labels[verb] in {"relcl"} and verb > token and _relative(context, verb, token):
            continue
        if parse.labels[verb] == "amod":
            continue
        head = _subject_around(context, verb, token, last)
        if head is None:
            continue
        if not closed and verb > token and head != token and not _adjacent(context, token, verb):
            return None
        return Cue(head, verb, verb + 1, parse.lemmas[verb], True)
    if ending == "," or parse.words[first] == ",":
        # any verb can carry a quotation that ends in a comma: "...," he grinned
        for verb in range(token, min(last, token + 12)):
            if (
                parse.tags[verb] in {"VBD", "VBZ"}
                and parse.labels[verb] != "relcl"
                and parse.lemmas[verb] not in _PLAIN
            ):
                head = _subject_around(context, verb, token, last)
                near = head is not None and (verb - head <= 3 if head < verb else verb == token)
                return Cue(head, verb, verb + 1, parse.lemmas[verb], True) if near else None
    return None


def _starts_sentence(context: Context, number: int) -> bool:
    """Whether a quotation starts its line or follows the end of a sentence, a colon or another quotation."""
    before = context.before(context.quotations[number].start).rstrip()
    return not before or before[-1] in '.!?:…”"»—'


def _relative(context: Context, verb: int, first: int) -> bool:
    """Whether a relative pronoun stands before the verb within its clause."""
    parse = context.parse
    return any(parse.tags[token] in {"WP", "WDT", "WP$"} for token in range(max(first, verb - 8), verb))


def _adjacent(context: Context, first: int, verb: int) -> bool:
    return verb - first <= 6


def _subject_around(context: Context, verb: int, first: int, last: int) -> int | None:
    """The subject of a verb within tokens `first` to `last`: by the parse, else the nearest nominal on its side."""
    parse = context.parse
    left = [c for c in parse.children[verb] if parse.labels[c] in _SUBJECTS and first <= c < verb]
    if left:
        return left[-1]
    if verb == first or all(parse.tags[token].startswith("RB") for token in range(first, verb)):
        right = [
            c for c in parse.children[verb]
            if verb < c < last and (parse.labels[c] in _SUBJECTS or parse.tags[c] in _NOMINAL)
        ]  # fmt: skip
        near = _phrase_head(context, verb + 1, last)
        if right and (near is None or right[0] >= near):
            return right[0]
        return near
    for token in range(verb - 1, first - 1, -1):
        if parse.tags[token] in {"NN", "NNS", "NNP", "NNPS", "PRP", "DT", "CD", "JJ"}:
            head = token
            above = parse.heads[head]
            while above != head and first <= above < verb and parse.tags[above] in _NOMINAL:
                head, above = above, parse.heads[above]
            return head
        if parse.words[token] not in {",", ")", "—", "–"} and not parse.tags[token].startswith(("RB", "MD", "VB")):
            break
    return None


def _phrase_head(context: Context, first: int, last: int) -> int | None:
    """The head of the noun phrase that starts at token `first`."""
    parse = context.parse
    for token in range(first, min(last, first + 12)):
        if parse.tags[token] in _NOMINAL and parse.tags[token] not in {"DT", "CD", "WP"}:
            head = token
            while True:
                above = parse.heads[head]
                if above == head or not first <= above < last or not parse.tags[above].startswith("N"):
                    break
                if parse.labels[head] not in {"compound", "nn", "poss", "amod", "nmod", "det", "nummod"}:
                    break
                head = above
            return head
        if parse.tags[token].startswith("VB") and token > first and parse.tags[token] not in {"VBN", "VBG"}:
            return None
        if parse.words[token] in {".", ";", ":"}:
            return None
    return None


def _is_active(context: Context, verb: int) -> bool:
    """Whether a verb is no passive and no bare participle."""
    parse = context.parse
    labels = {parse.labels[child] for child in parse.children[verb]}
    return parse.tags[verb] != "VBN" or ("aux" in labels and "auxpass" not in labels)


def _before(context: Context, number: int) -> Cue | None:
    parse, (first, _) = context.parse, context.tokens[number]
    if first == 0 or first >= len(parse):
        return None
    segment = parse.segments[parse.segment_of[first]][0]
    start = first
    while start > max(segment, first - _REACH) and context.inside[start - 1] < 0:
        if parse.words[start - 1] in _STOPS:
            break
        start -= 1
    if start == first:
        return None
    last = first - 1
    link = parse.words[last] if parse.words[last] in {":", ","} else ""
    before = last if link else first
    if before > start and parse.lower[before - 1] == "that":
        before -= 1
        link = link or "that"
    candidates = [verb for verb in range(before - 1, start - 1, -1) if is_quote_verb(context, verb)]
    for verb in candidates:
        between = range(verb + 1, before)
        if any(parse.tags[token] in {"VBD", "VBZ", "VBP", "MD"} for token in between):
            return None
        # he told reporters "...": an object, no preposition, between cue and marks
        far = len(between) > 4 or any(parse.tags[token] in {"IN", "TO", "DT", "PRP$"} for token in between)
        if not link and verb != before - 1 and far:
            return None
        if parse.tags[verb] == "VBN" and not any(parse.labels[c] in {"aux", "auxpass"} for c in parse.children[verb]):
            continue
        if parse.labels[verb] == "amod":
            continue
        if parse.lemmas[verb] in OF_NAMES and not _is_active(context, verb):
            return None
        source = subject_of(context, verb)
        return Cue(source, verb, verb + 1, parse.lemmas[verb], False)
    if parse.lower[start] == "according" and link:
        head = _phrase_head(context, start + 2, first)
        return Cue(head, start, start + 2, "according to", False) if head is not None else None
    if link == ":":
        # "X is more blunt: ...": no cue word, the subject of the sentence speaks
        for token in range(start, last):
            if (
                parse.labels[token] in _SUBJECTS
                and parse.labels[parse.heads[token]] in {"ROOT", "ccomp", "conj"}
                and (
                    parse.tags[token].startswith("PRP")
                    or parse.tags[token].startswith("NNP")
                    or _is_role(parse.lower[token])
                )
            ):
                return Cue(token, None, None, None, False)
    return None
