"""The data path: raw news text in, a validated, versioned release out. Read `build` from top to bottom."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline import assemble, workers
from pipeline.configuration import Configuration, ConfigurationError
from pipeline.link import claims, duplicates, entities, quotes, revisions, sources, stories, withdrawals
from pipeline.link.parts import Parts
from pipeline.release.layout import Dist, check_version, next_version
from pipeline.release.lock import writing
from pipeline.release.publish import Published, publish
from pipeline.release.recover import recover
from pipeline.shard import ShardReport, ShardTask, process

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
    """A build under way: its folders, and what it has counted so far."""

    job: Job
    dist: Dist
    parts: Parts
    final: assemble.Assembly
    version: str
    now: datetime
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    counts: Counter[str] = field(default_factory=Counter)
    made_from: str = ""  #: the digest of everything that the release is made from
    kept: set[str] = field(default_factory=set)  #: the shards' entries in the store
    progress: Progress = lambda _step, _done, _all: None


def build(job: Job, now: datetime | None = None, progress: Progress | None = None) -> tuple[Published, Run]:
    """Turn raw news into the next release, or leave `dist` as it was."""
    with opened(job, now, progress) as run:
        tasks, rejects, inputs = ingest(run)
        if published := unchanged(run, rejects, inputs):
            return published, run
        tasks = restored(run, tasks)
        pool = workers.pool(job.runner, job.workers, len(tasks), job.address)
        try:
            for report in annotate(run, pool, tasks):
                counted(run, report)
        finally:
            pool.close()
        link(run)
        check(run, rejects)
        return release(run, inputs), run


@contextmanager
def opened(job: Job, now: datetime | None = None, progress: Progress | None = None) -> Iterator[Run]:
    """Hold the lock and an empty work folder for the time of a build."""
    moment = now or datetime.now(UTC)
    use_gazetteers(job.configuration)
    dist = Dist(job.dist)
    with writing(dist.root):
        work = dist.store / "run"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        recover(dist)
        if job.version:
            check_version(job.version, dist.versions())
        version = job.version or next_version(moment, dist.versions())
        run = Run(
            job, dist, Parts(work, job.configuration.memory_limit), assemble.Assembly(work / "final"), version, moment
        )
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


def ingest(run: Run) -> tuple[list[ShardTask], Any, dict[str, Any]]:
    """Raw files to shards of raw records; returns the shards' tasks, the rejects and what the inputs were."""
    from pipeline.annotate.version import extractor_version, folder_hash
    from pipeline.ingest import read, shards
    from pipeline.knowledge.gazetteer import USER_FILES
    from pipeline.release.provenance import about
    from pipeline.shard import reject_row
    from schemas import Rejects

    with timed(run, "read"):
        found = shards.gather(
            read.read(run.job.raw, run.job.configuration.fields),
            run.parts.work / "raw",
            run.job.configuration.shard_articles,
        )
        cleaner = folder_hash(Path(read.__file__).parent)
        made_by = hashlib.sha256(json.dumps(about(run.job.configuration, {}), sort_keys=True).encode()).hexdigest()
        template = ShardTask(
            "", "", str(run.dist.store.absolute()), cleaner, extractor_version(), run.job.configuration.longest_text,
            os.environ.get(USER_FILES, ""), run.job.force, made_by,
        )  # fmt: skip
        tasks = [
            replace(template, raw=str(path.absolute()), parts=str((run.parts.work / "parts" / path.stem).absolute()))
            for path in found.paths
        ]
    inputs = {"records": found.records, "bytes": found.bytes, "sha256": found.sha256}
    run.counts["records"] = found.records
    run.progress("annotate", 0, found.records)
    return tasks, Rejects.frame([reject_row(item) for item in found.rejects]), inputs


def unchanged(run: Run, rejects: Any, inputs: dict[str, Any]) -> Published | None:
    """The latest release, where it was made from the very same; None where there may be something new."""
    from pipeline.knowledge.gazetteer import USER_FILES
    from pipeline.release.provenance import about
    from pipeline.release.publish import rows_of
    from pipeline.unchanged import Origin, counted

    with timed(run, "compare"):
        run.made_from = Origin(
            about(run.job.configuration, inputs),
            source_rights(run.job),
            tuple(name for name in os.environ.get(USER_FILES, "").split(os.pathsep) if name),
            repr(sorted(map(repr, rejects.iter_rows()))),
            run.job.include_text,
        ).digest()
        counts = None if run.job.force else counted(run.dist, run.made_from)
    latest = run.dist.latest()
    if counts is None or latest is None:
        return None
    run.counts.update({name: count for name, count in counts.items() if name != "records"})
    release = run.dist.opened(latest)
    return Published(latest, release.folder, False, rows_of(release.manifest["tables"]))


