"""A small crawl of the city's sites, with what crawls really bring home."""

import random
from collections.abc import Callable
from dataclasses import replace

from examples.city import twins
from examples.city.desk import Desk
from examples.city.entries import Entry, Shelf
from examples.city.layouts import Layouts, Site
from examples.city.warc import Archive, http, member, response_head
from examples.city.words import read_text, read_words
from examples.city.writing import Piece

_CRAWL = Shelf("crawl", "web")
_HTML = "text/html"
_UTF8 = f"{_HTML}; charset=utf-8"
NEWS = Site("news.yunzhou.example", "utf-8", _UTF8, "utf-8", "portal")
TECH = Site("tech.yunzhou.example", "utf-8", _HTML, "utf-8", "modern")
TRAVEL = Site("www.yz-travel.example", "gb18030", f"{_HTML}; charset=gb2312", "gb2312", "tables")
FARM = Site("farm.yunzhou.example", "gb18030", "", "gb2312", "tables")
BOARD = Site("bbs.yunzhou.example", "gb18030", _HTML, "", "portal")
PORTAL = Site("old.yunzhou.example", "gb18030", f"{_HTML}; charset=utf-8", "utf-8", "tables")
STREETS = Site(
    "www.streets.example", "big5", f"{_HTML}; charset=big5", "big5", "modern", "nav.hant"
)
TRAILS = Site("trails.example", "big5", _HTML, "", "plain", "nav.hant")
TABI = Site("tabi.example", "shift_jis", f"{_HTML}; charset=Shift_JIS", "shift_jis", "plain")
WALKS = Site("walks.example", "utf-8", _UTF8, "utf-8", "plain")
MIRROR = Site("mirror.info.example", "utf-8", _UTF8, "", "modern")
SPAM = Site("win.spam.example", "utf-8", _UTF8, "utf-8", "plain")

_SITES = {
    "人工智能": TECH, "新能源车": TECH, "非遗手艺": TECH, "古镇旅游": TRAVEL, "登山徒步": TRAVEL,
    "茶叶": FARM, "水稻": FARM, "政务服务": PORTAL, "医保社保": PORTAL, "街坊信息": BOARD,
    "老街": STREETS, "圖書與展覽": STREETS, "山海步道": TRAILS, "ja": TABI, "en": WALKS,
}  # fmt: skip
_ARCHIVES = {
    "yunzhou-00000.warc.gz": (NEWS, TECH),
    "yunzhou-00001.warc.gz": (TRAVEL, FARM, BOARD, PORTAL),
    "yunzhou-00002.warc.gz": (STREETS, TRAILS, TABI, WALKS),
    "yunzhou-00003.warc.gz": (MIRROR, SPAM),
}
_PIXEL = bytes.fromhex(
    "47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b"
)


