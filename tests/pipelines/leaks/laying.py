"""A corpus with a canary in every field of every format, in what is kept, dropped and rejected."""

import io
import json
import random
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import docx
import pyarrow as pa
import pyarrow.parquet as pq

from tests.assets.sources.making import gzip_each, http, warc_record
from tests.pipelines import small
from tests.pipelines.leaks.canaries import Cage

SENTENCES = "".join(
    (*small.FIRST[:3], small.ORCHARD, *small.SECOND[:2], *small.SECOND[3:], small.WATER)
).split("。")
FIELDS = {"text": "text", "id": "id", "title": "title", "url": "url", "ai_label": "label"}
TABLE = {name: name for name in ("text", "id", "title", "url")}
EXAM = "下列各句中，没有语病的一项是甲项说船工用缆绳拖走了搁浅的货船，乙项说货主请大家吃了羊肉"
LIMIT = 20_000

SETTINGS: Mapping[str, Any] = {
    "name": "cage",
    "sources": {
        "lines": {"format": "jsonl", "path": "lines/*", "fields": FIELDS},
        "chats": {"kind": "dialogue", "format": "chat", "path": "chats/*"},
        "sheets": {"kind": "government", "format": "csv", "path": "sheets/*", "fields": TABLE},
        "tables": {"kind": "law", "format": "parquet", "path": "tables/*", "fields": TABLE},
        "notes": {"format": "text", "path": "notes/*"},
        "pages": {"format": "html", "path": "pages/*"},
        "crawl": {"format": "warc", "path": "crawl/*"},
        "papers": {"format": "pdf", "path": "papers/*"},
        "letters": {"format": "docx", "path": "letters/*"},
        "calls": {"format": "sql", "query": "select * from calls", "fields": TABLE},
    },
    "policies": {
        "default": {
            "preset": "none",
            "chars": {"min": 30},
            "duplicates": True,
            "trim_common": True,
            "contamination": {"max": 0.6},
        }
    },
    "dedup": {"common": 3},
    "privacy": {"default": "mask", "government": "pseudonymise"},
    "contamination": {"benchmarks": {"gaokao": "exam.json"}},
    "mixtures": {"everything": {"max_epochs": 2, "formats": ["parquet", "arrow"]}},
    "concurrency": 1,
    "batch_bytes": "1M",
}


