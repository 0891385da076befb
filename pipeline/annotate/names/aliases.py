"""Names of one article that mean the same organisation, place or thing: aliases, acronyms, shortened names."""

from __future__ import annotations

import itertools
import re

from pipeline import knowledge
from pipeline.annotate.names import designations, gazetteer
from pipeline.annotate.names.chunks import is_common
from pipeline.annotate.names.lexicon import head_types, words
from pipeline.annotate.names.spans import Span, surface
from pipeline.annotate.parse import Parse
from pipeline.knowledge import Entry

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SMALL = frozenset(["of", "the", "for", "and", "in", "on", "at", "to", "de", "la", "du", "&", "a", "an"])
_SPELLINGS = {"defence": "defense", "centre": "center", "labour": "labor", "organisation": "organization"}
#: Types that one entity's mentions may have side by side.
_BODIES = frozenset({"ORG", "MEDIA", "FAC", "PLATFORM", "OTHER"})
#: A city as large as this is what its name means in any article.
_METROPOLIS = 500_000


def row_of(text: str, kind: str) -> Entry | None:
    """The one gazetteer row that `text`, of type `kind`, names; the country for its adjective ("Russian")."""
    if kind == "WEAPON":
        text = designations.fold(text)
    if kind == "NORP":
        demonym = knowledge.demonyms().get(text.lower())
        if demonym is None or demonym.kind != "adjective" or demonym.entry_id is None:
            return None
        return knowledge.entry(demonym.entry_id)
    rows = [row for row in gazetteer.lookup(text) if row.type == kind or {row.type, kind} <= {"GPE", "LOC", "FAC"}]
    if not rows and kind in _BODIES:
        bare = _without_form(text)
        rows = [row for row in gazetteer.lookup(bare) if row.type in _BODIES] if bare != text else []
    if kind in {"GPE", "LOC"} and gazetteer.largest_population(text) >= _METROPOLIS:
        rows = [row for row in rows if not row.id.startswith("region/")]
    if len(rows) > 1:
        rows = [row for row in rows if gazetteer.is_large(row)]
    return rows[0] if len(rows) == 1 else None


def _without_form(text: str) -> str:
    """A company's name without its legal form ("Home Depot Inc." is Home Depot)."""
    kept = text.split()
    while len(kept) > 1 and kept[-1].lower().rstrip(",") in words("corporate") | {
        "corporation",
        "company",
        "group",
        "spa",
    }:
        kept.pop()
    return " ".join(kept).rstrip(",")


def groups(parse: Parse, spans: list[Span]) -> list[list[int]]:
    """Indices of the spans that are no persons, grouped by what they mean; those of one form always together."""
    forms: dict[str, list[int]] = {}
    for index, span in enumerate(spans):
        if span.type != "PERSON":
            forms.setdefault(_key(parse, span), []).append(index)
    host = {form: form for form in forms}
    for short, full in _brackets(parse, spans):
        if short in host and full in host and short != full:
            host[short] = full
    host |= _shortened(parse, spans, forms, host) | _shortened_places(parse, spans, forms)
    joined: dict[str, list[int]] = {}
    for form, members in forms.items():
        root, seen = form, {form}
        while host[root] not in seen:
            root = host[root]
            seen.add(root)
        joined.setdefault(min(seen) if host[root] in seen and host[root] != root else root, []).extend(members)
    return [sorted(members) for members in joined.values()]


def _key(parse: Parse, span: Span) -> str:
    """What a span is grouped by: "=" and a gazetteer id, a city's id or a designation, else its folded words."""
    text = surface(parse, span)
    row = row_of(text, span.type)
    if row is not None:
        return f"={row.id}"
    if span.type == "WEAPON":
        return f"=weapon {designations.fold(text).casefold()}"
    if span.type == "NORP":
        return f"=people {_people(text)}"
    if span.type in {"GPE", "LOC"}:
        cities = knowledge.cities(text)
        if cities and cities[0].population >= _METROPOLIS:
            return f"=city {cities[0].geonames_id}"
        return f"=place {gazetteer.key(text)}"
    return gazetteer.key(text).replace(".", "")


