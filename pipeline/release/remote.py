"""Remote: a folder of releases on object storage (`s3://bucket/path`, any URL that fsspec knows), through a mirror.

The work is done in a local folder, the mirror, which is brought up to date before it and sent after it: every
file of a release before its manifest, the releases before `index.json`, and that before `latest`, so that
who reads by `latest` or the index never sees half a release. One writer at a time: a lease in the object `.lock`,
made only where there is none (a conditional put), renewed while it is held, void when it has run out.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.release.durable import replace, sync
from pipeline.release.layout import Dist, ReleaseError, is_version
from pipeline.release.write import file_sha256

#: The file in a mirror that names what it mirrors.
MARK = ".remote"
#: Seconds that a lease lasts, and between two renewals.
LEASE, RENEWAL = 120.0, 30.0
#: Seconds after which a lease that was taken over is looked at again: whether it is still ours.
SETTLED = 1.0
#: Kinds of storage that have folders, which must be made.
FOLDERS = {"file", "local", "sftp", "ssh", "smb"}
#: Written before the releases' index, and after the releases.
BESIDE = ("withdrawals.json", "index.json", "latest")


def place(name: str) -> Path:
    """The local folder for a folder of releases: itself, or the mirror of a URL, under the user's cache folder."""
    if "://" not in name:
        return Path(name)
    caches = os.environ.get("ONRECORD_CACHE") or os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    url = name.rstrip("/")
    root = Path(caches).expanduser() / "onrecord" / hashlib.sha256(url.encode()).hexdigest()[:16]
    root.mkdir(parents=True, exist_ok=True)
    replace(root / MARK, url + "\n")
    return root


@dataclass(frozen=True, slots=True)
class Remote:
    """A folder of releases on object storage, and the mirror of it."""

    root: Path
    url: str
    system: Any
    path: str

    def name(self, *parts: str) -> str:
        """The object for a name below the folder."""
        return "/".join((self.path.rstrip("/"), *parts))

    def read(self, *parts: str) -> bytes | None:
        """An object's bytes, or None where there is none."""
        self.system.invalidate_cache()
        try:
            found: bytes = self.system.cat_file(self.name(*parts))
        except FileNotFoundError:
            return None
        return found

    def write(self, name: str, data: bytes, mode: str = "overwrite") -> None:
        """Write an object, whole; with the mode `create` only where there is none (`FileExistsError`)."""
        self.make_folder(self.name(name))
        self.system.pipe_file(self.name(name), data, mode=mode)

    def make_folder(self, name: str) -> None:
        """Make the folder of a file, where the storage has folders; a bucket is never made."""
        protocols = self.system.protocol
        if FOLDERS & {*((protocols,) if isinstance(protocols, str) else protocols)}:
            self.system.makedirs(name.rpartition("/")[0], exist_ok=True)

    def manifests(self) -> dict[str, str]:
        """The releases that the index lists: the hash of each one's manifest."""
        listed = json.loads(self.read("index.json") or b'{"releases": []}')["releases"]
        return {entry["version"]: entry["manifest_sha256"] for entry in listed if is_version(entry["version"])}

    def objects(self, version: str) -> list[str]:
        """The names of a release's files, below its folder."""
        self.system.invalidate_cache()
        prefix = self.name(version) + "/"
        found = [str(name).removeprefix(prefix.removeprefix("/")).removeprefix(prefix)
                 for name in self.system.find(self.name(version))]  # fmt: skip
        return sorted(name for name in found if ".." not in PurePosixPath(name).parts and not name.startswith("/"))


def remote_of(root: Path) -> Remote | None:
    """What a folder mirrors; None where it is no mirror.

    Raises:
        ReleaseError: no library for this kind of URL is installed.
    """
    try:
        url = (root / MARK).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise ReleaseError(f"{url} cannot be opened: {error} (for s3: pip install 'onrecord[s3]')") from error
    return Remote(root, url, system, path)


@contextmanager
def current(root: Path) -> Iterator[None]:
    """For a writer: hold the lease of what `root` mirrors, with the mirror up to date; send it at the end.

    Does nothing where `root` is no mirror. Where the block fails nothing is sent. Call it with the local lock held.

    Raises:
        ReleaseError: another machine writes there, or the storage does not answer.
    """
    remote = remote_of(root)
    if remote is None:
        yield
        return
    with _leased(remote):
        with _reached(remote):
            pull(remote)
        yield
        with _reached(remote):
            push(remote)


def refresh(root: Path) -> None:
    """For a reader: bring a mirror up to date, where nobody on this machine writes to it just now.

    Raises:
        ReleaseError: the storage does not answer.
    """
    from pipeline.release.lock import HeldError, held

    remote = remote_of(root)
    if remote is None:
        return
    try:
        with held(root), _reached(remote):
            pull(remote)
    except HeldError:
        return  # the writer has brought it up to date


