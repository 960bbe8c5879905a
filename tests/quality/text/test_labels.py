"""The label of AI-made text: every place it stands in, and what it says."""

import io
import zipfile

import polars as pl
import pytest

from quality.text import convert
from quality.text.labels import label_of_html, labels_of_texts, read_labels
from quality.text.repair import repair
from schemas.tables import AI_LABEL
from tests.quality.text.test_conversion import docx_file, pdf_file, records

JSON = '{"Label": "1", "ContentProducer": "城市日报", "ProduceID": "7"}'
SAID = {"Label": "1", "ContentProducer": "城市日报", "ProduceID": "7"}


def said(text: str) -> dict[str, str] | None:
    label = read_labels(labels_of_texts(pl.Series([text]))).item()
    return label and {name: value for name, value in label.items() if value is not None}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (
            "---\nAIGC:\n  Label: '1'\n  ContentProducer: 城市日报\n  ProduceID: 7\n---\n\n正文",
            "正文",
        ),
        (f"---\nAIGC: {JSON}\n---\n正文", "正文"),
        (
            "---\r\nAIGC: {Label: 1, ContentProducer: 城市日报, ProduceID: '7'}\r\n---\r\n正文",
            "正文",
        ),
        (
            f"---\ntitle: 题\nAIGC: {JSON}\ndate: 2026\n---\n正文",
            "---\ntitle: 题\ndate: 2026\n---\n正文",
        ),
        (f"AIGC: {JSON}\n正文", "正文"),
        (f'{{"AIGC": {JSON}}}\n正文', "正文"),
        (f"\ufeff\n{{\n  'AIGC'：\n  {JSON}\n}}\n正文", "正文"),
        (f"AIGC: {JSON}", ""),
    ],
)
def test_a_label_at_the_head_is_read_and_taken_off(text: str, rest: str) -> None:
    assert said(text.removeprefix("\ufeff")) == SAID
    fixed, repairs = repair(pl.Series([text.removeprefix("\ufeff")]))
    assert fixed.item() == rest
    assert repairs.item()[0] == {"kind": "ai_label", "count": 1}


@pytest.mark.parametrize(
    "text",
    [
        "AIGC：一种技术。",
        "本文讨论 AIGC: {Label: 1}",
        "---\nAIGC: 是\n---\n正文",
        "---\nAIGC: {model: x}\n---\n正文",
        "---\n甲\n---\nAIGC: {Label: 1}\n正文",
        f"正文{'。' * 4000}\nAIGC: {JSON}",
    ],
)
def test_a_text_about_labels_has_none(text: str) -> None:
    assert said(text) is None
    assert repair(pl.Series([text]))[0].item() == text


def test_values_may_be_escaped_and_null_stays_null() -> None:
    labels = pl.Series([r'{"Label":"2","ProduceID":"\u7532\"\ud83d"}', "{Label: 'a''b'}", None])
    read = read_labels(labels)
    assert read.dtype == AI_LABEL
    assert read[0]["ProduceID"] == '甲"?'
    assert read[1]["Label"] == "a'b"
    assert read[2] is None


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head><meta name=\"AIGC\" content='{JSON}'></head>",
        f"<meta content='{JSON}' name=AIGC />",
        f'<meta name="AIGC" content="{JSON.replace(chr(34), "&quot;")}">',
        f'<!-- {{"AIGC": {JSON}}} -->',
        f'<script type="application/json">{{"AIGC":{JSON}}}</script>',
    ],
)
def test_a_page_says_so_in_its_head(page: str) -> None:
    assert read_labels(pl.Series([label_of_html(page)])).item()["ContentProducer"] == "城市日报"
    row = convert(records({"payload": f"{page}<p>正文</p>".encode(), "media_type": "text/html"}))
    assert row["ai_label"].item()["ProduceID"] == "7"


def test_a_page_that_shows_a_label_in_its_text_has_none() -> None:
    assert label_of_html(f"<head></head><body><pre>'AIGC': {JSON}</pre>") is None
    assert label_of_html("<meta name=aigc-notes content=x>") is None


def pdf_with(info: bytes, more: bytes = b"") -> bytes:
    plain = pdf_file(text=b"Report")
    objects = b"9 0 obj<</AIGC(" + info.replace(b"(", rb"\(") + b")>> endobj\n" + more
    return plain.replace(b"trailer<<", objects + b"trailer<</Info 9 0 R")


@pytest.mark.parametrize(
    "payload",
    [
        pdf_with(b'{"Label": "1", "ProduceID": "7"}'),
        pdf_with(b"", b'<x:xmpmeta><d:x>{"AIGC":{"Label":"1","ProduceID":"7"}}</d:x></x:xmpmeta>'),
    ],
)
def test_a_pdf_says_so_in_its_metadata(payload: bytes) -> None:
    row = convert(records({"payload": payload, "media_type": "application/pdf"}))
    assert row["text"].item() == "Report"
    assert row["ai_label"].item()["ProduceID"] == "7"


def test_a_word_file_says_so_in_its_properties() -> None:
    packed = io.BytesIO(docx_file())
    escaped = JSON.replace('"', "&quot;")
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(
            "docProps/custom.xml",
            f'<Properties><property fmtid="x" pid="2" name="AIGC"><vt:lpwstr>{escaped}'
            "</vt:lpwstr></property></Properties>",
        )
    row = convert(records({"payload": packed.getvalue()}))
    assert row["extractor"].item() == "docx"
    assert row["ai_label"].item()["ProduceID"] == "7"


def test_what_the_record_says_goes_before_its_text() -> None:
    row = convert(records({"text": f"AIGC: {JSON}\n正文", "ai_label": '{"Label": "3"}'}))
    assert row["ai_label"].item()["Label"] == "3"
    assert row["text"].item() == "正文"
    assert convert(records({"text": "正文"}))["ai_label"].item() is None
