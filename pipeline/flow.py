"""The data path as a Prefect flow: the steps of `build.py` as tasks, a shard a task, and artifacts at the end.

The only module that imports Prefect. It talks to the server at `PREFECT_API_URL`; without one, `build` and
`serve` run an embedded server for as long as they last.
"""

from __future__ import annotations

import os

# Before Prefect is imported: no telemetry, no calls out, and one line of our own where something fails.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_CLIENT_MAX_RETRIES", "3")
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
os.environ.setdefault("PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW", "ignore")

import errno
import logging
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from prefect import flow, get_client, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.schedules import CronSchedule
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import PrefectException
from prefect.futures import PrefectFuture, as_completed
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import exponential_backoff
from prefect.types.entrypoint import EntrypointType

from pipeline import build as path
from pipeline import build_report, configuration, journal, workers
from pipeline.configuration import ConfigurationError
from pipeline.embedded_server import ServerError, serving
from pipeline.errors import OnrecordError
from pipeline.release.lock import held
from pipeline.release.publish import Published
from pipeline.release.remote import place
from pipeline.run import Job, Progress, Run, opened
from pipeline.shard import ShardReport, ShardTask, process
from pipeline.slices import Slice

#: What fails for a passing reason is tried again after 2, then 4 seconds.
RETRIES = 2
#: Faults of the disk or of the command that no second try mends.
LASTING = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT}
#: Seconds that an alert's command may take.
ALERT_SECONDS = 60
#: Shards whose results may be waited for at once, whatever the runner.
SHARDS = 256
TASK_RUNNER: Any = ThreadPoolTaskRunner(max_workers=SHARDS)


