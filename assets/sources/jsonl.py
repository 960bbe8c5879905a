"""JSON lines: documents, one a line, and conversations."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.json as pj

from assets.sources.frames import digest_of, frame_of, rejected
from assets.sources.lines import BLOCK_BYTES, Block, Gap, line_blocks, line_bounds
from assets.sources.structured import (
    PLACES,
    TURN,
    TURN_PARTS,
    conversations,
    records_frame,
    string_of,
    time_text,
    wanted,
)
from schemas.sources import Source

_BOM = b"\xef\xbb\xbf"
_SPACE = np.isin(np.arange(256), list(b" \t\r\n\v\f"))
_STRINGS = ("text", "html", "url", "title", "ai_label")

Cells = dict[str, Any]


class BadLineError(Exception):
    """A line that is no record; `reason` and `detail` are for its reject."""

    def __init__(self, reason: str, detail: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def frames(
    raw: BinaryIO, path: str, source: Source, block_bytes: int = BLOCK_BYTES
) -> Iterator[pl.DataFrame]:
    """Frames of the lines of a file; offsets count decompressed bytes."""
    row = 0
    for piece in line_blocks(raw, source.max_record_bytes, block_bytes):
        if isinstance(piece, Gap):
            uri = f"{path}#{row}"
            length = piece.length
            yield frame_of([rejected(path, piece.offset, piece.reason, length=length, uri=uri)])
            row += 1
            continue
        frame = _Lines(piece, row).frame(path, source)
        row += frame.height
        yield frame
    if row == 0:
        yield frame_of([rejected(path, 0, "empty_file", length=0)])


class _Lines:
    """The lines of a block that are not blank."""

    def __init__(self, block: Block, first_row: int) -> None:
        starts, ends = line_bounds(block.data)
        bytes_ = np.frombuffer(block.data, np.uint8)
        keep = _not_blank(block.data, bytes_, starts, ends)
        self.block = block
        self.starts, self.ends = starts[keep], ends[keep]
        self.bytes = bytes_
        self.first_row = first_row

    def frame(self, path: str, source: Source) -> pl.DataFrame:
        cells = self._fast(source) if self._clean(source.max_record_bytes) else None
        if cells is None:
            cells = self._slow(source)
        return records_frame(
            _joined(cells, source), self._places(), source.fields, path, limit=_NO_LIMIT
        )

    def _places(self) -> pl.DataFrame:
        view = memoryview(self.block.data)
        count = len(self.starts)
        # One digest a line is one call a line: no library hashes a column of slices.
        digests = [
            digest_of(view[start:end])
            for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        ]
        return pl.DataFrame(
            {
                "raw_offset": self.starts + self.block.offset,
                "raw_length": self.ends - self.starts,
                "raw_digest": digests,
                "row": np.arange(self.first_row, self.first_row + count),
            },
            schema=PLACES,
        )

    def _clean(self, limit: int) -> bool:
        """Whether every line may be parsed with the others: `{…}`, short enough, valid UTF-8.

        A line that begins with `{` after one that ends with `}` begins a new value, so that as
        many values as lines means one in each.
        """
        if len(self.starts) == 0 or (self.ends - self.starts).max() > limit:
            return False
        last = self.ends - 1
        last = np.where(self.bytes[last] == ord("\r"), last - 1, last)
        if not ((self.bytes[self.starts] == ord("{")) & (self.bytes[last] == ord("}"))).all():
            return False
        try:
            self.block.data.decode()
        except UnicodeDecodeError:
            return False
        return True

    def _fast(self, source: Source) -> pl.DataFrame | None:
        """All lines at once; null where one needs a closer look."""
        try:
            first = json.loads(self.block.data[self.starts[0] : self.ends[0]])
            table = _parse(self.block.data, _schema(first, source))
        except (ValueError, RecursionError):
            return None
        if table.num_rows != len(self.starts):
            return None
        by_field = pl.DataFrame(table)
        return by_field.select(
            pl.col(field).alias(cell) for cell, field in wanted(source.fields).items()
        )

    def _slow(self, source: Source) -> pl.DataFrame:
        """Line by line, with the reason why each bad line is bad."""
        rows = []
        for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True):
            line = self.block.data[start:end]
            if start == 0 and self.block.offset == 0:
                line = line.removeprefix(_BOM)
            try:
                rows.append(_cells(line, source))
            except BadLineError as error:
                cut = self.block.last and end == len(self.block.data) and error.reason in _CUT
                reason = "truncated" if cut else error.reason
                rows.append({"reason": reason, "detail": error.detail})
        return pl.DataFrame(rows, schema=_cell_schema(source))


_CUT = frozenset({"bad_json", "bad_utf8"})
_NO_LIMIT = 2**62


def _not_blank(
    data: bytes,
    bytes_: npt.NDArray[np.uint8],
    starts: npt.NDArray[np.int64],
    ends: npt.NDArray[np.int64],
) -> npt.NDArray[np.bool_]:
    """Which lines hold anything but white space."""
    keep = ends > starts
    doubtful = np.flatnonzero(keep)[_SPACE[bytes_[starts[keep]]]]
    for line in doubtful.tolist():
        keep[line] = not data[starts[line] : ends[line]].isspace()
    return keep


def _parse(data: bytes, schema: pa.Schema) -> pa.Table:
    """Arrow's reading of JSON lines: strict about types, and about JSON."""
    return pj.read_json(
        pa.BufferReader(data),
        read_options=pj.ReadOptions(use_threads=False, block_size=len(data) + 1),
        parse_options=pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
    )


