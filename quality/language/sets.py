"""The shared sets that the model is trained on and tested on, and what separates the two."""

import hashlib
import json
from pathlib import Path

import polars as pl
import zstandard

CANTONESE = frozenset("嘅咗嚟啲冇喺哋佢嗰唔咁噉乜嘢睇係仲畀啦㗎喎嘞咩攞唞嬲咪邊")
"""Signs of Cantonese: a sentence without any may be written Chinese, and is not trained on."""

VERNACULAR = frozenset("的了着这那我你们么呢")
"""Signs of the vernacular: old books hold chapters in it, and chapters in classical Chinese."""

CLASSICAL_AT_MOST, MODERN_AT_LEAST = 0.015, 0.04
"""Share of `VERNACULAR` characters in a chapter trained on as lzh, and as zh."""


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a zstd-compressed JSONL file."""
    with path.open("rb") as file:
        text = zstandard.ZstdDecompressor().stream_reader(file).read().decode()
    return [json.loads(line) for line in text.split("\n") if line]


def work_of(key: str) -> str:
    """What must be on one side of the split: the chapter, the novel, or the page's path.

    >>> work_of("NiuTrans+Classical-Modern:古文原文/孟子/一/text.txt")
    '孟子/一'
    >>> work_of("luoxuhai+chinese-novel:resources/其他/今古奇观/3.html")
    '今古奇观'
    """
    repository, _, path = key.rpartition(":")
    parts = path.split("/")
    if "chinese-novel" in repository:
        return parts[2]
    if parts[0] in {"古文原文", "双语数据"}:
        return "/".join(parts[1:-1])
    return path


def held_out(data: Path) -> set[str]:
    """Every work that the evaluation sets hold a part of."""
    works = {row["path"] for row in rows_of(data / "lid-hans-hant-docs" / "pairs.jsonl.zst")}
    files = [data / "lid-lzh-zh" / "lid.jsonl.zst", *sorted(data.glob("text-*/docs.jsonl.zst"))]
    return works | {
        work_of(row.get("id", row["source"])) for file in files for row in rows_of(file)
    }


def in_test(key: str) -> bool:
    """Whether a sentence set's row of this key is held out: a stable fifth of them.

    >>> in_test("a"), in_test("d")
    (False, False)
    """
    return digest(key)[0] % 5 == 0


def digest(key: str) -> bytes:
    """A stable hash."""
    return hashlib.sha256(key.encode()).digest()


def bulk(data: Path, name: str) -> pl.DataFrame:
    """A bulk set, in a stable order."""
    return pl.read_parquet(data / "bulk" / f"{name}.parquet", columns=["id", "text", "source"])


def documents(data: Path, name: str, barred: set[str]) -> list[str]:
    """The texts of a bulk set that no evaluation set knows."""
    rows = bulk(data, name).iter_rows(named=True)
    return [row["text"] for row in rows if work_of(row["id"]) not in barred]


def hokkien(data: Path, file: str, *, test: bool) -> list[tuple[str, str]]:
    """Blocks of 20 lines of one of the parallel Hokkien files, by their numbers.

    The same blocks of each file are test.
    """
    frame = bulk(data, "hokkien_nan").filter(pl.col("source").str.ends_with(file))
    texts = frame["text"].to_list()
    blocks = ["\n".join(texts[start : start + 20]) for start in range(0, len(texts), 20)]
    numbered = ((str(number), block) for number, block in enumerate(blocks))
    return [(number, block) for number, block in numbered if in_test(number) == test]


def cantonese(data: Path, *, test: bool) -> list[str]:
    """Cantonese sentences and transcripts, in blocks of ten sentences."""
    frame = bulk(data, "cantonese_yue").filter(pl.col("text").str.contains(f"[{_signs()}]"))
    texts = [row[1] for row in frame.iter_rows() if in_test(row[0]) == test]
    return ["\n".join(texts[start : start + 10]) for start in range(0, len(texts), 10)]


def split(data: Path, name: str, *, test: bool) -> list[str]:
    """A set of short texts of which one fifth is trained on and the rest tested on."""
    rows = rows_of(data / name / "docs.jsonl.zst")
    return [row["text"] for row in rows if in_test(row["id"]) != test]


def vernacular(text: str) -> float:
    """Share of the text's characters that only the vernacular uses often, 0 to 1.

    >>> vernacular("你们的了"), vernacular("學而時習之")
    (1.0, 0.0)
    """
    return sum(character in VERNACULAR for character in text) / max(1, len(text))


def _signs() -> str:
    return "".join(sorted(CANTONESE))


def japanese(data: Path, *, test: bool) -> list[str]:
    """Japanese sentences and words."""
    rows = rows_of(data / "lid-lingua" / "lid.jsonl.zst")
    return [row["text"] for row in rows if row["lang"] == "ja" and in_test(row["text"]) == test]
