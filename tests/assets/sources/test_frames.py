import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from assets.sources.frames import FRAME_BYTES, FRAME_ROWS, bounded, frame_of

SIZES = st.lists(st.sampled_from([0, 1, 2**20, 5 * 2**20, 9 * 2**20]), max_size=12)


@given(SIZES, st.integers(1, 5))
def test_frames_are_bounded_and_lose_nothing(sizes: list[int], together: int) -> None:
    rows = [{"raw_offset": n, "payload": bytes(size)} for n, size in enumerate(sizes)]
    pieces = [frame_of(rows[at : at + together]) for at in range(0, len(rows), together)]
    frames = list(bounded(pieces))
    for frame in frames:
        size = frame["payload"].bin.size().sum()
        assert frame.height == 1 or size <= FRAME_BYTES
    assert [n for frame in frames for n in frame["raw_offset"]] == list(range(len(sizes)))


def test_small_frames_are_joined_up_to_the_row_limit() -> None:
    pieces = [frame_of([{"raw_offset": n} for n in range(3000)])] * 7
    assert [frame.height for frame in bounded(pieces)] == [6000, 6000, 6000, 3000]
    large = pl.concat(pieces)
    assert [frame.height for frame in bounded([large])] == [FRAME_ROWS, FRAME_ROWS, 4616]
