import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.scoring.perplexity.estimating import BOUNDARY, count, estimate, joined, surprises
from tests.quality.scoring.perplexity.slow import SlowModel

DOCUMENTS = st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=12), min_size=1, max_size=5)
UNSEEN = 0x9F98
VERSE = "道可道非常道名可名非常名无名天地之始有名万物之母故常无欲以观其妙常有欲以观其徼"


@given(DOCUMENTS, DOCUMENTS, st.integers(1, 4), st.booleans())
@settings(max_examples=150, deadline=None)
def test_the_model_is_the_one_of_the_book(
    documents: list[list[int]], others: list[list[int]], order: int, continued: bool
) -> None:
    model = estimate(count(joined(documents), order), continued=continued)
    slow = SlowModel(documents, order, continued=continued)
    for read in (documents, others, [[1, 9, 2, 1], [9]]):
        assert surprises(model, joined(read)) == pytest.approx(slow.surprises(read), abs=1e-5)


@pytest.mark.parametrize("continued", [True, False])
def test_the_chances_of_whatever_follows_sum_to_1(continued: bool) -> None:
    verse = [ord(character) for character in VERSE] * 2 + [ord(c) for c in VERSE[:13]]
    model = estimate(count(joined([verse, verse[5:9]]), 4), continued=continued)
    every = [*sorted(set(verse)), BOUNDARY, UNSEEN]
    for context in ([], verse[:1], verse[:3], verse[20:26], [UNSEEN], [verse[0], UNSEEN, verse[1]]):
        lines = [joined([[*context, symbol]]) for symbol in every]
        nats = [surprises(model, line)[len(context)] for line in lines]
        assert np.exp(-np.array(nats)).sum() == pytest.approx(1, abs=1e-5)
