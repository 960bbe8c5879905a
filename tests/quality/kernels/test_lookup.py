import numpy as np
import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quality.contamination import index
from quality.kernels.arrow import strings
from quality.kernels.fold import BLOCK, fold, fold_table
from quality.kernels.lookup import GRAM, most_covered
from tests.quality.kernels.reference import grams

# Two letters make long repeats, and so shared n-grams, likely.
SHORT = st.text("甲乙，", min_size=10, max_size=40)
LONG = "".join(chr(0x4E00 + i) for i in range(5000))


def most_covered_slowly(text: str | None, items: list[str]) -> tuple[int, float]:
    held = set(grams(fold(text or ""), GRAM))
    best, share = -1, 0.0
    for number, item in enumerate(items):
        own = set(grams(fold(item), GRAM))
        mine = len(own & held) / len(own)
        if mine > share:
            best, share = number, mine
    return best, share


@settings(deadline=None)
@given(st.lists(st.none() | SHORT, max_size=5), st.lists(SHORT, max_size=5))
@example([LONG, "序" * 2000 + LONG], [LONG[BLOCK - 60 : BLOCK + 40], LONG[2050:2110], "终" * 20])
@example(["甲" * 20], [])
def test_the_most_covered_item_is_that_of_the_sets(
    texts: list[str | None], items: list[str]
) -> None:
    items = [item for item in items if len(fold(item)) >= GRAM]
    exam = pl.DataFrame(
        {"benchmark": ["demo"] * len(items), "item": items, "text": items},
        schema=dict.fromkeys(("benchmark", "item", "text"), pl.String()),
    )
    best, share = most_covered(
        strings(pl.Series(texts, dtype=pl.String)), fold_table(), index(exam).postings
    )
    for row, text in enumerate(texts):
        number, expected = most_covered_slowly(text, items)
        assert best[row] == number
        assert share[row] == np.float32(expected)
