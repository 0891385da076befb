"""`onrecord prune`: make the store of past work smaller."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.options import DIST, Debug, Dist, Json


def prune(
    keep_days: Annotated[
        float, typer.Option("--keep-days", min=0, help="Keep what was made or used in this many days.")
    ] = 30.0,
    dist: Dist = DIST,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Remove from the store of past work what was not used for some time. Releases are left alone.

    What is removed is made again when it is needed.
    """
    from pipeline.errors import OnrecordError
    from pipeline.release.layout import Dist as Folder
    from pipeline.release.lock import held
    from pipeline.store import prune as clear

    store = Folder(dist).store
    if not store.is_dir():
        raise OnrecordError(f"there is no store of past work in {dist}")
    with held(dist):
        removed, size = clear(store, keep_days=keep_days)
    if json:
        import json as encoder

        typer.echo(encoder.dumps({"removed": removed, "bytes": size}))
    else:
        typer.echo(f"removed {removed:,} entries, {size / 1e6:.1f} MB, not used for {keep_days:g} days")
