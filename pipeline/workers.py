"""Workers: run shard tasks in this process or in a pool of processes, each with one model."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

#: How often a task is tried when its worker dies.
TRIES = 3


class WorkerError(RuntimeError):
    """A shard's worker died again and again."""


def prepare() -> None:
    """What a worker does first: one thread for linear algebra, and the model loaded."""
    os.environ["OMP_NUM_THREADS"] = "1"
    os.environ["POLARS_MAX_THREADS"] = "1"


def run(function: Callable[[Task], Result], tasks: Sequence[Task], workers: int) -> Iterator[tuple[int, Result]]:
    """Results of `function` over `tasks`, as they come, each with its task's number.

    With one worker, or one task, everything runs in this process. A worker that dies costs its tasks a
    retry and nothing else: the pool is made anew.

    Raises:
        WorkerError: a task's worker died `TRIES` times.
    """
    if workers <= 1 or len(tasks) <= 1:
        prepare()
        for number, task in enumerate(tasks):
            yield number, function(task)
        return
    tries = [0] * len(tasks)
    waiting = list(range(len(tasks)))[::-1]
    while waiting:
        with ProcessPoolExecutor(min(workers, len(waiting)), get_context("spawn"), prepare) as pool:
            running: dict[Future[Result], int] = {}
            try:
                while waiting or running:
                    while waiting and len(running) < workers + 1:
                        number = waiting.pop()
                        tries[number] += 1
                        running[pool.submit(function, tasks[number])] = number
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in sorted(done, key=lambda found: running[found]):
                        result = future.result()
                        yield running.pop(future), result
            except BrokenProcessPool as error:
                again = sorted(running.values(), reverse=True)
                if any(tries[number] >= TRIES for number in again):
                    raise WorkerError(
                        f"a worker died {TRIES} times on the same shard; is there enough memory?"
                    ) from error
                waiting.extend(again)
