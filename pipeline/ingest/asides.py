"""Asides: blocks that the page put into an article and that its author did not write.

Advertisements, buttons, links to other articles, appeals to subscribe or share, embed markers, rules. Each is a whole
block of a fixed form; a paragraph that merely mentions a newsletter is none.
"""

from __future__ import annotations

import re

_ADVERTISEMENT = re.compile(
    r"\W*(?:advertisements?(?:\W+advertisements?)*|advertising|advertorial|sponsored(?: content| post)?|ad|"
    r"(?:story|article) continue[sd] (?:below|after)(?: (?:the |this )?(?:advertisement|ad|video))?|"
    r"skip (?:advertisement|ad)|"
    r"(?:advertisement\W+)?continue reading(?: (?:the main story|below|this article))?|"
    r"scroll (?:down )?to continue.{0,60})"
    r"\W*",
    re.IGNORECASE,
)
_INTERFACE = re.compile(
    r"\W*(?:CLOSE|Close|Photo|Photos|PHOTOS?|Video|VIDEO|Image|Play|Play [Vv]ideo|Watch [Vv]ideo|Tweet|Share|Print|"
    r"Email|"
    r"Loading(?:\.\.\.|…)?|Enlarge(?: this image| image)?|(?:hide|toggle) caption|Slideshow \(\d+ [Ii]mages?\)|"
    r"Media playback is (?:un|not )supported on (?:your|this) device|Skip to (?:main )?content|Back to top|"
    r"View (?:gallery|comments|all comments)|Show more|Leave a comment|\d+ [Cc]omments?|"
    r"Your browser does not support .{0,60}|Story highlights|\d+ (?:minute|hour|day|week|month|year)s? ago|"
    r"This article is (?:more than|over) \d+ (?:months?|years?) old|(?:next|prev|previous) [Ii]mage \d+ of \d+|"
    r"WhatsApp|Pinterest|Flipboard)\W*|[-–—_=*~#•·.+|:,;]"
    # a video player: its button, the title before it and after it, a length
    r"|JUST WATCHED .+ Replay More Videos\W+MUST WATCH\b.*"
    r"|\[(?:image|photo|video|audio|gallery|pullquote|break|caption|ad|advertisement|music|slideshow|map|graphic)s?"
    r"(?:[:\s][^\]\n]{0,80})?\]"
)
#: Addresses, or the bare number of something embedded.
_EMBED = re.compile(r"(?:<?(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+>?[\s,;|]*){1,5}|\d{12,20}", re.IGNORECASE)
_RULE = re.compile(r"[-–—_=*~#•·.+|:\s]{3,}|(?:-\s?30\s?-)")
_READ_MORE = re.compile(
    r"\W{0,3}(?:"
    r"(?:read|see|view|watch|learn|find out|click|tap|click here(?: to)?(?: for| to)?)\s?(?:the\s)?(?:more|next|also|"
    r"here|full (?:story|article|report|coverage|interview|transcript|text|statement)(?=\W*(?:here|at|on|from|in|$)))\b"
    r"|related(?: (?:articles?|stories|story|content|coverage|links?|topics?|news|video|reading|posts?))?\s*(?:[:>»]|$)"
    r"|(?:see|read|watch|listen|view|also)\s?(?:also|more|next|now|on \w+)?\s*:"
    r"|more on this(?:\.\.\.|…)|watch the latest video|related content\b|more(?: (?:on this|from [^.!?\n]{1,60}|"
    r"stories|news|coverage|in this (?:section|series)))?\W*$|more\s*:"
    r"|(?:RELATED|READ|SEE|WATCH|MORE|LISTEN|PHOTOS?|VIDEO|GALLERY|INTERACTIVE|QUIZ|DON'T MISS|DON’T MISS|MUST READ|"
    r"ALSO|SLIDESHOW|TIMELINE|MAP|GRAPHIC|EXCLUSIVE VIDEO)(?: (?:MORE|ALSO|NEXT|NOW|ON \w+|FROM \w+))?\s*:"
    r"|(?:recommended|most (?:read|popular)|trending(?: now)?|you (?:may|might) (?:also )?(?:like|be interested in)|"
    r"don[’']t miss|editors?[’'] picks?|what to read next|up next|top stories)\W*$"
    r"|CLICK (?:HERE|FOR|TO)\b|click (?:here|for|on|the)\b"
    r")",
    re.IGNORECASE,
)
_ENDS_READ_MORE = re.compile(r"[^.!?\n]{5,160}\bRead more\W{0,3}")
_BRACKETED_LINK = re.compile(
    r"[(\[]\s?(?:PHOTOS?|WATCH|VIDEO|ALSO(?: ON [A-Z]+)?|Also on [A-Z]\w+|READ(?: MORE)?|RELATED|MORE|See also|"
    r"Read more|"
    r"Related|PODCAST|LISTEN|SEE ALSO)\s?:[^()\[\]\n]{1,200}[)\]]"
)
_SUBSCRIPTION = re.compile(
    r"\W{0,4}(?:(?:please |for [^.,\n]{5,90}, )?(?:sign up|subscribe|register|log in|sign in|join (?:us|our|"
    r"the conversation)|follow|"
    r"like us|"
    r"find us|donate|support (?:us|our|the)|become a (?:member|subscriber|supporter)|get (?:the|our|your|all|more|"
    r"breaking)|"
    r"download (?:the|our)|want (?:the|more|to|our|[A-Z])|already a (?:subscriber|member)|to (?:read|continue reading)|"
    r"receive|enjoy(?:ing|ed)? |start your (?:day|free)|stay (?:up to date|informed)|connect with)|"
    r"(?:this article is|you have) [^.\n]{0,60}(?:subscribers|free articles)|send (?:tips|your tips|us))\b",
    re.IGNORECASE,
)
_SUBSCRIPTION_WORD = re.compile(
    r"\b(?:newsletters?|inbox|e-?mails? (?:alerts?|updates?|list)|subscri\w+|sign(?:ed|ing)? (?:up|in)|twitter|"
    r"facebook|"
    r"instagram|youtube|linkedin|telegram|whatsapp|podcast|apps?\b|app store|alerts?|notifications?|"
    r"free articles|membership|patreon|donat\w+|rss|google news|apple news)\b|[\s(]@\w{2,}|\S@\S+\.\w+",
    re.IGNORECASE,
)
#: What a form says to who fills it in, and what else forms of subscription say.
_FORM = re.compile(
    r"verify (?:that )?you(?:[’']re| are) not a robot|invalid e-?mail address|enter (?:a valid|your) e-?mail|"
    r"check the box if you do not wish|by signing up,? (?:i|you) agree|encountered an issue signing you up|"
    r"(?:choose|select) your country|view sample sign up",
    re.IGNORECASE,
)
_FORM_BUTTON = re.compile(r"\b(?:Sign Up|SIGN UP|Subscribe|[Uu]nsubscribe|Sign up (?:for|here|to|today))\b")
_SHARE = re.compile(
    r"\W{0,3}(?:read or )?(?:share|tweet|e-?mail|print|bookmark) (?:this|the) (?:story|article|post|page|column|on)\b"
    r"|\W{0,3}share this\s?:|\W{0,3}share all sharing options\b|listen to article \d"
    r"|\W{0,3}share (?:on|via) (?:facebook|twitter|e-?mail|whatsapp|linkedin|pinterest)\b",
    re.IGNORECASE,
)
#: Longer than this a block is none of these; a form may hold the names of all countries.
_LONGEST, _LONGEST_FORM = 300, 4_000
_FIRST = re.compile(r"[\W_]*([A-Za-z]*)")


