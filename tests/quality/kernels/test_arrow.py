import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.kernels.arrow import binary, matrix, strings


def texts_of(series: pl.Series) -> list[str | None]:
    data, offsets, valid = strings(series)
    return [
        bytes(data[offsets[i] : offsets[i + 1]]).decode() if valid[i] else None
        for i in range(len(series))
    ]


@settings(deadline=None)
@given(st.lists(st.none() | st.text()), st.lists(st.none() | st.text()), st.integers(0, 5))
def test_slices_and_chunks_read_as_polars_reads_them(
    first: list[str | None], second: list[str | None], start: int
) -> None:
    chunks = [pl.Series(part, dtype=pl.String) for part in (first, second)]
    series = pl.concat(chunks, rechunk=False).slice(start)
    assert texts_of(series) == series.to_list()


def test_arrays_are_read_only_so_that_kernels_compile_once() -> None:
    for series in (pl.Series(["中"]), pl.Series([], dtype=pl.String)):
        assert not any(part.flags.writeable for part in strings(series))


def test_other_types_are_refused_with_the_name_of_the_column() -> None:
    with pytest.raises(TypeError, match=r"Int64 in 'chars'"):
        strings(pl.Series("chars", [1]))


def test_values_of_one_length_become_a_matrix_and_a_missing_one_moves_no_other() -> None:
    given = pl.concat([pl.Series([b"ab", None]), pl.Series([b"cd", b"ef"])], rechunk=False)
    rows, places = matrix(given.slice(1), 2)
    assert [bytes(rows[place]) for place in places[1:]] == [b"cd", b"ef"]
    assert matrix(pl.Series([], dtype=pl.Binary), 2)[0].shape == (0, 2)


def test_a_matrix_becomes_values_and_back() -> None:
    numbers = np.arange(12, dtype=np.uint32).reshape(4, 3)
    values = pl.Series(binary(numbers, np.array([True, False, True, True])))
    assert values.is_null().to_list() == [False, True, False, False]
    rows, places = matrix(values, 12)
    np.testing.assert_array_equal(rows[places].view(np.uint32), numbers)
