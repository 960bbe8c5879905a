"""Raw files for measurements: the shared real data under fresh addresses, as often as asked."""

import gzip
import io
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from tests.shared import ROOT

BULK = ROOT.parent / "shared" / "data" / "bulk"
TEXTS = {
    "law_zh_hans": "law",
    "law_zh_hant": "law",
    "news_zh_hans": "news",
    "medical_zh_hans": "medicine",
    "classical_lzh": "classical",
    "tech_docs_zh_hans": "manuals",
    "tw_web_zh_hant": "web",
    "novel_classical_zh_hans": "books",
}
PAGES = "html_mdn_zh"
FILE_BYTES = 32 * 2**20


def write(folder: Path, megabytes: int, batch_megabytes: int = 128) -> int:
    """Raw files of about this size, and the corpus.yaml over them; returns the bytes written.

    A tenth of it is pages in gzipped WARC, counted uncompressed; the rest is JSONL.
    """
    (folder / "raw").mkdir(parents=True, exist_ok=True)
    size = _pages(folder / "raw", megabytes * 100_000)
    share = (megabytes * 10**6 - size) // len(TEXTS)
    for name in TEXTS:
        size += _lines(folder / "raw", name, share)
    _describe(folder, batch_megabytes)
    return size


def _lines(folder: Path, name: str, wanted: int) -> int:
    texts = pl.read_parquet(BULK / f"{name}.parquet", columns=["id", "text"])
    size = 0
    for number, lines in enumerate(_files(texts, wanted)):
        size += (folder / f"{name}-{number:04d}.jsonl").write_bytes(b"".join(lines))
    return size


def _files(texts: pl.DataFrame, wanted: int) -> Iterator[list[bytes]]:
    """Lines of JSONL, a file's worth at a time, until they are as many bytes as wanted."""
    lines: list[bytes] = []
    held = total = 0
    for turn in itertools.count():
        for one, text in texts.iter_rows():
            record = {"id": f"{turn}/{one}", "text": text}
            lines.append(json.dumps(record, ensure_ascii=False).encode() + b"\n")
            held, total = held + len(lines[-1]), total + len(lines[-1])
            if held >= FILE_BYTES or total >= wanted:
                yield lines
                lines, held = [], 0
            if total >= wanted:
                return


def _pages(folder: Path, wanted: int) -> int:
    pages = pl.read_parquet(BULK / f"{PAGES}.parquet", columns=["id", "html"])
    size = turn = number = 0
    file = io.BytesIO()
    while size < wanted:
        for one, html in pages.iter_rows():
            body = html if isinstance(html, bytes) else html.encode()
            size += len(body)
            file.write(gzip.compress(_record(f"https://docs.example/{turn}/{one}", body), 1))
            if file.tell() >= FILE_BYTES // 4 or size >= wanted:
                (folder / f"pages-{number:04d}.warc.gz").write_bytes(file.getvalue())
                file, number = io.BytesIO(), number + 1
            if size >= wanted:
                break
        turn += 1
    return size


def _record(url: str, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: {url.replace(' ', '%20')}\r\n"
        "WARC-Date: 2026-01-01T00:00:00Z\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def _describe(folder: Path, batch_megabytes: int) -> None:
    sources = {
        name: {
            "kind": kind,
            "format": "jsonl",
            "path": f"raw/{name}-*.jsonl",
            "fields": {"id": "id"},
        }
        for name, kind in TEXTS.items()
    }
    sources["pages"] = {"kind": "web", "format": "warc", "path": "raw/pages-*.warc.gz"}
    kinds = {str(source["kind"]) for source in sources.values()}
    corpus = {
        "name": "bench",
        "batch_bytes": f"{batch_megabytes}MiB",
        "sources": sources,
        "policies": {kind: {"duplicates": False} for kind in kinds},
        "mixtures": {"everything": {"max_epochs": 1}},
    }
    (folder / "corpus.yaml").write_text(json.dumps(corpus, ensure_ascii=False), encoding="utf-8")
