"""The kernel that fits an item against the obvious version, on texts that repeat a lot."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.contamination.fitting import COMMON, COUNT, FOREIGN, FREE, OWN, Room, fit

POINTS = st.text("甲乙丙丁", max_size=14)


def room(size: int) -> Room:
    numbers = [np.full(size, 7, np.int64) for _ in range(4)]
    return Room(np.zeros(size, np.uint32), *numbers)


def points(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def slowly(part: str, text: str) -> int:
    """The best score over all stretches of the text: common less what lies between."""
    best = 0
    for start in range(len(text)):
        table = [[0] * (len(part) + 1)]
        for place in range(start, len(text)):
            above, row = table[-1], [above_zero(place - start)]
            for j, char in enumerate(part):
                options = [row[-1], above[j + 1] - FOREIGN]
                if char == text[place]:
                    options.append(above[j] + COMMON)
                row.append(max(options))
            table.append(row)
            best = max(best, row[-1])
    return best


def above_zero(behind: int) -> int:
    """The score of nothing in common: what stands before the first costs in a fixed stretch."""
    return -FOREIGN * (behind + 1)


@settings(deadline=None, max_examples=60)
@given(POINTS.filter(bool), POINTS)
def test_the_best_place_has_the_score_of_the_obvious_version(part: str, text: str) -> None:
    found = fit(points(part), points(text), room(20))
    common = found.found & (1 << COUNT) - 1
    between = found.end - found.start - common
    assert common * COMMON - between * FOREIGN == slowly(part, text)


def test_marks_tell_what_counts_and_what_is_its_own() -> None:
    marks = np.array([0, FREE, OWN, OWN], np.uint32)
    found = fit(points("甲乙丙丁") | marks, points("戊甲乙丙丁"), room(8)).found
    bits = (1 << COUNT) - 1
    assert (found & bits, found >> COUNT & bits, found >> 2 * COUNT) == (4, 3, 2)


@pytest.mark.parametrize(
    ("text", "place"), [("戊甲乙丙己", (1, 4)), ("甲戊乙己丙", (0, 5)), ("戊己", (0, 0))]
)
def test_the_place_runs_from_the_first_to_the_last_in_common(
    text: str, place: tuple[int, int]
) -> None:
    found = fit(points("甲乙丙"), points(text), room(8))
    assert (found.start, found.end) == place


def test_characters_scattered_over_a_page_are_not_a_part() -> None:
    far = "".join(pl.Series(["中" + "字" * 30, "华" + "字" * 30, "文" + "字" * 30, "明"]))
    found = fit(points("中华文明"), points(far), room(8))
    assert found.found & (1 << COUNT) - 1 == 1