def _schema(first: dict[str, Any], source: Source) -> pa.Schema:
    """The types to ask for: where several will do, those of the first line."""
    turn = pa.struct([(name, pa.string()) for name in TURN_PARTS])
    types: dict[str, pa.DataType] = {}
    for cell, field in wanted(source.fields).items():
        if cell == "text" and source.format == "chat":
            types[field] = pa.list_(turn)
        elif cell not in _STRINGS and type(first.get(field)) is int:
            types.setdefault(field, pa.int64())
        else:
            types[field] = pa.string()
    return pa.schema(types.items())


def _cell_schema(source: Source) -> pl.Schema:
    schema = pl.Schema(dict.fromkeys([*wanted(source.fields), "reason", "detail"], pl.String()))
    if source.format == "chat" and "text" in schema:
        schema["text"] = pl.List(TURN)
    return schema


def _joined(cells: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Conversations made text; a malformed one is named."""
    if source.format != "chat" or "text" not in cells.columns:
        return cells
    if "reason" not in cells.columns:
        cells = cells.with_columns(reason=pl.lit(None, pl.String))
    text = conversations(cells["text"])
    malformed = cells["text"].is_not_null() & text.is_null() & cells["reason"].is_null()
    return cells.with_columns(
        text=text, reason=pl.when(malformed).then(pl.lit("bad_messages")).otherwise("reason")
    )


def _cells(line: bytes, source: Source) -> Cells:
    """The cells of one line.

    Raises:
        BadLineError: It is no record.
    """
    if len(line) > source.max_record_bytes:
        raise BadLineError("too_large")
    record = _object(line, source)
    cells: Cells = {}
    for cell, field in wanted(source.fields).items():
        value = record.get(field)
        if cell == "text" and source.format == "chat":
            cells[cell] = _turns(value)
        elif cell == "published_at":
            cells[cell] = time_text(value)
        elif cell == "ai_label" and isinstance(value, dict):
            cells[cell] = string_of(json.dumps(value, ensure_ascii=False))
        elif cell == "id" or isinstance(value, str):
            cells[cell] = string_of(value)
    return cells


def _object(line: bytes, source: Source) -> Cells:
    try:
        record = json.loads(line.decode(), strict=False)
    except UnicodeDecodeError as error:
        raise BadLineError("bad_utf8") from error
    except ValueError as error:
        raise BadLineError("bad_json") from error
    except RecursionError:
        return _deep_object(line, source)
    if not isinstance(record, dict):
        raise BadLineError("not_an_object")
    return record


def _deep_object(line: bytes, source: Source) -> Cells:
    """An object nested too deeply for Python's parser; Arrow's has no such bound."""
    try:
        found: list[Cells] = _parse(line, _schema({}, source)).to_pylist()
    except ValueError as error:
        raise BadLineError("bad_json") from error
    if len(found) != 1:
        raise BadLineError("bad_json")
    return found[0]


def _turns(value: object) -> list[dict[str, str | None] | None] | None:
    """The turns of a conversation; a null one stands for any that is malformed."""
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(turn, dict) for turn in value):
        return [None]
    parts = [part for turn in value for part in map(turn.get, TURN_PARTS)]
    if not all(part is None or isinstance(part, str) for part in parts):
        return [None]
    return [{name: string_of(turn.get(name)) for name in TURN_PARTS} for turn in value]
