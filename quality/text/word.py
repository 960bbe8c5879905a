"""The text of a DOCX file: paragraphs and tables in the order of the document."""

import html
import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.table import Table, _Cell

from quality.text.unreadable import UnreadableError

MAX_INFLATED = 256 * 2**20
MAX_RATIO = 200
_FREE_OF_RATIO = 16 * 2**20
_MAX_MEMBERS = 10_000
_CHUNK = 2**20
_AIGC = re.compile(r'name="AIGC"[^>]*>\s*<vt:\w+>([^<]*)<')


_PROPERTIES = "docProps/custom.xml"


def read_docx(payload: bytes) -> tuple[str, str | None]:
    """The text and the label of AI-made text among the properties, as it stands there.

    One line a paragraph or table row, cells apart by a tab.

    Raises:
        UnreadableError: `not_a_zip`, or `zip_bomb` where it would unpack to more than 256 MiB,
            or to more than 200 times its size and 16 MiB.
    """
    _check_archive(payload)
    return "\n".join(_lines(docx.Document(io.BytesIO(payload)))), _label(payload)


def _label(payload: bytes) -> str | None:
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        if _PROPERTIES not in archive.namelist():
            return None
        properties = archive.read(_PROPERTIES).decode("utf-8", "replace")
    found = _AIGC.search(properties)
    return html.unescape(found[1]) if found else None


def _check_archive(payload: bytes) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(payload))
    except zipfile.BadZipFile:
        raise UnreadableError("not_a_zip") from None
    limit = min(MAX_INFLATED, max(_FREE_OF_RATIO, MAX_RATIO * len(payload)))
    with archive:
        members = archive.infolist()
        if len(members) > _MAX_MEMBERS or sum(m.file_size for m in members) > limit:
            raise UnreadableError("zip_bomb")
        # The declared sizes may lie, so every member is unpacked once, and thrown away.
        inflated = 0
        for member in members:
            with archive.open(member) as unpacked:
                while chunk := unpacked.read(_CHUNK):
                    inflated += len(chunk)
                    if inflated > limit:
                        raise UnreadableError("zip_bomb")


def _lines(block: Document | _Cell) -> Iterator[str]:
    for part in block.iter_inner_content():
        if isinstance(part, Table):
            yield from _rows(part)
        else:
            yield part.text


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        # A merged cell comes once for every column it spans.
        cells = dict.fromkeys(cell._tc for cell in row.cells)
        yield "\t".join(" ".join(_lines(_Cell(cell, table))).strip() for cell in cells)
