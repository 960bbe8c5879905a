"""The text layer of a PDF, with hard-wrapped lines joined."""

import re
from itertools import pairwise

import pypdfium2

from quality.text.unreadable import UnreadableError

_BREAK_SHARE = 0.8
_ENDS = "。！？；：!?;:…”’」』）)"
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


def pdf_text(payload: bytes) -> str:
    """The text layer, pages apart by a blank line; empty for scanned pages.

    Raises:
        UnreadableError: `encrypted` where a password is asked for, `broken_pdf` where it is no PDF.
    """
    try:
        document = pypdfium2.PdfDocument(payload)
    except pypdfium2.PdfiumError as error:
        reason = "encrypted" if "password" in str(error).lower() else "broken_pdf"
        raise UnreadableError(reason) from None
    try:
        pages = [_page_text(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError:
        raise UnreadableError("broken_pdf") from None
    finally:
        document.close()
    return "\n\n".join(page for page in pages if page)


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    layer = page.get_textpage()
    try:
        text = layer.get_text_bounded()
    finally:
        layer.close()
        page.close()
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return join_wrapped(clean.replace("\r\n", "\n").replace("\r", "\n"))


def join_wrapped(text: str) -> str:
    r"""Join lines broken by the page's width: full ones that end in mid-sentence.

    Between two wide characters nothing is put, elsewhere a space, as the line break stood for one.

    >>> join_wrapped("第一条　为了规范公司的组织和行\n为，制定本法。\n第二条")
    '第一条　为了规范公司的组织和行为，制定本法。\n第二条'
    """
    lines = [line.strip() for line in text.split("\n")]
    full = max(map(_width, lines)) * _BREAK_SHARE
    joined = lines[:1]
    for before, line in pairwise(lines):
        if line and before and _width(before) >= full and before[-1] not in _ENDS:
            wide = _WIDE.match(before[-1]) or _WIDE.match(line[0])
            joined[-1] += line if wide else f" {line}"
        else:
            joined.append(line)
    return "\n".join(joined).strip()


def _width(line: str) -> int:
    """The width of a line in half-width columns."""
    return len(line) + len(_WIDE.findall(line))
