"""`sources`: who published, and what may be done with their words."""

from __future__ import annotations

from typing import Any, ClassVar

import polars as pl

from schemas.table import SOURCE_ID, Table, field

RIGHTS = ("open", "licensed", "link_only", "unknown")


class Sources(Table):
    """Publishers of the articles, with the rights in their text and the evidence for them."""

    class Config(Table.Config):
        """Name, key and sorting order."""

        name = "sources"
        metadata: ClassVar[dict[str, Any]] = {"key": "source_id", "order": ("source_id",)}

    source_id: pl.String = field(
        "source", "Id of the publisher, stable over releases.", str_matches=SOURCE_ID, unique=True
    )
    name: pl.String = field("name", "Name of the publisher.", str_length={"min_value": 1})
    homepage: pl.String = field("homepage", "Address of the publisher's site.", nullable=True)
    country: pl.String = field(
        "country", "ISO 3166-1 alpha-2 code of the publisher's country.", nullable=True, str_matches=r"^[A-Z]{2}$"
    )
    rights: pl.String = field(
        "rights",
        "Whether the text may be passed on: open (an open licence), licensed (an agreement), link_only (no), unknown "
        "(not looked into, treated as no).",
        values=RIGHTS,
    )
    licence: pl.String = field("licence", "Name or SPDX id of the licence of the text.", nullable=True)
    rights_evidence: pl.String = field(
        "rights evidence", "Where the rights were read: an address or a sentence.", nullable=True
    )
    rights_checked_on: pl.Date = field("rights checked on", "Day on which the rights were looked up.", nullable=True)
    tdm_reserved: pl.Boolean = field(
        "text and data mining reserved", "Whether the publisher reserved text and data mining (EU 2019/790, article 4)."
    )
    attribution: pl.String = field("attribution", "Words to print where the text is used.", nullable=True)
