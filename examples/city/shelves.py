"""Everything that is not the crawl: archives as offices, clinics, banks and readers keep them."""

import gzip
import json
import random
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl

from examples.city import twins
from examples.city.entries import Entry, entry_of, rejected
from examples.city.exams import Exam
from examples.city.layouts import Layouts, Site
from examples.city.words import read_words
from examples.city.writing import Piece, Writer

_MARKET = {"市场点评", "基金理财", "信贷普惠"}
_NUMBERS = "一二三四五六七八九"
_GOVERNMENT = Site("www.yunzhou-gov.example", "utf-8", "", "utf-8", "notice")
_OLD_GOVERNMENT = Site("www.yunzhou-gov.example", "gb18030", "", "gb2312", "notice")


class Shelves:
    """Writes the sources under `raw`, and remembers an entry for each record."""

    def __init__(self, root: Path, writer: Writer, exams: list[Exam]) -> None:
        self._root = root
        self._writer = writer
        self._rng: random.Random = writer.rng
        self._exams = exams
        self.entries: list[Entry] = []

    def write(self) -> list[Entry]:
        """Write every source; the entries in the order of the sources."""
        for shelf in (
            self._pages,
            self._finance,
            self._medicine,
            self._hotline,
            self._books,
            self._cantonese,
            self._chat,
            self._letters,
            self._archive,
        ):
            shelf()
        return self.entries

    def _path(self, file: str) -> Path:
        path = self._root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _shuffled(self, name: str, count: int, middles: tuple[int, int]) -> list[Piece]:
        pieces = self._writer.all(name, count, middles)
        self._rng.shuffle(pieces)
        return pieces

    def _pages(self) -> None:
        layouts = Layouts(self._rng, read_words("boiler.txt"))
        pieces = self._shuffled("notices.txt", 8, (4, 6))
        for number, piece in enumerate(pieces, start=1):
            file = f"raw/pages/notice-{number:03}.html"
            entry = entry_of(piece, "pages", "government", "zh-Hans", file, file)
            listed = [f"{_NUMBERS[i]}、{text}" for i, text in enumerate(piece.middles)]
            entry.paragraphs = [piece.opening, *listed, piece.ending]
            site = _OLD_GOVERNMENT if number % 9 == 0 else _GOVERNMENT
            entry.charset = site.encoding
            related = [other.title for other in self._rng.sample(pieces, 4)]
            html = layouts.page(site, piece.title, entry.paragraphs, related)
            self._path(file).write_bytes(html.encode(site.encoding))
            self.entries.append(entry)

    def _finance(self) -> None:
        market = {
            title for theme in _MARKET for title in self._titles_of("finance.txt", theme)
        }
        pieces = self._shuffled("finance.txt", 10, (4, 6))
        files = {False: "raw/finance/filings.parquet", True: "raw/finance/comments.parquet"}
        shelves: dict[str, list[Entry]] = {file: [] for file in files.values()}
        for number, piece in enumerate(pieces):
            file = files[piece.theme in market]
            uri = f"{file}#F{number:04}"
            shelves[file].append(entry_of(piece, "finance", "finance", "zh-Hans", file, uri))
        self._copy(shelves[files[False]], "F8", twins.narrowed, 3)
        self._copy(shelves[files[True]], "F9", self._edited, 3)
        for file, shelf in shelves.items():
            self._write_table(file, shelf)
        self.entries.append(
            rejected(
                "finance", "finance", files[False], f"{files[False]}#F9999", "read/no_field", "empty"
            )
        )

    def _titles_of(self, _file: str, theme: str) -> list[str]:
        return [theme]

    def _copy(
        self, shelf: list[Entry], prefix: str, change: Callable[[Entry, str, str], Entry], count: int
    ) -> None:
        """Add changed copies of some entries to their own file."""
        for number, original in enumerate(self._rng.sample(shelf, count)):
            uri = f"{original.file}#{prefix}{number:03}"
            shelf.append(change(original, original.file, uri))

    def _edited(self, original: Entry, file: str, uri: str) -> Entry:
        return twins.edited(original, file, uri, self._rng)

    def _framed(self, original: Entry, file: str, uri: str) -> Entry:
        return twins.framed(original, file, uri, self._rng)

    def _write_table(self, file: str, shelf: list[Entry]) -> None:
        rows = [
            {"no": _number(e), "title": e.title, "date": self._date(), "body": e.text}
            for e in shelf
        ]
        if file.endswith("filings.parquet"):
            rows.append({"no": "F9999", "title": "（撤回）", "date": "2025-01-02", "body": None})
        schema = dict.fromkeys(("no", "title", "date", "body"), pl.String)
        pl.DataFrame(rows, schema=schema).write_parquet(self._path(file), compression="zstd")
        self.entries += shelf

    def _date(self) -> str:
        return f"2025-{self._rng.randint(1, 12):02}-{self._rng.randint(1, 28):02}"

    def _medicine(self) -> None:
        pieces = self._shuffled("medicine.txt", 8, (4, 6))
        half = len(pieces) // 2
        parts = (("consultations", pieces[:half]), ("records", pieces[half:]))
        for name, part in parts:
            file = f"raw/medicine/{name}.jsonl.gz"
            shelf = []
            for number, piece in enumerate(part):
                uri = f"{file}#{name[0].upper()}{number:03}"
                shelf.append(entry_of(piece, "medicine", "medicine", "zh-Hans", file, uri))
            self._copy(shelf, "X", self._framed, 2)
            lines = [_json(docid=_number(e), content=e.text) for e in shelf]
            self.entries += shelf
            if name == "records":
                lines += self._bad_lines(file, len(lines))
            data = b"\n".join(lines) + b"\n"
            self._path(file).write_bytes(gzip.compress(data, 6, mtime=0))

    def _bad_lines(self, file: str, row: int) -> list[bytes]:
        """A line that is no JSON, one that is no UTF-8, one without text, one good line."""
        last = self._writer.series(self._writer.theme("medicine.txt", "用药科普"), 1, (4, 5))[0]
        good = entry_of(last, "medicine", "medicine", "zh-Hans", file, f"{file}#R999")
        for number, reason in ((row, "bad_json"), (row + 1, "bad_utf8")):
            uri = f"{file}#{number}"
            self.entries.append(
                rejected("medicine", "medicine", file, uri, f"read/{reason}", "unreadable")
            )
        uri = f"{file}#R998"
        self.entries.append(
            rejected("medicine", "medicine", file, uri, "read/no_field", "unreadable")
        )
        self.entries.append(good)
        return [
            '{"docid": "R996", "content": "患者主诉'.encode(),
            b'{"docid": "R997", "content": "' + "血压偏高".encode("gb18030") + b'"}',
            _json(docid="R998"),
            _json(docid="R999", content=good.text),
        ]

    def _hotline(self) -> None:
        file = "raw/hotline.sqlite"
        shelf = []
        for number, piece in enumerate(self._shuffled("hotline.txt", 8, (2, 4)), start=1):
            uri = f"sql:hotline#{number}"
            shelf.append(entry_of(piece, "hotline", "government", "zh-Hans", file, uri))
        for number, original in enumerate(self._rng.sample(shelf, 3), start=901):
            shelf.append(self._edited(original, file, f"sql:hotline#{number}"))
        path = self._path(file)
        path.unlink(missing_ok=True)
        with sqlite3.connect(path) as calls:
            calls.execute(
                "create table calls (id integer primary key, category text, received_at text, "
                "content text)"
            )
            rows = [(int(_number(e)), e.title, self._date(), e.text) for e in shelf]
            rows.append((999, "无内容", "2025-02-03", None))
            calls.executemany("insert into calls values (?, ?, ?, ?)", rows)
        calls.close()
        self.entries += shelf
        self.entries.append(
            rejected(
                "hotline", "government", file, "sql:hotline#999", "read/no_field", "unreadable"
            )
        )

    def _books(self) -> None:
        for source, name, kind, language in (
            ("traditional", "hant_books.txt", "books", "zh-Hant"),
            ("classical", "classical.txt", "classical", "lzh"),
        ):
            for number, piece in enumerate(self._shuffled(name, 4, (5, 7)), start=1):
                file = f"raw/{source}/{number:02}.txt"
                entry = entry_of(piece, source, kind, language, file, file)
                old = source == "classical" and number == 3
                self._write_book(entry, "gb18030" if old else "utf-8")

    def _write_book(self, entry: Entry, encoding: str) -> None:
        """The title is the first line of the text."""
        if entry.title:
            entry.paragraphs = [entry.title, *entry.paragraphs]
        entry.title, entry.charset = None, encoding
        text = "\n\n".join(entry.paragraphs) + "\n"
        self._path(entry.file).write_bytes(text.encode(encoding))
        self.entries.append(entry)

    def add_book(self, original: Entry, number: int) -> None:
        """The Traditional edition of a page."""
        file = f"raw/traditional/{number:02}.txt"
        copy = twins.converted(original, file, file)
        copy.source, copy.kind, copy.title = "traditional", "books", None
        self._write_book(copy, "utf-8")

    def _cantonese(self) -> None:
        pieces = self._shuffled("cantonese.txt", 5, (4, 6))
        for name, part in (("food-and-work", pieces[::2]), ("family", pieces[1::2])):
            file = f"raw/cantonese/{name}.jsonl"
            shelf = []
            for number, piece in enumerate(part):
                uri = f"{file}#{name[:2]}{number:03}"
                entry = entry_of(piece, "cantonese", "forum", "yue", file, uri)
                entry.paragraphs = [piece.title, *entry.paragraphs]
                entry.title = None
                shelf.append(entry)
            self._copy(shelf, "ed", self._edited, 1)
            self._write_lines(file, [_json(id=_number(e), text=e.text) for e in shelf])
            self.entries += shelf

    def _write_lines(self, file: str, lines: Iterable[bytes]) -> None:
        self._path(file).write_bytes(b"".join(line + b"\n" for line in lines))

    def _chat(self) -> None:
        file = "raw/chat/assistant.jsonl"
        lines = []
        for number, piece in enumerate(self._shuffled("chat.txt", 7, (3, 4))):
            turns = [turn for pair in piece.sentences for turn in pair.split(" => ")]
            entry = entry_of(piece, "chat", "dialogue", "zh-Hans", file, f"{file}#C{number:03}")
            if number == 5:
                entry.exam, entry.defect = self._exams[-1].number, "contaminated"
                turns[:2] = [f"这道题我不会：{self._exams[-1].question}", self._exams[-1].told]
            lines.append(_chat_line(entry, turns))
            self.entries.append(entry)
        bad = rejected(
            "chat", "dialogue", file, f"{file}#C999", "read/bad_messages", "unreadable"
        )
        self.entries.append(bad)
        lines.append(_json(id="C999", messages=[{"role": "user"}]))
        self._write_lines(file, lines)

    def _letters(self) -> None:
        file = "raw/tables/letters.csv"
        lines = ["id,subject,content,answered"]
        for number, piece in enumerate(self._shuffled("tables.txt", 5, (3, 4)), start=1):
            uri = f"{file}#L{number:03}"
            entry = entry_of(piece, "letters", "government", "zh-Hans", file, uri)
            content = entry.text.replace('"', '""')
            lines.append(f'L{number:03},{piece.title},"{content}",{self._date()}')
            self.entries.append(entry)
        for line, reason in (
            ('L901,路灯不亮,"晚上"太暗了，走路看不清，请尽快派人检修,2025-03-02', "stray_quote"),
            ("L902,垃圾清运,楼下垃圾三天没有清运,已转交,重复,2025-03-04", "field_count"),
        ):
            lines.append(line)
            uri = f"{file}#{len(lines) - 2}"
            self.entries.append(
                rejected("letters", "government", file, uri, f"read/{reason}", reason)
            )
        self._path(file).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")

    def _archive(self) -> None:
        from examples.city.office import write_archive

        pieces = self._writer.all("minutes.txt", 6, (4, 6))
        self.entries += write_archive(self._root, pieces)


def _number(entry: Entry) -> str:
    return entry.uri.partition("#")[2]


def _json(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def _chat_line(entry: Entry, turns: list[str]) -> bytes:
    """The line of a conversation; the entry's text is what a reader makes of it."""
    roles = ("user", "assistant")
    messages = [{"role": roles[i % 2], "content": turn} for i, turn in enumerate(turns)]
    names = ("用户", "助手")
    entry.paragraphs = [f"{names[i % 2]}：{turn}" for i, turn in enumerate(turns)]
    entry.title = None
    return _json(id=_number(entry), messages=messages)
