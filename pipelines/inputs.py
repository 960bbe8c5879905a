"""What `wenyuan inspect` is given: files and folders told apart, and JSON lines as they come.

Belongs here: finding and cutting the input. Does not belong here: what is done to a document.
"""

import base64
import binascii
import io
import json
import select
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from assets.sources.discovery import SUFFIXES, suffixes
from assets.sources.streams import BrokenStreamError, chunks, open_raw
from assets.sources.structured import string_of
from schemas.errors import ConfigError, NotFoundError
from schemas.sources import MEDIA_TYPES, Format

STDIN = "-"
CHUNK_ROWS, CHUNK_BYTES = 2_000, 4 * 2**20
LINE_BYTES = 64 * 2**20
"""A longer line is rejected rather than held in memory, as a source does by default."""

PIECE_BYTES = 2**20
PATIENCE = 0.02
"""Seconds without input after which what has come so far is inspected."""

FORMATS: tuple[Format, ...] = tuple(one for one in SUFFIXES if one != "chat")
_BY_SUFFIX: dict[str, Format] = {end: one for one in FORMATS for end in suffixes(one)}

Line = bytes | str
"""The bytes of a line, or the reason why they cannot be had."""


class Place(NamedTuple):
    """A file to inspect, as it was named, and how it is read."""

    path: str
    form: Format


def places(paths: Iterable[str], form: str) -> list[Place]:
    """The files that `paths` stand for, in order: files, folders (those below too) or `-`.

    With `form` "auto" a file is read as its name ends, and a folder's other files are passed over.

    Raises:
        NotFoundError: nothing is there.
        ConfigError: the format cannot be told.
    """
    return [place for path in paths for place in _places(path, form)]


def _places(path: str, form: str) -> Iterator[Place]:
    asked = next((one for one in FORMATS if one == form), None)
    if path == STDIN:
        yield Place(path, asked or "jsonl")
    elif Path(path).is_dir():
        yield from _in_folder(path, asked)
    elif not Path(path).exists():
        raise NotFoundError(f"{path} is not there")
    else:
        chosen = asked or _format(path)
        if chosen is None:
            raise ConfigError(
                f"{path}: its name does not tell the format; say it with --format, "
                f"one of {', '.join(FORMATS)}"
            )
        yield Place(_utf8(path), chosen)


def _in_folder(folder: str, asked: Format | None) -> Iterator[Place]:
    files = sorted(file for file in Path(folder).rglob("*") if file.is_file())
    found = [
        Place(_utf8(str(file)), chosen)
        for file in files
        if not file.name.startswith(".") and (chosen := asked or _format(file.name))
    ]
    if not found:
        raise NotFoundError(f"{folder} has no file to inspect; looked for {', '.join(_BY_SUFFIX)}")
    yield from found


def _format(name: str) -> Format | None:
    """The format that the end of a name tells.

    >>> _format("a.HTM"), _format("b.jsonl.gz"), _format("c.exe")
    ('html', 'jsonl', None)
    """
    ends = (end for end in _BY_SUFFIX if name.lower().endswith(end))
    return next((_BY_SUFFIX[end] for end in ends), None)


def _utf8(path: str) -> str:
    try:
        path.encode()
    except UnicodeEncodeError:
        raise ConfigError(f"{path!r}: the name is not UTF-8; rename the file") from None
    return path


def arriving(stream: BinaryIO) -> Iterator[bytes]:
    """What comes in, as it comes; an empty piece where nothing more is there yet."""
    while piece := _available(stream):
        yield piece
        if not _more_is_there(stream):
            yield b""


def decompressed(path: str) -> Iterator[bytes | str]:
    """The bytes of a file, decompressed; last of all, where reading fails, the reason."""
    try:
        with open_raw(path) as raw:
            yield from (chunk.data for chunk in chunks(raw))
    except BrokenStreamError as error:
        yield error.reason
    except PermissionError:
        yield "no_permission"


def _available(stream: BinaryIO) -> bytes:
    return stream.read1(PIECE_BYTES) if isinstance(stream, io.BufferedReader) else stream.read()


def _more_is_there(stream: BinaryIO) -> bool:
    try:
        return bool(select.select([stream], [], [], PATIENCE)[0])
    except (OSError, ValueError):  # not something one can wait for
        return True


def line_chunks(pieces: Iterable[bytes | str]) -> Iterator[list[Line]]:
    """The lines in `pieces`, blank ones left out: CHUNK_ROWS or about CHUNK_BYTES at a time."""
    held = _Held()
    for piece in pieces:
        held.add(piece)
        if not piece or held.is_full():
            yield from held.take()
    held.end()
    yield from held.take()


class _Held:
    """Lines not yet handed on, and the beginning of the next."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.size = 0
        self.begun: list[bytes] = []
        self.begun_size = 0

    def add(self, piece: bytes | str) -> None:
        if isinstance(piece, str):
            self.begun, self.begun_size = [], 0
            self.lines.append(piece)
            return
        first, *others = piece.split(b"\n")
        self._begin(first)
        for other in others:
            self.end()
            self._begin(other)

    def _begin(self, part: bytes) -> None:
        self.begun_size += len(part)
        if self.begun_size > LINE_BYTES:
            self.begun = []
        else:
            self.begun.append(part)

    def end(self) -> None:
        if self.begun_size > LINE_BYTES:
            self.lines.append("too_large")
        elif (line := b"".join(self.begun)) and not line.isspace():
            self.lines.append(line)
            self.size += len(line)
        self.begun, self.begun_size = [], 0

    def is_full(self) -> bool:
        return len(self.lines) >= CHUNK_ROWS or self.size >= CHUNK_BYTES

    def take(self) -> Iterator[list[Line]]:
        for start in range(0, len(self.lines), CHUNK_ROWS):
            yield self.lines[start : start + CHUNK_ROWS]
        self.lines, self.size = [], 0


def record_of(line: Line) -> dict[str, Any]:
    """What one line of JSON gives: `id`, and the columns of RECORDS that say what it is."""
    if isinstance(line, str):
        return _bad(line)
    try:
        text = line.decode("utf-8-sig")
        given = json.loads(text, strict=False, parse_constant=lambda _: None)  # NaN is no value
    except UnicodeDecodeError:
        return _bad("bad_utf8")
    except (ValueError, RecursionError):
        return _bad("bad_json")
    if not isinstance(given, dict):
        return _bad("not_an_object")
    return {"id": given.get("id")} | _content(given)


def _content(given: dict[str, Any]) -> dict[str, Any]:
    page = {"media_type": MEDIA_TYPES["html"]}
    if isinstance(encoded := given.get("html_b64"), str):
        try:
            return page | {"payload": base64.b64decode(encoded, validate=True)}
        except (binascii.Error, ValueError):
            return _bad("bad_base64")
    if isinstance(html := given.get("html"), str):
        return page | {"payload": (string_of(html) or "").encode(), "charset": "utf-8"}
    if isinstance(text := given.get("text"), str):
        return {"text": string_of(text), "media_type": MEDIA_TYPES["text"]}
    return _bad("no_field")


def _bad(reason: str) -> dict[str, Any]:
    return {"stage": "read", "reason": reason}
