"""Verify files: every file is there, listed, and has the bytes, rows and columns that the manifest says."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.release.layout import Release
from pipeline.release.manifest import CHECKSUMS, listed_files, read_checksums
from pipeline.release.write import file_sha256
from schemas import TABLES


def check_files(release: Release) -> Iterator[tuple[str, str]]:
    """Where and what is wrong with the files of a release."""
    folder = release.folder
    if set(release.manifest["tables"]) != set(TABLES) and release.manifest.get("schema_version") is None:
        yield "manifest.json", "it does not list the tables"
        return
    try:
        sums = read_checksums(folder)
    except FileNotFoundError:
        yield CHECKSUMS, "the file is missing"
        return
    except (OSError, ValueError) as error:
        yield CHECKSUMS, str(error)
        return
    there = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()
    }
    for name, digest in sorted(sums.items()):
        if name not in there:
            yield name, "the file is missing"
        elif (folder / name).is_symlink():
            yield name, "the file is a link"
        elif (found := file_sha256(folder / name)) != digest:
            yield name, f"the bytes are not those of CHECKSUMS: SHA-256 is {found[:12]}, not {digest[:12]}"
    for name in sorted(there - set(sums) - {CHECKSUMS}):
        yield name, "the file is in no list: CHECKSUMS does not name it"
    yield from _listed(release, sums)


def _listed(release: Release, sums: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Where the manifest's lists and the files differ."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for file in listed_files(release.manifest):
        name, path = file["path"], release.folder / file["path"]
        if sums.get(name) != file["sha256"]:
            yield name, "the manifest and CHECKSUMS name different hashes"
        elif path.is_file():
            if path.stat().st_size != file["bytes"]:
                yield name, f"it has {path.stat().st_size:,} bytes, not {file['bytes']:,} as the manifest says"
                continue
            try:
                rows = pq.read_metadata(path).num_rows
            except (pa.ArrowException, OSError) as error:
                yield name, f"it cannot be read as Parquet: {error}"
                continue
            if rows != file["rows"]:
                yield name, f"it has {rows:,} rows, not {file['rows']:,} as the manifest says"
    for table, found in release.manifest["tables"].items():
        if sum(file["rows"] for file in found["files"]) != found["rows"]:
            yield "manifest.json", f"the rows of the files of {table} do not add up to {found['rows']:,}"
        for file in found["files"]:
            path = release.folder / file["path"]
            if not path.is_file() or sums.get(file["path"]) != file["sha256"]:
                continue
            try:
                columns = {field.name: str(field.type) for field in pq.read_schema(path)}
            except (pa.ArrowException, OSError):
                continue
            if columns != found["columns"]:
                yield file["path"], f"its columns are not those of {table}: {_difference(columns, found['columns'])}"


def _difference(found: dict[str, str], wanted: dict[str, str]) -> str:
    for name in [*wanted, *found]:
        if found.get(name) != wanted.get(name):
            return f"{name} is {found.get(name, 'missing')}, not {wanted.get(name, 'there')}"
    return "another order"
