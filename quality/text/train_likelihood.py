"""Counts the characters of `likelihood.txt`: `python -m quality.text.train_likelihood DATA_FOLDER`.

Reads one half of the shared bulk sets, chosen by a hash of each row's id; the other half is for
measuring. The same data give the same file.
"""

import math
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path

import polars as pl

HERE = Path(__file__).parent

WEIGHTS = {
    "news_zh_hans": 0.1,
    "law_zh_hans": 0.1,
    "tech_docs_zh_hans": 0.1,
    "medical_zh_hans": 0.1,
    "modern_translation_zh_hans": 0.075,
    "novel_classical_zh_hans": 0.075,
    "law_zh_hant": 0.1,
    "tech_docs_zh_hant": 0.1,
    "tw_web_zh_hant": 0.1,
    "cantonese_yue": 0.05,
    "classical_lzh": 0.1,
}
"""The sets that are counted, and what each weighs: Simplified .55, Traditional .3, others .15."""

STEP = 0.5
"""Log-likelihoods are rounded to half a nat: the file is small, the ranking the same."""

_RARE_COUNT = 3
_COUNTED = r"^[\u{3400}-\u{9fff}\u{3000}-\u{303f}\u{ff00}-\u{ffee}\u{2010}-\u{2027}\u{b7}]$"


def learned_from(key: str) -> bool:
    """Whether a row is of the half that tables are learned from and thresholds tuned on."""
    return zlib.crc32(key.encode()) % 2 == 0


def _characters(path: Path) -> Counter[str]:
    rows = pl.read_parquet(path, columns=["id", "text"])
    mine = rows.filter(pl.col("id").map_elements(learned_from, return_dtype=pl.Boolean))
    counts: Counter[str] = Counter()
    for text in mine["text"]:
        counts.update(text)
    return counts


def log_likelihoods(bulk: Path) -> dict[str, float]:
    """The natural logarithm of the share of every counted character, rounded to `STEP`."""
    shares: dict[str, float] = defaultdict(float)
    seen: Counter[str] = Counter()
    for name, weight in WEIGHTS.items():
        counts = _characters(bulk / f"{name}.parquet")
        seen += counts
        total = counts.total()
        for character, count in counts.items():
            shares[character] += weight * count / total
    known = pl.DataFrame({"character": list(shares)}).filter(
        pl.col("character").str.contains(_COUNTED)
    )
    return {
        character: round(math.log(shares[character]) / STEP) * STEP
        for character in known["character"]
        if seen[character] >= _RARE_COUNT
    }


def main(data: Path) -> None:
    """Write the table beside this module, one line a likelihood."""
    found = log_likelihoods(data / "bulk")
    rows = [
        f"{value}\t{''.join(sorted(c for c in found if found[c] == value))}\n"
        for value in sorted(set(found.values()), reverse=True)
    ]
    (HERE / "likelihood.txt").write_text("".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
