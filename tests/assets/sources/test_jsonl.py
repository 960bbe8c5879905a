import gzip
import io
import json
import resource
from pathlib import Path

import polars as pl
import pytest
import zstandard
from hypothesis import assume, given
from hypothesis import strategies as st

from assets.sources import jsonl
from assets.sources.frames import bounded
from assets.sources.streams import compression_of
from schemas.sources import Source
from tests.assets.sources.making import put, read_all, reasons, source_of, traced

JSONL = source_of("jsonl")
FULL = source_of("jsonl", id="id", title="t", url="u", published_at="d")
CHAT = source_of("chat", text="messages", id="id")


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def test_every_field_is_mapped(tmp_path: Path) -> None:
    path = put(
        tmp_path / "x.jsonl",
        lines(
            {"text": "甲", "id": 7, "t": "题", "u": "http://a.cn/", "d": "2024-05-06"},
            {"text": "乙", "id": 8, "t": None, "d": "2024-05-06T07:08:09+08:00"},
            {"text": "丙", "t": "题"},
        ),
    )
    rows = read_all(FULL, path)
    assert rows["text"].to_list() == ["甲", "乙", "丙"]
    assert rows["uri"].to_list() == ["http://a.cn/", f"{path}#8", f"{path}#2"]
    assert rows["title"].to_list() == ["题", None, "题"]
    times = rows["published_at"].dt.strftime("%F %T").to_list()
    assert times == ["2024-05-05 16:00:00", "2024-05-05 23:08:09", None]


def test_a_label_may_be_json_or_an_object(tmp_path: Path) -> None:
    label = {"Label": "1", "ProduceID": "\ud83d"}
    path = put(
        tmp_path / "x.jsonl",
        lines({"text": "甲", "l": json.dumps({"Label": "2"})})
        + b'{"text": "\\u4e59", "l": '
        + json.dumps(label).encode()
        + b"}\n",
    )
    rows = read_all(source_of("jsonl", ai_label="l"), path)
    assert rows["ai_label"].to_list() == ['{"Label": "2"}', '{"Label": "1", "ProduceID": "\ufffd"}']


def test_pages_kept_as_text_are_utf8_bytes(tmp_path: Path) -> None:
    source = source_of("jsonl", html="html")
    rows = read_all(source, put(tmp_path / "x.jsonl", lines({"html": "<p>中</p>"}, {"text": "x"})))
    assert rows["payload"].to_list() == ["<p>中</p>".encode(), None]
    assert rows.select("media_type", "charset").row(0) == ("text/html", "utf-8")
    assert rows.select("reason", "detail").row(1) == ("no_field", "html")


@pytest.mark.parametrize(
    ("line", "reason", "detail"),
    [
        (b'{"text": "a"', "bad_json", None),
        (b'{"text": "a"} {}', "bad_json", None),
        (b'{"text": "\xff"}', "bad_utf8", None),
        (b'["text"]', "not_an_object", None),
        (b"1", "not_an_object", None),
        (b'{"body": "a"}', "no_field", "text"),
        (b'{"text": null}', "no_field", "text"),
        (b'{"text": 5}', "no_field", "text"),
        (b'{"text": ["a"]}', "no_field", "text"),
        (b'{"text": "' + b"x" * 2**20 + b'"}', "too_large", None),
    ],
)
def test_a_bad_line_is_one_reject_among_good_ones(
    line: bytes, reason: str, detail: str | None, tmp_path: Path
) -> None:
    good = lines({"text": "好\u2028文\x85字"})
    path = put(tmp_path / "x.jsonl", good + line + b"\n\r\n  \n" + good)
    rows = read_all(JSONL, path)
    assert rows.select("reason", "detail").rows() == [(None, None), (reason, detail), (None, None)]
    assert rows["text"][2] == "好\u2028文\x85字"
    assert rows["uri"].to_list() == [f"{path}#{n}" for n in range(3)]
    assert rows.select("raw_offset", "raw_length").row(1) == (len(good), len(line))


