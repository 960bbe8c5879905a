"""Tables on disk: receipts, row groups, and what a kill leaves."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import parquet
from pipelines.lake import Lake
from pipelines.parquet import Origin, read_receipt, row_groups
from schemas.errors import ConfigError, IntegrityError, NotFoundError
from schemas.tables import CORPUS, LANGUAGE

ORIGIN = Origin(code_version="1", settings="s", inputs={"documents": "d"})


def language(ids: list[str]) -> pl.DataFrame:
    rows = {"doc_id": ids, "language": "yue", "confidence": 1.0, "han_ratio": 0.5, "shares": None}
    return pl.DataFrame({"doc_id": ids}, schema={"doc_id": pl.String}).select(
        pl.lit(rows[name]).cast(kind).alias(name) if name != "doc_id" else pl.col("doc_id")
        for name, kind in LANGUAGE.items()
    )


def test_a_file_carries_its_own_receipt(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    written = lake.write("language", "a-00000", [language(["x", "y"])], ORIGIN)
    assert lake.receipt("language", "a-00000") == written
    assert (written.rows, written.origin) == (2, ORIGIN)


def test_the_digest_covers_the_data_and_not_where_it_came_from(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    one = lake.write("language", "a-00000", [language(["x"])], ORIGIN)
    other = ORIGIN.model_copy(update={"code_version": "2"})
    assert lake.write("language", "b-00000", [language(["x"])], other).digest == one.digest
    assert lake.write("language", "c-00000", [language(["y"])], other).digest != one.digest


def test_no_rows_are_still_a_whole_file(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    assert lake.write("language", "a-00000", [], ORIGIN).rows == 0
    assert lake.scan("language", ["a-00000"]).collect().schema == LANGUAGE


def test_a_failure_half_way_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    lake.write("language", "a-00000", [language(["old"])], ORIGIN)

    def breaks() -> Iterator[pl.DataFrame]:
        yield language(["new"])
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        lake.write("language", "a-00000", breaks(), ORIGIN)
    assert lake.scan("language", ["a-00000"]).collect()["doc_id"].to_list() == ["old"]
    assert [file.name for file in (tmp_path / "language").iterdir()] == ["a-00000.parquet"]


def test_a_frame_of_another_shape_is_named_and_not_written(tmp_path: Path) -> None:
    frame = language(["x"]).drop("confidence").with_columns(pl.lit(1).alias("han_ratio"))
    with pytest.raises(IntegrityError, match=r"missing \['confidence'\].*han_ratio"):
        Lake(str(tmp_path)).write("language", "a-00000", [frame], ORIGIN)


def test_a_row_without_an_id_is_not_written(tmp_path: Path) -> None:
    frame = language(["x"]).with_columns(pl.lit(None, pl.String).alias("doc_id"))
    with pytest.raises(IntegrityError, match="no doc_id"):
        Lake(str(tmp_path)).write("language", "a-00000", [frame], ORIGIN)


def test_half_a_file_has_no_receipt(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    lake.write("language", "a-00000", [language(["x"])], ORIGIN)
    path = lake.path("language", "a-00000")
    path.write_bytes(path.read_bytes()[:-20])
    assert read_receipt(path) is None


def test_what_a_kill_left_behind_is_swept(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    lake.write("language", "a-00000", [language(["x"])], ORIGIN)
    (tmp_path / "language" / "b-00000.parquet.99.tmp").write_bytes(b"half")
    lake.sweep()
    assert [file.name for file in (tmp_path / "language").iterdir()] == ["a-00000.parquet"]


def test_unredacted_text_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    lake.write("documents", "a-00000", [], ORIGIN)
    assert (tmp_path / "documents").stat().st_mode & 0o077 == 0


def test_a_missing_table_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="wenyuan build"):
        Lake(str(tmp_path)).scan("language", ["a-00000"])


def test_the_lake_is_a_folder() -> None:
    with pytest.raises(ConfigError, match="s3://bucket/lake"):
        Lake("s3://bucket/lake")


@given(
    sizes=st.lists(st.integers(0, 40), max_size=60),
    cuts=st.lists(st.integers(0, 60), max_size=6),
)
def test_row_groups_do_not_depend_on_how_rows_arrive(sizes: list[int], cuts: list[int]) -> None:
    whole = pl.DataFrame({"text": ["字" * size for size in sizes]}, schema={"text": pl.String})
    places = [0, *sorted(min(cut, len(sizes)) for cut in cuts), len(sizes)]
    parts = [whole[a:b] for a, b in itertools.pairwise(places)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parquet, "GROUP_BYTES", 100)
        patch.setattr(parquet, "GROUP_ROWS", 7)
        groups = list(row_groups(parts))
        at_once = list(row_groups([whole] if sizes else []))
    assert [group.rows() for group in groups] == [group.rows() for group in at_once]
    assert pl.concat([whole[:0], *groups]).equals(whole)
    for group in groups:
        assert group.height <= 7
        assert group[:-1]["text"].str.len_bytes().sum() < 100


def test_a_group_of_long_documents_is_bounded_by_bytes(tmp_path: Path) -> None:
    text = "政" * (parquet.GROUP_BYTES // 8)
    frame = pl.DataFrame({name: [None] * 12 for name in CORPUS}, schema=CORPUS).with_columns(
        pl.lit(text).alias("text"), pl.lit("id").alias("doc_id")
    )
    lake = Lake(str(tmp_path))
    lake.write("corpus", "a-00000", [frame], ORIGIN)
    rows = pq.ParquetFile(lake.path("corpus", "a-00000")).metadata
    assert [rows.row_group(i).num_rows for i in range(rows.num_row_groups)] == [3, 3, 3, 3]