@contextmanager
def _reached(remote: Remote) -> Iterator[None]:
    try:
        yield
    except (OSError, TimeoutError) as error:
        words = " ".join(str(error).split())[:200] or type(error).__name__
        raise ReleaseError(f"{remote.url}: {words}") from error
    except Exception as error:
        if type(error).__module__.split(".")[0] not in {"botocore", "aiobotocore", "aiohttp", "gcsfs"}:
            raise
        raise ReleaseError(f"{remote.url} does not answer: {' '.join(str(error).split())[:200]}") from error


def pull(remote: Remote) -> None:
    """Bring the mirror up to date: releases that the index lists and the mirror has not; others go."""
    dist, listed = Dist(remote.root), remote.manifests()
    for version in dist.versions():
        if version not in listed:
            shutil.rmtree(dist.release(version))
    for version, digest in sorted(listed.items()):
        manifest = dist.release(version) / "manifest.json"
        if manifest.is_file() and file_sha256(manifest) == digest:
            continue
        staging = remote.root / f".staging-{version}"
        shutil.rmtree(staging, ignore_errors=True)
        for name in remote.objects(version):
            target = staging / name
            target.parent.mkdir(parents=True, exist_ok=True)
            remote.system.get_file(remote.name(version, name), str(target))
        if not (staging / "manifest.json").is_file() or file_sha256(staging / "manifest.json") != digest:
            shutil.rmtree(staging, ignore_errors=True)
            raise ReleaseError(f"{remote.url}/{version} is not the release that index.json lists")
        sync(staging)
        shutil.rmtree(dist.release(version), ignore_errors=True)
        staging.rename(dist.release(version))
    for name in BESIDE:
        content = remote.read(name)
        if content is None:
            (remote.root / name).unlink(missing_ok=True)
        else:
            replace(remote.root / name, content.decode("utf-8"))


def push(remote: Remote) -> None:
    """Send what the mirror has and the storage has not: releases first, then the index, then `latest`."""
    dist, listed = Dist(remote.root), remote.manifests()
    for version in reversed(dist.versions()):
        folder = dist.release(version)
        if listed.get(version) == file_sha256(folder / "manifest.json"):
            continue
        files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        files.sort(key=lambda name: name == "manifest.json")
        for name in files:
            remote.make_folder(remote.name(version, name))
            remote.system.put_file(str(folder / name), remote.name(version, name))
        for name in sorted({*remote.objects(version)} - {*files}):
            remote.system.rm_file(remote.name(version, name))
    for name in BESIDE:
        path = remote.root / name
        if path.is_file() and path.read_bytes() != remote.read(name):
            remote.write(name, path.read_bytes())


@contextmanager
def _leased(remote: Remote) -> Iterator[None]:
    token, over = uuid.uuid4().hex, threading.Event()
    with _reached(remote):
        _take(remote, token)
    renewing = threading.Thread(target=_renew, args=(remote, token, over), daemon=True)
    renewing.start()
    try:
        yield
        with _reached(remote):
            mine = _holder(remote) == token
        if not mine:
            raise ReleaseError(f"another build took over {remote.url}: run again")
    finally:
        over.set()
        renewing.join(RENEWAL)
        with suppress(Exception):  # a lease that cannot be given back runs out
            if _holder(remote) == token:
                remote.system.rm_file(remote.name(".lock"))


def _take(remote: Remote, token: str) -> None:
    for _ in range(2):
        try:
            remote.write(".lock", _lease(token), mode="create")
            return
        except FileExistsError:
            lease = json.loads(remote.read(".lock") or b"{}")
        left = float(lease.get("until", 0)) - time.time()
        if left > 0:
            raise ReleaseError(
                f"another build is writing to {remote.url} ({lease.get('holder')}): wait for it to end, then run "
                f"again (a build that was killed there lets go in {left:.0f} seconds)"
            )
        remote.write(".lock", _lease(token))
        time.sleep(SETTLED)
        if _holder(remote) == token:
            return
    raise ReleaseError(f"another build has just begun to write to {remote.url}: wait for it to end, then run again")


def _renew(remote: Remote, token: str, over: threading.Event) -> None:
    while not over.wait(RENEWAL):
        with suppress(Exception):  # tried again at the next renewal; a lost lease is noticed before anything is sent
            if _holder(remote) != token:
                return
            remote.write(".lock", _lease(token))


def _lease(token: str) -> bytes:
    import socket

    lease = {"token": token, "holder": f"{socket.gethostname()}, process {os.getpid()}", "until": time.time() + LEASE}
    return json.dumps(lease).encode()


def _holder(remote: Remote) -> str | None:
    found = json.loads(remote.read(".lock") or b"{}").get("token")
    return str(found) if found else None
