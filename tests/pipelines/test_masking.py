"""A raw record on a screen: nothing personal of its text can be read in it."""

import json
from typing import Any

import pytest

from pipelines.masking import NOT_MASKABLE, masked_raw

MOBILE = "13812345678"
TEXT = f"报名请拨打电话{MOBILE}，周末照常。"


def shown(
    raw: str | bytes, form: Any = "html", text: str = TEXT, **document: str
) -> tuple[str | None, str | None]:
    data = raw if isinstance(raw, bytes) else raw.encode()
    told = {"media_type": "text/html", "charset": "utf-8"} | document
    return masked_raw(data, told, form, text, reveal=False)


@pytest.mark.parametrize(
    "raw",
    [
        f"<p>报名请拨打电话{MOBILE}，周末照常。</p>",
        "<p>报名请拨打电话<b>138</b>1234<span class='x'>5678</span>，周末照常。</p>",
        "<p>报名请拨打电话&#49;&#51;&#56;12345678，周末照常。</p>",
        "<p>报名请拨打电话１３８１２３４５６７８，周末照常。</p>",
        "<p>报名请拨打电话138\n1234\n5678，周末照常。</p>",
    ],
)
def test_a_value_is_masked_however_the_page_writes_it(raw: str) -> None:
    text, withheld = shown(raw)
    assert withheld is None
    assert text is not None
    assert "〔手机号〕" in text
    assert not any(part in text for part in ("5678", "５６７８", "&#49;"))


@pytest.mark.parametrize(
    "tag",
    [
        '<meta name="author" content="王小明">',
        "<META content='王小明 李大白' property=article:author />",
        "<meta name=byl content=王小明>",
    ],
)
def test_the_author_that_the_head_names_is_masked(tag: str) -> None:
    text, withheld = shown(
        f'{tag}<meta name="keywords" content="学校">{TEXT}<p>撰文 李大白', author="李大白"
    )
    assert withheld is None
    assert text is not None
    assert "〔姓名〕" in text
    assert "学校" in text
    assert not any(name in text for name in ("王小明", "李大白"))


def test_an_author_in_a_page_within_json_is_masked() -> None:
    page = f'<meta name="author" content="王小明"><p>{TEXT}'
    text, _ = shown(json.dumps({"html": page}), "jsonl")
    assert text is not None
    assert json.loads(text)["html"].startswith('<meta name="author" content="〔姓名〕"><p>')


def test_what_the_text_never_held_is_masked_too() -> None:
    text, _ = shown(f"X-Client: 10.1.2.3\r\n\r\n<!-- 电话13987654321 --><p>{TEXT}</p>")
    assert text is not None
    assert "13987654321" not in text


def test_a_record_in_which_a_value_cannot_be_found_is_not_shown() -> None:
    assert shown("<p>报名请拨打电话138\r\n1f4\r\n12345678，周末照常。</p>") == (None, NOT_MASKABLE)


def test_json_is_shown_with_its_escapes_undone_and_its_fields_masked() -> None:
    raw = json.dumps({"text": TEXT, "姓名": "王小明", "deep": [{"电话": 13912345678}], "ok": True})
    assert "\\u" in raw
    text, _ = shown(raw, "jsonl")
    assert text is not None
    told = json.loads(text)
    assert told["text"] == "报名请拨打电话〔手机号〕，周末照常。"
    assert told["姓名"] == "〔姓名〕"
    assert told["deep"] == [{"电话": "〔手机号〕"}]
    assert told["ok"] is True


def test_a_value_that_reaches_over_an_escaped_line_break_is_masked() -> None:
    text, _ = shown('{"text": "电话138\\n1234 5678"}', "jsonl", text="电话138 1234 5678")
    assert text == '{"text": "电话〔手机号〕"}'


def test_csv_in_gb18030_is_read_as_such() -> None:
    text, _ = shown(f"7,{TEXT}".encode("gb18030"), "csv", charset="")
    assert text == "7,报名请拨打电话〔手机号〕，周末照常。"


def test_a_row_of_a_table_is_json_in_utf8_whatever_its_page_was_in() -> None:
    text, _ = shown(
        json.dumps({"html": "<p>灯会</p>"}, ensure_ascii=False),
        "sql",
        text="灯会",
        charset="gb18030",
    )
    assert text == '{"html": "<p>灯会</p>"}'


@pytest.mark.parametrize("reveal", [True, False])
def test_what_is_not_text_is_described(reveal: bool) -> None:
    document = {"media_type": "application/pdf", "charset": None}
    text, withheld = masked_raw(b"%PDF-1.7", document, "pdf", TEXT, reveal=reveal)
    assert text is None
    assert withheld == "not text: application/pdf, 8 bytes"


def test_a_compressed_message_is_described() -> None:
    text, withheld = shown(bytes(range(256)) * 4, "warc")
    assert text is None
    assert withheld is not None


def test_reveal_changes_nothing() -> None:
    document = {"media_type": "text/html", "charset": "utf-8"}
    raw = f"<p>&#49;{TEXT}</p>"
    assert masked_raw(raw.encode(), document, "html", TEXT, reveal=True) == (raw, None)
