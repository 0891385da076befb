"""Attributions whose cue is a preposition or a colon: according to X, in X's view, "X: ..."."""

from __future__ import annotations

from pipeline.annotate.attributions import lexicon, sources
from pipeline.annotate.attributions.beside import opening
from pipeline.annotate.attributions.reading import FINITE, Draft, Reading

_VIEWS = frozenset({"view", "opinion", "words", "eyes", "judgment", "judgement", "mind", "telling", "account"})
_LONGEST_LABEL = 6
_POINTERS = frozenset({"that", "this", "it", "'s", "’s", "is", "are", "was", "were", "all", "these", "those"})
#: Labels of the parse's names of those who can speak.
_SPEAKING = frozenset({"PERSON", "ORG"})


def find(reading: Reading) -> list[Draft]:
    """Drafts of according-to phrases and labels with a colon."""
    found: list[Draft] = []
    parse = reading.parse
    for token, word in enumerate(parse.lower):
        draft = None
        if word == "according" and token + 1 < len(parse) and parse.lower[token + 1] == "to":
            draft = _according(reading, token)
        elif word == "in" and parse.labels[token] == "prep":
            draft = _measured(reading, token)
        elif word == ":":
            draft = _label(reading, token)
        if draft is not None:
            found.append(draft)
    return found


def _according(reading: Reading, token: int) -> Draft | None:
    parse = reading.parse
    to = token + 1
    objects = [child for child in parse.children[to] if parse.labels[child] in {"pobj", "pcomp"}]
    begin, end = reading.opening(token), reading.sentence(token)[1]
    if objects:
        head = objects[0]
        source = sources.noun_range(reading, head, after=to + 1)
    else:
        if to + 1 >= end:
            return None
        head = to + 1
        while head + 1 < end and not reading.is_edge(head + 1):
            head += 1
        source = (to + 1, head + 1)
    comma = _clause_behind(reading, token, source, end)
    if comma is not None:
        source = (source[0], comma)
    first, last = token, max(source[1], min(parse.right_edge(token) + 1, end)) if comma is None else comma
    if last < end and last - 1 > source[1] and any(reading.is_edge(t) for t in range(source[1], last)):
        # keep an appositive or relative clause of the source out of the content, unless a quotation follows
        for t in range(source[1], last):
            if reading.is_mark[t]:
                last = t
                break
    clause = parse.heads[token]
    while (
        parse.labels[clause] not in {"ROOT", "ccomp", "relcl", "advcl", "conj", "parataxis"}
        and parse.heads[clause] != clause
    ):
        clause = parse.heads[clause]
    left, right = begin, end
    if parse.labels[clause] == "relcl" and begin < token < parse.right_edge(clause):
        left, right = parse.left_edge(clause), parse.right_edge(clause) + 1
    pieces = [piece for piece in ((left, first), (last, right)) if piece[0] < piece[1]]
    pieces = [piece for piece in pieces if not reading.only_punctuation(*piece) and not _points(reading, *piece)]
    if len(pieces) == 2 and _joins_on(reading, *pieces[1]):
        pieces.pop()  # ", but the mayor disagreed": a sentence of the writer's own
    if not pieces:
        return None
    return Draft(
        token,
        (token, to + 1),
        pieces,
        "according_to",
        True,
        source,
        head,
        content_head=clause,
        lemma="according to",
        clause=(first, last),
    )


def _clause_behind(reading: Reading, token: int, source: tuple[int, int], end: int) -> int | None:
    """The comma before the clause that an opening phrase leads up to, where the parser took its subject for more of
    the source ("According to the board, trustees want a new pier")."""
    parse = reading.parse
    if not reading.only_punctuation(reading.opening(token), token) or source[1] >= end:
        return None
    if parse.tags[source[1]] not in FINITE:
        return None
    commas = [place for place in range(source[0] + 1, source[1]) if parse.words[place] == ","]
    return commas[0] if commas else None


def _points(reading: Reading, first: int, last: int) -> bool:
    """Whether a piece is no more than a pronoun with its copula ("That's according to X")."""
    words = [reading.parse.lower[token] for token in range(first, last) if not reading.is_edge(token)]
    return set(words) <= _POINTERS


def _joins_on(reading: Reading, first: int, last: int) -> bool:
    """Whether a piece is a clause of its own, joined on by a comma and "but" or "and"."""
    parse = reading.parse
    if parse.words[first] != ",":
        return False
    while first < last and reading.is_edge(first):
        first += 1
    if first >= last or parse.lower[first] not in {"but", "and", "while", "though", "although"}:
        return False
    return any(parse.labels[token] in sources.SUBJECTS for token in range(first, last))


def _measured(reading: Reading, token: int) -> Draft | None:
    """ "In a poll of voters, X": figures and what follows from them, set off by a comma before its clause."""
    parse = reading.parse
    clause = parse.heads[token]
    for noun in parse.children[token]:
        entry = lexicon.nouns().get(parse.lemmas[noun])
        if entry is None or "within" not in entry.frames or parse.tags[clause][0] != "V" or token > clause:
            continue
        last = parse.right_edge(token) + 1
        begin, end = reading.sentence(token)
        if last >= end or parse.words[last] != "," or not reading.only_punctuation(begin, token):
            continue
        source = sources.noun_range(reading, noun, after=token + 1)
        return Draft(
            token,
            (token, token + 1),
            [(last, parse.right_edge(clause) + 1)],
            "evidence",
            False,
            source,
            noun,
            content_head=clause,
            lemma="in",
            clause=(token, last),
        )
    return None


def _label(reading: Reading, token: int) -> Draft | None:
    """ "Name: content" at the start of a line, and "Name: “content”" after a dash or bracket."""
    parse = reading.parse
    begin, last = parse.segments[parse.segment_of[token]]
    first = token
    while first > begin and not reading.is_edge(first - 1):
        first -= 1
    if first == token or token - first > _LONGEST_LABEL or reading.inside[token] >= 0:
        return None
    if any(parse.tags[mark][0] in "VM" for mark in range(first, token)):
        return None
    quoted = opening(reading, token + 1)
    proper = all(parse.tags[mark].startswith("NNP") for mark in range(first, token))
    if not _is_named(reading, first, token) and not (
        proper and (quoted is not None or _is_speaker(reading, token - 1))
    ):
        return None
    if quoted is not None:
        piece = (reading.quoted[quoted].first, reading.quoted[quoted].last)
    elif first == begin and token + 1 < last and any(parse.tags[mark][0] in "VM" for mark in range(token + 1, last)):
        piece = (token + 1, last)
    else:
        return None
    return Draft(
        token,
        (token, token + 1),
        [piece],
        "colon",
        True,
        (first, token),
        token - 1,
        content_head=piece[0],
        lemma=":",
        clause=(first, token + 1),
    )


def _is_named(reading: Reading, first: int, last: int) -> bool:
    """Whether the last of tokens `first` to `last` belongs to a name of someone who can speak and that fills half."""
    for name in reading.parse.names:
        if name.label in _SPEAKING and first <= name.start and name.end == last:
            return 2 * (name.end - name.start) >= last - first
    return False


def _is_speaker(reading: Reading, token: int) -> bool:
    """Whether `token` is the last word of a person's name elsewhere in the text (a transcript's "SMITH: ...")."""
    return reading.parse.lower[token] in reading.surnames
