"""Making batches, archives and sources for the tests of the readers."""

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import fsspec
import polars as pl

from assets.sources import raw_record, read
from schemas.batches import Batch, RawFile
from schemas.sources import Fields, Format, Source
from schemas.tables import RECORDS


def source_of(format_: Format, limit: int = 2**20, **fields: str) -> Source:
    return Source(format=format_, path="x", fields=Fields(**fields), max_record_bytes=limit)


def batch_of(*paths: str | Path) -> Batch:
    files = tuple(RawFile(path=str(path), size=0, version="1") for path in paths)
    return Batch(name="crawl-0001", source="crawl", files=files)


def read_all(source: Source, *paths: str | Path) -> pl.DataFrame:
    frames = list(read(batch_of(*paths), source))
    assert all(frame.schema == RECORDS for frame in frames)
    rows = pl.concat(frames) if frames else pl.DataFrame(schema=RECORDS)
    readable = rows.filter(pl.col("reason").is_null())
    assert readable.filter(pl.col("text").is_null() == pl.col("payload").is_null()).is_empty()
    assert readable["raw_digest"].null_count() == 0
    rejected = rows.filter(pl.col("reason").is_not_null())
    assert rejected.select((pl.col("stage") == "read").all()).item()
    assert rejected.select(pl.all_horizontal(pl.col("text", "payload").is_null()).all()).item()
    return rows


def reasons(rows: pl.DataFrame) -> list[str | None]:
    return rows["reason"].to_list()


def put(path: str | Path, data: bytes) -> str:
    with fsspec.open(str(path), "wb") as file:
        file.write(data)
    return str(path)


def traced(source: Source, row: dict[str, Any]) -> bytes:
    return raw_record(
        source, row["raw_path"], row["raw_offset"], row["raw_length"], row["raw_digest"]
    )


def http(
    body: bytes, status: str = "200 OK", media_type: str | None = "text/html", **headers: str
) -> bytes:
    lines = [f"HTTP/1.1 {status}"]
    if media_type is not None:
        lines.append(f"Content-Type: {media_type}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def warc_record(
    block: bytes,
    kind: str = "response",
    uri: str = "http://例子.cn/",
    media_type: str = "application/http; msgtype=response",
    length: int | None = None,
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\n"
        f"WARC-Date: 2024-05-06T07:08:09Z\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def gzip_each(records: Iterable[bytes]) -> bytes:
    return b"".join(gzip.compress(record, 1) for record in records)