class Raw:
    """The raw files of the corpus, in `folder`, and the canaries they hold."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cage = folder, Cage()
        self._texts = random.Random(20_240_101)

    def lay(self) -> Path:
        """Write raw files and corpus.yaml; the path of the latter."""
        for source in ("lines", "chats", "sheets", "tables", "notes", "pages", "crawl"):
            getattr(self, f"_{source}")()
        self._papers()
        self._letters()
        self._calls()
        self._put("exam.json", json.dumps([{"question": EXAM}]).encode())
        sources = {name: dict(of) for name, of in SETTINGS["sources"].items()}
        sources["calls"]["url"] = f"sqlite:///{self.folder / 'calls.db'}"
        for name, of in sources.items():
            of["max_record_bytes"] = LIMIT * 5 if name == "letters" else LIMIT
        return small.configure(self.folder, **{**SETTINGS, "sources": sources})

    def text(self, origin: str) -> str:
        """A passage of its own with a canary of every kind in the middle."""
        first, *others = self._texts.sample(SENTENCES, 6)
        return f"{first}。{self.cage.plant(origin)}。" + "。".join(others) + "。"

    def _name(self, source: str, suffix: str) -> Path:
        values = self.cage.plant(f"{source}: file name", "name", "mobile", address=True)
        return self.folder / source / f"{values}{suffix}"

    def _put(self, name: str | Path, data: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def _record(self, source: str, text: object, **more: object) -> dict[str, Any]:
        """A record with every field that is named, and some that are not."""
        cage = self.cage
        return {
            "text": text,
            "id": cage.one(f"{source}: id"),
            "title": f"便民{cage.plant(f'{source}: title')}",
            "url": f"http://{source}.cn/{cage.one(f'{source}: url', 'email')}?tel="
            f"{cage.one(f'{source}: url')}",
            "author": cage.plant(f"{source}: author"),
            "contact": cage.plant(f"{source}: unnamed column"),
        } | more

    def _fates(self, source: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Records that are kept, and one for each way in which a document is dropped or cut."""
        text = self.text(f"{source}: text")
        again = self._record(source, text + "完。")
        common = self.cage.plant(f"{source}: common line")
        short = self.cage.plant(f"{source}: too short", "name", "mobile")
        exam = EXAM + self.cage.plant(f"{source}: exam", "name", "mobile")
        yield "kept", self._record(source, text)
        yield "duplicate", self._record(source, text)
        yield "near-duplicate", again
        for _ in range(4):
            passage = self.text(f"{source}: beside common lines")
            yield "common", self._record(source, f"{passage}\n{common}\n{self._passage()}")
        yield "short", self._record(source, short)
        yield "exam", self._record(source, exam)

    def _passage(self) -> str:
        return "。".join(self._texts.sample(SENTENCES, 4)) + "。"

    def _lines(self) -> None:
        rejected, cage = "lines: rejected", self.cage
        label = {"Label": "1", "ContentProducer": cage.plant("lines: AI label")}
        records = [record for _, record in self._fates("lines")]
        records.append(self._record("lines", self.text("lines: labelled"), label=label))
        records.append(self._record("lines", {"inner": cage.plant(rejected)}))
        records.append(self._record("lines", [cage.plant(rejected)]))
        records.append(self._record("lines", self.text(rejected) * 100))
        good = [json.dumps(one, ensure_ascii=False).encode() for one in records]
        escaped = json.dumps(self._record("lines", self.text("lines: escaped"))).encode()
        bad = [
            b'{"text": "' + self.text(rejected).encode(),
            json.dumps([cage.plant(rejected)]).encode(),
            b'{"text": "' + self.text(rejected).encode() + b'\xff\xfe"}',
            b'{"text": "' + self.text(rejected).encode("gb18030") + b'"}',
            cage.plant(rejected).encode(),
        ]
        self._put(self._name("lines", ".jsonl"), b"\n".join((*good, escaped, *bad)) + b"\n")
        self._put(self._name("lines", ".jsonl.gz"), self.text(rejected).encode())
        self._put(self._name("lines", ".jsonl"), b"")

    def _chats(self) -> None:
        said = self.text("chats: message")
        who = self.cage.plant("chats: role", "name", "mobile")
        inner = [
            {"role": "user", "content": self.text("chats: question")},
            {"role": who, "content": said, "phone": self.cage.plant("chats: part of a turn")},
        ]
        odd = [{"role": "user", "content": {"inner": self.cage.plant("chats: rejected")}}]
        records = [{"messages": inner, "text": inner}, {"text": odd}, {"text": said}]
        lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in records)
        self._put(self._name("chats", ".jsonl"), lines.encode())

    def _sheets(self) -> None:
        records = [record for _, record in self._fates("sheets")]
        rows = [",".join(records[0])]
        rows += [",".join(map(_quoted, one.values())) for one in records]
        rejected = "sheets: rejected"
        rows.append(f"{self.text(rejected)},太少")
        rows.append(f'"{self.text(rejected)}')
        rows.append(
            ",".join(map(_quoted, self._record("sheets", self.text(rejected) * 100).values()))
        )
        bad = ",".join(self._record("sheets", self.text(rejected)).values())
        data = "\n".join(rows).encode() + b"\n" + bad.encode() + b"\xff\xfe\n"
        self._put(self._name("sheets", ".csv"), data)

    def _tables(self) -> None:
        records = [record for _, record in self._fates("tables")]
        rejected = self.cage.plant("tables: rejected")
        records.append(self._record("tables", None, contact=rejected))
        path = self._name("tables", ".parquet")
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist(records), path)
        whole = path.read_bytes()
        self._put(self._name("tables", ".parquet"), whole[:-20])
        self._put(self._name("tables", ".parquet"), whole[: len(whole) // 3] + whole[-3000:])

    def _notes(self) -> None:
        front = self.cage.plant("notes: front matter")
        label = f'AIGC: {{"Label": "1", "ContentProducer": "{front}"}}'
        title = self.cage.plant("notes: heading")
        body = f"---\n{label}\n---\n# 公告 {title}\n\n{self.text('notes: body')}\n"
        self._put(self._name("notes", ".md"), body.encode())
        self._put(self._name("notes", ".txt"), self.text("notes: GB18030").encode("gb18030"))
        self._put(self._name("notes", ".txt"), self.text("notes: UTF-16").encode("utf-16"))
        binary = self.text("notes: rejected").encode() + bytes(range(256)) * 20
        self._put(self._name("notes", ".txt"), binary)
        self._put(self._name("notes", ".txt"), (self.text("notes: rejected") * 100).encode())
        self._put(self._name("notes", ".txt.gz"), self.text("notes: rejected").encode())

    def _page(self, of: str) -> str:
        """A page with a canary in each place that pages have."""
        cage, more = self.cage, self._passage()
        label = '{"Label": "1", "ContentProducer": "' + cage.plant(f"{of}: label") + '"}'
        return (
            f"<html><head><title>便民{cage.plant(f'{of}: title')}</title>"
            f'<meta name="author" content="{cage.one(f"{of}: author", "name", address=False)}">'
            f'<meta name="keywords" content="{cage.plant(f"{of}: keywords")}">'
            f"<meta name=\"AIGC\" content='{label}'>"
            f"<!-- {cage.plant(f'{of}: comment')} --></head><body>"
            f'<nav><a href="/{cage.one(f"{of}: link", "email")}">首页</a></nav>'
            f"<article><h1>通知</h1><p>{self.text(f'{of}: body')}</p><p>{more}</p>"
            f"<p>责任编辑：{cage.plant(f'{of}: editor')}</p>"
            f'<img alt="{cage.plant(f"{of}: picture")}" src="a.png">'
            f"<table><tr><td>{cage.plant(f'{of}: table')}</td><td>电话</td></tr></table></article>"
            f"<footer>{cage.plant(f'{of}: footer')}</footer></body></html>"
        )

    def _pages(self) -> None:
        self._put(self._name("pages", ".html"), self._page("pages").encode())
        self._put(self._name("pages", ".html"), self._page("pages").encode("gb18030"))
        rejected = self.cage.plant("pages: rejected")
        self._put(self._name("pages", ".html"), f"<title>{rejected}</title>".encode())

    def _url(self, of: str) -> str:
        name = quote(self.cage.one(f"{of}: URL", "name"))
        mail, tel = (self.cage.one(f"{of}: URL", kind) for kind in ("email", "mobile"))
        return f"http://crawl.cn/{name}/{mail}?tel={tel}"

    def _crawl(self) -> None:
        cage = self.cage
        headers = {"Set_Cookie": cage.one("crawl: cookie"), "X_Owner": cage.one("crawl: header")}

        def page(of: str, **how: Any) -> bytes:
            return http(self._page(of).encode(), **how, **headers)

        phone = cage.one("crawl: media type")
        odd = warc_record(page("crawl: rejected"), uri=self._url("crawl"), kind="response")
        records = [
            warc_record(page("crawl"), uri=self._url("crawl")),
            warc_record(page("crawl: rejected", status=f"404 {phone}"), uri=self._url("crawl")),
            warc_record(
                page("crawl: rejected", media_type=f"application/{phone}"), uri=self._url("crawl")
            ),
            warc_record(page("crawl: rejected", Content_Encoding=phone), uri=self._url("crawl")),
            warc_record(page("crawl: rejected", Content_Encoding="gzip"), uri=self._url("crawl")),
            warc_record(self._page("crawl: rejected").encode(), uri=self._url("crawl")),
            warc_record(page("crawl: rejected"), kind=phone, uri=self._url("crawl")),
            warc_record(page("crawl: rejected"), kind="revisit", uri=self._url("crawl")),
            warc_record(page("crawl: rejected") * 30, uri=self._url("crawl")),
            warc_record(
                cage.plant("crawl: rejected").encode(),
                kind="resource",
                media_type=f"x/{phone}",
                uri=self._url("crawl"),
            ),
        ]
        self._put(self._name("crawl", ".warc.gz"), gzip_each(records))
        self._put(self._name("crawl", ".warc"), records[0] + odd[: len(odd) // 2])

    def _papers(self) -> None:
        plain = ("mobile", "email")
        text = self.cage.plant("papers: text", *plain).encode("ascii", "ignore")
        info = self.cage.plant("papers: author", *plain).encode("ascii", "ignore")
        self._put(self._name("papers", ".pdf"), _pdf(b"The phone is " + text + b" as ever", info))
        self._put(self._name("papers", ".pdf"), b"%PDF-1.4\n" + text + b"\nno object")
        self._put(self._name("papers", ".pdf"), text)

    def _letters(self) -> None:
        letter = docx.Document()
        letter.add_paragraph(self.text("letters: text"))
        letter.core_properties.author = self.cage.plant("letters: author", "name")
        letter.core_properties.title = self.cage.plant("letters: title", "name")
        packed = io.BytesIO()
        letter.save(packed)
        self._put(self._name("letters", ".docx"), packed.getvalue())
        self._put(self._name("letters", ".docx"), self.text("letters: rejected").encode())

    def _calls(self) -> None:
        records = [record for _, record in self._fates("calls")]
        records.append(self._record("calls", None, contact=self.cage.plant("calls: rejected")))
        with closing(sqlite3.connect(self.folder / "calls.db")) as database, database:
            database.execute(f"create table calls ({', '.join(records[0])})")
            marks = ", ".join("?" for _ in records[0])
            database.executemany(
                f"insert into calls values ({marks})",
                [tuple(one.values()) for one in records],
            )


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def _pdf(text: bytes, author: bytes) -> bytes:
    """A PDF written by hand, with a standard font, one line of text and an author."""
    stream = b"BT /F1 12 Tf 72 700 Td (" + text + b") Tj ET"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 3 0 R"
    page += b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        page,
        b"<</Author(" + author + b")/Title(" + author + b")>>",
    ]
    objects = b"".join(b"%d 0 obj%s endobj\n" % (n, body) for n, body in enumerate(bodies, 1))
    return b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R/Info 5 0 R>>\n%%EOF"
