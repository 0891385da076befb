"""Bounds of reading: how large, how deep and how compressed a raw file may be before it is refused.

Every input is hostile until read. Reading streams, so memory is bounded by these numbers and not by the files.
"""

from __future__ import annotations

from typing import Final

#: Bytes of one article: a file of text or HTML, a line of JSON, a field of CSV. The longest newspaper pieces have
#: some 200 kB of text, the heaviest pages some 5 MB of HTML.
MAX_PAYLOAD: Final = 16 * 2**20
#: Bytes that may come out of one compressed file or archive, all layers together.
MAX_UNPACKED: Final = 16 * 2**30
#: Bytes unpacked per byte of the outermost file. News text packs at 3 to 12, pages of one site at up to 60;
#: deflate can reach 1,032 and zstd more than 10,000, which only bombs do.
MAX_RATIO: Final = 250
#: Bytes that may come out before the ratio is looked at: small files of blanks are no danger.
RATIO_FREE: Final = 8 * 2**20
#: Containers in containers: `.zip` of `.warc.gz` is two.
MAX_NESTING: Final = 3
#: Members of one archive.
MAX_MEMBERS: Final = 200_000
#: Bytes of a compressed Parquet or zip file that are put on disk for as long as it is read (both need seeking).
MAX_SPOOL: Final = 2**30
#: Bytes of those that stay in memory.
SPOOL_IN_MEMORY: Final = 8 * 2**20
#: Uncompressed bytes of one Parquet row group.
MAX_ROW_GROUP: Final = 2 * 2**30
#: Bytes of a sidecar.
MAX_SIDECAR: Final = 2**20
#: Folders in folders.
MAX_FOLDERS: Final = 64
#: Bytes looked at to tell what a file is.
SNIFFED: Final = 4096
#: Bytes read at a time.
CHUNK: Final = 64 * 2**10
