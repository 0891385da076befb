"""`onrecord extract`: annotate given texts as they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import Debug


def extract(
    input: Annotated[Path, typer.Option("--input", help="JSON lines: doc_id, text, published_at.")],
    output: Annotated[Path, typer.Option("--output", help="JSON lines: doc_id, mentions, quotes, claims, times.")],
    debug: Debug = False,
) -> None:
    """Annotate texts as they stand: no cleaning, no linking across articles.

    Offsets are Python string indices into the given text, end exclusive.
    """
    import json

    from pipeline.errors import OnrecordError
    from pipeline.extract import line

    if not input.is_file():
        raise OnrecordError(f"there is no file {input}")
    try:
        beside = output.with_name(f".{output.name}.part")
        with input.open(encoding="utf-8") as lines, beside.open("w", encoding="utf-8", newline="\n") as out:
            for number, text in enumerate(lines, 1):
                if not text.strip():
                    continue
                try:
                    document = json.loads(text)
                    found = line(document)
                except (ValueError, KeyError, TypeError) as error:
                    raise OnrecordError(
                        f"{input}, line {number}: not a document with doc_id and text: {error}"
                    ) from error
                out.write(json.dumps(found, ensure_ascii=False) + "\n")
        beside.replace(output)
    except OSError as error:
        raise OnrecordError(f"cannot write {output}: {error.strerror or error}") from error