def aside(text: str) -> str | None:
    """The kind of aside that the whole block is, or None: rule, advertisement, interface, embed,
    read_more, share, subscription.
    """
    # The button first: nearly no block has one, and to look for it takes a fifth of the time.
    if len(text) <= _LONGEST_FORM and _FORM_BUTTON.search(text) and _FORM.search(text):
        return "subscription"
    if len(text) > _LONGEST:
        return None
    for kind, pattern in _WHOLE:
        if pattern.fullmatch(text):
            return kind
    if _SHARE.match(text):
        return "share"
    if _BRACKETED_LINK.fullmatch(text) or _ENDS_READ_MORE.fullmatch(text):
        return "read_more"
    if _READ_MORE.match(text) and not _is_prose(text):
        return "read_more"
    if _SUBSCRIPTION.match(text) and _SUBSCRIPTION_WORD.search(text) and not _is_spoken(text):
        return "subscription"
    return None


_WHOLE = (("rule", _RULE), ("advertisement", _ADVERTISEMENT), ("interface", _INTERFACE), ("embed", _EMBED))


def _is_prose(text: str) -> bool:
    """Whether a line that begins like a link is a sentence of its own: it ends in a stop after several words."""
    return len(text) > 200 or (text.endswith((".", "”", '"')) and text.count(". ") >= 1)


def _is_spoken(text: str) -> bool:
    """Whether the words are somebody's: they are quoted."""
    return text[0] in "\"“'‘"
