"""Captions: what stands under a picture, and whose picture it is.

A caption is told by its credit: a licence, an agency behind a photographer's name, or a label such as "Photo:".
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.ingest.agencies import agencies, named

#: A part of a block: the kind of what it is, and where it stands in the block's text.
Part = tuple[str, int, int]

_WORD = r"(?:[A-Z][\w'’-]+|(?:[A-Z]\.){1,3}|Jr\.|Sr\.|de|da|del|van|von|der|al|bin|el|la|le)"
_NAME = rf"(?:{_WORD}\s+){{0,4}}{_WORD}"
_LICENCE = re.compile(
    rf"(?:{_NAME}(?:\s?/\s?{_NAME})?\s*)?"
    r"\((?i:CC[ -](?:BY|0|ZERO)\b[^()\n]{0,30}|CC0[^()\n]{0,20}|Public domain|Creative Commons[^()\n]{0,60})\)$"
)
_LABELLED = re.compile(
    r"(?:(?<=[.!?”\"’)\]])\s+|^|(?<=\s)(?=\())[(\[]?\s?(?:(?:File photo|Photo illustration|Photo|Photograph|Picture|"
    r"Image|Illustration|Graphic|"
    r"Foto)s?"
    r"(?:\s?(?:[Cc]redits?|[Cc]ourtesy(?: of)?|[Bb]y)\s?:?|\s?[:/])|[Cc]redit\s?:|"
    r"Courtesy of)\s*(?=[^\s)])[^()\n]{2,80}[)\]]?$"
)
_LABELS = re.compile(
    r"(?P<interface>Media playback is (?:un|not )supported on (?:your|this) device)|"
    r"(?P<credit>Image (?:copyright|source|credit)[,:]?)\s|(?P<caption>(?:Image|Media|Photo) caption[,:]?)\s"
)
#: A gallery's button under each of its pictures.
_OF_GALLERY = re.compile(r"(?:Hide|Show) Caption \d+ of \d+")
_TOGGLE = re.compile(r"Enlarge this image(?:\s+(?:toggle|hide) caption)?(?:\s|$)|(?:toggle|hide) caption(?:\s|$)")
#: What every credit has: a bracket at its end, or a word or mark before the name.
_ENDS = (")", "]", ").", "].")
_SIGNS = ("/", "|", "hoto", "icture", "Image", "llustration", "redit", "ourtesy", " via ")
_LONGEST_CREDIT = 160
#: A longer block is no caption.
_LONGEST = 600


def caption_parts(text: str) -> list[Part]:
    """The caption and credit that a whole block consists of, in parts; empty where it is neither.

    Kinds: caption, caption_credit, and interface for the words of a page's buttons in between.
    """
    if len(text) > _LONGEST:
        return []
    if _LABELS.match(text):
        return _labelled(text)
    toggle = _TOGGLE.search(text) if "caption" in text or "Enlarge this" in text else None
    if toggle:
        return _parts(
            [
                ("caption", 0, toggle.start()),
                ("interface", *toggle.span()),
                ("caption_credit", toggle.end(), len(text)),
            ],
            text,
        )
    start = max(0, len(text) - _LONGEST_CREDIT)
    tail = text[start:]
    if not (text.endswith(_ENDS) or any(sign in tail for sign in _SIGNS)):
        return []
    match = _LICENCE.search(text, start) or _LABELLED.search(text, start)
    names = tuple(name for name in agencies() if name in tail) if match is None else ()
    if names:
        match = _photographer(names).search(text, start)
    if match is None or (match.start() > 0 and not _may_be_caption(text[: match.start()])):
        return []
    return _parts([("caption", 0, match.start()), ("caption_credit", match.start(), len(text))], text)


def gallery_parts(text: str) -> list[Part]:
    """The captions and buttons of a gallery whose pictures follow one another in a block, a button under each.

    Empty where the block is none.
    """
    buttons = list(_OF_GALLERY.finditer(text)) if "Caption " in text else []
    found: list[Part] = []
    place = 0
    for button in buttons:
        found += [("caption", place, button.start()), ("interface", *button.span())]
        place = button.end()
    return _parts([*found, ("caption", place, len(text))], text) if buttons else []


def photo_agencies(credit: str) -> list[tuple[str, str]]:
    """The agencies that a picture's credit names, each with the role photo."""
    return [(agency.name, "photo") for agency in named(credit)]


@lru_cache(maxsize=256)
def _photographer(names: tuple[str, ...]) -> re.Pattern[str]:
    """ "(Jane Roe/Reuters)", "Jane Roe / Getty Images", "(AP Photo/Jane Roe)", "| AP Photo", at the end of a block."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    agency = r"(?:[Tt]he )?(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"
    signed = rf"{_NAME}\s?(?:/|,\s|\svia\s|\sfor\s|\|)\s?(?:{agency})(?:\s?(?:/|via)\s?{agency})*"
    picture = rf"(?:{agency})\s(?:[Pp]hotos?|[Pp]ictures|[Ii]mages)(?:\s?[/|:]\s?{_NAME})?|(?:{agency})/{_NAME}"
    return re.compile(
        rf"(?:[(\[]\s?(?:(?:[Ff]ile )?[Pp]hotos?(?: by)?:?\s)?(?:{signed}|{picture})\s?[)\]]\.?|"
        rf"(?:(?<=[a-z\d)”\"’][.!?”\"’)])\s|"
        rf"^)(?:{signed}|{picture})"
        rf"|\|\s?(?:{picture}|{agency})|^\({agency}\))$"
    )


def _may_be_caption(text: str) -> bool:
    """Whether what stands before a credit is short enough for a caption: three sentences at most."""
    return len(text) < 450 and len(re.findall(r"[a-z)][.!?][\"”’]?\s", text)) <= 3


def _labelled(text: str) -> list[Part]:
    """The parts of a block in which the page's own labels ("Image copyright", "Image caption") stand before each."""
    found: list[Part] = []
    labels = list(_LABELS.finditer(text))
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        end = len(text) if following is None else following.start()
        found.append(("interface", *label.span()))
        if label.lastgroup == "interface":
            if text[label.end() : end].strip():
                return [] if following is None else found
        else:
            found.append(("caption" if label.lastgroup == "caption" else "caption_credit", label.end(), end))
    return _parts(found, text)


def _parts(parts: list[Part], text: str) -> list[Part]:
    """The parts without the white space around them, empty ones left out."""
    found = []
    for kind, start, end in parts:
        part = text[start:end]
        start += len(part) - len(part.lstrip())
        end = start + len(part.strip())
        if start < end:
            found.append((kind, start, end))
    return found
