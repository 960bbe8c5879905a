import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quality.kernels.clusters import kept_instead

TEXTS = 10
PAIRS = st.dictionaries(
    st.tuples(st.integers(0, TEXTS - 1), st.integers(0, TEXTS - 1)).filter(lambda p: p[0] < p[1]),
    st.sampled_from([0.75, 0.875, 1.0]),
)


def found(pairs: dict[tuple[int, int], float]) -> tuple[list[int], list[float]]:
    ordered = sorted(pairs, key=lambda pair: pair[1])
    better, worse = (np.array([pair[end] for pair in ordered], np.int64) for end in (0, 1))
    alike = np.array([pairs[pair] for pair in ordered], np.float32)
    instead, similarity = kept_instead(TEXTS, better, worse, alike)
    return instead.tolist(), similarity.tolist()


@given(PAIRS)
def test_a_text_is_dropped_for_the_most_similar_better_one_that_is_kept(
    pairs: dict[tuple[int, int], float],
) -> None:
    kept: set[int] = set()
    for text, (instead, alike) in enumerate(zip(*found(pairs), strict=True)):
        near = {pairs[one, text]: one for one in sorted(kept, reverse=True) if (one, text) in pairs}
        assert instead == (near[max(near)] if near else text)
        assert alike == (max(near) if near else 1)
        if not near:
            kept.add(text)


def test_the_end_of_a_chain_is_kept_where_its_middle_is_dropped() -> None:
    assert found({(0, 1): 0.8, (1, 2): 0.8})[0][:3] == [0, 0, 2]
