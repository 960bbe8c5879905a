"""Makes `fold.npz`, the folding table: `python -m quality.kernels.build_fold`.

Needs OpenCC, which is a development dependency only.
"""

import sys
import unicodedata
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import numpy.typing as npt
import opencc

IDEOGRAPHIC_PLANES = range(0x20000, 0x3FFFE)
"""Planes 2 and 3 hold only Han (UAX 38): kept whole, so that later additions count as letters."""

SURROGATES = range(0xD800, 0xE000)


def folding(character: str, simplify: opencc.OpenCC) -> str:
    """What `character` becomes: decomposed (NFKD), case folded, Simplified; only L* and N* stay.

    Marks fall away, so that é is e whether it came as one code point or two; what remains is
    composed again, so that a Hangul syllable stays one character.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return unicodedata.normalize("NFC", "".join(filter(_is_kept, simplify.convert(plain))))


def build() -> dict[str, Any]:
    """The table as compact NumPy arrays.

    `kept` are half-open ranges that fold to themselves; `points` fold to the single code point
    in `targets`; `expanded` fold to the next `lengths` code points of `letters`; every other code
    point is dropped. `unicode` is the version of the character database.
    """
    simplify = opencc.OpenCC("t2s")
    kept: list[int] = []
    single: list[tuple[int, int]] = []
    longer: list[tuple[int, str]] = []
    for point in range(sys.maxunicode + 1):
        folded = "" if point in SURROGATES else folding(chr(point), simplify)
        if folded == chr(point):
            kept.append(point)
        elif len(folded) == 1:
            single.append((point, ord(folded)))
        elif folded:
            longer.append((point, folded))
    points, targets = np.array(single, np.uint32).T
    return {
        "kept": _ranges(kept),
        "points": points,
        "targets": targets,
        "expanded": np.array([point for point, _ in longer], np.uint32),
        "lengths": np.array([len(folded) for _, folded in longer], np.uint8),
        "letters": np.array([ord(c) for _, folded in longer for c in folded], np.uint32),
        "unicode": np.array(unicodedata.unidata_version),
    }


def _is_kept(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN" or ord(character) in IDEOGRAPHIC_PLANES


def _ranges(points: list[int]) -> npt.NDArray[np.uint32]:
    """Sorted code points as rows of (first, last + 1)."""
    array = np.array(points, np.uint32)
    breaks = np.flatnonzero(np.diff(array) != 1) + 1
    runs = np.split(array, breaks)
    return np.array([(run[0], run[-1] + 1) for run in runs], np.uint32)


if __name__ == "__main__":
    with as_file(files("quality.kernels") / "fold.npz") as path:
        np.savez_compressed(path, **build())