@pytest.mark.parametrize("end", [b'{"text": "\xe6\x96', b'{"text": "a', b"{"])
def test_a_last_line_cut_in_half_is_truncated(end: bytes, tmp_path: Path) -> None:
    rows = read_all(JSONL, put(tmp_path / "x.jsonl", lines({"text": "a"}) + end))
    assert reasons(rows) == [None, "truncated"]


def test_a_last_line_without_its_line_feed_is_kept(tmp_path: Path) -> None:
    rows = read_all(JSONL, put(tmp_path / "x.jsonl", b'\xef\xbb\xbf{"text":"a"}\r\n{"text":"b"}'))
    assert rows["text"].to_list() == ["a", "b"]


def test_half_an_emoji_does_not_cost_its_document(tmp_path: Path) -> None:
    rows = read_all(JSONL, put(tmp_path / "x.jsonl", b'{"text":"\\ud83d\\u6587"}\n'))
    assert rows["text"].to_list() == ["\ufffd文"]


def test_depth_is_no_reason_to_fail_or_to_depend_on_neighbours(tmp_path: Path) -> None:
    deep = b'{"x":' + b"[" * 5000 + b"]" * 5000 + b',"text":"a"}\n'
    alone = read_all(JSONL, put(tmp_path / "x.jsonl", deep))
    beside = read_all(JSONL, put(tmp_path / "x.jsonl", deep + b"{\n"))
    assert reasons(alone) == [None]
    assert reasons(beside) == [None, "bad_json"]


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\n"])
def test_an_empty_file_is_a_reject(data: bytes, tmp_path: Path) -> None:
    assert reasons(read_all(JSONL, put(tmp_path / "x.jsonl", data))) == ["empty_file"]


