"""Steps, folds and figures of classifiers of grades."""

import numpy as np
import pytest

from quality.scoring.labels.examples import Example, fold
from quality.scoring.ordinal.judging import figures, kappa
from quality.scoring.ordinal.model import climbed
from quality.scoring.ordinal.steps import Step, chance, fitted


def test_a_step_finds_what_tells_the_grades_apart() -> None:
    dice = np.random.default_rng(1)
    numbers = dice.normal(size=(500, 2))
    beyond = numbers[:, 0] + dice.normal(size=500) * 0.3 > 0.5
    step = fitted(("prose", "digits"), numbers, beyond)
    assert step.weights[0] > 10 * abs(step.weights[1])
    assert chance(step, numbers).mean() == pytest.approx(beyond.mean(), abs=0.01)


def test_a_higher_grade_is_never_likelier() -> None:
    low, high = (Step(("prose",), (0.0,), (1.0,), (weight,), 0.0) for weight in (1.0, -1.0))
    read = np.zeros((2, 18), np.float32)
    read[:, 10] = [-1, 1]
    first, second = climbed(read, (low, high)).T
    assert (second <= first).all()


def test_passages_of_a_document_lie_in_one_fold() -> None:
    folds = {fold(Example(text, "wiki_zh", "a", 1, 0, "other"), 5) for text in "甲乙丙丁"}
    assert len(folds) == 1
    every = {fold(Example("甲", "wiki_zh", str(number), 1, 0, "other"), 5) for number in range(100)}
    assert every == set(range(5))


def test_kappa_is_0_for_chance_and_less_the_farther_off() -> None:
    truth = np.array([0, 1, 2, 3])
    assert kappa(truth, np.zeros(4, np.int64), 3) == pytest.approx(0)
    near, far = np.array([0, 1, 2, 2]), np.array([0, 1, 2, 0])
    assert 1 > kappa(truth, near, 3) > kappa(truth, far, 3)


def test_figures_of_sure_and_right_chances() -> None:
    reached = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    found = figures(reached, np.array([0, 1, 2]), [1, 2])
    assert found["mae"] == 0
    assert found["rho"] == found["kappa"] == found["auc_2"] == 1
    assert found["ece_1"] == 0
