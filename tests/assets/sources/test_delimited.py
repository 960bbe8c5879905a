import csv
import gzip
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sources import delimited
from schemas.errors import ConfigError
from tests.assets.sources.making import put, read_all, reasons, source_of, traced

CSV = source_of("csv", text="正文", id="编号")


def table(*rows: list[str], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def test_quoted_line_feeds_delimiters_and_quotes_are_honoured(tmp_path: Path) -> None:
    texts = ["一行", "两\n行", "逗,号", '引"号', "回\r\n车", "空\n\n行"]
    data = table(["编号", "正文"], *[[str(n), text] for n, text in enumerate(texts)])
    path = put(tmp_path / "x.csv", data)
    rows = read_all(CSV, path)
    assert rows["text"].to_list() == texts
    assert rows["uri"].to_list() == [f"{path}#{n}" for n in range(6)]
    assert b"".join(traced(CSV, row) + b"\n" for row in rows.iter_rows(named=True)) == data[14:]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.tsv", "编号\t正文\n1\t中,文\n".encode()),
        ("x.csv", "\ufeff编号,正文\r\n1,\"中,文\"\r\n".encode()),
        ("x.csv", '编号,正文\n1,"中,文"\n'.encode("gb18030")),
        ("x.csv.gz", gzip.compress('编号,正文\n1,"中,文"'.encode())),
        ("x.tsv.gz", gzip.compress("编号\t正文\n1\t中,文".encode())),
    ],
    ids=["tabs", "byte order mark", "gb18030", "gzip", "tabs and gzip"],
)  # fmt: skip
def test_delimiter_encoding_and_compression_are_found_out(
    name: str, data: bytes, tmp_path: Path
) -> None:
    assert read_all(CSV, put(tmp_path / name, data))["text"].to_list() == ["中,文"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('2,"没有结束', "stray_quote"),
        ('2,"他说"你好""', "stray_quote"),
        ("2,多,了", "field_count"),
        ("2", "field_count"),
    ],
)
def test_a_bad_line_costs_only_itself(line: str, reason: str, tmp_path: Path) -> None:
    data = f'编号,正文\n1,"甲\n乙"\n{line}\n3,丙\n4,丁\n'.encode()
    rows = read_all(CSV, put(tmp_path / "x.csv", data))
    assert reasons(rows) == [None, reason, None, None]
    assert rows["text"].to_list() == ["甲\n乙", None, "丙", "丁"]
    assert rows["raw_length"][1] == len(line.encode())


def test_a_quote_never_closed_does_not_swallow_the_file(tmp_path: Path) -> None:
    body = "".join(f"{n},{'文' * 99}\n" for n in range(20_000))
    rows = read_all(CSV, put(tmp_path / "x.csv", f'编号,正文\n0,"开\n{body}'.encode()))
    assert reasons(rows)[0] == "stray_quote"
    assert rows["reason"].null_count() == 20_000


def test_invalid_bytes_cost_only_their_record(tmp_path: Path) -> None:
    data = "编号,正文\n1,甲\n2,乙\n3,丙\n".encode().replace("乙".encode(), b"\xff")
    assert reasons(read_all(CSV, put(tmp_path / "x.csv", data))) == [None, "bad_utf8", None]


def test_a_field_longer_than_python_allows_by_default_is_read(tmp_path: Path) -> None:
    text = "文\n" * 100_000
    rows = read_all(CSV, put(tmp_path / "x.csv", table(["编号", "正文"], ["1", text])))
    assert rows["text"].to_list() == [text]


def test_an_empty_file_and_a_missing_column_are_told(tmp_path: Path) -> None:
    for data in (b"", b"\n", "编号,正文\n".encode()):
        assert reasons(read_all(CSV, put(tmp_path / "x.csv", data))) == ["empty_file"]
    with pytest.raises(ConfigError, match="no column 正文; it has 编号, 内容"):
        read_all(CSV, put(tmp_path / "x.csv", "编号,内容\n1,2\n".encode()))


FIELD = st.text(st.sampled_from('ab,"\n\t中文𠀀 '), max_size=6)


@given(st.lists(st.tuples(FIELD, FIELD), min_size=1, max_size=8), st.integers(1, 60))
def test_what_is_written_is_read_whatever_the_blocks(
    pairs: list[tuple[str, str]], block_bytes: int
) -> None:
    data = table(["编号", "正文"], *map(list, pairs))
    frames = list(delimited.frames(io.BytesIO(data), "x.csv", CSV, block_bytes))
    found = [text for frame in frames for text in frame["text"]]
    assert found == [text for _, text in pairs]


@given(st.lists(st.text(st.sampled_from('ab,"\n中'), max_size=9), max_size=9), st.integers(1, 60))
def test_every_line_that_is_not_blank_is_accounted_for(found: list[str], block_bytes: int) -> None:
    data = ("编号,正文\n" + "\n".join(found)).encode()
    frames = list(delimited.frames(io.BytesIO(data), "x.csv", CSV, block_bytes))
    whole = list(delimited.frames(io.BytesIO(data), "x.csv", CSV))
    if whole[0]["reason"][0] == "empty_file":
        assert not data.split(b"\n", 1)[1].strip()
        return
    rows = pl.concat(frames)
    assert rows.equals(pl.concat(whole))
    covered = b"\n".join(
        data[start : start + length]
        for start, length in rows.select("raw_offset", "raw_length").iter_rows()
    )
    assert covered.replace(b"\n", b"") == data[14:].replace(b"\n", b"")
