"""A release of any size as other programs read it: Frictionless validates it, mlcroissant loads it; records counted.

    python -m tests.benchmarks.descriptions RELEASE [--only frictionless | mlcroissant]

Frictionless makes a dictionary of the whole row for every cell of a Parquet file, which takes hours on wide tables of
hundreds of thousands of rows. Here the dictionary is made once a row; everything else of it is as it is.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Row(dict[str, Any]):
    """A row that is its own dictionary."""

    def to_dict(self) -> Row:
        """The row."""
        return self


def rows_of(frame: Any) -> Iterator[tuple[Any, Row]]:
    """What `DataFrame.iterrows` gives, each row as a dictionary."""
    names = list(frame.columns)
    for key, values in zip(frame.index, frame.itertuples(index=False, name=None), strict=True):
        yield key, Row(zip(names, values, strict=True))


def frictionless(folder: Path) -> dict[str, int]:
    """The rows of each table that Frictionless read.

    Raises:
        ValueError: it does not accept the package.
    """
    import pandas
    from frictionless import Package

    pandas.DataFrame.iterrows = rows_of  # type: ignore[assignment]
    tables = {
        resource["name"]: resource["table"]
        for resource in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    }
    report = Package(str(folder / "datapackage.json")).validate()
    if not report.valid:
        raise ValueError(f"not valid: {report.flatten(['title', 'fieldName', 'note'])[:5]}")
    found: Counter[str] = Counter()
    for task in report.tasks:
        found[tables[task.name]] += int(task.stats.get("rows", 0))
    return dict(found)


def mlcroissant(folder: Path) -> dict[str, int]:
    """The records of each table that mlcroissant loaded."""
    from mlcroissant import Dataset  # type: ignore[import-untyped]

    dataset = Dataset(jsonld=str(folder / "croissant.json"))
    return {found.uuid: sum(1 for _ in dataset.records(found.uuid)) for found in dataset.metadata.record_sets}


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path)
    parser.add_argument("--only", choices=["frictionless", "mlcroissant"])
    arguments = parser.parse_args()
    manifest = json.loads((arguments.release / "manifest.json").read_text(encoding="utf-8"))
    wanted = {table: found["rows"] for table, found in manifest["tables"].items()}
    for read in (frictionless, mlcroissant):
        if arguments.only in (None, read.__name__):
            started = time.perf_counter()
            found = read(arguments.release)
            print(f"{read.__name__}: {sum(found.values()):,} records in {time.perf_counter() - started:.0f} s")
            if found != wanted:
                sys.exit(f"{read.__name__} read {found}, the manifest lists {wanted}")


if __name__ == "__main__":
    main()
