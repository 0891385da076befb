"""The data path: raw news text in, a validated, versioned release out. Read `build` from top to bottom."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from pipeline import assemble, kept, store, workers
from pipeline.link import claims, duplicates, entities, quotes, revisions, sources, stories, withdrawals
from pipeline.past_rows import CHECKED, PUBLISHED, PastRows
from pipeline.release.publish import Published, publish, rows_of
from pipeline.run import Job, Progress, Run, opened
from pipeline.shard import ShardReport, ShardTask, new_records, process, reject_row
from pipeline.shard import restored as restored_shard


def build(job: Job, now: datetime | None = None, progress: Progress | None = None) -> tuple[Published, Run]:
    """Turn raw news into the next release, or leave `dist` as it was."""
    with opened(job, now, progress) as run:
        tasks, rejects, inputs = ingest(run)
        if published := unchanged(run, rejects, inputs):
            return published, run
        tasks = restored(run, tasks)
        pool = pool_for(job, tasks)
        try:
            for report in annotate(run, pool, tasks):
                run.add(report)
        finally:
            pool.close()
        link(run)
        check(run, rejects)
        return release(run, inputs), run


def ingest(run: Run) -> tuple[list[ShardTask], Any, dict[str, Any]]:
    """Raw files to shards of raw records; returns the shards' tasks, the rejects and what the inputs were."""
    from pipeline.ingest import read, shards
    from schemas import Rejects

    configuration = run.job.configuration
    with run.timed("read"):
        records = read.read(run.job.raw, configuration.fields)
        found = shards.gather(records, run.parts.work / "raw", configuration.shard_articles)
        tasks = run.tasks(found.paths)
    run.counts["records"] = found.records
    run.progress("annotate", 0, found.records)
    inputs = {"records": found.records, "bytes": found.bytes, "sha256": found.sha256}
    return tasks, Rejects.frame([reject_row(item) for item in found.rejects]), inputs


def unchanged(run: Run, rejects: Any, inputs: dict[str, Any]) -> Published | None:
    """The latest release, where it was made from the very same; None where there may be something new."""
    from pipeline import unchanged as past
    from pipeline.knowledge.gazetteer import USER_FILES
    from pipeline.release.provenance import about

    with run.timed("compare"):
        own = tuple(filter(None, os.environ.get(USER_FILES, "").split(os.pathsep)))
        refused = repr(sorted(map(repr, rejects.iter_rows())))
        rights = sources.known(run.job.raw, run.job.configuration.sources)
        made = past.Origin(about(run.job.configuration, inputs), rights, own, refused, run.job.include_text)
        run.made_from = made.digest()
        counts = None if run.job.force else past.counted(run.dist, run.made_from)
    latest = run.dist.latest()
    if counts is None or latest is None:
        return None
    run.counts.update({name: count for name, count in counts.items() if name != "records"})
    found = run.dist.opened(latest)
    return Published(latest, found.folder, False, rows_of(found.manifest["tables"]))


def restored(run: Run, tasks: list[ShardTask]) -> list[ShardTask]:
    """Take from the store the parts of every shard that is as it was; returns the tasks of the others."""
    left = []
    for task in tasks:
        report = restored_shard(task)
        if report is None:
            left.append(task)
        else:
            run.add(report)
    return left


def pool_for(job: Job, tasks: list[ShardTask]) -> workers.Pool:
    """The pool for the shards that the store does not have; few new records are done sooner than workers start."""
    few = job.configuration.few_records
    alone = job.runner == "process" and job.workers > 1 and new_records(tasks, few) <= few
    return workers.pool(job.runner, 1 if alone else job.workers, len(tasks), job.address)


def annotate(run: Run, pool: workers.Pool, tasks: list[ShardTask]) -> Iterator[ShardReport]:
    """Every shard through cleaning and annotation, by workers."""
    with run.timed("annotate (wall)"):
        yield from workers.run(pool, process, tasks)


def link(run: Run) -> None:
    """Everything across articles: revisions, copies, entities, stories, clusters."""
    dist, parts, before = run.dist, run.parts, run.dist.latest()

    def old(table: str) -> Any:
        return dist.table(before, table) if before else None

    registry = dist.release(before) / "entities.parquet" if before else None
    steps: Sequence[tuple[str, Callable[[], None]]] = (
        ("revisions", lambda: revisions.find(parts, old("articles"))),
        ("withdrawals", lambda: withdrawals.find(parts, dist.root / "withdrawals.json")),
        ("duplicates", lambda: duplicates.find(parts)),
        ("entities", lambda: entities.find(parts, registry, run.version)),
        ("stories", lambda: stories.find(parts, old("articles"))),
        ("quotes", lambda: quotes.find(parts, old("quotes"))),
        ("claims", lambda: claims.find(parts, old("claims"))),
    )
    for number, (name, step) in enumerate(steps):
        run.progress("link", number, len(steps))
        with run.timed(f"link {name}"):
            step()


def check(run: Run, rejects: Any) -> None:
    """Final rows with every check made; failing ones become rejects."""
    with run.timed("check"):
        rights = sources.known(run.job.raw, run.job.configuration.sources)
        past = PastRows(run.dist.store, CHECKED, run.made_by, fresh=run.job.force)
        extracted = assemble.assemble_articles(run.parts, run.final, sources.find(run.parts, rights), past)
        extracted += assemble.assemble_entities(run.parts, run.final)
        ids = run.final.scan("entities", "entity_id").to_series()
        for number, shard in enumerate(run.parts.shards):
            run.progress("check", number, len(run.parts.shards))
            extracted += assemble.assemble_shard(run.parts, run.final, shard.name, ids, past)
        assemble.assemble_relations(run.final)
        extracted += assemble.assemble_rejects(run.parts, run.final, rejects)
        past.forget_others()
    run.counts["extracted"] = extracted


def release(run: Run, inputs: dict[str, Any]) -> Published:
    """Publish the final rows, or find that they equal the latest release."""
    from pipeline import unchanged as past
    from pipeline.release.provenance import about

    job = run.job
    run.progress("publish", 0, 1)
    with run.timed("publish"):
        shown = PastRows(run.dist.store, PUBLISHED, run.made_by, fresh=job.force)
        published = publish(
            run.dist, run.final.folder, run.parts, run.version, about(job.configuration, inputs),
            configuration=job.configuration, include_text=job.include_text, force=job.force, accept=job.accept,
            past=shown,
        )  # fmt: skip
        past.record(run.dist, run.made_from, {**run.counts, "from_store": run.counts["articles"]})
        store.keep_only(run.dist.store, kept.KIND, run.kept)
        shown.forget_others()
    return published
