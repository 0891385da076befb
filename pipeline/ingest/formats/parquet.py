"""Parquet: an article a row, read by batches and only the columns that matter."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

from pipeline.ingest.bounds import MAX_RATIO, MAX_ROW_GROUP, RATIO_FREE
from pipeline.ingest.formats.fields import raw_record
from pipeline.ingest.names import record
from pipeline.ingest.records import RawRecord, Reject
from pipeline.ingest.refusal import Refused

#: Rows in memory at a time.
BATCH = 64


def read_parquet(
    file: io.BufferedIOBase, raw_name: str, names: Mapping[str, tuple[str, ...]]
) -> Iterator[RawRecord | Reject]:
    """Every row of a Parquet file that can be sought in.

    Raises:
        Refused: the file is cut off or damaged, or has no column of text, or a row group is too large.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        most = min(MAX_ROW_GROUP, max(RATIO_FREE, MAX_RATIO * file.seek(0, io.SEEK_END)))
        table = pq.ParquetFile(file, pre_buffer=False)
        present = set(table.schema_arrow.names)
        if not {*names["text"], *names["html"]} & present:
            raise Refused("text", "the table has no column of text (looked for: " + ", ".join(names["text"]) + ")")
        for group in range(table.num_row_groups):
            if table.metadata.row_group(group).total_byte_size > most:
                raise Refused("size", f"row group {group} is larger than {most:,} bytes, for what the file holds")
        columns = [name for name in table.schema_arrow.names if any(name in known for known in names.values())]
        number = 0
        for batch in table.iter_batches(batch_size=BATCH, columns=columns, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                try:
                    yield raw_record(row, raw_name, number, names)
                except Refused as refused:
                    yield Reject(refused.check, refused.reason, record(raw_name, number))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Refused("well_formed", f"the Parquet file is cut off or damaged: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:300]
