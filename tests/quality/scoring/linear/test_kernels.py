"""The compiled loops against slow and obvious ones."""

from itertools import pairwise

import numpy as np
import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from quality.kernels.arrow import Strings, strings
from quality.scoring.linear import kernels
from quality.scoring.linear.tokens import CODE_POINTS, SYMBOL, token_table

TEXTS = st.lists(
    st.text(
        st.sampled_from("中國国𠮷㐀ab１，,。 \n\u3000★🙂\u0301\U0010fffd")
        | st.characters(codec="utf-8"),
        max_size=40,
    ),
    max_size=5,
)


def slow_tokens(text: str) -> list[int]:
    table = token_table()
    found = [int(table[ord(c)]) if ord(c) < CODE_POINTS else SYMBOL for c in text]
    return [token for token in found if token]


def slow_windows(text: str, window: int, most: int) -> list[str]:
    """The windows of a text: those characters of it that begin in one."""
    raw = text.encode()
    parts = min(most, max(1, -(-len(raw) // window)))
    found = []
    for part in range(parts):
        start = len(raw) * part // parts
        end = min(len(raw) * (part + 1) // parts, start + window)
        place, chosen = 0, ""
        for character in text:
            if start <= place < end:
                chosen += character
            place += len(character.encode())
        found.append(chosen)
    return found


def slow_fingerprints(text: str, orders: int) -> list[int]:
    """The fingerprints of the n-grams that end at each token, the shortest first."""
    tokens = [ord("\n")] * orders + slow_tokens(text)
    found = []
    for end in range(orders, len(tokens)):
        for order in range(orders):
            gram = 0
            missing = max(0, order - (end - orders))
            # Where a window begins, what stands before its first token is one new line.
            for token in tokens[end - order + missing - (missing > 0) : end + 1]:
                gram = (gram * int(kernels.STEP) + token) % 2**64
            found.append((gram + order) * int(kernels.FACTOR) % 2**64 >> 32)
    return found


def places_of(texts: Strings, window: int, most: int) -> tuple[np.ndarray, np.ndarray]:
    return kernels.spans(texts.data, texts.offsets[:-1], texts.offsets[1:], window, most)


@given(TEXTS, st.integers(4, 30), st.integers(1, 4), st.integers(1, 4))
@example(["天地玄黄，宇宙洪荒。"], 12, 2, 3)
def test_windows_are_read_at_even_distances(
    texts: list[str], window: int, most: int, orders: int
) -> None:
    read = strings(pl.Series(texts, dtype=pl.String))
    places, first = places_of(read, window, most)
    found, ends = kernels.fingerprints(read.data, places, token_table(), orders)
    windows = [one for text in texts for one in slow_windows(text, window, most)]
    counts = [len(slow_windows(text, window, most)) for text in texts]
    assert np.diff(first).tolist() == counts
    told = [found[a:b].tolist() for a, b in pairwise(ends)]
    assert told == [slow_fingerprints(one, orders) for one in windows]


@given(st.sets(st.integers(0, 2**32 - 1), max_size=50), st.lists(st.integers(0, 2**32 - 1)))
def test_known_keys_are_found_again_and_no_other(keys: set[int], others: list[int]) -> None:
    known = np.array(sorted(keys), np.uint32)
    asked = np.array([*known.tolist(), *others], np.uint32)
    found = kernels.numbered(asked, kernels.hashed(known)).tolist()
    wanted = {key: place for place, key in enumerate(known.tolist())}
    assert found == [wanted.get(key, -1) for key in asked.tolist()]


def says_something(texts: Strings, place: np.ndarray) -> bool:
    text = texts.data[place[0] : place[1]].tobytes().decode(errors="ignore")
    return any(token != ord("\n") for token in slow_tokens(text))


@given(TEXTS, st.integers(1, 3), st.integers(1, 5))
def test_sums_are_those_of_the_known_grams(texts: list[str], orders: int, columns: int) -> None:
    read = strings(pl.Series(texts, dtype=pl.String))
    places, _ = places_of(read, 30, 3)
    found, ends = kernels.fingerprints(read.data, places, token_table(), orders)
    keys = np.unique(found)[::2].copy()
    weights = np.random.default_rng(1).integers(-127, 128, (keys.size, columns)).astype(np.int8)
    known = kernels.Grams(token_table(), kernels.hashed(keys), weights, orders)
    totals, counts = kernels.sums(read.data, places, known)
    says = dict(zip(keys.tolist(), weights.astype(int), strict=True))
    nothing = np.zeros(columns, int)
    for line, (a, b) in enumerate(pairwise(ends)):
        wanted = sum((says.get(key, nothing) for key in found[a:b].tolist()), nothing)
        assert totals[line].tolist() == wanted.tolist()
        assert counts[line] == (b - a if says_something(read, places[line]) else 0)


def test_the_highest_share_of_the_windows_is_averaged() -> None:
    lines = np.array([[1], [5], [np.nan], [3], [np.nan]], np.float32)
    first = np.array([0, 4, 5, 5])
    highest = kernels.pooled(lines, first, 0.5)[:, 0]
    assert highest[0] == 4
    assert np.isnan(highest[1:]).all()
    assert kernels.pooled(lines, first, 1.0)[0, 0] == 3
    assert kernels.pooled(lines, first, 0.0)[0, 0] == 5
