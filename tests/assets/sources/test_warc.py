import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.assets.sources.making import (
    gzip_each,
    http,
    put,
    read_all,
    reasons,
    source_of,
    traced,
    warc_record,
)
from tests.shared import shared_data

WARC = source_of("warc")
PAGES = [f"<p>第{number}页{'文' * 50 * number}</p>".encode() for number in range(4)]
RECORDS = [warc_record(http(page), uri=f"http://a.cn/{n}") for n, page in enumerate(PAGES)]
PACKINGS: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "gzip by record": gzip_each,
    "gzip as a whole": lambda records: gzip.compress(b"".join(records)),
    "two records a member": lambda records: gzip_each(
        [b"".join(records[at : at + 2]) for at in range(0, len(records), 2)]
    ),
    "zstd by record": lambda records: b"".join(map(zstandard.compress, records)),
}


def chunked(data: bytes, size: int = 7) -> bytes:
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x;x=1\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize("packing", PACKINGS)
def test_every_page_of_an_archive_is_read_and_found_again(packing: str, tmp_path: Path) -> None:
    others = [warc_record(b"software: x", "warcinfo"), *RECORDS, warc_record(b"a: b", "metadata")]
    path = put(tmp_path / "x.warc", PACKINGS[packing](others))
    rows = read_all(WARC, path)
    assert rows["payload"].to_list() == PAGES
    assert rows["uri"].to_list() == [f"http://a.cn/{n}" for n in range(4)]
    assert rows["fetched_at"].dt.strftime("%F %T").unique().to_list() == ["2024-05-06 07:08:09"]
    for page, row in zip(PAGES, rows.iter_rows(named=True), strict=True):
        assert traced(WARC, row) == http(page)


@pytest.mark.parametrize("packing", ["plain", "gzip by record"])
def test_offsets_and_lengths_cover_the_file(packing: str, tmp_path: Path) -> None:
    data = PACKINGS[packing](RECORDS)
    rows = read_all(WARC, put(tmp_path / "x.warc", data))
    ends = (rows["raw_offset"] + rows["raw_length"]).to_list()
    assert rows["raw_offset"].to_list() == [0, *ends[:-1]]
    assert ends[-1] == len(data)


@pytest.mark.parametrize(
    ("block", "body"),
    [
        (http(chunked(PAGES[1]), Transfer_Encoding="chunked"), PAGES[1]),
        (http(gzip.compress(PAGES[1]), Content_Encoding="gzip"), PAGES[1]),
        (http(zlib.compress(PAGES[1]), Content_Encoding="deflate"), PAGES[1]),
        (http(zlib.compress(PAGES[1])[2:-4], Content_Encoding="deflate"), PAGES[1]),
        (http(zstandard.compress(PAGES[1]), Content_Encoding="zstd"), PAGES[1]),
        (
            http(
                chunked(gzip.compress(PAGES[1])),
                Transfer_Encoding="chunked",
                Content_Encoding="gzip",
            ),
            PAGES[1],
        ),
        (http(PAGES[1], Transfer_Encoding="chunked", Content_Encoding="br"), PAGES[1]),
        (http(PAGES[1]).replace(b"\r\n", b"\n"), PAGES[1]),
        (http(PAGES[1], media_type=None), PAGES[1]),
    ],
    ids=["chunked", "gzip", "deflate", "bare deflate", "zstd", "chunked gzip", "already undone",
         "bare line feeds", "no media type"],
)  # fmt: skip
def test_encodings_of_a_message_are_undone(block: bytes, body: bytes, tmp_path: Path) -> None:
    rows = read_all(WARC, put(tmp_path / "x.warc", warc_record(block)))
    assert rows["payload"].to_list() == [body]
    assert rows["media_type"].to_list() == ["text/html"]


def test_media_type_and_charset_come_from_the_transport(tmp_path: Path) -> None:
    page = "<p>中文</p>".encode("gbk")
    block = http(page, media_type='Text/HTML; Charset="GB2312"')
    text = warc_record("中文".encode(), "conversion", media_type="text/plain")
    rows = read_all(WARC, put(tmp_path / "x.warc", warc_record(block, uri="<http://a/>") + text))
    assert rows["payload"].to_list() == [page, "中文".encode()]
    assert rows["charset"].to_list() == ["gb2312", "utf-8"]
    assert rows["media_type"].to_list() == ["text/html", "text/plain"]
    assert rows["uri"][0] == "http://a/"


@pytest.mark.parametrize(
    ("record", "reason", "detail"),
    [
        (warc_record(http(b"x", status="404 Not Found")), "http_status", "404"),
        (warc_record(http(b"x", media_type="image/png")), "media_type", "image/png"),
        (warc_record(b"x", "resource", media_type="text/css"), "media_type", "text/css"),
        (warc_record(b"", "revisit"), "revisit", None),
        (warc_record(b"no head at all"), "broken_http", None),
        (warc_record(http(b"x" * 2**20)), "too_large", None),
        (
            warc_record(http(gzip.compress(bytes(2**22)), Content_Encoding="gzip")),
            "too_large",
            None,
        ),
        (
            warc_record(http(gzip.compress(PAGES[3])[:-20], Content_Encoding="gzip")),
            "broken_encoding",
            "gzip",
        ),
        (warc_record(http(b"x", Content_Encoding="sdch")), "content_encoding", "sdch"),
        (warc_record(b"x", "strange"), "record_type", None),
        (b"filedesc://x.arc 0.0.0.0 20080430 text/plain 1\n", "unsupported_arc", None),
        (b"", "empty_file", None),
    ],
)
def test_what_cannot_become_text_is_rejected_with_its_reason(
    record: bytes, reason: str, detail: str | None, tmp_path: Path
) -> None:
    rows = read_all(WARC, put(tmp_path / "x.warc", record))
    assert rows.select("reason", "detail", "raw_offset").rows() == [(reason, detail, 0)]


