import datetime as dt
import json
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.errors import ConfigError
from tests.assets.sources.making import put, read_all, reasons, source_of, traced
from tests.shared import shared_data

LAWS = source_of("parquet", limit=1000, text="body", id="no", published_at="day")
DAY = dt.date(2024, 5, 6)


def write(path: Path, texts: list[str | None], **options: int) -> str:
    count = len(texts)
    table = {"no": list(range(count)), "body": texts, "day": [DAY] * count, "other": [1.5] * count}
    pq.write_table(pa.table(table), path, **options)
    return str(path)


def test_rows_are_read_with_their_numbers_and_found_again(tmp_path: Path) -> None:
    texts: list[str | None] = [f"第{n}条" for n in range(500)]
    texts[7], texts[8] = None, "长" * 500
    path = write(tmp_path / "x.parquet", texts, row_group_size=100)
    rows = read_all(LAWS, path)
    assert rows["raw_offset"].to_list() == list(range(500))
    assert rows["raw_length"].null_count() == 500
    assert rows["uri"][499] == f"{path}#499"
    here = rows["published_at"].dt.convert_time_zone("Asia/Shanghai")
    assert here.dt.date().unique().to_list() == [DAY]
    assert rows.select("reason", "detail").rows()[7:9] == [
        ("no_field", "body"),
        ("too_large", None),
    ]
    for row in rows[[0, 99, 100, 499]].iter_rows(named=True):
        assert json.loads(traced(LAWS, row))["body"] == row["text"]


def test_pages_kept_as_bytes_stay_as_they_are(tmp_path: Path) -> None:
    page = "<p>中</p>".encode("gbk")
    pq.write_table(pa.table({"page": [page, None]}), tmp_path / "x.parquet")
    source = source_of("parquet", html="page")
    rows = read_all(source, tmp_path / "x.parquet")
    assert rows["payload"].to_list() == [page, None]
    assert rows.select("charset", "media_type").row(0) == (None, "text/html")


def test_dictionary_and_large_string_columns_are_text(tmp_path: Path) -> None:
    for dtype in (pa.large_string(), pa.dictionary(pa.int32(), pa.string())):
        pq.write_table(pa.table({"text": pa.array(["甲", "乙", "甲"]).cast(dtype)}), tmp_path / "x")
        rows = read_all(source_of("parquet"), tmp_path / "x")
        assert rows["text"].to_list() == ["甲", "乙", "甲"]


def test_a_missing_or_numeric_column_is_a_configuration_error(tmp_path: Path) -> None:
    path = write(tmp_path / "x.parquet", ["甲"])
    with pytest.raises(ConfigError, match="no column text; it has no, body, day, other"):
        read_all(source_of("parquet"), path)
    with pytest.raises(ConfigError, match="is double"):
        read_all(source_of("parquet", text="other"), path)


def test_damage_is_rejected_and_other_row_groups_are_kept(tmp_path: Path) -> None:
    path = write(tmp_path / "x.parquet", [f"第{n}条" for n in range(300)], row_group_size=100)
    data = bytearray(Path(path).read_bytes())
    column = pq.ParquetFile(path).metadata.row_group(1).column(1)
    start = column.dictionary_page_offset or column.data_page_offset
    data[start : start + 40] = b"\xff" * 40
    rows = read_all(LAWS, put(tmp_path / "y.parquet", bytes(data)))
    assert rows["reason"].null_count() == 200
    assert rows.filter(pl.col("reason").is_not_null())["reason"].to_list() == ["broken_parquet"]
    assert reasons(read_all(LAWS, put(tmp_path / "z.parquet", b"rubbish"))) == ["broken_parquet"]
    assert reasons(read_all(LAWS, put(tmp_path / "z.parquet", b""))) == ["broken_parquet"]


def test_invalid_utf8_costs_only_its_row(tmp_path: Path) -> None:
    texts = pa.array(["甲".encode(), b"\xff", "乙".encode()], pa.binary())
    texts = pa.StringArray.from_buffers(3, texts.buffers()[1], texts.buffers()[2])
    pq.write_table(pa.table({"text": texts}), tmp_path / "x.parquet")
    rows = read_all(source_of("parquet"), tmp_path / "x.parquet")
    assert rows["text"].to_list() == ["甲", None, "乙"]


def test_a_real_table_is_read_in_full() -> None:
    path = shared_data("bulk") / "cantonese_yue.parquet"
    rows = read_all(source_of("parquet", id="id"), path)
    assert rows["text"].to_list() == pl.read_parquet(path)["text"].to_list()