def passing(_task: Any, _run: Any, state: Any) -> bool:
    """Whether a second try may mend what a task failed of: a fault of disk or network that is not a lasting one."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError) and error.errno not in LASTING


RETRIED: dict[str, Any] = {
    "retries": RETRIES, "retry_delay_seconds": exponential_backoff(2), "retry_condition_fn": passing,
    "cache_policy": NO_CACHE,
}  # fmt: skip


@task(name="annotate shard", **RETRIED)
def annotate_shard(pool: workers.Pool, shard: ShardTask) -> ShardReport:
    """One shard through cleaning and annotation, by a worker."""
    return pool.call(process, shard)


@task(name="read", **RETRIED)
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


@task(name="annotate ahead", **RETRIED)
def annotate_ahead(run: Run, slices: list[Slice]) -> None:
    """What is new in few shards, by all workers."""
    path.annotate_ahead(run, slices)


def annotated(run: Run, tasks: list[ShardTask]) -> Iterator[ShardReport]:
    """The shards' reports as they come; a shard's task is submitted when the pool has room for it."""
    pool = run.workers
    if slices := path.sliced(run, tasks):
        annotate_ahead(run, slices)
    waiting = list(reversed(tasks))
    running: list[PrefectFuture[ShardReport]] = []
    while waiting or running:
        while waiting and len(running) < min(pool.width, SHARDS):
            running.append(annotate_shard.submit(pool, waiting.pop()))
        done = next(iter(as_completed(running)))
        running.remove(done)
        yield done.result()


def walk(
    job: Job, now: datetime | None, progress: Progress | None, pool: workers.Pool | None = None
) -> tuple[Published, Run]:
    """The steps of `build.build`, each as a task; what came of them goes into artifacts, and why it failed too."""
    try:
        published, run = steps(job, now, progress, pool)
    except (OnrecordError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        with reporting():
            create_markdown_artifact(
                f"# The build failed\n\n{reason}\n\nThe last release is in place: `{job.dist}`.",
                key="onrecord-failure", description=f"Why the build of {job.dist} failed",
            )  # fmt: skip
        raise
    with reporting():
        artifacts(published, run)
    return published, run


def steps(
    job: Job, now: datetime | None, progress: Progress | None, pool: workers.Pool | None
) -> tuple[Published, Run]:
    """The steps themselves."""
    with opened(job, now, progress, pool) as run:
        tasks, rejects, inputs = read(run)
        if published := path.unchanged(run, rejects, inputs):
            return published, run
        tasks = path.restored(run, tasks)
        with run.timed("annotate (wall)"):
            for report in annotated(run, tasks):
                run.add(report)
        link(run)
        check(run, rejects)
        return publish(run, inputs), run


@contextmanager
def reporting() -> Iterator[None]:
    """Artifacts are for people to see: where the server does not take them, a line says so and the build stands."""
    try:
        yield
    except (httpx.HTTPError, PrefectException) as error:
        words = " ".join(str(error).split())[:200] or type(error).__name__
        logging.getLogger("onrecord").warning("onrecord: the Prefect server did not take the artifacts: %s", words)


def artifacts(published: Published, run: Run) -> None:
    """What happened, as Prefect artifacts: rows per table beside the release before, rejects by reason, seconds."""
    before, rows = build_report.rows_by_table(published, run)
    create_table_artifact(
        rows, key="onrecord-rows",
        description=f"Rows per table of release {published.version}" + (f", compared with {before}" if before else ""),
    )  # fmt: skip
    create_markdown_artifact(
        build_report.markdown(published, run), key="onrecord-build", description="What the build did"
    )


@contextmanager
def server(store: Path, *, schedules: bool = False) -> Iterator[str]:
    """The API to talk to for the time of the block: the one that Prefect's settings name, or an embedded server's.

    Raises:
        ServerError: the embedded server did not start.
    """
    named = PREFECT_API_URL.value()
    if named:
        yield named
        return
    with serving(store, schedules=schedules) as url, temporary_settings({PREFECT_API_URL: url}):
        os.environ["PREFECT_API_URL"] = url
        try:
            yield url
        finally:
            del os.environ["PREFECT_API_URL"]


def build(
    job: Job, now: datetime | None = None, progress: Progress | None = None, pool: workers.Pool | None = None
) -> tuple[Published, Run]:
    """Run the flow in this process and return what `build.build` returns.

    Raises:
        ServerError: Prefect's server cannot be had, or went away; nothing is lost, and the next run goes on.
    """
    with held(job.dist):
        pass  # a folder that another build holds, or that cannot be written, is told before a server starts
    kept: list[tuple[Published, Run]] = []

    @flow(name="onrecord build", task_runner=TASK_RUNNER, validate_parameters=False)
    def onrecord_build(raw: list[str], dist: str, version: str | None) -> str:
        kept.append(walk(job, now, progress, pool))
        return kept[0][0].version

    with server(job.dist / ".store") as url:
        try:
            onrecord_build(list(job.raw), str(job.dist), job.version)
        except (httpx.HTTPError, PrefectException) as error:
            if not kept:
                words = " ".join(str(error).split())[:200] or type(error).__name__
                raise ServerError(
                    f"the Prefect server at {url} did not answer ({words}): run again, or use --direct"
                ) from error
    return kept[0]


@flow(name="onrecord nightly", task_runner=TASK_RUNNER, validate_parameters=False)
def nightly(
    raw: list[str],
    dist: str = "dist",
    workers: int = 1,
    runner: str = "process",
    address: str | None = None,
    config: str | None = None,
) -> str:
    """A scheduled build: the flow that a deployment runs. Returns the version that is now the latest.

    A build that fails leaves the last release in place, says why in an artifact, and runs the command that the
    configuration names in `alert`.
    """
    settings = configuration.read(Path(config) if config else None)
    job = Job(tuple(raw), place(dist), workers=workers, runner=runner, address=address, configuration=settings)
    started = datetime.now(UTC)
    try:
        published, run = walk(job, started, None)
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        journal.note(job.dist / ".store", started, error=reason, scheduled=True)
        alert(settings.alert, reason)
        raise
    journal.note(job.dist / ".store", started, scheduled=True, **journal.summary(published, run))
    return published.version


def alert(command: str | None, reason: str) -> None:
    """Run the user's own command on a failure, with the reason in `ONRECORD_ALERT`."""
    if not command:
        return
    try:
        subprocess.run(  # noqa: S602 - the command is the user's own setting
            command, shell=True, env={**os.environ, "ONRECORD_ALERT": reason}, timeout=ALERT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        logging.getLogger("onrecord").warning("onrecord: the alert did not end within %s s", ALERT_SECONDS)


def serve(job: Job, cron: str, config: Path | None, told: Sequence[Callable[[str], None]]) -> None:
    """Build on a schedule until stopped, one run at a time; tell each of `told` the API's URL once it answers.

    Raises:
        ConfigurationError: `cron` is no schedule.
        ServerError: the embedded server did not start.
    """
    try:
        CronSchedule(cron=cron, timezone="UTC")
    except ValueError as error:
        raise ConfigurationError(
            f"{cron!r} is no schedule: give minute, hour, day, month and weekday, such as '0 6 * * *'"
        ) from error
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, (str(Path(__file__).resolve().parent.parent), os.environ.get("PYTHONPATH")))
    )
    with server(job.dist / ".store", schedules=True) as url:
        for tell in told:
            tell(url)
        nightly.serve(
            name="onrecord", cron=cron, limit=1, print_starting_message=False, pause_on_shutdown=False,
            entrypoint_type=EntrypointType.MODULE_PATH,
            parameters={
                "raw": [name if "://" in name else str(Path(name).absolute()) for name in job.raw],
                "dist": str(job.dist.absolute()), "workers": job.workers, "config": config and str(config.absolute()),
            },
        )  # fmt: skip


def next_run(api: str | None = None) -> str | None:
    """When the next scheduled build is due, as the server at `api` (by default that of the settings) knows.

    None where nothing is scheduled, or the server does not answer.
    """
    url = api or PREFECT_API_URL.value()
    if not url:
        return None
    with temporary_settings({PREFECT_API_URL: url}), get_client(sync_client=True) as client:
        try:
            found = client.read_flow_runs(
                flow_filter=FlowFilter(name=FlowFilterName(any_=["onrecord nightly"])),
                flow_run_filter=FlowRunFilter(
                    state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))
                ),
                sort=FlowRunSort.EXPECTED_START_TIME_ASC, limit=1,
            )  # fmt: skip
        except httpx.HTTPError:
            return None
    due = found[0].expected_start_time if found else None
    return due.isoformat(timespec="seconds") if due else None