def _people(text: str) -> str:
    demonym = knowledge.demonyms().get(text.lower())
    return (demonym.people or text).lower() if demonym else text.lower()


def _brackets(parse: Parse, spans: list[Span]) -> list[tuple[str, str]]:
    """Pairs (acronym, full name) of the form "International Atomic Energy Agency (IAEA)"."""
    found = []
    for left, right in itertools.pairwise(spans):
        if left.type in _BODIES and right.start == left.end + 1 and parse.words[left.end] == "(":
            short = surface(parse, right)
            if right.end < len(parse) and parse.words[right.end] == ")" and _is_acronym(short):
                found.append((_key(parse, right), _key(parse, left)))
    return found


def _is_acronym(text: str) -> bool:
    letters = text.replace(".", "").replace("-", "")
    return 2 <= len(letters) <= 8 and sum(map(str.isupper, letters)) >= len(letters) - 1


def _shortened(parse: Parse, spans: list[Span], forms: dict[str, list[int]], host: dict[str, str]) -> dict[str, str]:
    """Form -> the one longer name of a body that it is short for, by its initials or by some of its words."""
    bodies = sorted(form for form, members in forms.items() if spans[members[0]].type in _BODIES)
    words_of = {
        form: _content(gazetteer.key(surface(parse, spans[forms[form][0]])) if form.startswith("=") else form)
        for form in bodies
    }
    by_word: dict[str, list[str]] = {}
    by_initials: dict[str, list[str]] = {}
    for form in bodies:
        for word in dict.fromkeys(words_of[form]):
            by_word.setdefault(word, []).append(form)
        full = gazetteer.key(surface(parse, spans[forms[form][0]]))
        for initials in dict.fromkeys([_initials(words_of[form]), _initials(_WORD.findall(full))]):
            by_initials.setdefault(initials, []).append(form)
    found = {}
    for form in bodies:
        if host[form] != form or form.startswith("="):
            continue
        text, own = surface(parse, spans[forms[form][0]]), words_of[form]
        if _is_acronym(text) and " " not in text:
            hosts = by_initials.get(form, [])
            if len(form) < 3:  # two letters fit many names: they stand for one that was told before
                hosts = [other for other in hosts if forms[other][0] < forms[form][0]]
        elif len(own) > 1:
            hosts = [other for other in by_word[own[-1]] if set(own) < set(words_of[other])]
        elif own:
            hosts = [other for other in by_word[own[0]] if _is_part(text, own[0], words_of[other])]
        else:
            hosts = []
        others = [other for other in hosts if other != form]
        if len(others) == 1:
            found[form] = others[0]
    return found


def _shortened_places(parse: Parse, spans: list[Span], forms: dict[str, list[int]]) -> dict[str, str]:
    """Form of one word for a kind of place ("the Gulf") -> the one longer name with it in the article."""
    texts = {
        form: surface(parse, spans[members[0]]).lower().split()
        for form, members in forms.items()
        if spans[members[0]].type in {"LOC", "GPE"}
    }
    found = {}
    for form, text in texts.items():
        if len(text) == 1 and text[0] in words("geography"):
            hosts = [other for other, longer in texts.items() if len(longer) > 1 and text[0] in (longer[0], longer[-1])]
            if len(hosts) == 1:
                found[form] = hosts[0]
    return found


def _initials(content: list[str]) -> str:
    return "".join(word[0] for word in content)


def _is_part(text: str, word: str, content: list[str]) -> bool:
    """Whether one word alone may stand for the longer name: a company's first word, a team's last."""
    if len(content) < 2 or gazetteer.is_country_or_people(text):
        return False
    if _bare(content) == [word]:
        return True
    if content[0] == word:
        return not is_common(word) and not gazetteer.is_place(text)
    return content[-1] == word and word not in head_types() and gazetteer.is_place(" ".join(content[:-1]))


def _bare(content: list[str]) -> list[str]:
    """A name's words without those that only tell that it is a body ("Bank", "Corp")."""
    return [word for word in content if word not in words("corporate") and word not in words("organisation")]


def _content(name: str) -> list[str]:
    return [_SPELLINGS.get(word, word) for word in _WORD.findall(name.lower()) if word not in _SMALL]
