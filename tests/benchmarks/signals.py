"""How fast all signals together are, on real text of every kind.

    python -m tests.benchmarks.signals DATA [MEGABYTES]     (default: 55)

UTF-8 over processor seconds of the best of `TURNS`, on one core, compiled before. The text is equal
parts of the sets of `DATA/bulk`, and more of the larger ones where a set has less than its part.
"""

import sys
import time
from pathlib import Path

import polars as pl

from quality.scoring import signals

TURNS = 5
SETS = (
    "cantonese_yue",
    "medical_zh_hans",
    "wiki_zh",
    "tech_docs_zh_hant",
    "tw_web_zh_hant",
    "news_zh_hans",
    "tech_docs_zh_hans",
    "law_zh_hans",
    "law_zh_hant",
    "classical_lzh",
    "novel_classical_zh_hans",
    "modern_translation_zh_hans",
)
"""Smallest first, so that what one lacks is shared by those after it."""


def main(data: str, megabytes: str = "55") -> None:
    """Print the speed."""
    documents = material(Path(data), float(megabytes) * 1e6)
    size = int(documents["text"].str.len_bytes().sum())
    signals(documents.head(1).lazy()).collect()
    seconds = min(_seconds(documents.lazy()) for _ in range(TURNS))
    print(f"{documents.height} documents, {size / 1e6:.1f} MB: {size / 1e6 / seconds:.1f} MB/s")


def material(data: Path, size: float) -> pl.DataFrame:
    """Documents of about `size` bytes together: `doc_id`, `text`."""
    parts = []
    for left, name in zip(range(len(SETS), 0, -1), SETS, strict=True):
        texts = pl.read_parquet(data / "bulk" / f"{name}.parquet", columns=["text"])
        before = pl.col("text").str.len_bytes().cum_sum() - pl.col("text").str.len_bytes()
        part = texts.filter(before < size / left)
        size -= int(part["text"].str.len_bytes().sum())
        parts.append(part)
    return pl.concat(parts).with_row_index("doc_id").cast({"doc_id": pl.String})


def _seconds(documents: pl.LazyFrame) -> float:
    before = time.process_time()
    signals(documents).collect()
    return time.process_time() - before


if __name__ == "__main__":
    main(*sys.argv[1:])