def restored(run: Run, tasks: list[ShardTask]) -> list[ShardTask]:
    """Take from the store the parts of every shard that is as it was; returns the tasks of the others."""
    from pipeline.shard import restored as restored_shard

    left = []
    for task in tasks:
        report = restored_shard(task)
        if report is None:
            left.append(task)
        else:
            counted(run, report)
    return left


def annotate(run: Run, pool: workers.Pool, tasks: list[ShardTask]) -> Iterator[ShardReport]:
    """Every shard through cleaning and annotation, by workers."""
    with timed(run, "annotate (wall)"):
        yield from workers.run(pool, process, tasks)


def counted(run: Run, report: ShardReport) -> None:
    """Add a shard's figures to the run's."""
    for step, seconds in report.seconds.items():
        run.seconds[step] += seconds
    run.counts.update(report.rows)
    run.counts["shards"] += 1
    run.kept.add(report.kept)
    run.counts["from_store"] += report.from_store
    run.counts["read_rejects"] += report.rejects
    run.progress("annotate", run.counts["articles"] + run.counts["read_rejects"], run.counts["records"])


def link(run: Run) -> None:
    """Everything across articles: revisions, copies, entities, stories, clusters."""
    previous = run.dist.latest()
    before = run.dist.release(previous) if previous else None
    steps: Sequence[tuple[str, Callable[[], None]]] = (
        ("revisions", lambda: revisions.find(run.parts, previous and run.dist.table(previous, "articles"))),
        ("withdrawals", lambda: withdrawals.find(run.parts, run.dist.root / "withdrawals.json")),
        ("duplicates", lambda: duplicates.find(run.parts)),
        ("entities", lambda: entities.find(run.parts, before and before / "entities.parquet", run.version)),
        ("stories", lambda: stories.find(run.parts, previous and run.dist.table(previous, "articles"))),
        ("quotes", lambda: quotes.find(run.parts, previous and run.dist.table(previous, "quotes"))),
        ("claims", lambda: claims.find(run.parts, previous and run.dist.table(previous, "claims"))),
    )
    for number, (name, step) in enumerate(steps):
        run.progress("link", number, len(steps))
        with timed(run, f"link {name}"):
            step()


def check(run: Run, rejects: Any) -> None:
    """Final rows with every check made; failing ones become rejects."""
    known = source_rights(run.job)
    with timed(run, "check"):
        extracted = assemble.assemble_articles(run.parts, run.final, sources.find(run.parts, known))
        extracted += assemble.assemble_entities(run.parts, run.final)
        for number, shard in enumerate(run.parts.shards):
            run.progress("check", number, len(run.parts.shards))
            extracted += assemble.assemble_shard(run.parts, run.final, shard.name)
        assemble.assemble_rejects(run.parts, run.final, rejects)
    run.counts["extracted"] = extracted


def source_rights(job: Job) -> dict[str, dict[str, Any]]:
    """The rows of `sources.csv`: the configured one, else those beside the raw files."""
    if job.configuration.sources:
        return sources.read(Path(job.configuration.sources))
    found: dict[str, dict[str, Any]] = {}
    for raw in job.raw:
        path = Path(raw)
        beside = (path if path.is_dir() else path.parent) / "sources.csv"
        if beside.is_file():
            found |= sources.read(beside)
    return found


def release(run: Run, inputs: dict[str, Any]) -> Published:
    """Publish the final rows, or find that they equal the latest release."""
    from pipeline import kept
    from pipeline import unchanged as made
    from pipeline.release.provenance import about

    run.progress("publish", 0, 1)
    with timed(run, "publish"):
        published = publish(
            run.dist, run.final.folder, run.parts, run.version, about(run.job.configuration, inputs),
            configuration=run.job.configuration, include_text=run.job.include_text, force=run.job.force,
            accept=run.job.accept,
        )  # fmt: skip
        made.record(run.dist, run.made_from, {**run.counts, "from_store": run.counts["articles"]})
        kept.keep_only(run.dist.store, run.kept)
    return published


@contextmanager
def timed(run: Run, step: str) -> Iterator[None]:
    """Count a step's seconds."""
    started = time.perf_counter()
    yield
    run.seconds[step] += time.perf_counter() - started
