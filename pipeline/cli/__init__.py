"""The command line: `onrecord`, also `python -m pipeline`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 refused or failed with one line, 2 wrong usage."""
    from pipeline.cli.app import app
    from pipeline.errors import OnrecordError

    try:
        app()
    except OnrecordError as error:
        if "--debug" in sys.argv:
            raise
        print(f"onrecord: {_harmless(str(error))}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("onrecord: stopped; run the same command again to go on", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        words = " ".join(str(error).split())[:300]
        print(
            f"onrecord: failed: {type(error).__name__}: {_harmless(words)} (the same command with --debug tells more)",
            file=sys.stderr,
        )
        sys.exit(1)


def _harmless(words: str) -> str:
    """An error's words, which may hold a hostile name, without what moves a terminal's cursor."""
    from pipeline.cli.results import printable

    return printable(words)
