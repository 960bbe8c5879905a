"""What the city's trades keep: company filings and market letters, clinics' records."""

import gzip

import polars as pl

from examples.city import twins
from examples.city.desk import Desk, json_line, number_of
from examples.city.entries import Entry, Shelf
from examples.city.writing import Piece

_FINANCE, _MEDICINE = Shelf("finance", "finance"), Shelf("medicine", "medicine")
_LETTERS = {"市场点评", "基金理财", "信贷普惠"}
_FILINGS, _COMMENTS = "raw/finance/filings.parquet", "raw/finance/comments.parquet"


def write_finance(desk: Desk) -> None:
    """Filings and market letters as Parquet; copies among both, and a filing withdrawn."""
    shelves: dict[str, list[Entry]] = {_FILINGS: [], _COMMENTS: []}
    for number, piece in enumerate(desk.writer.shuffled("finance.txt", 10, (4, 6))):
        file = _COMMENTS if piece.theme in _LETTERS else _FILINGS
        entry = _FINANCE.entry(piece, file, f"{file}#F{number:04}")
        shelves[file].append(entry)
    desk.copy(shelves[_FILINGS], "F8", twins.narrowed, 3)
    desk.copy(shelves[_COMMENTS], "F9", desk.edited, 3)
    withdrawn = _FINANCE.rejected(_FILINGS, f"{_FILINGS}#F9999", "read/no_field")
    shelves[_FILINGS].append(withdrawn)
    for file, shelf in shelves.items():
        rows = [(number_of(e), e.title, desk.date(), None if e.reject else e.text) for e in shelf]
        schema = dict.fromkeys(("no", "title", "date", "body"), pl.String)
        table = pl.DataFrame(rows, schema=schema, orient="row")
        table.write_parquet(desk.path(file), compression="zstd")
        desk.entries += shelf


def write_medicine(desk: Desk) -> None:
    """Consultations and records as gzipped JSON lines, some of the lines broken."""
    *pieces, last = desk.writer.shuffled("medicine.txt", 8, (4, 6))
    half = len(pieces) // 2
    for name, part in (("consultations", pieces[:half]), ("records", pieces[half:])):
        file = f"raw/medicine/{name}.jsonl.gz"
        shelf: list[Entry] = []
        for number, piece in enumerate(part):
            uri = f"{file}#{name[0].upper()}{number:03}"
            shelf.append(_MEDICINE.entry(piece, file, uri))
        desk.copy(shelf, "X", desk.framed, 2)
        lines = [json_line(docid=number_of(e), content=e.text) for e in shelf]
        desk.entries += shelf
        if name == "records":
            lines += _bad_lines(desk, file, len(lines), last)
        data = b"".join(line + b"\n" for line in lines)
        desk.path(file).write_bytes(gzip.compress(data, 6, mtime=0))


def _bad_lines(desk: Desk, file: str, row: int, last: Piece) -> list[bytes]:
    """A line that is no JSON, one that is no UTF-8, one without text; then a good one."""
    good = _MEDICINE.entry(last, file, f"{file}#R999")
    for number, reason in ((row, "bad_json"), (row + 1, "bad_utf8"), ("R998", "no_field")):
        uri = f"{file}#{number}"
        desk.entries.append(_MEDICINE.rejected(file, uri, f"read/{reason}"))
    desk.entries.append(good)
    return [
        '{"docid": "R996", "content": "患者主诉'.encode(),
        b'{"docid": "R997", "content": "' + "血压偏高".encode("gb18030") + b'"}',
        json_line(docid="R998"),
        json_line(docid="R999", content=good.text),
    ]
