"""The whole pipeline beside the script that a user would write, in one run: speed, CPU, memory, bytes published.

    python -m tests.benchmarks.run CORPUS.jsonl [--sample 1000] [--out benchmark] [--workers 1 2] [--no-prefect]
                                                [--repeat 3]

Every build is a process of its own: cold (an empty folder of releases), nothing new (the same again), and 1% new (one
in a hundred articles replaced by others of the corpus). The two short ones run several times, each on a copy of what
the cold one left, and the run in the middle by wall time counts. CPU seconds count the process and its children, the
peak is that of the largest one of them. Prints a table, and writes `benchmark.json` and `benchmark.png`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

BASELINE, PARSE = "baseline script", "spaCy alone"
ONRECORD = [sys.executable, "-m", "pipeline", "build"]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command took."""

    name: str
    articles: int
    seconds: float
    cpu_seconds: float
    peak_bytes: int
    bytes_published: int

    @property
    def articles_per_second(self) -> float:
        """Articles by wall time."""
        return self.articles / self.seconds


def measure(name: str, articles: int, command: list[str], published: Path) -> Measured:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed.
    """
    before = size(published)
    started = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        place = [(os.POSIX_SPAWN_DUP2, output.fileno(), number) for number in (1, 2)]
        # Compiled modules are kept, as they are where people install a package.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        process = os.posix_spawn(command[0], command, {**environment, "OMP_NUM_THREADS": "1"}, file_actions=place)
        _, status, used = os.wait4(process, 0)
        seconds = time.perf_counter() - started
        if status:
            output.seek(0)
            raise RuntimeError(f"{name} failed: {output.read().decode(errors='replace')[-2_000:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    cpu = used.ru_utime + used.ru_stime
    return Measured(name, articles, seconds, cpu, used.ru_maxrss * unit, size(published) - before)


def middle(name: str, articles: int, command: list[str], left: Path, published: Path, times: int) -> Measured:
    """The run in the middle by wall time, of several, each on a copy of the folder that an earlier run left."""
    found = []
    for _ in range(times):
        shutil.rmtree(published, ignore_errors=True)
        shutil.copytree(left, published, symlinks=True)
        found.append(measure(name, articles, command, published))
    return sorted(found, key=lambda one: one.seconds)[times // 2]


def tell(one: Measured) -> None:
    """Say how long a run took, as soon as it is over."""
    print(f"{one.name}: {one.seconds:.1f} s", file=sys.stderr)


def size(folder: Path) -> int:
    """Bytes of the files under a folder, those under hidden names apart."""
    return sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def corpora(corpus: Path, sample: int, folder: Path) -> tuple[Path, Path, int]:
    """The sample, the sample with one in a hundred articles replaced, and the number of articles of each.

    Raises:
        ValueError: the corpus has too few articles for that.
    """
    lines = corpus.read_text(encoding="utf-8").splitlines()
    new = max(1, sample // 100)
    if len(lines) < sample + new:
        raise ValueError(f"{corpus} has {len(lines)} articles: too few for a sample of {sample} and {new} new ones")
    first, second = folder / "first" / "news.jsonl", folder / "second" / "news.jsonl"
    for path, chosen in ((first, lines[:sample]), (second, [*lines[: sample - new], *lines[sample : sample + new]])):
        path.parent.mkdir(parents=True)
        path.write_text("\n".join(chosen) + "\n", encoding="utf-8")
    return first, second, sample


def runs(corpus: Path, sample: int, workers: list[int], *, prefect: bool, times: int, folder: Path) -> list[Measured]:
    """Everything measured, one after the other."""
    first, second, articles = corpora(corpus, sample, folder)
    script = [sys.executable, "-m", "tests.benchmarks.baseline", str(first)]
    found = [
        measure(PARSE, articles, [*script, str(folder / "parse"), "--parse-only"], folder / "parse"),
        measure(BASELINE, articles, [*script, str(folder / "baseline")], folder / "baseline"),
    ]
    for kind, options in (("direct", ["--direct"]), ("Prefect", []))[: 1 + prefect]:
        for number in workers:
            cold, dist = folder / f"{kind}-{number}-cold", folder / f"{kind}-{number}"
            build = [*ONRECORD, *options, "--workers", str(number), "--accept", "benchmark", "--dist"]
            name = f"{kind}, {number}p,"
            found.append(measure(f"{name} cold", articles, [*build, str(cold), str(first)], cold))
            tell(found[-1])
            for state, raw in (("nothing new", first), ("1% new", second)):
                found.append(middle(f"{name} {state}", articles, [*build, str(dist), str(raw)], cold, dist, times))
                tell(found[-1])
    return found


def show(found: list[Measured]) -> None:
    """Print the table."""
    from rich.console import Console
    from rich.table import Table

    baseline = next(one for one in found if one.name == BASELINE)
    cold = {one.name.removesuffix("cold"): one.seconds for one in found if one.name.endswith("cold")}
    table = Table(title=f"{found[0].articles:,} articles", title_justify="left")
    headings = "run,wall s,of baseline,of cold,articles/s,CPU s,CPU of spaCy's,peak MB,published MB".split(",")
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "run" else "right")
    for one in found:
        first = next((seconds for name, seconds in cold.items() if one.name.startswith(name)), None)
        table.add_row(
            one.name,
            f"{one.seconds:.1f}",
            f"{one.seconds / baseline.seconds:.2f}",
            f"{one.seconds / first:.1%}" if first else "",
            f"{one.articles_per_second:.1f}",
            f"{one.cpu_seconds:.1f}",
            f"{one.cpu_seconds / found[0].cpu_seconds:.2f}",
            f"{one.peak_bytes / 1e6:.0f}",
            f"{one.bytes_published / 1e6:.1f}",
        )
    Console(width=120).print(table)


def plot(found: list[Measured], path: Path) -> None:
    """Draw wall time, CPU time and peak memory, a bar a run."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    panels = (
        ("wall seconds", [one.seconds for one in found]),
        ("CPU seconds", [one.cpu_seconds for one in found]),
        ("peak memory of a process, MB", [one.peak_bytes / 1e6 for one in found]),
    )
    figure, axes = plt.subplots(1, 3, figsize=(15, 1.2 + 0.36 * len(found)), sharey=True, layout="constrained")
    names = [one.name for one in found]
    colours = ["#8a8f98" if name in {BASELINE, PARSE} else "#1f6feb" for name in names]
    for axis, (title, values) in zip(axes, panels, strict=True):
        bars = axis.barh(names, values, color=colours)
        axis.bar_label(bars, fmt="%.1f" if max(values) < 1_000 else "%.0f", padding=3, fontsize=8)
        axis.set_title(title, fontsize=11, loc="left")
        axis.margins(x=0.15)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].invert_yaxis()
    figure.suptitle(f"onrecord build and the baseline script, {found[0].articles:,} articles", x=0.01, ha="left")
    figure.savefig(path, dpi=120)
    plt.close(figure)


def main() -> None:
    """Measure, show, plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="JSON lines with a text each")
    parser.add_argument("--sample", type=int, default=1_000)
    parser.add_argument("--out", type=Path, default=Path("benchmark"))
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--no-prefect", action="store_true")
    parser.add_argument("--repeat", type=int, default=3, help="how often each short run is made")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="onrecord-benchmark-"))
    try:
        found = runs(
            arguments.corpus,
            arguments.sample,
            arguments.workers,
            prefect=not arguments.no_prefect,
            times=arguments.repeat,
            folder=folder,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "benchmark.json").write_text(json.dumps([asdict(one) for one in found], indent=1) + "\n")
    show(found)
    plot(found, arguments.out / "benchmark.png")


if __name__ == "__main__":
    main()
