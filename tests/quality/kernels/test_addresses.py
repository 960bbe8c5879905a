import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.kernels.addresses import fnv1a
from quality.kernels.arrow import strings
from quality.kernels.fnv import OFFSET, PRIME


def slow(text: str) -> int:
    value = int(OFFSET)
    for byte in text.encode():
        value = (value ^ byte) * int(PRIME) % 2**64
    return value


def fast(texts: list[str | None]) -> list[int]:
    hashes = fnv1a(strings(pl.Series(texts, dtype=pl.String)))
    assert hashes.dtype == np.uint64
    return [int(one) for one in hashes]


@pytest.mark.parametrize(
    ("text", "value"),
    [("", 0xCBF29CE484222325), ("a", 0xAF63DC4C8601EC8C), ("foobar", 0x85944171F73967E8)],
)
def test_the_published_values(text: str, value: int) -> None:
    assert fast([text]) == [value]


@settings(deadline=None)
@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"])), max_size=8))
def test_addresses_hash_as_in_the_obvious_version(texts: list[str | None]) -> None:
    assert fast(texts) == [slow(text or "") for text in texts]
