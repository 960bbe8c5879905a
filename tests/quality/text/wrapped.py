"""Texts wrapped as mailers and PDF writers wrap them, with what was one paragraph before known."""

import re

LEADERS = "（《“‘「『【〈([{"
CLOSERS = "，。、；：！？）》”’」』】〉…—,.;:!?)]}%"
_UNIT = re.compile(r"[!-~]+|\s+|.")


def width(text: str) -> int:
    return sum(2 if ord(char) >= 0x2E80 or char in "“”‘’…—" else 1 for char in text)


def wrapped(paragraph: str, columns: int, *, hang: bool, indent: int = 0) -> list[str]:
    """Its lines. Punctuation that may not begin a line hangs over, or pulls a character down."""
    lines: list[str] = []
    line, used = "", indent
    for unit in _UNIT.findall(paragraph):
        fits = used + width(unit) <= columns or not line
        if fits or (hang and unit[0] in CLOSERS):
            line, used = line + unit, used + width(unit)
            continue
        cut = len(line)
        while cut > 1 and (unit[0] in CLOSERS or line[cut - 1] in LEADERS) and not unit.isspace():
            cut -= 1
            if line[cut] not in CLOSERS and line[cut - 1] not in LEADERS:
                break
        lines.append(line[:cut].rstrip())
        line = (line[cut:] + unit).lstrip()
        used = width(line)
    return [*lines, line]


def as_written(text: str, columns: int, *, hang: bool, mark: str) -> tuple[str, set[int]]:
    """`text` wrapped, and where its paragraphs end, in characters other than white space.

    `mark` is what sets paragraphs apart: `indent`, `blank` or `none`.
    """
    lines: list[str] = []
    ends, at = set(), 0
    for paragraph in filter(None, (line.strip() for line in text.split("\n"))):
        indent = 4 if mark == "indent" else 0
        broken = wrapped(paragraph, columns, hang=hang, indent=indent)
        lines += ["　" * (indent // 2) + broken[0], *broken[1:]]
        if mark == "blank":
            lines.append("")
        at += len(re.sub(r"\s", "", paragraph))
        ends.add(at)
    return "\n".join(lines), ends


def breaks(text: str) -> set[int]:
    """Where the lines of `text` end, in characters other than white space."""
    found, at = set(), 0
    for line in text.split("\n"):
        at += len(re.sub(r"\s", "", line))
        found.add(at)
    return found