@pytest.mark.parametrize("compress", [bytes, gzip.compress, zstandard.compress])
def test_records_are_found_again_by_offset(compress: type[bytes], tmp_path: Path) -> None:
    records = [{"text": f"第{n}行" * n} for n in range(200)]
    path = put(tmp_path / "x.jsonl.any", compress(lines(*records)))
    for record, row in zip(records, read_all(JSONL, path).iter_rows(named=True), strict=True):
        assert json.loads(traced(JSONL, row)) == record


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
def test_a_truncated_stream_keeps_its_lines_and_says_so(
    compress: type[bytes], tmp_path: Path
) -> None:
    records = [{"text": str(n * 7919**20)} for n in range(20_000)]
    data = compress(lines(*records))
    rows = read_all(JSONL, put(tmp_path / "x.jsonl.gz", data[: len(data) // 2]))
    assert reasons(rows)[-1] == "truncated"
    kept = rows["text"].drop_nulls().to_list()
    assert kept == [record["text"] for record in records[: len(kept)]]
    assert rows.height == len(kept) + 1 > 5000


def test_damage_in_a_stream_is_one_reject(tmp_path: Path) -> None:
    data = gzip.compress(lines({"text": "a"})) + b"rubbish"
    assert reasons(read_all(JSONL, put(tmp_path / "x.jsonl.gz", data))) == [None, "garbage"]


def test_a_line_of_200_mb_is_never_held(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    with gzip.open(path, "wb", 1) as file:
        file.write(b'{"text": "a"}\n{"text": "')
        for _ in range(200):
            file.write(bytes(2**20))
        file.write(b'"}\n{"text": "b"}\n')
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows = read_all(source_of("jsonl", limit=8 * 2**20), path)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert reasons(rows) == [None, "too_large", None]
    assert rows["raw_length"][1] == 200 * 2**20 + len('{"text": ""}')
    assert grown < 100 * 1024, f"{grown} KiB"


MESSAGES = [
    {"role": "system", "content": "你是助手"},
    {"role": "user", "content": "几点"},
    {"role": "assistant", "content": "三点"},
]


@pytest.mark.parametrize("beside", [[], [b"{\n"]], ids=["a clean block", "beside a bad line"])
def test_conversations_become_lines_of_turns(beside: list[bytes], tmp_path: Path) -> None:
    data = lines(
        {"messages": MESSAGES, "id": 1},
        {"messages": [{"from": "human", "value": "好"}, {"from": "甲", "value": "嗯"}], "id": 2},
        {"messages": [{"role": "user"}], "id": 3},
        {"messages": [], "id": 4},
        {"messages": None, "id": 5},
    )
    path = put(tmp_path / "x.jsonl", data + b"".join(beside))
    rows = read_all(CHAT, path).head(5)
    assert rows["text"].to_list()[:2] == [
        "系统：你是助手\n用户：几点\n助手：三点",
        "用户：好\n甲：嗯",
    ]
    assert reasons(rows)[2:] == ["bad_messages", "bad_messages", "no_field"]
    assert rows["uri"].to_list() == [f"{path}#{n}" for n in range(1, 6)]


@pytest.mark.parametrize("messages", ["你好", [5], [{"role": "user", "content": 5}], [[]]])
def test_malformed_conversations_are_rejected(messages: object, tmp_path: Path) -> None:
    path = put(tmp_path / "x.jsonl", lines({"messages": messages, "id": 9}))
    rows = read_all(CHAT, path)
    assert rows.select("reason", "uri").rows() == [("bad_messages", f"{path}#9")]


VALUES = st.one_of(
    st.text(max_size=8),
    st.none(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False),
    st.booleans(),
    st.lists(st.text(max_size=2), max_size=2),
    st.sampled_from(["2024-01-01", "2024-01-01 01:02:03"]),
)
OBJECTS = st.dictionaries(st.sampled_from(["text", "id", "t", "u", "d", "x"]), VALUES, max_size=6)
GOOD = st.fixed_dictionaries({"text": st.text(max_size=20)}, optional={"id": st.integers(0, 99)})
LINES = st.one_of(
    st.one_of(GOOD, OBJECTS).map(lambda record: json.dumps(record, ensure_ascii=False).encode()),
    OBJECTS.map(lambda record: json.dumps(record).encode()),
    st.binary(max_size=20).map(lambda data: data.replace(b"\n", b"")),
    st.sampled_from([b'{"text":"a"}{"text":"b"}', b'{"text":', b'"a"}', b'{"text":"a","text":"b"}',
                     b'{"text":"\\ud83d"}', b'{"text":"a\tb"}', b'{"text":"a","x":NaN}', b'{"a":{}',
                     b'{"text":"a","id":1.0}', b'{"text":"a","id":-0}', b'{"text":"a"} \r', b"  "]),
)  # fmt: skip


def rows_of(data: bytes, source: Source, block_bytes: int) -> pl.DataFrame:
    frames = jsonl.frames(io.BytesIO(data), "x", source, block_bytes)
    return pl.concat(list(bounded(frames)))


@given(st.lists(LINES, min_size=1, max_size=12), st.integers(1, 120), st.booleans())
def test_rows_do_not_depend_on_blocks(found: list[bytes], block_bytes: int, ended: bool) -> None:
    data = b"\n".join(found) + b"\n" * ended
    assume(data.strip() and compression_of(data) is None)
    rows = rows_of(data, FULL, 2**20)
    assert rows.equals(rows_of(data, FULL, block_bytes))
    starts = rows["raw_offset"].to_list()
    met = [line for line in data.split(b"\n") if line.strip()]
    assert [data[s : s + n] for s, n in zip(starts, rows["raw_length"], strict=True)] == met


@given(st.lists(GOOD, min_size=1, max_size=20))
def test_the_fast_way_and_the_slow_way_agree(found: list[dict[str, object]]) -> None:
    data = lines(*found)
    fast = rows_of(data, FULL, 2**20)
    slow = rows_of(data + b"{\n", FULL, 2**20)
    assert fast.equals(slow.head(len(found)))