class Crawl:
    """Collects pages by site, then writes them as WARC files."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rng: random.Random = desk.writer.rng
        self._boiler = read_words("boiler.txt")
        self._layouts = Layouts(self._rng, self._boiler)
        self._pages: list[tuple[Site, Entry]] = []
        self._count = 0
        self._misread: dict[str, Callable[[str], str]] = {}

    def place(self, site: Site) -> tuple[str, str]:
        """The archive that holds the site's pages, and an address for the next page."""
        self._count += 1
        name = next(name for name, sites in _ARCHIVES.items() if site in sites)
        folder = f"2025/{self._rng.randint(1, 12):02}"
        return f"raw/crawl/{name}", f"http://{site.host}/{folder}/{10000 + self._count}.html"

    def add(self, piece: Piece, language: str, site: Site) -> Entry:
        """Put a piece on a site."""
        file, uri = self.place(site)
        entry = Shelf("crawl", "web", language).entry(piece, file, uri)
        self._pages.append((site, replace(entry, charset=site.encoding)))
        return self._pages[-1][1]

    def articles(self) -> list[Piece]:
        """Put the articles on their sites; one of each theme is left for other uses."""
        spare = []
        for name, count, middles, language in (
            ("news.txt", 7, (4, 6), "zh-Hans"),
            ("bulletin.txt", 10, (3, 4), "zh-Hans"),
            ("hant_web.txt", 5, (4, 6), "zh-Hant"),
            ("other.txt", 4, (4, 6), None),
        ):
            pieces = self._desk.writer.all(name, count, middles)
            for number, piece in enumerate(pieces):
                if name == "news.txt" and number % count == count - 1:
                    spare.append(piece)
                else:
                    self.add(piece, language or piece.theme, _SITES.get(piece.theme, NEWS))
        return spare

    def pairs(self) -> list[Entry]:
        """Put the texts that also have a Traditional edition on the news site."""
        entries = []
        for block in read_text("pairs.txt").split("# ")[1:]:
            title, *paragraphs = block.strip().split("\n")
            file, uri = self.place(NEWS)
            entry = Entry("crawl", "web", file, uri, "zh-Hans", title, paragraphs, charset="utf-8")
            self._pages.append((NEWS, entry))
            entries.append(entry)
        return entries

    def copies(self) -> None:
        """Fill the mirror with other people's pages, whole or changed."""
        own = [e for _, e in self._pages if e.language == "zh-Hans" and not e.defect]
        notices, clinics = self._desk.of("pages"), self._desk.of("medicine")
        for originals, count, change in (
            (own, 4, twins.exact),
            (notices, 4, twins.exact),
            (clinics, 3, twins.narrowed),
            (own, 4, self._desk.framed),
            (notices, 3, self._desk.framed),
            (own, 5, self._desk.edited),
            (clinics, 3, self._desk.edited),
        ):
            for original in self._desk.sample(originals, count):
                copy = change(original, *self.place(MIRROR))
                copy.source, copy.kind, copy.charset = "crawl", "web", "utf-8"
                self._pages.append((MIRROR, copy))

    def rubbish(self) -> None:
        """Spam, pages with next to nothing on them, pages that say one thing fifty times."""
        for piece in self._desk.writer.all("spam.txt", 4, (2, 4), overlap=0.7):
            self.add(piece, "zh-Hans", SPAM).defect = "spam"
        for heading, defect in (("short", "short"), ("repeat", "repetition")):
            for line in self._boiler[heading]:
                file, uri = self.place(MIRROR)
                lines = [line] * (50 if defect == "repetition" else 1)
                entry = Entry("crawl", "web", file, uri, "zh-Hans", line[:8], lines, defect=defect)
                entry.charset = MIRROR.encoding
                self._pages.append((MIRROR, entry))

    def exam_pages(self) -> None:
        """Pages that give away exam items."""
        pieces = self._desk.writer.all("exam_page.txt", 6, (2, 4), overlap=0.5)
        for piece, exam in zip(pieces, self._desk.exams, strict=False):
            entry = self.add(piece, "zh-Hans", MIRROR)
            shown = [*exam.shown.split("\n"), f"正确答案：{exam.answer}"]
            entry.paragraphs = [piece.opening, *shown, *entry.paragraphs[1:]]
            entry.exam, entry.defect = exam.number, "contaminated"

    def garbled(self, pieces: list[Piece]) -> None:
        """Pages whose bytes were misread once before they were served."""
        for piece, misread in zip(pieces, (_as_gb, _as_latin, _as_lost), strict=True):
            entry = self.add(piece, "zh-Hans", MIRROR)
            entry.defect = "mojibake"
            self._misread[entry.uri] = misread

    def write(self, spare: list[Piece]) -> None:
        """Write the archives; `spare` are pieces for records that will not be readable."""
        first, second = (piece.paragraphs for piece in spare)
        for number, (name, sites) in enumerate(_ARCHIVES.items()):
            archive = Archive(name)
            for site in sites:
                pages = [entry for owner, entry in self._pages if owner == site]
                for i, entry in enumerate(pages):
                    self._write_page(archive, site, entry, i)
                    self._desk.entries.append(entry)
                self._write_odd(archive, site, first, second)
            if number == 1:
                self._write_cut_off(archive, second)
            self._desk.path(f"raw/crawl/{name}").write_bytes(archive.data)

    def _write_page(self, archive: Archive, site: Site, entry: Entry, number: int) -> None:
        titles = [e.title or "" for owner, e in self._pages if owner == site]
        related = self._rng.sample(titles, min(4, len(titles)))
        misread = self._misread.get(entry.uri, str)
        paragraphs = [misread(text) for text in entry.paragraphs]
        html = self._layouts.page(site, entry.title or "", paragraphs, related)
        body = html.encode(site.encoding, "xmlcharrefreplace")
        transfer = {1: "chunked", 3: "gzip"}.get(number % 5, "")
        archive.request(entry.uri)
        archive.response(entry.uri, http(body, site.header or None, transfer=transfer))

    def _write_odd(self, archive: Archive, site: Site, first: list[str], second: list[str]) -> None:
        """What a crawl meets besides pages, each kind at one of the sites."""
        page = self._layouts.page(site, "云州", first, []).encode(
            site.encoding, "xmlcharrefreplace"
        )
        if site is NEWS:
            self._odd(archive, site, http(page, _UTF8, status="404 Not Found"), "http_status")
            moved = http(b"", _HTML, status="301 Moved Permanently", extra="Location: /\r\n")
            self._odd(archive, site, moved, "http_status")
        elif site is TECH:
            self._odd(archive, site, http(_PIXEL, "image/gif"), "media_type")
            seen = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
            self._odd(archive, site, seen, "revisit", kind="revisit")
        elif site is FARM:
            broken = http(
                page[:40] + bytes(range(20)) * 9, _HTML, extra="Content-Encoding: gzip\r\n"
            )
            self._odd(archive, site, broken, "broken_encoding")
        elif site is TRAILS:
            self._write_broken_header(archive, site, second)

    def _odd(
        self, archive: Archive, site: Site, block: bytes, reason: str, kind: str = "response"
    ) -> None:
        file, uri = self.place(site)
        archive.request(uri)
        archive.response(uri, block, kind)
        self._desk.entries.append(_CRAWL.rejected(file, uri, f"read/{reason}"))

    def _write_broken_header(self, archive: Archive, site: Site, paragraphs: list[str]) -> None:
        """A record whose length nobody knows."""
        file, uri = self.place(site)
        page = self._layouts.page(site, "雲州", paragraphs, []).encode("utf-8")
        record = archive.record("response", response_head(uri), http(page, _HTML))
        archive.raw(member(record.replace(b"Content-Length: ", b"Content-Length: about ", 1)))
        self._desk.entries.append(_CRAWL.rejected(file, uri, "read/broken_header"))

    def _write_cut_off(self, archive: Archive, paragraphs: list[str]) -> None:
        """The last record of a crawl that was stopped."""
        file, uri = self.place(TRAVEL)
        page = self._layouts.page(TRAVEL, "云州", paragraphs, []).encode("gb18030")
        whole = member(archive.record("response", response_head(uri), http(page, TRAVEL.header)))
        archive.raw(whole[: len(whole) * 3 // 5])
        self._desk.entries.append(_CRAWL.rejected(file, uri, "read/truncated"))


_GAPS = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")


def _as_gb(text: str) -> str:
    return text.encode().decode("gb18030", "replace")


def _as_latin(text: str) -> str:
    """UTF-8 read as browsers read Latin-1: as windows-1252, its gaps filled by C1 controls."""
    single = (bytes([byte]) for byte in text.encode())
    return "".join(byte.decode("latin-1" if byte in _GAPS else "cp1252") for byte in single)


def _as_lost(text: str) -> str:
    """Every third character gone, and what its remains became."""
    return "".join("锟斤拷" if i % 3 == 0 else char for i, char in enumerate(text))
