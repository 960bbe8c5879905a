"""Comma- or tab-separated values with a header, quoted as RFC 4180 says.

A quotation mark that is never closed would swallow the rest of a file: a record that spans lines
has to close within MULTILINE_BYTES and have the header's number of fields, or else its first line
is rejected and reading goes on with the next.
"""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import polars as pl

from assets.sources.frames import digest_of, frame_of, rejected
from assets.sources.lines import BLOCK_BYTES, Gap, line_blocks, line_bounds
from assets.sources.structured import PLACES, check_columns, records_frame, wanted
from schemas.sources import Source

MULTILINE_BYTES = 4 * 2**20
"""The most bytes a record of several lines may take."""

_SNIFF_BYTES = 64 * 1024
_BATCH_BYTES = 4 * 2**20
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    r"""A line without its `\n`, or a place that holds none that can be read, and why."""

    offset: int
    length: int
    data: bytes
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one record and the lines it was read from; or why it could not be read."""

    offset: int
    length: int
    fields: list[str]
    digest: str | None = None
    problem: str | None = None


def encoding_of(head: bytes) -> str:
    """UTF-8 or GB18030, whichever misreads less of the first bytes of a file.

    >>> encoding_of("编号,正文".encode("gb18030")), encoding_of("编号,正文".encode())
    ('gb18030', 'utf-8')
    """
    whole = head[: head.rfind(b"\n") + 1] or head
    errors = {name: whole.decode(name, "replace").count("\ufffd") for name in ("utf-8", "gb18030")}
    return min(errors, key=lambda name: errors[name])


def frames(
    raw: BinaryIO, path: str, source: Source, block_bytes: int = BLOCK_BYTES
) -> Iterator[pl.DataFrame]:
    """Frames of the records of a file; offsets count decompressed bytes.

    Raises:
        ConfigError: A column asked for is missing.
    """
    found = records(_lines(raw, source.max_record_bytes, block_bytes), _delimiter(path))
    header = next(found, None)
    if header is None or header.problem is not None:
        reason = "empty_file" if header is None else header.problem or ""
        offset, length = (0, 0) if header is None else (header.offset, header.length)
        yield frame_of([rejected(path, offset, reason, length=length)])
        return
    cells = wanted(source.fields)
    check_columns(cells, header.fields, path)
    places = {cell: header.fields.index(field) for cell, field in cells.items()}
    row = 0
    for batch in _batches(found):
        yield _frame(batch, row, places, path, source)
        row += len(batch)
    if row == 0:
        yield frame_of([rejected(path, 0, "empty_file", length=0)])


def _delimiter(path: str) -> str:
    """A tab for names like `x.tsv` and `x.tsv.gz`, else a comma."""
    name = path.lower().removesuffix(".gz").removesuffix(".zst")
    return "\t" if name.endswith((".tsv", ".tab")) else ","


def _lines(raw: BinaryIO, limit: int, block_bytes: int) -> Iterator[Line]:
    for piece in line_blocks(raw, limit, block_bytes):
        if isinstance(piece, Gap):
            yield Line(piece.offset, piece.length, b"", piece.reason)
            continue
        for start, end in zip(*map(list, line_bounds(piece.data)), strict=True):
            offset, length = piece.offset + int(start), int(end - start)
            data = piece.data[start:end]
            yield Line(offset, length, data, "too_large" if length > limit else None)


class _Queue:
    """Lines still to be read, some of them for the second time."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines = lines
        self.again: deque[Line] = deque()

    def take(self) -> Line | None:
        return self.again.popleft() if self.again else next(self.lines, None)

    def give_back(self, lines: list[Line]) -> None:
        self.again.extendleft(reversed(lines))


def records(lines: Iterator[Line], delimiter: str) -> Iterator[Record]:
    """The records that the lines hold, the header first; blank lines are none."""
    csv.field_size_limit(2**31 - 1)  # the whole process's, and 128 KiB if never set
    queue = _Queue(lines)
    encoding = ""
    width: int | None = None
    while (line := queue.take()) is not None:
        if not encoding:
            encoding = _encoding(line, queue)
            line = _without_bom(line)
        if line.problem is not None:
            yield Record(line.offset, line.length, [], problem=line.problem)
        elif line.data and not line.data.isspace():
            record = _read(line, queue, delimiter, encoding, width)
            width = width or len(record.fields)
            yield record


def _encoding(line: Line, queue: _Queue) -> str:
    """Decide on the encoding by the first lines, which are then read again."""
    head = [line]
    size = line.length
    while size < _SNIFF_BYTES and (more := queue.take()) is not None:
        head.append(more)
        size += more.length + 1
    queue.give_back(head[1:])
    return encoding_of(b"\n".join(one.data for one in head)[:_SNIFF_BYTES])


def _without_bom(line: Line) -> Line:
    return Line(line.offset, line.length, line.data.removeprefix(_BOM), line.problem)


def _read(line: Line, queue: _Queue, delimiter: str, encoding: str, width: int | None) -> Record:
    """The record that begins with a line; the lines it takes in vain are given back."""
    used = [line]
    fields = _fields(used, queue, delimiter, encoding)
    problem = None
    if fields is None:
        problem = "stray_quote"
    elif width is not None and len(fields) != width:
        problem = "field_count" if len(used) == 1 else "stray_quote"
    if problem is not None:
        queue.give_back(used[1:])
        return Record(line.offset, line.length, [], problem=problem)
    data = b"\n".join(one.data for one in used)
    length = used[-1].offset + used[-1].length - line.offset
    if not _decodes(data, encoding):
        problem = "bad_utf8" if encoding == "utf-8" else "bad_gb18030"
    return Record(line.offset, length, fields or [], digest_of(data), problem)


def _fields(used: list[Line], queue: _Queue, delimiter: str, encoding: str) -> list[str] | None:
    """The fields of the record that begins with `used[0]`; lines it goes on to are added."""

    def texts() -> Iterator[str]:
        size = 0
        line: Line | None = used[0]
        while line is not None and size + line.length <= MULTILINE_BYTES + used[0].length:
            size += line.length
            yield line.data.decode(encoding, "surrogateescape") + "\n"
            line = queue.take()
            if line is not None:
                used.append(line)
            if line is not None and line.problem is not None:
                return

    if b'"' not in used[0].data:
        text = used[0].data.decode(encoding, "surrogateescape")
        return text.removesuffix("\r").split(delimiter)
    try:
        return next(csv.reader(texts(), delimiter=delimiter, strict=True))
    except csv.Error:
        return None


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _batches(found: Iterator[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    size = 0
    for record in found:
        batch.append(record)
        size += record.length
        if size >= _BATCH_BYTES or len(batch) == 8192:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _frame(
    batch: list[Record], first: int, places: dict[str, int], path: str, source: Source
) -> pl.DataFrame:
    columns: dict[str, list[str | None]] = {
        cell: [None if one.problem else one.fields[index] for one in batch]
        for cell, index in places.items()
    }
    cells = pl.DataFrame(
        columns | {"reason": [one.problem for one in batch]},
        schema=dict.fromkeys([*places, "reason"], pl.String),
    )
    where = pl.DataFrame(
        {
            "raw_offset": [one.offset for one in batch],
            "raw_length": [one.length for one in batch],
            "raw_digest": [one.digest for one in batch],
            "row": range(first, first + len(batch)),
        },
        schema=PLACES,
    )
    limit = source.max_record_bytes
    return records_frame(cells, where, source.fields, path, limit=limit)
