"""From what a reader yields to documents and rejects: one record in, one row out."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import polars as pl

from quality.text.boilerplate import strip_boilerplate
from quality.text.charset import decode
from quality.text.pages import read_page
from quality.text.pdf import pdf_text
from quality.text.repair import repair
from quality.text.unreadable import UnreadableError
from quality.text.word import docx_text
from schemas.sources import MEDIA_TYPES
from schemas.tables import RECORDS, REPAIRS, TIME

CONVERTED = pl.Schema(
    {
        **{name: dtype for name, dtype in RECORDS.items() if name != "payload"},
        "charset_confidence": pl.Float32(),
        "extractor": pl.String(),
        "repairs": REPAIRS,
    }
)
"""What `convert` returns."""

_HTML = frozenset({MEDIA_TYPES["html"], "application/xhtml+xml"})
_PLAIN = frozenset({MEDIA_TYPES["text"], "text/markdown"})
_UNSAID = frozenset({None, "", "application/octet-stream"})
_MEDIA_TYPE = re.compile(r"[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,80}")
_SNIFF_BYTES = 2048
_TAGS = re.compile(rb"<(?:!doctype html|html|head|body|title|meta|div|table|p)[\s>]", re.IGNORECASE)


class _Outcome(NamedTuple):
    """What became of one record that has a payload, or had nothing at all."""

    extractor: str | None = None
    text: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    charset: str | None = None
    charset_confidence: float | None = None
    lost: int = 0
    reason: str | None = None
    detail: str | None = None


_OUTCOME = pl.Schema(
    {
        "row": pl.UInt32(),
        "extractor": pl.String(),
        "text": pl.String(),
        "title": pl.String(),
        "published_at": TIME,
        "charset": pl.String(),
        "charset_confidence": pl.Float32(),
        "lost": pl.UInt32(),
        "reason": pl.String(),
        "detail": pl.String(),
    }
)


def convert(records: pl.DataFrame) -> pl.DataFrame:
    """Turn raw records (RECORDS) into text: the same rows in the same order (CONVERTED).

    A record that is already rejected stays as it is. A record that cannot become text gets stage
    `extract` and a reason; the failure of one record never touches another.
    """
    outcomes = _without_boilerplate(_extract(records))
    rows = records.drop("payload").with_row_index("row")
    joined = rows.join(outcomes, on="row", how="left", suffix="_new", maintain_order="left")
    payload = pl.col("row").is_in(outcomes["row"].implode())
    extracted = joined.select(
        pl.exclude("text", "title", "published_at", "charset", "reason", "detail", "^.*_new$"),
        *(
            pl.when(payload).then(f"{name}_new").otherwise(name).alias(name)
            for name in ("text", "reason", "detail")
        ),
        pl.when(payload)
        .then("charset_new")
        .when(pl.col("reason").is_not_null())
        .then("charset")
        .alias("charset"),
        *(pl.coalesce(name, f"{name}_new").alias(name) for name in ("title", "published_at")),
    )
    return _finish(extracted)


def _extract(records: pl.DataFrame) -> pl.DataFrame:
    """The outcome of every record with a payload; one payload is held at a time."""
    wanted = records["reason"].is_null() & records["payload"].is_not_null()
    rows = wanted.arg_true().to_list()
    payloads = records["payload"]
    media_types = records["media_type"]
    charsets = records["charset"]
    outcomes = [_outcome(payloads[row], media_types[row], charsets[row]) for row in rows]
    columns = zip(*outcomes, strict=True) if outcomes else [()] * len(_Outcome._fields)
    data = {"row": rows} | dict(zip(_Outcome._fields, map(list, columns), strict=True))
    return pl.DataFrame(data, schema=_OUTCOME)


def _outcome(payload: bytes, media_type: str | None, charset: str | None) -> _Outcome:
    declared = (media_type or "").partition(";")[0].strip().lower()
    kind = _sniff(payload) if declared in _UNSAID else declared
    convert_one = _CONVERTERS.get(kind)
    if convert_one is None:
        detail = kind if _MEDIA_TYPE.fullmatch(kind) else None
        return _Outcome(reason="media_type", detail=detail)
    try:
        return convert_one(payload, charset)
    except UnreadableError as unreadable:
        return _Outcome(reason=unreadable.reason)
    except Exception as error:  # noqa: BLE001 - a parser may fail in any way on hostile bytes
        return _Outcome(reason="extract_error", detail=type(error).__name__)


def _sniff(payload: bytes) -> str:
    """The media type of bytes that came without one."""
    head = payload[:_SNIFF_BYTES]
    if head.lstrip().startswith(b"%PDF-"):
        return MEDIA_TYPES["pdf"]
    if head.startswith(b"PK\x03\x04"):
        return MEDIA_TYPES["docx"] if _is_docx(payload) else "application/zip"
    return MEDIA_TYPES["html"] if _TAGS.search(head) else MEDIA_TYPES["text"]


def _is_docx(payload: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            return "word/document.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _from_html(payload: bytes, charset: str | None) -> _Outcome:
    decoded = decode(payload, charset, html=True)
    if decoded is None:
        return _Outcome(reason="binary")
    page = read_page(decoded.text)
    return _Outcome(
        "html",
        page.marked,
        page.title,
        page.published_at,
        decoded.charset,
        decoded.confidence,
        decoded.lost,
    )


def _from_plain(payload: bytes, charset: str | None) -> _Outcome:
    decoded = decode(payload, charset)
    if decoded is None:
        return _Outcome(reason="binary")
    return _Outcome(
        "plain",
        decoded.text,
        charset=decoded.charset,
        charset_confidence=decoded.confidence,
        lost=decoded.lost,
    )


def _from_pdf(payload: bytes, _charset: str | None) -> _Outcome:
    return _Outcome("pdf", pdf_text(payload))


def _from_docx(payload: bytes, _charset: str | None) -> _Outcome:
    return _Outcome("docx", docx_text(payload))


_CONVERTERS: dict[str, Callable[[bytes, str | None], _Outcome]] = {
    **dict.fromkeys(_HTML, _from_html),
    **dict.fromkeys(_PLAIN, _from_plain),
    MEDIA_TYPES["pdf"]: _from_pdf,
    MEDIA_TYPES["docx"]: _from_docx,
}


def _without_boilerplate(outcomes: pl.DataFrame) -> pl.DataFrame:
    pages = outcomes.filter(pl.col("extractor") == "html")
    others = outcomes.filter(pl.col("extractor").ne_missing("html"))
    return pl.concat([pages.with_columns(strip_boilerplate(pages["text"])), others])


def _finish(extracted: pl.DataFrame) -> pl.DataFrame:
    """Repair what is text, and say why where none is left."""
    readable = pl.col("reason").is_null()
    text, repairs = repair(
        extracted.select(pl.when(readable).then("text"))["text"], extracted["lost"]
    )
    title, _ = repair(extracted["title"])
    title = title.str.replace_all(r"\s+", " ").str.strip_chars().replace("", None)
    empty = readable & (text.fill_null("") == "")
    return (
        extracted.with_columns(
            text,
            repairs,
            title=pl.when(readable).then(title).otherwise("title"),
            extractor=pl.when(readable).then(pl.coalesce("extractor", pl.lit("text"))),
        )
        .with_columns(
            text=pl.when(readable & ~empty).then("text"),
            stage=pl.when(empty | pl.col("reason").is_not_null())
            .then(pl.coalesce("stage", pl.lit("extract")))
            .otherwise("stage"),
            reason=pl.when(empty).then(pl.lit("no_text")).otherwise("reason"),
        )
        .select(CONVERTED.names())
        .cast(CONVERTED)
    )
