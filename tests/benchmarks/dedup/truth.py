# mypy: disable-error-code="untyped-decorator"
# (Numba has no types.)
"""What is really alike: exact Jaccard similarity of the sets of folded 5-grams."""

import numpy as np
import numpy.typing as npt
import polars as pl
from numba import njit

from quality.kernels.arrow import Strings, strings
from quality.kernels.fold import LONGEST, FoldTable, fold_block, fold_table
from quality.kernels.ngrams import ngram_hashes

SHINGLE = 5
NEAR = 0.7
SAMPLED = 16
"""One 5-gram in so many is looked up when neighbours are sought."""
COMMON = 400
"""A 5-gram of more texts than this finds no neighbours."""
SHARED = 0.4
"""The least share of its sampled 5-grams that a text has in common with a candidate: the
expected share is .7 or more where the similarity is .7."""
PARTS = 16
AT_ONCE = 20_000
TRIED = 200

Hashes = npt.NDArray[np.uint64]


def jaccard(left: pl.Series, right: pl.Series) -> npt.NDArray[np.float64]:
    """The similarity of each text on the left to the one beside it; 0 where one has no 5-gram."""
    found: npt.NDArray[np.float64] = _jaccards(strings(left), strings(right), fold_table())
    return found


def sample(texts: pl.Series) -> pl.DataFrame:
    """One in `SAMPLED` of the 5-grams of each text, for seeking: row, hash."""
    rows, hashes = _sampled(strings(texts), fold_table())
    return pl.DataFrame({"row": rows, "hash": hashes})


def neighbours(texts: pl.Series, sampled: pl.DataFrame) -> pl.DataFrame:
    """Pairs of texts (row numbers left < right) whose similarity is `NEAR` or more.

    Found by a sample of the 5-grams themselves, so by no signature or band of any tool; nearly
    all are, but those among hundreds of copies of one template.
    """
    often = pl.len().over("hash")
    rare = sampled.filter(often.is_between(2, COMMON))
    shared = []
    for part in range(PARTS):
        some = rare.filter(pl.col("hash") // SAMPLED % PARTS == part)
        both = some.join(some, on="hash").filter(pl.col("row") < pl.col("row_right"))
        shared.append(both.group_by(left="row", right="row_right").len("common"))
    common = pl.concat(shared).group_by("left", "right").agg(pl.col("common").sum())
    pairs = _likely(common, sampled.filter(often <= COMMON))
    return _near(texts, pairs.select("left", "right").sort("left", "right"))


def matched(
    texts: pl.Series, sampled: pl.DataFrame, asked: pl.Series, others: pl.Series
) -> pl.Series:
    """Which of the rows `asked` have a text of similarity `NEAR` or more among the rows `others`.

    Compared with the `TRIED` texts that have most of the sampled 5-grams in common.
    """
    wanted = sampled.filter(pl.col("row").is_in(asked.implode()))
    rest = sampled.filter(pl.col("row").is_in(others.implode()))
    common = wanted.join(rest, on="hash").group_by(left="row", right="row_right").len("common")
    likely = _likely(common, sampled).sort("common", "right", descending=[True, False])
    pairs = likely.group_by("left", maintain_order=True).head(TRIED).select("left", "right")
    return _near(texts, pairs)["left"].unique()


def _likely(common: pl.DataFrame, sampled: pl.DataFrame) -> pl.DataFrame:
    """The pairs that have enough of the sampled 5-grams in common."""
    sizes = sampled.group_by("row").len("size")
    sized = common.join(sizes, left_on="left", right_on="row").join(
        sizes, left_on="right", right_on="row"
    )
    return sized.filter(pl.col("common") >= SHARED * pl.max_horizontal("size", "size_right"))


def _near(texts: pl.Series, pairs: pl.DataFrame) -> pl.DataFrame:
    alike = [
        jaccard(texts.gather(some["left"]), texts.gather(some["right"]))
        for some in pairs.iter_slices(AT_ONCE)
    ]
    similarity = pl.Series("similarity", np.concatenate([np.empty(0), *alike]))
    return pairs.with_columns(similarity).filter(pl.col("similarity") >= NEAR)


@njit(cache=True)
def _shingles(data: npt.NDArray[np.uint8], table: FoldTable) -> Hashes:
    # U+FDFA, three bytes, folds to 15 code points: none grows more.
    folded = np.empty(5 * data.size + 2 * LONGEST, np.uint32)
    _, count = fold_block(data, 0, table, folded, 0)
    hashes = np.empty(count + 1, np.uint64)
    return np.unique(hashes[: ngram_hashes(folded, count, SHINGLE, hashes)])


@njit(cache=True)
def _jaccards(left: Strings, right: Strings, table: FoldTable) -> npt.NDArray[np.float64]:
    found = np.zeros(left.valid.size)
    for i in range(found.size):
        a = _shingles(left.data[left.offsets[i] : left.offsets[i + 1]], table)
        b = _shingles(right.data[right.offsets[i] : right.offsets[i + 1]], table)
        both = j = 0
        for value in a:
            while j < b.size and b[j] < value:
                j += 1
            both += j < b.size and b[j] == value
        found[i] = both / max(a.size + b.size - both, 1)
    return found


@njit(cache=True)
def _sampled(texts: Strings, table: FoldTable) -> tuple[npt.NDArray[np.uint32], Hashes]:
    rows = np.empty(texts.data.size // 4 + 1024, np.uint32)
    hashes = np.empty(rows.size, np.uint64)
    count = 0
    for i in range(texts.valid.size):
        found = _shingles(texts.data[texts.offsets[i] : texts.offsets[i + 1]], table)
        for k in range(found.size):
            # The smallest stands for texts too short to be sampled.
            if found[k] % np.uint64(SAMPLED) == 0 or k == 0:
                rows[count] = i
                hashes[count] = found[k]
                count += 1
    return rows[:count].copy(), hashes[:count].copy()
