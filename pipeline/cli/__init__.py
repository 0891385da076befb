"""The command line: `onrecord`, also `python -m pipeline`."""

from __future__ import annotations

import atexit
import os
import sys
import threading

#: The exit code of a command that was stopped by Ctrl-C, as shells have it.
STOPPED = 130


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 refused or failed with one line, 2 wrong usage."""
    _end(_run())


def _run() -> int:
    from pipeline.cli.app import app
    from pipeline.errors import OnrecordError

    try:
        app()
    except SystemExit as error:
        if error.code == STOPPED:
            _tell_stopped()
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    except OnrecordError as error:
        if "--debug" in sys.argv:
            raise
        print(f"onrecord: {_harmless(str(error))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        _tell_stopped()
        return STOPPED
    except BrokenPipeError:
        return 0
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        words = " ".join(str(error).split())[:300]
        print(
            f"onrecord: failed: {type(error).__name__}: {_harmless(words)} (the same command with --debug tells more)",
            file=sys.stderr,
        )
        return 1
    return 0


def _tell_stopped() -> None:
    print("onrecord: stopped; run the same command again to go on", file=sys.stderr)


def _end(code: int) -> None:
    """Leave at once where nothing else runs: to free a build's objects one by one takes more than a second.

    What was stopped is not waited for either: whatever it was at, the next run goes on from what is on the disk.
    """
    others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    if code != STOPPED and not all(thread.daemon for thread in others):
        sys.exit(code)
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass  # nobody reads what is left
    os._exit(code)


def _harmless(words: str) -> str:
    """An error's words, which may hold a hostile name, without what moves a terminal's cursor."""
    from pipeline.cli.results import printable

    return printable(words)
