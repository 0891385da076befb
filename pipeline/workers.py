"""Workers: run shard tasks in this process, in a pool of processes, or on a Dask cluster."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Protocol, TypeVar

from pipeline.errors import OnrecordError

Task = TypeVar("Task")
Result = TypeVar("Result")

#: How often a task is tried when its worker dies.
TRIES = 3
#: Seconds after which a wait is begun again: with polars' handler in place Ctrl-C ends none that has no limit.
PATIENCE = 0.5


class WorkerError(OnrecordError):
    """A shard's worker died again and again, or the cluster cannot be reached."""


class Pool(Protocol):
    """Something that runs one task somewhere and waits for its result; safe to use from several threads."""

    width: int
    """How many tasks it runs at once."""

    def call(self, function: Callable[[Task], Result], task: Task) -> Result:
        """The result of `function(task)`, run by a worker."""

    def take_part(self) -> None:
        """Let this process run tasks too, beside one other: sooner done than more are loaded, where tasks are few."""

    def close(self) -> None:
        """End the workers."""


def prepare(parent: Connection) -> None:
    """What a worker does first: keep linear algebra and frames to one thread each, and end with its parent alone.

    Args:
        parent: a pipe whose other end the parent alone holds, and closes when the worker is to end.
    """
    os.environ["OMP_NUM_THREADS"] = "1"
    os.environ["POLARS_MAX_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the parent says what to do
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Connection) -> None:
    # A worker holds both ends of the queue it reads, so a killed parent would leave it waiting for ever. What it has
    # done is in files, whole or not at all: it needs no time to end.
    parent.poll(None)
    os._exit(0)


class InProcess:
    """No workers: tasks run in this process, one at a time."""

    width = 1

    def __init__(self) -> None:
        self._one = threading.Lock()

    def call(self, function: Callable[[Task], Result], task: Task) -> Result:
        """Run the task here, when no other one runs."""
        with self._one:
            return function(task)

    def take_part(self) -> None:
        """It does already."""

    def close(self) -> None:
        """There is nothing to end."""


class Processes:
    """A pool of fresh processes. A worker that dies costs the tasks under way a retry and nothing else.

    Args:
        workers: how many processes there may be. The first one starts at once, the others when tasks ask for them.
        load: what the first one loads while its first task is got ready.
    """

    def __init__(self, workers: int, load: Callable[[], None] | None = None) -> None:
        self.width = workers
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._workers = workers
        self._context = get_context("spawn")
        self._parent, self._end = self._context.Pipe(duplex=False)
        self._here: threading.Lock | None = None
        self._loading = self._current().submit(load) if load else None

    def _current(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._end.closed:
                raise WorkerError("the workers have been ended")
            if self._pool is None:
                self._pool = ProcessPoolExecutor(self._workers, self._context, prepare, (self._parent,))
            return self._pool

    def _drop(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        pool.shutdown(wait=False, cancel_futures=True)

    def call(self, function: Callable[[Task], Result], task: Task) -> Result:
        """Run the task in a worker; try again, in a new pool, when the worker dies.

        Raises:
            WorkerError: the worker died `TRIES` times.
        """
        here = self._here
        if here and here.acquire(blocking=False):
            try:
                return function(task)
            finally:
                here.release()
        if here and self._loading:
            wait([self._loading])  # a task that comes while the other process is busy would start one more
        for _ in range(TRIES):
            pool = self._current()
            try:
                return pool.submit(function, task).result()
            except BrokenProcessPool:
                self._drop(pool)
        raise WorkerError(f"a worker died {TRIES} times on the same shard: is there enough memory? Try --workers 1")

    def take_part(self) -> None:
        """Let this process run tasks too, beside one other."""
        self.width, self._here = 2, threading.Lock()

    def close(self) -> None:
        """End the processes, also one that is still loading."""
        with self._lock:
            self._end.close()
            pool = self._pool
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)
        self._parent.close()


class Dask:
    """The workers of a running Dask cluster, which must see the same folders under the same names."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise WorkerError("the Dask runner needs its extra: pip install 'onrecord[dask]'") from error
        try:
            client: Any = Client
            self._client = client(address, timeout=20, set_as_default=False)
            self.width = max(1, sum(self._client.nthreads().values()))
        except (OSError, ValueError) as error:
            raise WorkerError(f"no Dask scheduler answers at {address}: start one with dask scheduler") from error

    def call(self, function: Callable[[Task], Result], task: Task) -> Result:
        """Run the task on the cluster; a lost worker costs it a retry, on another one.

        Raises:
            WorkerError: the workers that took the task died, again and again.
        """
        from distributed import KilledWorker

        try:
            found: Result = self._client.submit(function, task, pure=False, retries=TRIES - 1).result()
        except KilledWorker as error:
            raise WorkerError("the cluster's workers died on the same shard: have they enough memory?") from error
        return found

    def take_part(self) -> None:
        """The cluster's workers are there already."""

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()


def pool(runner: str, workers: int, address: str | None = None, load: Callable[[], None] | None = None) -> Pool:
    """A pool of workers: `process` (this process alone where there is one worker) or `dask`.

    Args:
        load: what processes load before their first tasks are there.

    Raises:
        WorkerError: the runner is unknown or cannot be reached.
    """
    if runner == "dask":
        if not address:
            raise WorkerError("the Dask runner needs --address, such as tcp://127.0.0.1:8786")
        return Dask(address)
    if runner != "process":
        raise WorkerError(f"there is no runner {runner!r}: use process or dask")
    return InProcess() if workers <= 1 else Processes(workers, load)


def run(pool: Pool, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
    """Start `function` over `tasks`, as many at a time as the pool is wide; the results as they come."""
    threads = ThreadPoolExecutor(pool.width)
    return _results(threads, [threads.submit(pool.call, function, task) for task in tasks])


def _results(threads: ThreadPoolExecutor, futures: Sequence[Future[Result]]) -> Iterator[Result]:
    waiting = set(futures)
    try:
        while waiting:
            done, waiting = wait(waiting, PATIENCE, FIRST_COMPLETED)
            for future in done:
                yield future.result()
    except BaseException:
        threads.shutdown(wait=False, cancel_futures=True)  # those that wait for workers end when the pool is closed
        raise
    threads.shutdown()


def in_order(function: Callable[[Task], Result], tasks: Iterator[Task], workers: int) -> Iterator[Result]:
    """Results of `function` over a stream of tasks, in their order, a few tasks ahead in a pool of processes.

    With one worker, or where there are no more than two tasks, everything runs in this process.
    """
    first = list(islice(tasks, 3))
    if workers <= 1 or len(first) < 3:
        for task in chain(first, tasks):
            yield function(task)
        return
    processes = Processes(workers)
    try:
        with ThreadPoolExecutor(workers + 1) as threads:
            waiting: deque[Future[Result]] = deque()
            for task in chain(first, tasks):
                waiting.append(threads.submit(processes.call, function, task))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    finally:
        processes.close()
