"""Timing: the seconds that steps take, in this process and in workers."""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager

#: A step that a worker takes: what it is called, and what is to be called, all of whose arguments are paths or plain.
Step = tuple[str, Callable[[], None]]


@contextmanager
def timed(seconds: MutableMapping[str, float], step: str) -> Iterator[None]:
    """Count a step's seconds."""
    gc.freeze()  # what earlier steps and libraries hold is not searched for garbage over and over
    started = time.perf_counter()
    try:
        yield
    finally:
        seconds[step] += time.perf_counter() - started
        gc.unfreeze()


def take(step: Step) -> dict[str, float]:
    """Take a step; returns its seconds, by its name."""
    seconds: dict[str, float] = defaultdict(float)
    name, find = step
    with timed(seconds, name):
        find()
    return dict(seconds)
