"""From what a reader yields to documents and rejects: one record in, one row out."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import polars as pl

from quality.text import mojibake
from quality.text.charset import decode
from quality.text.labels import label_of_html, labels_of_texts, read_labels
from quality.text.pages import PAGES, count_repeats, read_pages
from quality.text.pdf import read_pdf
from quality.text.repair import repair, steps
from quality.text.repeats import Repeats, Sites, site_keys
from quality.text.unreadable import UnreadableError
from quality.text.word import read_docx
from quality.text.wrapping import MAY_BE_WRAPPED, join_wrapped
from schemas.sources import MEDIA_TYPES
from schemas.tables import AI_LABEL, RECORDS, REPAIRS

CONVERTED = pl.Schema(
    {
        **{name: dtype for name, dtype in RECORDS.items() if name != "payload"},
        "author": pl.String(),
        "charset_confidence": pl.Float32(),
        "extractor": pl.String(),
        "repairs": REPAIRS,
        "ai_label": AI_LABEL,
    }
)
"""What `convert` returns."""

_HTML = frozenset({MEDIA_TYPES["html"], "application/xhtml+xml"})
_PLAIN = frozenset({MEDIA_TYPES["text"], "text/markdown"})
_UNSAID = frozenset({None, "", "application/octet-stream"})
_MEDIA_TYPE = re.compile(r"[a-z]{1,20}/(?:(?!\d{5})[a-z0-9.+-]){1,80}")
"""One fit to be shown; a longer number than these names have may be somebody's."""
_SNIFF_BYTES = 2048
_TAGS = re.compile(rb"<(?:!doctype html|html|head|body|title|meta|div|table|p)[\s>]", re.IGNORECASE)


class _Outcome(NamedTuple):
    """What became of one record that has a payload; `text` of a page is still its HTML."""

    extractor: str | None = None
    text: str | None = None
    charset: str | None = None
    charset_confidence: float | None = None
    lost: int = 0
    misread: int = 0
    ai_label: str | None = None
    reason: str | None = None
    detail: str | None = None


Converters = Mapping[str, Callable[[bytes, str | None], _Outcome]]
"""How a payload of each media type becomes text, given the charset that was declared."""

_OUTCOME = pl.Schema(
    {
        "row": pl.UInt32(),
        "extractor": pl.String(),
        "text": pl.String(),
        "charset": pl.String(),
        "charset_confidence": pl.Float32(),
        "lost": pl.UInt32(),
        "misread": pl.UInt32(),
        "ai_label": pl.String(),
        "reason": pl.String(),
        "detail": pl.String(),
    }
)


_FILLED = ("title", "published_at", "ai_label")
"""What the page itself says where the record does not."""


def survey(records: pl.DataFrame, repeats: Repeats) -> None:
    """Tell `repeats` the lines of the pages among raw records (RECORDS)."""
    pages = _put_right(_extract(records, _PAGES).filter(pl.col("reason").is_null()))
    count_repeats(pages["text"], _sites(records, pages), repeats)


def convert(records: pl.DataFrame, repeats: Repeats | None = None) -> pl.DataFrame:
    """Turn raw records (RECORDS) into text: the same rows in the same order (CONVERTED).

    A record that is already rejected stays as it is. A record that cannot become text gets stage
    `extract` and a reason; the failure of one record never touches another. What `repeats` knows
    to stand on many pages of a site is no text.
    """
    return _finish(_extracted(records, _put_right(_extract(records)), repeats))


