"""Names: exact spans of names with their types, toponyms, and the coordinates and items they are linked to."""

from __future__ import annotations

import math
from collections.abc import Mapping

from pipeline.evaluate.gold import Document, Row
from pipeline.evaluate.measures import Count, Figure, Share, Span

#: The types that are compared, by the types that are found; what is not named is left out.
_PLACES = {"GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
_ORGANISATIONS = {"ORG": "ORG", "MEDIA": "ORG", "PLATFORM": "ORG"}
_CONLL = {
    **_PLACES, **_ORGANISATIONS, "PERSON": "PER",
    **dict.fromkeys(("NORP", "EVENT", "PRODUCT", "WORK", "LAW", "WEAPON", "OTHER"), "MISC"),
}  # fmt: skip
_RE3D = {
    **_PLACES, **_ORGANISATIONS, "PERSON": "PERSON", "NORP": "NORP", "WEAPON": "WEAPON", "PRODUCT": "WEAPON",
}  # fmt: skip
_RE3D_GOLD = {
    "Person": "PERSON", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP", "Weapon": "WEAPON",
    "MilitaryPlatform": "WEAPON",
}  # fmt: skip
#: Toponyms that name no place.
_NO_PLACES = frozenset({
    "Demonym", "Language", "Homonym", "Non_Toponym", "Embedded_Literal", "Embedded_Non_Lit", "Literal_Expression",
    "Non_Lit_Expression",
})  # fmt: skip
_NO_NAMES = frozenset({"DATETIME", "QUANTITY"})
#: Kilometres (100 miles) within which coordinates are right.
NEAR = 161

Typed = set[tuple[Span, str | None]]


def bare(text: str, start: int, end: int) -> Span:
    """A span without a leading "the" and a possessive ending."""
    if end - start > 4 and text[start:end].lower().startswith("the "):
        start += 4
    if end - start > 2 and text[start:end].endswith(("'s", "’s")):
        end -= 2
    return start, end


def is_name(mention: Row) -> bool:
    """Whether a mention is a name."""
    return bool(mention["kind"] == "name")


def is_item(value: str | None) -> bool:
    """Whether a value is the id of a Wikidata item."""
    return bool(value) and value[0] == "Q" and value[1:].isdigit()  # type: ignore[index]


def _part(row: Row) -> range:
    """The part of a document that is annotated."""
    return range(*(row.get("eval_span") or (0, len(row["text"]))))


def gold_names(dataset: str, row: Row) -> tuple[Typed, set[Span]]:
    """The gold names with their types, and spans that do not count."""
    text = row["text"]
    names: Typed = set()
    ignored: set[Span] = set()

    def add(item: Row, kind: str | None = None) -> None:
        names.add((bare(text, item["start"], item["end"]), kind))

    if dataset == "ner_re3d":
        for item in row["entities"]:
            if kind := _RE3D_GOLD.get(item["type"]):
                if text[bare(text, item["start"], item["end"])[0]].islower():
                    ignored.add(bare(text, item["start"], item["end"]))
                else:
                    add(item, kind)
    elif dataset.startswith("ner_"):
        for item in row["entities"]:
            add(item, item["type"])
    elif dataset == "el_news_fair_v2":
        for item in row["links"]:
            left_out = item.get("coref") or item.get("optional") or item["qid"] in _NO_NAMES
            if not left_out and item["start"] in _part(row):
                add(item)
    elif dataset.startswith("topo_"):
        for item in row["toponyms"]:
            if not item.get("non_locational") and item.get("toponym_type") not in _NO_PLACES:
                add(item)
    else:
        for item in row["entities"]:
            if item["kind"] == "NAM":
                add(item, item["type"])
    return names, ignored


def _found_names(dataset: str, row: Row, mentions: list[Row]) -> Typed:
    types = _RE3D if dataset == "ner_re3d" else _CONLL if dataset.startswith("ner_") else None
    part = _part(row) if dataset == "el_news_fair_v2" else range(len(row["text"]))
    names: Typed = set()
    for mention in mentions:
        kind = mention["type"] if types is None else types.get(mention["type"])
        if not is_name(mention) or mention["start"] not in part or kind is None:
            continue
        if dataset.startswith("topo_") and kind not in _PLACES:
            continue
        compared = kind if types is not None or dataset == "seeds" else None
        names.add((bare(row["text"], mention["start"], mention["end"]), compared))
    return names


def score_names(dataset: str, documents: list[Document], found: Mapping[str, Row]) -> list[Figure]:
    """F1 of names, with and without types; of toponyms."""
    typed, untyped = Count(), Count()
    for document in documents:
        gold, ignored = gold_names(dataset, document.gold)
        own = _found_names(dataset, document.gold, found[document.name]["mentions"])
        spans = {span for span, _ in gold}
        own = {(span, kind) for span, kind in own if span in spans or span not in ignored}
        own_spans = {span for span, _ in own}
        # Some gold spans have two types; either is right.
        typed.add(len({span for span, _ in gold & own}), len(own), len(spans))
        untyped.add(len(spans & own_spans), len(own_spans), len(spans))
    if dataset.startswith("topo_"):
        return [Figure("entities", dataset, "toponyms F1", untyped.f1, untyped.wanted)]
    figures = [Figure("entities", dataset, "names F1, untyped", untyped.f1, untyped.wanted)]
    if dataset != "el_news_fair_v2":
        figures.append(Figure("entities", dataset, "names F1, typed", typed.f1, typed.wanted))
    return figures


def score_linking(dataset: str, documents: list[Document], found: Mapping[str, Row]) -> list[Figure]:
    """Precision, recall and F1 of Wikidata items on gold names."""
    count = Count()
    for document in documents:
        row, text = document.gold, document.text
        gold = {
            (bare(text, item["start"], item["end"]), item["qid"])
            for item in row.get("links") or row.get("entities") or ()
            if item["start"] in _part(row)
            and is_item(item.get("qid"))
            and not (item.get("coref") or item.get("optional") or item.get("kind", "NAM") != "NAM")
        }
        named = {span for span, _ in gold}
        own = {
            (span, mention["wikidata_id"])
            for mention in found[document.name]["mentions"]
            if mention["wikidata_id"] and is_name(mention) and mention["start"] in _part(row)
            and (span := bare(text, mention["start"], mention["end"])) in named
        }  # fmt: skip
        # A span with several gold items (a name and its title) asks for one of them.
        count.add(len({span for span, _ in gold & own}), len({span for span, _ in own}), len(named))
    return [
        Figure("entities", dataset, f"linking {name}", value, count.wanted)
        for name, value in (("precision", count.precision), ("recall", count.recall), ("F1", count.f1))
    ]


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two pairs of latitude and longitude, by the haversine formula."""
    first, second = math.radians(one[0]), math.radians(other[0])
    half = (
        math.sin((second - first) / 2) ** 2
        + math.cos(first) * math.cos(second) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    )
    return 2 * 6371 * math.asin(math.sqrt(min(1.0, half)))


def score_coordinates(dataset: str, documents: list[Document], found: Mapping[str, Row]) -> list[Figure]:
    """Share of toponyms whose coordinates are near the gold ones: of those found, and of all."""
    on_found, on_all = Share(), Share()
    for document in documents:
        text = document.text
        own = {
            bare(text, mention["start"], mention["end"]): mention
            for mention in found[document.name]["mentions"]
            if is_name(mention) and mention["type"] in _PLACES
        }
        names = {span for span, _ in gold_names(dataset, document.gold)[0]}
        for toponym in document.gold["toponyms"]:
            span = bare(text, toponym["start"], toponym["end"])
            if toponym.get("lat") is None or span not in names:
                continue
            mention = own.get(span)
            near = (
                mention is not None
                and mention["lat"] is not None
                and mention["lon"] is not None
                and kilometres((mention["lat"], mention["lon"]), (toponym["lat"], toponym["lon"])) <= NEAR
            )
            on_all.add(near)
            if mention is not None:
                on_found.add(near)
    return [
        Figure("entities", dataset, "within 161 km, on found", on_found.value, on_found.tries),
        Figure("entities", dataset, "found and within 161 km", on_all.value, on_all.tries),
    ]
