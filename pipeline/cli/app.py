"""The commands of the command line, each in a module of its own, loaded when it is called."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import (
    build,
    clean,
    diff,
    evaluate,
    extract,
    init,
    prune,
    query,
    rehydrate,
    releases,
    serve,
    show,
    status,
    update,
    verify,
    withdraw,
)

app = typer.Typer(
    name="onrecord",
    help="Raw news text in; a clean, versioned dataset of who said what, who claims what, when and where, out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        import pipeline

        typer.echo(f"onrecord {pipeline.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Options that stand before a command."""


app.command("init")(init.init)
app.command("build")(build.build)
app.command("clean")(clean.clean)
app.command("extract")(extract.extract)
app.command("query")(query.query)
app.command("show")(show.show)
app.command("rehydrate")(rehydrate.rehydrate)
app.command("releases")(releases.releases)
app.command("diff")(diff.diff)
app.command("verify")(verify.verify)
app.command("update")(update.update)
app.command("withdraw")(withdraw.withdraw)
app.command("serve")(serve.serve)
app.command("status")(status.status)
app.command("prune")(prune.prune)
app.command("evaluate")(evaluate.evaluate)
