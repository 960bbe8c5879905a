"""One record in, one row out: every kind of file, and every way to fail."""

import io
import zipfile
from typing import Any

import docx
import polars as pl
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.text import conversion, convert, repairs_of
from quality.text.conversion import CONVERTED
from schemas.sources import MEDIA_TYPES
from schemas.tables import RECORDS

ARTICLE = "昨天上午，市民代表参观了新建成的图书馆，提出了很多宝贵的意见。"
HTML = f"<title>图书馆</title><meta charset=gbk><p>{ARTICLE}</p><p>返回顶部</p>".encode("gbk")


def records(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([{name: row.get(name) for name in RECORDS} for row in rows], schema=RECORDS)


def one(**row: Any) -> dict[str, Any]:
    return convert(records(row)).row(0, named=True)


def outcome(payload: bytes, kind: str) -> tuple[str | None, str | None, str | None]:
    row = one(payload=payload, media_type=MEDIA_TYPES.get(kind, kind))
    return row["text"], row["stage"], row["reason"]


def docx_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("第一段")
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    table.cell(0, 2).text = "单格"
    document.add_paragraph("第二段")
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def pdf_file(*, pages: int = 1, text: bytes = b"") -> bytes:
    """A PDF written by hand, with a standard font and one line of text a page."""
    stream = b"BT /F1 24 Tf 72 700 Td (" + text + b") Tj ET"
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 3 0 R"
    page += b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        *[page] * pages,
    ]
    objects = b"".join(b"%d 0 obj%s endobj\n" % (n, body) for n, body in enumerate(bodies, 1))
    return b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R>>\n%%EOF"


def zipped(size: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * size)
    return packed.getvalue()


def test_a_page_becomes_text_with_its_title_and_charset() -> None:
    row = one(payload=HTML, media_type="text/html", charset="utf-8")
    assert (row["text"], row["title"]) == (ARTICLE, "图书馆")
    assert (row["charset"], row["extractor"], row["reason"]) == ("gb18030", "html", None)


def test_a_known_title_and_date_are_kept() -> None:
    page = '<title>别的</title><meta property="article:published_time" content="2024-05-16">'
    row = one(payload=(page + ARTICLE).encode(), media_type="text/html", title="原题")
    assert row["title"] == "原题"
    assert row["published_at"].isoformat() == "2024-05-15T16:00:00+00:00"


def test_markdown_keeps_its_marks_and_plain_text_its_lines() -> None:
    markdown = f"# 标题\n\n- {ARTICLE}\n\n```\n    x = 1\n```"
    assert outcome(markdown.encode("gbk"), "text/markdown")[0] == markdown
    assert outcome("甲\r\n返回顶部".encode(), "text")[0] == "甲\n返回顶部"


def test_text_that_came_as_characters_is_only_normalised() -> None:
    row = one(text="<p>&nbsp;网页</p>\u200b\r\n", title=" 题&amp;目\n", charset="gbk")
    assert (row["text"], row["title"]) == ("<p>&nbsp;网页</p>", "题&目")
    assert (row["extractor"], row["charset"]) == ("text", None)
    assert [edit["kind"] for edit in row["repairs"]] == ["newline", "zero_width", "space"]


def test_a_rejected_record_passes_untouched() -> None:
    row = one(uri="u", stage="read", reason="truncated", detail="d", charset="gbk", title=" 题 ")
    assert [row[n] for n in ("stage", "reason", "detail", "charset", "title")] == [
        "read",
        "truncated",
        "d",
        "gbk",
        " 题 ",
    ]
    assert (row["text"], row["extractor"], row["repairs"]) == (None, None, [])


def test_word_files_keep_the_order_of_paragraphs_and_tables() -> None:
    assert outcome(docx_file(), "docx")[0] == "第一段\n合并\t单格\n第二段"


def test_pdf_files_give_their_text_layer() -> None:
    assert outcome(pdf_file(pages=2, text=b"Annual report"), "pdf")[0] == (
        "Annual report\n\nAnnual report"
    )


@pytest.mark.parametrize(
    ("payload", "kind", "reason"),
    [
        (b"", "text", "no_text"),
        ("　\n \u200b".encode(), "text", "no_text"),
        (b"<html><body></body></html>", "html", "no_text"),
        (b"\x00\x01" * 99, "text", "binary"),
        (b"\x00\x01" * 99, "html", "binary"),
        (b"<div>" * 20_000, "html", "no_text"),
        (b"<div>x" * 300_000, "html", "too_many_tags"),
        (b"%PDF-1.4 nothing", "pdf", "broken_pdf"),
        (pdf_file(), "pdf", "no_text"),
        (b"no zip", "docx", "not_a_zip"),
        (zipped(20 * 2**20), "docx", "zip_bomb"),
        (zipped(9), "docx", "extract_error"),
        (b"GIF89a", "image/gif", "media_type"),
    ],
)
def test_what_gives_no_text_says_why(payload: bytes, kind: str, reason: str) -> None:
    assert outcome(payload, kind) == (None, "extract", reason)


