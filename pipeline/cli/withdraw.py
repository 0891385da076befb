"""`onrecord withdraw`: an article out of every release."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.options import DIST, Debug, Dist, Json


def withdraw(
    article: Annotated[str, typer.Argument(metavar="ARTICLE_ID", help="The article's id.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is published in withdrawals.json.")],
    dist: Dist = DIST,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Take an article and all that rests on it out of every release, its changes and the store of past work.

    A tombstone in withdrawals.json (ids and hashes, no content) keeps it out of later builds.
    """
    from pipeline.cli.progress import shown
    from pipeline.release.layout import Dist as Folder
    from pipeline.release.lock import writing
    from pipeline.release.recover import recover
    from pipeline.release.withdraw import withdraw as take_out

    folder = Folder(dist)
    folder.find(None)
    with writing(dist), shown(quiet=json) as progress:
        recover(folder)
        found = take_out(folder, article, reason, progress)
    if json:
        import json as encoder
        from dataclasses import asdict

        typer.echo(encoder.dumps(asdict(found)))
    else:
        typer.echo(f"{article} was in {', '.join(found.releases)} and is in no release any longer")
        typer.echo(f"written anew: {', '.join(found.written)}; check with onrecord verify --all --dist {dist}")
