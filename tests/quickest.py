"""CPU seconds of a call, so that tests of growth compare the call alone."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time


def quickest(call: Callable[[], object]) -> float:
    """CPU seconds of the quickest of three calls, without the collector, whose time depends on what else has run."""
    taken = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(3):
            began = process_time()
            call()
            taken.append(process_time() - began)
    finally:
        gc.enable()
    return min(taken)
