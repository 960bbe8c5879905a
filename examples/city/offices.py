"""What the city's offices keep: notices, letters, calls, minutes."""

import io
import sqlite3
import zipfile

import docx

from examples.city.desk import Desk, number_of
from examples.city.entries import Entry, Shelf
from examples.city.layouts import Layouts, Site
from examples.city.pdf import write_locked_pdf, write_pdf
from examples.city.words import read_words

_PAGES, _LETTERS, _HOTLINE, _MINUTES, _GAZETTE = (
    Shelf(source, "government") for source in ("pages", "letters", "hotline", "minutes", "gazette")
)
_NUMBERS = "一二三四五六七八九"
_SITE = Site("www.yunzhou-gov.example", "utf-8", "", "utf-8", "notice")
_OLD_SITE = Site("www.yunzhou-gov.example", "gb18030", "", "gb2312", "notice")
_ZIP_DATE = (2025, 3, 18, 9, 0, 0)


def write_pages(desk: Desk) -> None:
    """Notices, one HTML file each, every ninth in GB18030 that calls itself gb2312."""
    layouts = Layouts(desk.writer.rng, read_words("boiler.txt"))
    pieces = desk.writer.shuffled("notices.txt", 8, (4, 6))
    for number, piece in enumerate(pieces, start=1):
        file = f"raw/pages/notice-{number:03}.html"
        entry = _PAGES.entry(piece, file, file)
        listed = [f"{_NUMBERS[i]}、{text}" for i, text in enumerate(piece.middles)]
        entry.paragraphs = [piece.opening, *listed, piece.ending]
        site = _OLD_SITE if number % 9 == 0 else _SITE
        entry.charset = site.encoding
        related = [other.title for other in desk.writer.rng.sample(pieces, 4)]
        html = layouts.page(site, piece.title, entry.paragraphs, related)
        desk.path(file).write_bytes(html.encode(site.encoding))
        desk.entries.append(entry)


def write_letters(desk: Desk) -> None:
    """Letters and answers as CSV, with a stray quote and a row that has a field too many."""
    file = "raw/tables/letters.csv"
    lines = ["id,subject,content,answered"]
    for number, piece in enumerate(desk.writer.shuffled("tables.txt", 5, (3, 4)), start=1):
        uri = f"{file}#L{number:03}"
        entry = _LETTERS.entry(piece, file, uri)
        lines.append(f'L{number:03},{piece.title},"{entry.text}",{desk.date()}')
        desk.entries.append(entry)
    for line, reason in (
        ('L901,路灯不亮,"晚上"太暗了，走路看不清，请尽快派人检修,2025-03-02', "stray_quote"),
        ("L902,垃圾清运,楼下垃圾三天没有清运,已转交,重复,2025-03-04", "field_count"),
    ):
        uri = f"{file}#{len(lines) - 1}"
        lines.append(line)
        desk.entries.append(_LETTERS.rejected(file, uri, f"read/{reason}"))
    desk.write_lines(file, (line.encode() for line in lines))


def write_hotline(desk: Desk) -> None:
    """Citizens' calls in a database; three calls again in slightly other words, one left empty."""
    file = "raw/hotline.sqlite"
    shelf: list[Entry] = []
    for number, piece in enumerate(desk.writer.shuffled("hotline.txt", 8, (2, 4)), start=1):
        uri = f"sql:hotline#{number}"
        shelf.append(_HOTLINE.entry(piece, file, uri))
    for number, original in enumerate(desk.sample(shelf, 3), start=901):
        shelf.append(desk.edited(original, file, f"sql:hotline#{number}"))
    rows = [(int(number_of(e)), e.title, desk.date(), e.text) for e in shelf]
    path = desk.path(file)
    path.unlink(missing_ok=True)
    calls = sqlite3.connect(path)
    calls.execute(
        "create table calls (id integer primary key, category text, received_at text, content text)"
    )
    calls.executemany(
        "insert into calls values (?, ?, ?, ?)", [*rows, (999, "无内容", "2025-02-03", None)]
    )
    calls.commit()
    calls.close()
    missing = _HOTLINE.rejected(file, "sql:hotline#999", "read/no_field")
    desk.entries += [*shelf, missing]


def write_archive(desk: Desk) -> None:
    """Minutes as Word and PDF files, one of each that cannot be opened."""
    pieces = desk.writer.all("minutes.txt", 6, (4, 6))
    for number, piece in enumerate(pieces[:4], start=1):
        file = f"raw/archive/minutes-{number}.docx"
        entry = _MINUTES.entry(piece, file, file)
        desk.path(file).write_bytes(_word([piece.title, *entry.paragraphs]))
        desk.entries.append(_titled(entry))
    for number, piece in enumerate(pieces[4:], start=1):
        file = f"raw/archive/gazette-{number}.pdf"
        entry = _titled(_GAZETTE.entry(piece, file, file))
        desk.path(file).write_bytes(write_pdf(entry.paragraphs))
        desk.entries.append(entry)
    for shelf, file, data, reason in (
        (_MINUTES, "raw/archive/broken.docx", _word(["残缺"])[:900], "not_a_zip"),
        (_GAZETTE, "raw/archive/locked.pdf", write_locked_pdf(), "encrypted"),
    ):
        desk.path(file).write_bytes(data)
        desk.entries.append(shelf.rejected(file, file, f"extract/{reason}"))


def _titled(entry: Entry) -> Entry:
    """The title is the first line of the text."""
    entry.paragraphs = [entry.title or "", *entry.paragraphs]
    entry.title = None
    return entry


def _word(paragraphs: list[str]) -> bytes:
    """A Word document, packed with fixed dates so that its bytes never change."""
    document = docx.Document()
    document.add_heading(paragraphs[0])
    for text in paragraphs[1:]:
        document.add_paragraph(text)
    saved = io.BytesIO()
    document.save(saved)
    packed = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            new.writestr(info, old.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
