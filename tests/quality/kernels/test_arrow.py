import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.kernels.arrow import strings


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
