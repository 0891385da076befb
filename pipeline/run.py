"""A run: the job it was given, the folders it works in, and what it has counted so far."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.configuration import Configuration, ConfigurationError
from pipeline.link.parts import Parts
from pipeline.loading import load
from pipeline.release.layout import Dist, check_version, next_version
from pipeline.release.lock import writing
from pipeline.timing import timed
from pipeline.workers import InProcess, Pool, pool

if TYPE_CHECKING:
    from pipeline.assemble import Assembly
    from pipeline.shard import ShardReport, ShardTask
    from pipeline.shard_check import CheckTask

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What to build, from what, into where."""

    raw: tuple[str, ...]
    dist: Path
    version: str | None = None
    include_text: bool = False
    force: bool = False
    accept: str | None = None
    runner: str = "process"
    address: str | None = None
    workers: int = 1
    configuration: Configuration = field(default_factory=Configuration)


@dataclass(slots=True)
class Run:
    """A build under way."""

    job: Job
    dist: Dist
    parts: Parts
    final: Assembly
    version: str
    now: datetime
    workers: Pool = field(default_factory=InProcess)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    counts: Counter[str] = field(default_factory=Counter)
    made_from: str = ""  #: the digest of everything that the release is made from
    made_by: str = ""  #: a hash of package, libraries and settings
    ahead: int = 0  #: records that are annotated, whether their shards are made or not
    kept: set[str] = field(default_factory=set)  #: the entries of the shards' parts in the store
    progress: Progress = lambda _step, _done, _all: None

    def timed(self, step: str) -> AbstractContextManager[None]:
        """Count a step's seconds."""
        return timed(self.seconds, step)

    def add(self, report: ShardReport) -> None:
        """Add a shard's figures."""
        for step, seconds in report.seconds.items():
            self.seconds[step] += seconds
        self.counts.update(report.rows)
        self.counts["shards"] += 1
        self.kept.add(report.kept)
        self.counts["from_store"] += report.from_store
        self.counts["read_rejects"] += report.rejects
        self.tell()

    @property
    def done(self) -> int:
        """Records whose shards are made."""
        return self.counts["articles"] + self.counts["read_rejects"]

    def tell(self) -> None:
        """Tell how many records are annotated."""
        self.progress("annotate", max(self.done, self.ahead), self.counts["records"])

    def tasks(self, shards: list[Path]) -> list[ShardTask]:
        """What workers are told about each shard: everything is a path or a plain value."""
        from pipeline.annotate.version import extractor_version, folder_hash
        from pipeline.ingest import read
        from pipeline.knowledge.gazetteer import USER_FILES
        from pipeline.release.provenance import about
        from pipeline.shard import ShardTask

        made_by = json.dumps(about(self.job.configuration, {}), sort_keys=True)
        self.made_by = hashlib.sha256(made_by.encode()).hexdigest()
        shared: dict[str, Any] = {
            "store": str(self.dist.store.absolute()),
            "cleaner": folder_hash(Path(read.__file__).parent),
            "extractor": extractor_version(),
            "longest_text": self.job.configuration.longest_text,
            "gazetteers": os.environ.get(USER_FILES, ""),
            "force": self.job.force,
            "made_by": self.made_by,
        }
        parts = self.parts.work / "parts"
        return [ShardTask(raw=str(path), parts=str(parts / path.stem), **shared) for path in shards]

    def checks(self) -> list[CheckTask]:
        """What workers are told about the checks of each shard."""
        from pipeline.shard_check import CheckTask

        shared = (self.parts, self.final, self.dist.store.absolute(), self.made_by, self.job.force)
        return [CheckTask(shard.name, *shared) for shard in self.parts.shards]


def started(job: Job) -> Pool:
    """The workers of a build; the first one loads what shards need, whatever this process does meanwhile.

    Raises:
        ConfigurationError: a gazetteer of the user's own cannot be read or is not one.
        WorkerError: the runner is unknown or cannot be reached.
    """
    use_gazetteers(job.configuration)
    return pool(job.runner, job.workers, job.address, load)


@contextmanager
def opened(
    job: Job, now: datetime | None = None, progress: Progress | None = None, pool: Pool | None = None
) -> Iterator[Run]:
    """Hold the lock, an empty work folder and the workers for the time of a build; the workers end with it.

    Args:
        pool: the workers, where they have been started already.
    """
    moment = now or datetime.now(UTC)
    dist = Dist(job.dist)
    with closing(pool or started(job)) as workers, writing(dist.root):
        from pipeline.assemble import Assembly  # like most modules only now: meanwhile the first worker loads
        from pipeline.release.recover import recover

        work = (dist.store / "run").absolute()  # workers elsewhere are told of it
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        recover(dist)
        if job.version:
            check_version(job.version, dist.versions())
        version = job.version or next_version(moment, dist.versions())
        parts = Parts(work, job.configuration.memory_limit)
        run = Run(job, dist, parts, Assembly(work / "final"), version, moment, workers)
        if progress:
            run.progress = progress
        yield run
        shutil.rmtree(work, ignore_errors=True)


def use_gazetteers(configuration: Configuration) -> None:
    """Let this process and its workers read the user's own gazetteers beside the package's.

    Raises:
        ConfigurationError: one of them cannot be read or is not a gazetteer.
    """
    if not configuration.gazetteers:
        return
    from pipeline import knowledge
    from pipeline.knowledge.gazetteer import USER_FILES

    os.environ[USER_FILES] = os.pathsep.join(str(Path(path).resolve()) for path in configuration.gazetteers)
    try:
        knowledge.entries()
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"the gazetteer cannot be read: {error}") from error