def test_an_encrypted_pdf_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_payload: bytes) -> None:
        raise pypdfium2.PdfiumError("Failed to load document (PDFium: Incorrect password error).")

    monkeypatch.setattr(pypdfium2, "PdfDocument", locked)
    assert outcome(b"%PDF-1.4", "pdf")[2] == "encrypted"


def test_a_lying_archive_is_not_unpacked_beyond_its_limit() -> None:
    honest = zipped(20 * 2**20)
    size = (20 * 2**20).to_bytes(4, "little")
    assert outcome(honest.replace(size, (10).to_bytes(4, "little")), "docx")[2] in {
        "extract_error",
        "zip_bomb",
    }


def test_the_detail_never_shows_what_a_record_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError("身份证号")

    monkeypatch.setitem(conversion._CONVERTERS, "text/plain", failing)
    table = convert(records({"payload": b"x", "media_type": "text/plain"}, {"text": "好"}))
    assert table["detail"].to_list() == ["RuntimeError", None]
    assert table["text"].to_list() == [None, "好"]
    assert one(payload=b"x", media_type="image/gif")["detail"] == "image/gif"
    for media_type in ("身份证号/张三", "image/张三", "gif"):
        assert one(payload=b"x", media_type=media_type)["detail"] is None


@pytest.mark.parametrize("media_type", [None, "", "application/octet-stream"])
@pytest.mark.parametrize(
    ("payload", "extractor"),
    [
        (HTML, "html"),
        (ARTICLE.encode(), "plain"),
        (pdf_file(text=b"Report"), "pdf"),
        (docx_file(), "docx"),
    ],
)
def test_a_record_without_media_type_is_sniffed(
    media_type: str | None, payload: bytes, extractor: str
) -> None:
    assert one(payload=payload, media_type=media_type)["extractor"] == extractor


def test_wrapped_lines_are_joined_in_plain_text_alone() -> None:
    wrapped = "\n".join(
        ["　　" + ARTICLE[:-1] + "，", *[ARTICLE[:17] + ARTICLE[-18:-1]] * 6, "完。"]
    )
    row = one(payload=wrapped.encode(), media_type="text/plain")
    assert row["text"].count("\n") < wrapped.count("\n")
    assert {"kind": "wrap", "count": 7} in row["repairs"]
    assert one(text=wrapped)["text"].count("\n") == wrapped.count("\n")


ROW = st.fixed_dictionaries(
    {
        "text": st.none() | st.text(max_size=20),
        "payload": st.none() | st.binary(max_size=60) | st.just(HTML),
        "media_type": st.sampled_from([None, *MEDIA_TYPES.values(), "image/png"]),
        "charset": st.sampled_from([None, "gbk", "utf-8", "x"]),
        "reason": st.sampled_from([None, None, None, "broken"]),
    }
)


@settings(deadline=None, max_examples=60)
@given(st.lists(ROW, max_size=6), st.integers(0, 6))
def test_every_record_gives_one_row_whatever_the_chunking(
    rows: list[dict[str, Any]], cut: int
) -> None:
    rows = [{**row, "text": None} if row["payload"] else row for row in rows]
    table = records(*[{**row, "uri": str(n)} for n, row in enumerate(rows)])
    whole = convert(table)
    assert whole.schema == CONVERTED
    assert whole["uri"].to_list() == table["uri"].to_list()
    assert (whole["text"].is_null() == whole["reason"].is_not_null()).all()
    assert whole.equals(pl.concat([convert(table[:cut]), convert(table[cut:])]))


def test_a_page_misread_as_a_whole_is_put_right_before_its_main_text_is_told() -> None:
    menu = "".join(f"<li><a href=/{n}>栏目{n}</a>" for n in range(9))
    page = (
        f"<title>图书馆</title><ul>{menu}</ul><p>{ARTICLE}</p>"
        + "<p>京ICP备12345678号 版权所有</p>"
    )
    misread = page.encode().decode("latin-1").encode()
    clean, damaged = (one(payload=p, media_type="text/html") for p in (page.encode(), misread))
    assert damaged["text"] == clean["text"] == ARTICLE
    assert damaged["title"] == "图书馆"
    assert [edit["kind"] for edit in damaged["repairs"]] == ["mojibake"]
    [(kind, before, after)] = repairs_of(records({"payload": misread, "media_type": "text/html"}))
    assert (kind, after) == ("mojibake", ARTICLE)
    assert "æ" in before