def repairs_of(record: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    """What repair does to the text of one raw record (RECORDS), step by step.

    Each step is its kind, and the text before and after it; for `decode` both are the text in which
    the lost characters are marked.
    """
    outcome = _extract(record)
    extracted = _extracted(record, _put_right(outcome))
    raw = extracted["text"]
    if raw.null_count():
        return
    if (extracted["misread"].item() or 0) > 0:
        yield "mojibake", _extracted(record, outcome)["text"].item() or "", raw.item()
    if (extracted["lost"].item() or 0) > 0:
        yield "decode", raw.item(), raw.item()
    unwrapped, joined = _without_wraps(raw, extracted["extractor"])
    if joined.item() > 0:
        yield "wrap", raw.item(), unwrapped.item()
    yield from steps(unwrapped.item())


def _extracted(
    records: pl.DataFrame, outcomes: pl.DataFrame, repeats: Repeats | None = None
) -> pl.DataFrame:
    """The records with what their payloads gave, before it is repaired."""
    sites = _sites(records, outcomes) if repeats is not None else None
    outcomes = _read(outcomes, sites, repeats)
    rows = records.drop("payload").with_row_index("row")
    joined = rows.join(outcomes, on="row", how="left", suffix="_new", maintain_order="left")
    payload = pl.col("row").is_in(outcomes["row"].implode())
    return joined.select(
        pl.exclude("text", "charset", "reason", "detail", *_FILLED, "^.*_new$"),
        *(
            pl.when(payload).then(f"{name}_new").otherwise(name).alias(name)
            for name in ("text", "reason", "detail")
        ),
        pl.when(payload)
        .then("charset_new")
        .when(pl.col("reason").is_not_null())
        .then("charset")
        .alias("charset"),
        *(pl.coalesce(name, f"{name}_new").alias(name) for name in _FILLED),
    )


def _extract(records: pl.DataFrame, converters: Converters | None = None) -> pl.DataFrame:
    """The outcome of every record with a payload; one payload is held at a time."""
    known = converters or _CONVERTERS
    wanted = records["reason"].is_null() & records["payload"].is_not_null()
    rows = wanted.arg_true().to_list()
    payloads = records["payload"]
    media_types = records["media_type"]
    charsets = records["charset"]
    outcomes = [_outcome(payloads[row], media_types[row], charsets[row], known) for row in rows]
    columns = zip(*outcomes, strict=True) if outcomes else [()] * len(_Outcome._fields)
    data = {"row": rows} | dict(zip(_Outcome._fields, map(list, columns), strict=True))
    return pl.DataFrame(data, schema=_OUTCOME)


def _outcome(
    payload: bytes, media_type: str | None, charset: str | None, converters: Converters
) -> _Outcome:
    declared = (media_type or "").partition(";")[0].strip().lower()
    kind = _sniff(payload) if declared in _UNSAID else declared
    convert_one = converters.get(kind)
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
    label = label_of_html(decoded.text)
    return _Outcome(
        "html",
        decoded.text,
        charset=decoded.charset,
        charset_confidence=decoded.confidence,
        lost=decoded.lost,
        ai_label=label,
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
    text, label = read_pdf(payload)
    return _Outcome("pdf", text, ai_label=label)


def _from_docx(payload: bytes, _charset: str | None) -> _Outcome:
    text, label = read_docx(payload)
    return _Outcome("docx", text, ai_label=label)


_PAGES: Converters = dict.fromkeys(_HTML, _from_html)
_CONVERTERS: Converters = {
    **_PAGES,
    **dict.fromkeys(_PLAIN, _from_plain),
    MEDIA_TYPES["pdf"]: _from_pdf,
    MEDIA_TYPES["docx"]: _from_docx,
}


def _put_right(outcomes: pl.DataFrame) -> pl.DataFrame:
    """The outcomes with the HTML of pages that others misread put right, before it is parsed.

    What is main text is told by Han and their punctuation, which a misread page has not.
    """
    html = outcomes.select(pl.when(pl.col("extractor") == "html").then("text"))["text"]
    rows = mojibake.suspicious(html).fill_null(value=False).arg_true()
    counts = mojibake.count(html.gather(rows))
    where = rows.filter(counts > 0)
    return outcomes.with_columns(
        outcomes["text"].clone().scatter(where, mojibake.mend(html.gather(where))),
        outcomes["misread"].clone().scatter(where, counts.filter(counts > 0)),
    )


def _sites(records: pl.DataFrame, outcomes: pl.DataFrame) -> Sites:
    return site_keys(records["uri"].gather(outcomes["row"]))


def _read(outcomes: pl.DataFrame, sites: Sites | None, repeats: Repeats | None) -> pl.DataFrame:
    """The outcomes with what their pages say; other records have no title, author or time."""
    is_page = (outcomes["extractor"] == "html").fill_null(value=False)
    rows = is_page.arg_true()
    where = sites[rows.to_numpy()] if sites is not None else None
    pages = _pages(outcomes["text"].gather(rows), where, repeats)
    read = outcomes.filter(is_page).select(pl.exclude("text", "reason", "detail"))
    others = outcomes.filter(~is_page)
    return pl.concat([read.hstack(pages), others], how="diagonal")


def _pages(html: pl.Series, sites: Sites | None, repeats: Repeats | None) -> pl.DataFrame:
    """What pages say, read together; where that fails one by one, so that one alone is lost."""
    try:
        return read_pages(html, sites, repeats).with_columns(detail=pl.lit(None, pl.String()))
    except Exception as error:  # noqa: BLE001 - no page, however hostile, may stop a batch
        if html.len() == 1:
            failed = {"reason": "extract_error", "detail": type(error).__name__}
            return pl.DataFrame([failed], schema=_READ)
        places = range(html.len())
        each = [
            _pages(html[at : at + 1], None if sites is None else sites[at : at + 1], repeats)
            for at in places
        ]
        return pl.concat(each)


_READ = pl.Schema(PAGES | {"detail": pl.String()})


def _finish(extracted: pl.DataFrame) -> pl.DataFrame:
    """Repair what is text, and say why where none is left."""
    readable = pl.col("reason").is_null()
    raw = extracted.select(pl.when(readable).then("text"))["text"]
    label = extracted["ai_label"]
    label = read_labels(label.zip_with(label.is_not_null(), labels_of_texts(raw)))
    unwrapped, joined = _without_wraps(raw, extracted["extractor"])
    done = {"decode": extracted["lost"], "mojibake": extracted["misread"], "wrap": joined}
    text, repairs = repair(unwrapped, done)
    title, _ = repair(extracted["title"])
    title = title.str.replace_all(r"\s+", " ").str.strip_chars().replace("", None)
    empty = readable & (text.fill_null("") == "")
    return (
        extracted.with_columns(
            text,
            repairs,
            label,
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


def _without_wraps(text: pl.Series, extractor: pl.Series) -> tuple[pl.Series, pl.Series]:
    """`text`, the lines joined that a width broke, and how many."""
    joined = pl.repeat(0, text.len(), dtype=pl.UInt32, eager=True)
    rows = extractor.is_in(MAY_BE_WRAPPED).fill_null(value=False).arg_true()
    some, counts = join_wrapped(text.gather(rows), extractor.gather(rows) == "pdf")
    return text.clone().scatter(rows, some), joined.scatter(rows, counts)
