"""Writes small PDF files (ISO 32000-1) whose text layer is Chinese.

The font is named but not embedded; a ToUnicode map says which characters the codes stand for, so
that the text can be extracted everywhere.
"""

_COLUMNS = 30
_LINES = 40
_CLOSING = "，。、；：？！”’）》"


def wrap(paragraphs: list[str], columns: int = _COLUMNS) -> list[str]:
    """Lines of about `columns` characters; none begins with a closing mark.

    >>> wrap(["一二三四。五"], 4)
    ['一二三四。', '五']
    """
    lines = []
    for text in paragraphs:
        start = 0
        while start < len(text):
            end = start + columns
            while text[end : end + 1] and text[end] in _CLOSING:
                end += 1
            lines.append(text[start:end])
            start = end
    return lines


def write_pdf(paragraphs: list[str]) -> bytes:
    """A PDF with these paragraphs, hard-wrapped, 40 lines a page."""
    lines = wrap(paragraphs)
    pages = [lines[i : i + _LINES] for i in range(0, len(lines), _LINES)]
    codes = {char: i for i, char in enumerate(sorted(set("".join(lines))), start=1)}
    kids = [7 + 2 * i for i in range(len(pages))]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] "
        f"/Count {len(kids)} >>".encode(),
        *_font(codes),
    ]
    for kid, page in zip(kids, pages, strict=True):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (kid + 1)
        )
        objects.append(_stream(_content(page, codes)))
    return _assemble(objects)


def write_locked_pdf() -> bytes:
    """A PDF that asks for a password nobody knows."""
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"5A" * 32, b"A5" * 32)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        lock,
    ]
    return _assemble(objects, b"/Encrypt 4 0 R /ID [<00112233> <00112233>]")


def _font(codes: dict[str, int]) -> list[bytes]:
    """Objects 3 to 6: the composite font, its descendant, its descriptor, its ToUnicode map."""
    return [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /DW 1000 /FontDescriptor 5 0 R "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        b"<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -220 1000 880] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -220 /CapHeight 880 /StemV 80 >>",
        _stream(_to_unicode(codes)),
    ]


def _to_unicode(codes: dict[str, int]) -> bytes:
    pairs = [f"<{code:04X}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items()]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    mapping = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /City def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{mapping}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def _content(lines: list[str], codes: dict[str, int]) -> bytes:
    shown = [f"<{''.join(f'{codes[char]:04X}' for char in line)}> Tj T*" for line in lines]
    return ("BT /F1 16 Tf 18 TL 50 780 Td\n" + "\n".join(shown) + "\nET").encode()


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _assemble(objects: list[bytes], trailer: bytes = b"") -> bytes:
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)
