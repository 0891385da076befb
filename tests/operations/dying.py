"""Tasks that kill the worker they run in. A module of its own, so that workers import nothing else for them."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def dies_once(flag: str) -> int:
    """A task that kills its worker the first time."""
    path = Path(flag)
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def dies_always(_flag: str) -> int:
    """A task that kills its worker every time."""
    os.kill(os.getpid(), signal.SIGKILL)
    return 0
