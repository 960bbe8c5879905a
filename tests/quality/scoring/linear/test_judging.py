import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.scoring.linear import judging


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=30))
def test_auc_is_the_share_of_pairs_in_order(rows: list[tuple[int, bool]]) -> None:
    yes = [score for score, positive in rows if positive]
    no = [score for score, positive in rows if not positive]
    scores = np.array([score for score, _ in rows], float)
    found = judging.auc(scores, np.array([positive for _, positive in rows]))
    if not yes or not no:
        assert np.isnan(found)
        return
    won = sum((a > b) + (a == b) / 2 for a in yes for b in no)
    assert found == pytest.approx(won / len(yes) / len(no))


def test_calibration_error_is_0_where_chances_come_true() -> None:
    chances = np.array([[0.25, 0.75]] * 4 + [[1.0, 0.0]] * 2)
    assert judging.calibration_error(chances, np.array([1, 1, 1, 0, 0, 0])) == pytest.approx(0)
    assert judging.calibration_error(chances, np.array([0, 0, 0, 0, 1, 1])) > 0.8


def test_macro_f1_counts_classes_and_not_texts() -> None:
    chances = np.eye(3)[[0, 0, 0, 0, 1, 0]]
    truth = np.array([0, 0, 0, 0, 1, 2])
    assert judging.macro_f1(chances, truth) == pytest.approx((8 / 9 + 1 + 0) / 3)
    assert judging.accuracy(chances, truth) == pytest.approx(5 / 6)


def test_spearman_asks_for_the_order_only() -> None:
    grades = np.array([0.0, 1, 2, 3, 4, 5])
    assert judging.spearman(grades, np.exp(grades)) == 1
    assert judging.spearman(grades, -grades) == -1
    assert np.isnan(judging.spearman(grades, np.ones(6)))
