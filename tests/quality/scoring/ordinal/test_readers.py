"""The packaged classifiers beside a reader whose labels they were not learned from."""

from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from quality.kernels.arrow import Strings, strings
from quality.scoring.education import education
from quality.scoring.linear.judging import auc, spearman
from quality.scoring.volatility import volatility
from tests.quality.scoring.read import Label, labelled
from tests.shared import shared_data


@cache
def held() -> tuple[list[Label], Strings]:
    pairs = list(labelled(shared_data("text-law-zh-hans").parent))
    return [label for label, _ in pairs], strings(pl.Series([text for _, text in pairs]))


def given(name: str) -> npt.NDArray[np.int64]:
    return np.array([getattr(label, name) for label in held()[0]])


@pytest.mark.slow
def test_education_ranks_as_a_reader_does() -> None:
    told, grades = np.nan_to_num(education(held()[1])), given("education")
    assert spearman(told, grades.astype(float)) > 0.8
    assert auc(told, grades >= 3) > 0.88
    assert abs(told - grades).mean() < 0.5


@pytest.mark.slow
def test_volatility_ranks_as_a_reader_does() -> None:
    told, labels = np.nan_to_num(volatility(held()[1])), given("volatility")
    assert spearman(told, labels.astype(float)) > 0.68
    assert auc(told, labels == 2) > 0.86
