"""The data path: raw news text in, a validated, versioned release out. Read `build` from top to bottom."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline import workers
from pipeline.errors import OnrecordError
from pipeline.run import Job, Progress, Run, opened
from pipeline.timing import take

if TYPE_CHECKING:
    from pipeline.release.publish import Published
    from pipeline.shard import ShardReport, ShardTask
    from pipeline.slices import Slice

#: Steps of linking.
LINKS = 7
#: Shards a worker from which all workers are busy to the end.
SHARDS_A_WORKER = 4
# Modules are imported by the steps that need them: meanwhile the first worker loads.


def build(
    job: Job, now: datetime | None = None, progress: Progress | None = None, pool: workers.Pool | None = None
) -> tuple[Published, Run]:
    """Turn raw news into the next release, or leave `dist` as it was."""
    with opened(job, now, progress, pool) as run:
        tasks, rejects, inputs = ingest(run)
        if published := unchanged(run, rejects, inputs):
            return published, run
        for report in annotate(run, restored(run, tasks)):
            run.add(report)
        link(run)
        check(run, rejects)
        return release(run, inputs), run


def ingest(run: Run) -> tuple[list[ShardTask], Any, dict[str, Any]]:
    """Raw files to shards of raw records; returns the shards' tasks, the rejects and what the inputs were."""
    from pipeline.ingest import read, shards
    from pipeline.shard import reject_row
    from schemas import Rejects

    configuration = run.job.configuration
    with run.timed("read"):
        records = read.read(run.job.raw, configuration.fields)
        found = shards.gather(records, run.parts.work / "raw", configuration.shard_articles)
        if not found.records and not found.rejects:
            raise OnrecordError(f"nothing to read in {', '.join(run.job.raw)}: no file there, or none with an article")
        tasks = run.tasks(found.paths)
    run.counts["records"] = found.records
    run.progress("annotate", 0, found.records)
    inputs = {"records": found.records, "bytes": found.bytes, "sha256": found.sha256}
    return tasks, Rejects.frame([reject_row(item) for item in found.rejects]), inputs


def unchanged(run: Run, rejects: Any, inputs: dict[str, Any]) -> Published | None:
    """The latest release, where it was made from the very same; None where there may be something new."""
    from pipeline import unchanged as past
    from pipeline.knowledge.gazetteer import USER_FILES
    from pipeline.link import sources
    from pipeline.release.provenance import about
    from pipeline.release.publish import Published, rows_of

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
    from pipeline import shard

    left = []
    for task in tasks:
        report = shard.restored(task)
        if report is None:
            left.append(task)
        else:
            run.add(report)
    return left


def annotate(run: Run, tasks: list[ShardTask]) -> Iterator[ShardReport]:
    """Every shard through cleaning and annotation, by workers."""
    from pipeline.shard import process

    with run.timed("annotate (wall)"):
        annotate_ahead(run, sliced(run, tasks))
        yield from workers.run(run.workers, process, tasks)


def sliced(run: Run, tasks: list[ShardTask]) -> list[Slice]:
    """Where shards are few, slices of them, so that every worker has as much to do; none where they are many."""
    from pipeline.slices import new_records, slices

    few = run.job.configuration.few_records
    if run.job.force or run.workers.width == 1 or len(tasks) > SHARDS_A_WORKER * run.workers.width:
        return []
    if new_records(tasks, few) <= few:
        run.workers.take_part()
    return slices(tasks, 2 * run.workers.width)


def annotate_ahead(run: Run, found: list[Slice]) -> None:
    """What is new in few shards, by all workers, into the store."""
    from pipeline.slices import ahead

    run.ahead = run.done
    for report in workers.run(run.workers, ahead, found):
        run.seconds["annotate"] += report.seconds
        run.counts["from_store"] -= report.articles  # their shards will find them there
        run.ahead += report.records
        run.tell()


def link(run: Run) -> None:
    """Everything across articles: revisions, copies, entities, stories, clusters."""
    from pipeline.link import claims, duplicates, entities, quotes, revisions, stories, withdrawals

    dist, parts, before = run.dist, run.parts, run.dist.latest()

    def old(table: str) -> Any:
        return dist.table(before, table).absolute() if before else None

    def step(number: int, name: str, find: Callable[[], None]) -> None:
        run.progress("link", number, LINKS)
        with run.timed(f"link {name}"):
            find()

    step(0, "revisions", lambda: revisions.find(parts, old("articles")))
    step(1, "withdrawals", lambda: withdrawals.find(parts, dist.root / "withdrawals.json"))
    step(2, "duplicates", lambda: duplicates.find(parts))
    apart = (  # these need nothing of one another; the longest first
        ("link entities", partial(entities.find, parts, old("entities"), run.version)),
        ("link stories", partial(stories.find, parts, old("articles"))),
        ("link quotes", partial(quotes.find, parts, old("quotes"))),
    )
    with run.timed("link apart (wall)"):
        for number, seconds in enumerate(workers.run(run.workers, take, apart)):
            run.progress("link", 3 + number, LINKS)
            run.seconds |= seconds
    step(6, "claims", lambda: claims.find(parts, old("claims"), run.workers))


def check(run: Run, rejects: Any) -> None:
    """Final rows with every check made; failing ones become rejects."""
    from pipeline import assemble, shard_check
    from pipeline.link import sources
    from pipeline.past_rows import CHECKED, PastRows

    with run.timed("check"):
        rights = sources.known(run.job.raw, run.job.configuration.sources)
        past = PastRows(run.dist.store, CHECKED, run.made_by, fresh=run.job.force)
        extracted = assemble.assemble_articles(run.parts, run.final, sources.find(run.parts, rights), past)
        extracted += assemble.assemble_entities(run.parts, run.final)
        tasks = run.checks()
        for number, report in enumerate(workers.run(run.workers, shard_check.check, tasks)):
            run.progress("check", number, len(tasks))
            extracted += report.extracted
            past.meet(report.met)
        run.workers.close()
        assemble.assemble_relations(run.final)
        extracted += assemble.assemble_rejects(run.parts, run.final, rejects)
        past.forget_others()
    run.counts["extracted"] = extracted


def release(run: Run, inputs: dict[str, Any]) -> Published:
    """Publish the final rows, or find that they equal the latest release."""
    from pipeline import kept, store
    from pipeline import unchanged as past
    from pipeline.past_rows import PUBLISHED, PastRows
    from pipeline.release.provenance import about
    from pipeline.release.publish import publish

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
