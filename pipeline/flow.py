"""The data path as a Prefect flow: the steps of `build.py` as tasks, a shard a task, and an artifact at the end.

The only module that imports Prefect. Without a server of one's own (`PREFECT_API_URL`) Prefect starts an
embedded one; its process id is recorded, so that a build after a kill can end one that was left behind.
"""

from __future__ import annotations

import os

# Before Prefect is imported: no telemetry, and time for the embedded server to start on a slow machine.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
os.environ.setdefault("PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW", "ignore")

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.settings import PREFECT_API_URL
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import exponential_backoff

from pipeline import build as path
from pipeline import workers
from pipeline.build import Job, Progress, Run
from pipeline.configuration import Configuration
from pipeline.embedded_server import end_orphan, watch
from pipeline.release.publish import Published
from pipeline.shard import ShardReport, ShardTask, process

#: A shard that fails for a passing reason is tried again after 2, then 4 seconds.
RETRIES = 2


@task(name="annotate shard", retries=RETRIES, retry_delay_seconds=exponential_backoff(2), cache_policy=NO_CACHE)
def annotate_shard(pool: workers.Pool, shard: ShardTask) -> ShardReport:
    """One shard through cleaning and annotation, by a worker."""
    return pool.call(process, shard)


@task(name="read", cache_policy=NO_CACHE)
def read(run: Run) -> tuple[list[ShardTask], Any, dict[str, Any]]:
    """Raw files to shards."""
    return path.ingest(run)


@task(name="link", cache_policy=NO_CACHE)
def link(run: Run) -> None:
    """Everything across articles."""
    path.link(run)


@task(name="check", cache_policy=NO_CACHE)
def check(run: Run, rejects: Any) -> None:
    """Final rows with every check made."""
    path.check(run, rejects)


@task(name="publish", cache_policy=NO_CACHE)
def publish(run: Run, inputs: dict[str, Any]) -> Published:
    """The release, whole or not at all."""
    return path.release(run, inputs)


def walk(job: Job, now: datetime | None, progress: Progress | None) -> tuple[Published, Run]:
    """The steps of `build.build`, each as a task."""
    with path.opened(job, now, progress) as run:
        tasks, rejects, inputs = read(run)
        pool = workers.pool(job.runner, job.workers, len(tasks), job.address)
        try:
            with path.timed(run, "annotate (wall)"):
                for future in [annotate_shard.submit(pool, shard) for shard in tasks]:
                    path.counted(run, future.result(), len(tasks))
        finally:
            pool.close()
        link(run)
        check(run, rejects)
        published = publish(run, inputs)
        artifacts(published, run)
        return published, run


def artifacts(published: Published, run: Run) -> None:
    """Publish what happened as Prefect artifacts: rows per table, rejects by reason, seconds per step."""
    rejected = run.final.scan("rejects", "table", "check").group_by("table", "check").len().sort("table", "check")
    create_table_artifact(
        [{"table": table, "rows": rows} for table, rows in published.rows.items()],
        key="onrecord-rows",
        description=f"Rows per table of release {published.version}",
    )
    lines = [
        f"# Release {published.version}",
        "",
        "new" if published.new else "nothing changed",
        "",
        "| rejects | check | rows |",
    ]
    lines += ["|---|---|---|"] + [f"| {table} | {name} | {rows} |" for table, name, rows in rejected.iter_rows()]
    lines += ["", "| step | seconds |", "|---|---|"] + [
        f"| {step} | {seconds:.2f} |" for step, seconds in run.seconds.items()
    ]
    create_markdown_artifact("\n".join(lines), key="onrecord-build", description="What the build did")


def build(job: Job, now: datetime | None = None, progress: Progress | None = None) -> tuple[Published, Run]:
    """Run the flow in this process and return what `build.build` returns."""
    end_orphan(Path(job.dist) / ".store")
    if not PREFECT_API_URL.value():
        watch(Path(job.dist) / ".store")
    kept: list[tuple[Published, Run]] = []

    @flow(
        name="onrecord build",
        task_runner=ThreadPoolTaskRunner(max_workers=max(1, job.workers)),
        validate_parameters=False,
    )  # type: ignore[arg-type]
    def onrecord_build(raw: list[str], dist: str, version: str | None) -> str:
        kept.append(walk(job, now, progress))
        return kept[0][0].version

    onrecord_build(list(job.raw), str(job.dist), job.version)
    return kept[0]


@flow(name="onrecord nightly", validate_parameters=False)
def nightly(raw: list[str], dist: str = "dist", workers: int = 1, configuration: dict[str, Any] | None = None) -> str:
    """A scheduled build: the flow that a deployment runs. Returns the version that is now the latest."""
    job = Job(tuple(raw), Path(dist), workers=workers, configuration=Configuration(**(configuration or {})))
    published, _ = walk(job, datetime.now(UTC), None)
    return published.version


def parameters(job: Job) -> dict[str, Any]:
    """A job as the parameters of `nightly`."""
    return {
        "raw": list(job.raw),
        "dist": str(job.dist),
        "workers": job.workers,
        "configuration": asdict(job.configuration),
    }