NO_LENGTH = RECORDS[1].replace(b"Content-Length", b"Content-Width")
TOO_LONG = warc_record(http(PAGES[1]), uri="http://a.cn/1", length=10**6)


@pytest.mark.parametrize("packing", ["plain", "gzip by record", "gzip as a whole"])
@pytest.mark.parametrize(
    ("broken", "reason"), [(NO_LENGTH, "broken_header"), (b"garbage\r\nlines\r\n", "garbage")]
)
def test_reading_goes_on_behind_a_broken_record(
    broken: bytes, reason: str, packing: str, tmp_path: Path
) -> None:
    data = PACKINGS[packing]([RECORDS[0], broken, *RECORDS[2:]])
    rows = read_all(WARC, put(tmp_path / "x.warc", data))
    assert reasons(rows) == [None, reason, None, None]
    assert rows["payload"].drop_nulls().to_list() == [PAGES[0], *PAGES[2:]]


@pytest.mark.parametrize("packing", ["plain", "gzip by record"])
def test_a_length_beyond_the_record_costs_no_other_record(packing: str, tmp_path: Path) -> None:
    data = PACKINGS[packing]([RECORDS[0], TOO_LONG, *RECORDS[2:]])
    rows = read_all(WARC, put(tmp_path / "x.warc", data))
    assert reasons(rows) == [None, "truncated", None, None]
    assert rows["uri"][1] == "http://a.cn/1"


def test_a_damaged_member_costs_only_its_record(tmp_path: Path) -> None:
    members = [gzip.compress(record, 1) for record in RECORDS]
    middle = len(members[1]) // 2
    members[1] = members[1][:middle] + b"\x00\xff" * 8 + members[1][middle + 16 :]
    rows = read_all(WARC, put(tmp_path / "x.warc.gz", b"".join(members)))
    assert reasons(rows) == [None, "broken_gzip", None, None]
    assert rows["raw_offset"][1] == len(members[0])
    assert rows["raw_length"][1] == len(members[1])


def test_a_wrong_checksum_costs_only_its_record(tmp_path: Path) -> None:
    members = [gzip.compress(record, 1) for record in RECORDS]
    members[1] = members[1][:-8] + b"\0" * 4 + members[1][-4:]
    rows = read_all(WARC, put(tmp_path / "x.warc.gz", b"".join(members)))
    assert reasons(rows) == [None, "broken_gzip", None, None]


def test_garbage_between_members_is_one_reject(tmp_path: Path) -> None:
    members = [gzip.compress(record, 1) for record in RECORDS]
    rows = read_all(WARC, put(tmp_path / "x.warc.gz", (b"\0" * 9 + b"rubbish").join(members[:2])))
    assert reasons(rows) == [None, "garbage", None]
    assert rows["raw_length"][1] == len(b"rubbish")


@pytest.mark.parametrize("packing", PACKINGS)
def test_an_archive_cut_anywhere_keeps_its_whole_records(packing: str, tmp_path: Path) -> None:
    data = PACKINGS[packing](RECORDS)
    whole = read_all(WARC, put(tmp_path / "x.warc", data))
    for cut in range(1, len(data), 97):
        rows = read_all(WARC, put(tmp_path / "x.warc", data[:cut]))
        kept = rows["payload"].drop_nulls().to_list()
        assert kept == PAGES[: len(kept)]
        rejects = rows.filter(pl.col("reason").is_not_null()).height
        assert rejects <= 1
        assert rejects == 1 or len(kept) == whole["raw_offset"].search_sorted(cut), cut


@given(st.lists(st.binary(max_size=300), max_size=6), st.sampled_from(sorted(PACKINGS)))
def test_any_bodies_come_back_whatever_the_packing(bodies: list[bytes], packing: str) -> None:
    records = [warc_record(http(body)) for body in bodies] or [warc_record(b"", "warcinfo")]
    path = put("memory://any.warc", PACKINGS[packing](records))
    assert read_all(WARC, path)["payload"].to_list() == bodies


@given(st.binary(max_size=2000), st.integers(0, 3))
def test_no_rubbish_raises_or_hides_the_records_around_it(rubbish: bytes, place: int) -> None:
    data = b"".join([*RECORDS[:place], b"\r\n", rubbish, b"\r\n", *RECORDS[place:]])
    rows = read_all(WARC, put("memory://rubbish.warc", data))
    assert [page for page in rows["payload"] if page in PAGES] == PAGES


def test_real_archives_of_many_producers_are_read_without_an_exception() -> None:
    folder = shared_data("warc-samples")
    paths = sorted(path for path in folder.rglob("*arc*") if path.is_file())
    rows = read_all(WARC, *paths)
    counts = dict(rows["reason"].value_counts().iter_rows())
    assert counts[None] >= 46
    assert counts["unsupported_arc"] == 6
    assert rows["raw_path"].n_unique() >= 20
    for row in rows.filter(pl.col("reason").is_null()).iter_rows(named=True):
        assert traced(WARC, row)


def test_a_real_chinese_crawl_is_the_same_plain_and_compressed() -> None:
    folder = shared_data("warc-cc-zh-spam")
    plain = read_all(WARC, folder / "warcfile-part.warc")
    packed = read_all(WARC, folder / "warcfile-part.warc.gz")
    place = ["raw_path", "raw_offset", "raw_length"]
    assert plain.height == 9
    assert plain.drop(place).equals(packed.drop(place))
