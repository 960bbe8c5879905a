import gzip
import tracemalloc
from pathlib import Path

import pytest

from schemas.sources import MEDIA_TYPES, Format
from tests.assets.sources.making import put, read_all, reasons, source_of, traced


@pytest.mark.parametrize("format_", ["html", "text", "pdf", "docx"])
def test_a_file_is_one_record(format_: Format, tmp_path: Path) -> None:
    source = source_of(format_)
    path = put(tmp_path / "x", b"\xd6\xd0\xce\xc4")
    row = read_all(source, path).row(0, named=True)
    assert row["payload"] == b"\xd6\xd0\xce\xc4"
    assert (row["media_type"], row["uri"], row["charset"]) == (MEDIA_TYPES[format_], path, None)
    assert traced(source, row) == row["payload"]


def test_many_files_share_frames(tmp_path: Path) -> None:
    paths = [put(tmp_path / f"{n}.txt.gz", gzip.compress(b"%d" % n)) for n in range(30)]
    rows = read_all(source_of("text"), *paths)
    assert rows["payload"].to_list() == [b"%d" % n for n in range(30)]


def test_empty_cut_missing_and_oversized_files_are_rejected(tmp_path: Path) -> None:
    cut = put(tmp_path / "cut.txt", gzip.compress(bytes(range(256)))[:-20])
    empty = put(tmp_path / "empty.txt", b"")
    large = put(tmp_path / "large.txt", bytes(2**20 + 1))
    rows = read_all(source_of("text"), cut, empty, large, tmp_path / "gone.txt")
    assert reasons(rows) == ["truncated", "empty_file", "too_large", "missing_file"]
    assert rows["uri"].null_count() == 0


def test_a_gzip_bomb_costs_no_memory(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(2**28), 9)
    path = put(tmp_path / "x.txt.gz", bomb)
    tracemalloc.start()
    rows = read_all(source_of("text"), path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reasons(rows) == ["too_large"]
    assert peak < 8 * 2**20
