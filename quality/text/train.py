"""Counts the characters of `likelihood.txt`: `python -m quality.text.train DATA_FOLDER`.

Reads one half of the shared bulk sets, chosen by a hash of each row's id; the other half is for
measuring. The same data give the same file.
"""

import math
import sys
import zlib
from collections import Counter
from pathlib import Path

import polars as pl

HERE = Path(__file__).parent

VARIETIES = {
    "zh-Hans": (0.4, "news_zh_hans", "law_zh_hans", "tech_docs_zh_hans", "medical_zh_hans"),
    "zh-Hans-books": (0.15, "modern_translation_zh_hans", "novel_classical_zh_hans"),
    "zh-Hant": (0.3, "law_zh_hant", "tech_docs_zh_hant", "tw_web_zh_hant"),
    "yue": (0.05, "cantonese_yue"),
    "lzh": (0.1, "classical_lzh"),
}
"""The weight of a variety, and the sets that count for it, each the same."""

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
    shares: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for weight, *names in VARIETIES.values():
        for name in names:
            counts = _characters(bulk / f"{name}.parquet")
            seen += counts
            total = counts.total()
            for character, count in counts.items():
                shares[character] += weight / len(names) * count / total
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
