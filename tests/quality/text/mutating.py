"""Damaged pages: real ones mutated, and bytes that are no page at all."""

import random
from collections.abc import Iterator
from pathlib import Path

PIECES = (
    b"<div>", b"</div>", b"<table><tr><td>", b"<!--", b"-->", b"<script>", b"</script>",
    b"<title>", b"<pre>", b"<a href='", b'"', b"&#x", b"&amp;", b"\x00", b"\xff", b"\x81\x30",
    b"\xef\xbb\xbf", b"\x1b$B", b"\xf4\x90\x80\x80", b"<meta charset=utf-16>",
    b"<meta charset=big5>",
    b"]]>",
    b"<?xml",
)  # fmt: skip

LONGEST = 200_000


def files_of(data: Path) -> list[Path]:
    """The file of every real page in the shared data."""
    return sorted(file for file in data.glob("html-*/**/*") if file.suffix in {".html", ".htm"})


def pages_of(data: Path) -> list[bytes]:
    """The bytes of every real page in the shared data, the first `LONGEST` of each."""
    return [file.read_bytes()[:LONGEST] for file in files_of(data)]


def damaged(pages: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """As many payloads: one in ten is random bytes, the others are pages, mutated."""
    dice = random.Random(seed)
    for _ in range(count):
        if dice.random() < 0.1:
            yield _noise(dice)
            continue
        page = bytearray(dice.choice(pages))
        for _ in range(dice.randrange(1, 6)):
            dice.choice(MUTATIONS)(page, dice)
        yield bytes(page)


def _noise(dice: random.Random) -> bytes:
    size = int(10 ** dice.uniform(0, 4))
    if dice.random() < 0.5:
        return dice.randbytes(size)
    return b"".join(dice.choices((*PIECES, b"<", b">", "文字。".encode(), b" "), k=size // 4 + 1))


def _span(page: bytearray, dice: random.Random) -> slice:
    start = dice.randrange(len(page) + 1)
    return slice(start, start + int(10 ** dice.uniform(0, 4)))


def _cut(page: bytearray, dice: random.Random) -> None:
    del page[_span(page, dice)]


def _end(page: bytearray, dice: random.Random) -> None:
    del page[dice.randrange(len(page) + 1) :]


def _flip(page: bytearray, dice: random.Random) -> None:
    for _ in range(dice.randrange(1, 200) if page else 0):
        page[dice.randrange(len(page))] = dice.randrange(256)


def _insert(page: bytearray, dice: random.Random) -> None:
    place = dice.randrange(len(page) + 1)
    page[place:place] = dice.choice(PIECES) * int(10 ** dice.uniform(0, 3))


def _repeat(page: bytearray, dice: random.Random) -> None:
    span = _span(page, dice)
    page[span] = bytes(page[span]) * dice.randrange(2, 20)


def _swap(page: bytearray, dice: random.Random) -> None:
    one, other = _span(page, dice), _span(page, dice)
    page[one] = bytes(page[other])


MUTATIONS = (_cut, _end, _flip, _insert, _repeat, _swap)
