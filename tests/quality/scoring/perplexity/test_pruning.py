import numpy as np
import pytest

from quality.scoring.perplexity.estimating import BOUNDARY, count, estimate, joined, surprises
from quality.scoring.perplexity.pruning import pruned

VERSE = "道可道非常道名可名非常名无名天地之始有名万物之母故常无欲以观其妙常有欲以观其徼" * 3
OTHER = "有物混成先天地生寂兮寥兮独立不改周行而不殆可以为天下母"
DOCUMENTS = [[ord(character) for character in text] for text in (VERSE, OTHER, VERSE[3:20])]
GRAMS = count(joined(DOCUMENTS), 4)
FULL = estimate(GRAMS)


@pytest.mark.parametrize("budget", [5, 40, 100])
def test_a_pruned_model_is_small_and_its_chances_sum_to_1(budget: int) -> None:
    small = pruned(FULL, GRAMS, budget)
    assert sum(level.keys.size for level in small.levels[1:]) <= budget
    every = [*sorted({symbol for document in DOCUMENTS for symbol in document}), BOUNDARY, 1]
    for context in ([], DOCUMENTS[0][:1], DOCUMENTS[0][:3], DOCUMENTS[0][7:10], DOCUMENTS[1][2:5]):
        nats = [surprises(small, joined([[*context, one]]))[len(context)] for one in every]
        assert np.exp(-np.array(nats)).sum() == pytest.approx(1, abs=1e-4)


def test_fewer_ngrams_are_more_surprised() -> None:
    symbols = joined(DOCUMENTS)
    means = [surprises(pruned(FULL, GRAMS, budget), symbols).mean() for budget in (300, 60, 5)]
    assert means == sorted(means)


def test_all_that_fits_is_kept() -> None:
    symbols = joined(DOCUMENTS)
    whole = pruned(FULL, GRAMS, 10_000)
    assert surprises(whole, symbols) == pytest.approx(surprises(FULL, symbols), abs=1e-4)


def test_weight_decides_who_keeps_a_place() -> None:
    symbols = joined(DOCUMENTS)
    ends = np.flatnonzero(symbols == BOUNDARY)
    lifted = np.where(np.arange(symbols.size) > ends[1], 100, 1)
    lifted = np.where(np.arange(symbols.size) > ends[2], 1, lifted).astype(np.float32)
    heavy = count(symbols, 4, lifted)
    second = joined(DOCUMENTS[1:2])
    even, leaning = (surprises(pruned(FULL, grams, 60), second).mean() for grams in (GRAMS, heavy))
    assert leaning < even
