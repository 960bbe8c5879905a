"""The text layer of a PDF, line by line, without what runs along its pages."""

import re
from collections import Counter
from collections.abc import Sequence

import pypdfium2

from quality.text.labels import label_in
from quality.text.unreadable import UnreadableError

_EDGE = 3
"""Lines at the top and at the bottom of a page that may be a running head or a page number."""

_RUNNING_SHARE = 0.6
_LEAST_PAGES = 3
"""A line that stands at that edge of so many pages, whatever its digits, runs along them."""

_LEAST_LINES = 3
_FULL_SHARE = 0.8
_DIGITS = re.compile(r"\d+")
_HEADING = re.compile(r"\W*第 ?0 ?[章节節条條回卷]")
_BROKEN_WORD = re.compile(r"([A-Za-z]+)[\x02\ufffe]([a-z]*)")
"""A word broken at a hyphen, for which PDFium gives U+0002 or U+FFFE and no new line."""

_PACKET = re.compile(rb"<x:xmpmeta.{0,65536}?</x:xmpmeta>", re.DOTALL)
_ENDED = re.compile(r"[。！？：；…”’」』）》】!?:;.)]\s*$")

Page = list[str]


def read_pdf(payload: bytes) -> tuple[str, str | None]:
    """The text layer and the label of AI-made text in the metadata, as it stands there.

    Where a page goes on in the next no blank line is between them.

    Raises:
        UnreadableError: `encrypted` where a password is asked for, `broken_pdf` where it is no PDF.
    """
    try:
        document = pypdfium2.PdfDocument(payload)
    except pypdfium2.PdfiumError as error:
        reason = "encrypted" if "password" in str(error).lower() else "broken_pdf"
        raise UnreadableError(reason) from None
    try:
        pages = [_lines(document, number) for number in range(len(document))]
        label = document.get_metadata_value("AIGC") or _label_in_packets(payload)
    except pypdfium2.PdfiumError:
        raise UnreadableError("broken_pdf") from None
    finally:
        document.close()
    return _together(_without_running(pages)), label


def _label_in_packets(payload: bytes) -> str | None:
    """The label in XMP, which lies open in the file as a rule; PDFium does not read it."""
    packets = _PACKET.findall(payload) if b"AIGC" in payload else []
    labels = (label_in(packet.decode("utf-8", "replace")) for packet in packets)
    return next(filter(None, labels), None)


def _lines(document: pypdfium2.PdfDocument, number: int) -> Page:
    page = document[number]
    layer = page.get_textpage()
    try:
        text = layer.get_text_bounded()
    finally:
        layer.close()
        page.close()
    clean = _mended(text.encode("utf-8", "replace").decode("utf-8"))
    return [line for line in clean.replace("\r", "\n").split("\n") if line.strip()]


def _mended(text: str) -> str:
    r"""Words broken at a hyphen made whole; it goes where the page has the word without it.

    >>> _mended("exam\x02ple, an example of well\x02known")
    'example, an example of well-known'
    """
    if not _BROKEN_WORD.search(text):
        return text
    words = set(re.findall("[A-Za-z]+", text))

    def whole(found: re.Match[str]) -> str:
        left, right = found.groups()
        return left + right if right and left + right in words else f"{left}-{right}"

    return _BROKEN_WORD.sub(whole, text)


def _without_running(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers and running heads, which differ in digits alone.

    A head without a number stays where it stands first: it may be the title.

    >>> _without_running([["章程", "甲条", "1"], ["章程", "乙条", "2"], ["章程", "丙条", "3"]])
    [['章程', '甲条'], ['乙条'], ['丙条']]
    """
    least = max(_LEAST_PAGES, len(pages) * _RUNNING_SHARE)
    heads, feet = (_running(pages, edge, least) for edge in (slice(_EDGE), slice(-_EDGE, None)))
    titles = {head for head in heads if "0" not in head}
    feet -= titles  # a short page is an edge from top to bottom
    kept = []
    for page in pages:
        left = [line for line in page[-_EDGE:] if _alike(line) not in feet]
        body = page[:-_EDGE] + left
        top = [line for line in body[:_EDGE] if _alike(line) not in heads or _alike(line) in titles]
        titles.difference_update(map(_alike, top))
        kept.append(top + body[_EDGE:])
    return kept


def _running(pages: Sequence[Page], edge: slice, least: float) -> set[str]:
    """What stands at an edge of at least so many pages."""
    found = Counter(one for page in pages for one in set(map(_alike, page[edge])))
    return {one for one, count in found.items() if count >= least and not _HEADING.match(one)}


def _alike(line: str) -> str:
    return _DIGITS.sub("0", line.strip())


def _together(pages: Sequence[Page]) -> str:
    written = [page for page in pages if page]
    gaps = ["", *("\n" if _goes_on(page) else "\n\n" for page in written)]
    return "".join(gap + "\n".join(page) for gap, page in zip(gaps, written, strict=False))


def _goes_on(page: Page) -> bool:
    """Whether a page ends in mid-sentence, in a line as long as its others."""
    full = max(map(len, page)) * _FULL_SHARE
    return len(page) >= _LEAST_LINES and len(page[-1]) >= full and not _ENDED.search(page[-1])
