"""The pages whose main text is known, and how close a text comes to it.

Reads the shared data sets. Half of the pages of each set are held out, by a hash of their name:
nothing is trained on them or tuned to them.
"""

import hashlib
import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import zstandard

from quality.text.charset import decode

SETS = (
    "html-cwce",
    "html-magic-html",
    "html-md-istio-handbook",
    "html-md-react",
    "html-md-webpack",
)

_MARKUP = re.compile(r"[\s\u3000*#`>|_\-•·]+")
_FENCED = re.compile(
    r"(?m)^([ \t]*(?:>\s*)*(?:```|~~~)[^\n]*\n.*?^[ \t]*(?:>\s*)*(?:```|~~~)[ \t]*$)", re.DOTALL
)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_GRAM = 4


class Gold(NamedTuple):
    """A page: its file and HTML, its main text without and with markup, whether it is held out."""

    file: Path
    page: str
    text: str
    markdown: str
    held_out: bool


def gold_pages(data: Path, name: str) -> Iterator[Gold]:
    """The pages of one of `SETS`, in order."""
    folder = data / name
    for file, text in _cwce(folder) if name == "html-cwce" else _listed(folder):
        held_out = hashlib.sha256(file.name.encode()).digest()[0] % 2 == 0
        plain = text_of_markdown(text) if "-md-" in name else text
        yield Gold(file, _read(file), plain, _FRONT_MATTER.sub("", text), held_out)


def _cwce(folder: Path) -> Iterator[tuple[Path, str]]:
    for file in sorted((folder / "original").iterdir()):
        yield file, _read(folder / "cleaned" / f"{file.stem}.txt")


def _listed(folder: Path) -> Iterator[tuple[Path, str]]:
    for row in _rows(folder):
        yield folder / row["file"], row.get("content") or row["markdown"]


def _rows(folder: Path) -> list[dict[str, Any]]:
    packed = folder / "gold.jsonl.zst"
    if not packed.exists():
        lines = (folder / "gold.jsonl").read_text("utf-8")
    else:
        content = packed.read_bytes()
        lines = zstandard.ZstdDecompressor().decompressobj().decompress(content).decode()
    return [json.loads(line) for line in lines.split("\n") if line]


def _read(file: Path) -> str:
    found = decode(file.read_bytes(), html=file.suffix == ".html")
    return found.text if found else ""


def text_of_markdown(source: str) -> str:
    r"""What a reader sees of a Markdown page: without front matter, markup and comments.

    >>> text_of_markdown("---\nid: 1\n---\n[链接](/x) `<App>` <b>粗</b>")
    '链接 <App> 粗'
    """
    body = _FRONT_MATTER.sub("", source)
    parts = _FENCED.split(body)
    for place, part in enumerate(parts):
        parts[place] = "\n".join(part.split("\n")[1:-1]) if place % 2 else _prose(part)
    return "\n".join(parts)


def _prose(text: str) -> str:
    codes: list[str] = []

    def hold(found: re.Match[str]) -> str:
        codes.append(found[2])
        return f"\ue000{len(codes) - 1}\ue001"

    text = re.sub(r"(`+)(.+?)\1", hold, text)
    text = re.sub(r"<!--.*?-->|<(style|script).*?</\1>", "", text, flags=re.DOTALL)
    text = re.sub(r"<[^>\n]{1,300}>", "", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"(?m)^\s*\[[^\]]+\]:\s+\S+.*$", "", text)
    text = re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", text)
    text = re.sub(r"\{#[^}\s]+\}", "", text)
    text = re.sub(r"(?m)^[TW?]> ", "", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!|<>-])", r"\1", text)
    return re.sub("\ue000(\\d+)\ue001", lambda found: codes[int(found[1])], html.unescape(text))


def folded(text: str) -> str:
    """The text without white space and the characters of Markdown's markup."""
    return _MARKUP.sub("", text)


def grams(text: str) -> Counter[str]:
    """The character 4-grams of the folded text."""
    bare = folded(text)
    return Counter(bare[place : place + _GRAM] for place in range(len(bare) - _GRAM + 1))


def f1(text: str, gold: str) -> float:
    """The harmonic mean of precision and recall of the text's 4-grams, 0 to 1."""
    found, wanted = grams(text), grams(gold)
    return 2 * (found & wanted).total() / max(found.total() + wanted.total(), 1)
