"""How much mojibake is repaired, what clean text loses, and how fast, beside ftfy.

    python -m tests.benchmarks.mojibake VENV [DOCUMENTS]     (default: 40 of each set)

`provable` are stretches of real texts, of the half not tuned on, misread in each way without a
byte lost; one is right if every character is back. ftfy's `fix_encoding`, in VENV, is asked the
same. `changed` are texts and lines of all shared text that come out other than they went in.
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import zstandard

from quality.text.encodings import characters
from quality.text.mojibake import mended, suspicious
from tests.benchmarks.material import BULK
from tests.benchmarks.reading import ask, peers_at, piece, texts
from tests.shared import ROOT, shared_data

SIZES = (10, 20, 50, 200, None)
_SPOILED = ("mojibake-", "html-", "warc-")


def _read_as(meant: str, read: str) -> Callable[[str], str | None]:
    def way(text: str) -> str | None:
        try:
            found, lost = characters(text.encode(meant), read)
        except UnicodeEncodeError:
            return None
        return None if lost else found

    return way


def _after(
    first: Callable[[str], str | None], second: Callable[[str], str | None]
) -> Callable[[str], str | None]:
    def way(text: str) -> str | None:
        found = first(text)
        return None if found is None else second(found)

    return way


_UTF8_LATIN = _read_as("utf-8", "iso-8859-1")
_UTF8_WINDOWS = _read_as("utf-8", "windows-1252")
_UTF8_GBK = _read_as("utf-8", "gb18030")
WAYS = {
    "UTF-8 as Latin-1": _UTF8_LATIN,
    "UTF-8 as cp1252": _UTF8_WINDOWS,
    "UTF-8 as GB 18030": _UTF8_GBK,
    "GB 18030 as Latin-1": _read_as("gb18030", "iso-8859-1"),
    "GB 18030 as cp1252": _read_as("gb18030", "windows-1252"),
    "Big5 as cp1252": _read_as("big5hkscs", "windows-1252"),
    "UTF-8 as cp1252, twice": _after(_UTF8_WINDOWS, _UTF8_WINDOWS),
    "UTF-8 as GB 18030, twice": _after(_UTF8_GBK, _UTF8_GBK),
    "as GB 18030, as cp1252": _after(_UTF8_GBK, _UTF8_WINDOWS),
}


def main(venv: str, documents: int = 40) -> None:
    """Print the tables."""
    python = peers_at(venv)
    print(
        f"{'provable, ours / ftfy (n)':26}" + "".join(f"{size or 'document':>24}" for size in SIZES)
    )
    for name, way in WAYS.items():
        cells = [_cell(_provable(way, size, documents), python) for size in SIZES]
        print(f"{name:26}" + "".join(f"{cell:>24}" for cell in cells))
    _found(python)
    _changed(python)
    _speed()


def _provable(
    way: Callable[[str], str | None], size: int | None, documents: int
) -> list[tuple[str, str]]:
    """Damaged texts and what they were; of a document, the lines that lose nothing."""
    draw = random.Random(size or 0)
    cases = []
    for text in texts(documents, held_out=True):
        found = piece(text, size, draw)
        if found is None:
            continue
        if size is None:
            found = "\n".join(line for line in found.split("\n") if way(line) is not None)
        damaged = way(found)
        if damaged is not None and damaged != found and _han(found):
            cases.append((damaged, found))
    return cases


def _han(text: str) -> bool:
    return sum("\u4e00" <= character <= "\u9fff" for character in text) >= 3


def _cell(cases: list[tuple[str, str]], python: Path) -> str:
    if not cases:
        return "-"
    ours = sum(mended(damaged)[0] == meant for damaged, meant in cases)
    theirs, _ = ask(python, "ftfy", [damaged for damaged, _ in cases])
    right = sum(text == meant for text, (_, meant) in zip(theirs, cases, strict=True))
    return f"{ours / len(cases):.4f} / {right / len(cases):.4f} ({len(cases)})"


def _found(python: Path) -> None:
    """Documents really damaged, and the cases of ftfy."""
    path = shared_data("mojibake-gbk-docs") / "docs.jsonl.zst"
    rows = [json.loads(row) for row in _text(path).split("\n") if row]
    wanted = [_bigrams(row["codec_recovery"]) for row in rows]
    bad = [row["bad"] for row in rows]
    for name, read in {
        "ours": [mended(text)[0] for text in bad],
        "ftfy": [text or "" for text in ask(python, "ftfy", bad)[0]],
    }.items():
        had = sum((_bigrams(t) & w).total() for t, w in zip(read, wanted, strict=True))
        print(
            f"mojibake-gbk-docs: {had / sum(w.total() for w in wanted):.4f} of Han bigrams, {name}"
        )
    folder = shared_data("mojibake-ftfy") / "tests" / "test-cases"
    for file in sorted(folder.glob("*.json")):
        cases = json.loads(file.read_text("utf-8"))
        same = [c for c in cases if c.get("fixed-encoding", c["fixed"]) == c["original"]]
        harmed = sum(mended(case["original"])[0] != case["original"] for case in same)
        print(f"ftfy's {file.stem}: {harmed} of {len(same)} that must stay changed")


def _bigrams(text: str) -> Counter[str]:
    pairs = (text[at : at + 2] for at in range(len(text) - 1))
    return Counter(pair for pair in pairs if all("\u4e00" <= c <= "\u9fff" for c in pair))


def _changed(python: Path) -> None:
    """Prints every repair in text that is held to be clean."""
    size = ours = 0
    flagged: list[str] = []
    for name, column in _clean():
        size += int(column.str.len_bytes().sum())
        for whole in (column, column.str.split("\n").explode()):
            suspects = whole.filter(suspicious(whole))
            flagged += suspects.to_list()
            changed = [text for text in suspects if mended(text)[1]]
            ours += len(changed)
            if changed:
                print(f"  {name}: {len(changed)} repaired")
    theirs, _ = ask(python, "ftfy", flagged)
    other = sum(text != fixed for text, fixed in zip(flagged, theirs, strict=True))
    print(
        f"changed in {size / 1e6:.0f} MB of clean text: {ours}; ftfy, of what we look at: {other}"
    )


def _clean() -> Iterator[tuple[str, pl.Series]]:
    """Every column of text in the shared sets but those that are damaged or raw pages."""
    for path in sorted((ROOT.parent / "shared" / "data").rglob("*")):
        name = path.parent.name
        if not path.is_file() or str(path).find("LICENSE") >= 0 or _is_spoiled(path):
            continue
        if path.suffix == ".parquet":
            rows = pl.read_parquet(path)
            for column in rows.select(pl.col(pl.String)):
                yield f"bulk/{path.stem}", column
        else:
            yield name, pl.Series(_strings(path), dtype=pl.String)


def _is_spoiled(path: Path) -> bool:
    return any(part.startswith(_SPOILED) for part in path.parts)


def _strings(path: Path) -> list[str]:
    text = _text(path)
    if ".jsonl" in path.name:
        return [one for row in text.split("\n") if row for one in _leaves(json.loads(row))]
    return [text]


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)


def _text(path: Path) -> str:
    payload = path.read_bytes()
    if path.suffix == ".zst":
        payload = zstandard.ZstdDecompressor().stream_reader(payload).read()
    try:
        return payload.decode()
    except UnicodeDecodeError:
        return characters(payload, "gb18030").text


def _speed() -> None:
    """What the test costs on clean text, and a closer look where it finds something."""
    for name in ("news_zh_hans", "law_zh_hant", "classical_lzh"):
        column = pl.read_parquet(BULK / f"{name}.parquet")["text"]
        size = int(column.str.len_bytes().sum()) / 1e6
        started = time.perf_counter()
        suspects = column.filter(suspicious(column))
        tested = time.perf_counter()
        for text in suspects:
            mended(text)
        looked = time.perf_counter()
        print(
            f"{name}: {size / (tested - started):.0f} MB/s; {suspects.len()} of {column.len()} "
            f"looked at, {size / (looked - started):.0f} MB/s with that"
        )


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
