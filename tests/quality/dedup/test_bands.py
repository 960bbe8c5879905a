import numpy as np
import pytest

from quality.dedup import bands, s_curve


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7, 0.8, 0.9, 1.0])
def test_bands_fit_the_signature_and_keep_pairs_at_the_threshold(threshold: float) -> None:
    count, rows = bands(threshold)
    assert count * rows <= 128
    assert s_curve(count, rows, threshold) >= 0.98
    assert rows == 128 or s_curve(128 // (rows + 1), rows + 1, threshold) < 0.98


@pytest.mark.parametrize("threshold", [0.0, -0.1, 1.01])
def test_a_threshold_outside_its_range_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="above 0 and at most 1"):
        bands(threshold)


def test_the_curve_is_the_share_of_pairs_that_meet() -> None:
    draw = np.random.RandomState(1)
    equal = draw.random_sample((20_000, 25, 5)) < 0.6
    met = np.mean(np.any(np.all(equal, axis=2), axis=1))
    assert s_curve(25, 5, 0.6) == pytest.approx(met, abs=0.02)
