"""Trains `lid.ftz` and derives `han.txt`: `python -m quality.language.train DATA_FOLDER`.

Reads the shared data sets; one thread and fixed seeds, so the same data give the same model.
Documents, chapters and novels of the evaluation sets are never read (see `held_out`). Needs the
`dev` dependencies.
"""

import hashlib
import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import fasttext
import numpy as np
import opencc
import polars as pl
import zstandard

from quality.kernels.arrow import strings
from quality.language.model import lines

HERE = Path(__file__).parent

SNIPPETS = {"zh": 120_000, "lzh": 70_000, "yue": 40_000, "nan": 20_000, "ja": 10_000}
"""Snippets drawn for each label."""

SHORTEST, LONGEST = 6, 400
"""Characters of a snippet; lengths are drawn log-uniformly, so that short texts are learned."""

CANTONESE = frozenset("嘅咗嚟啲冇喺哋佢嗰唔咁噉乜嘢睇係仲畀啦㗎喎嘞咩攞唞嬲咪邊")
"""Signs of Cantonese: a sentence without any may be written Chinese, and is not trained on."""

VERNACULAR = frozenset("的了着这那我你们么呢")
"""Signs of the vernacular: old books hold chapters in it, and chapters in classical Chinese."""

CLASSICAL_AT_MOST, MODERN_AT_LEAST = 0.015, 0.04
"""Share of `VERNACULAR` characters in a chapter trained on as lzh, and as zh."""

CHINESE = {
    "law_zh_hans": 1,
    "law_zh_hant": 1,
    "news_zh_hans": 2,
    "medical_zh_hans": 2,
    "tech_docs_zh_hans": 1,
    "tech_docs_zh_hant": 1,
    "tw_web_zh_hant": 3,
    "wiki_zh": 2,
    "modern_translation_zh_hans": 4,
    "novel_classical_zh_hans": 1,
}
"""Sets that hold modern Chinese, and their weights."""

TRAINING = {
    "lr": 0.15,
    "epoch": 4,
    "dim": 16,
    "wordNgrams": 2,
    "minCount": 3,
    "bucket": 1_000_000,
    "loss": "softmax",
    "thread": 1,
    "verbose": 0,
}
QUANTISING = {"cutoff": 80_000, "retrain": True, "qnorm": True, "dsub": 2, "thread": 1}


def write_han_table(path: Path) -> None:
    """Derives the character sets and folds of `han.txt` from OpenCC and the national charsets.

    Simplified: in GB 2312, not in Big5, with another Traditional form; `shared` where Japan
    writes it so too. Traditional: in Big5-HKSCS, not in GB 2312, with another Simplified form.
    Shinjitai: common in Japan, in none of the Chinese sets, and no variant of a Chinese character.
    """
    han = [chr(point) for point in range(0x3400, 0xA000)]
    to_traditional = opencc.OpenCC("s2t").convert
    folds = {c: _fold(c) for c in han}
    chinese = {c: (_in("gb2312", c), _in("big5", c), _in("big5hkscs", c)) for c in han}
    simplified = [c for c in han if chinese[c][:2] == (True, False) and to_traditional(c) != c]
    sets = {
        "simplified": [c for c in simplified if not _common_in_japan(c)],
        "shared": [c for c in simplified if _common_in_japan(c)],
        "traditional": [c for c in han if chinese[c][::2] == (False, True) and folds[c] != c],
        "shinjitai": [
            c
            for c in han
            if _common_in_japan(c) and chinese[c][:2] == (False, False) and folds[c] == c
        ],
        "folded": [c + fold for c, fold in folds.items() if fold != c],
    }
    rows = [f"{name}\t{''.join(members)}\n" for name, members in sets.items()]
    path.write_text("".join(rows), encoding="utf-8")


def _in(charset: str, character: str) -> bool:
    """Whether the charset has the character."""
    return character.encode(charset, "ignore") != b""


def _common_in_japan(character: str) -> bool:
    """Whether the character is of the first level of JIS X 0208."""
    return b"\x88\x9f" <= character.encode("shift_jis", "ignore") < b"\x98\x9f"


@cache
def _converters() -> list[Callable[[str], str]]:
    return [opencc.OpenCC(source).convert for source in ("t2s", "hk2s", "tw2s")]


def _fold(character: str) -> str:
    """The Simplified form of a character of any region, where it is one character."""
    found = (convert(character) for convert in _converters())
    return next((fold for fold in found if fold != character and len(fold) == 1), character)


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a zstd-compressed JSONL file."""
    with path.open("rb") as file:
        text = zstandard.ZstdDecompressor().stream_reader(file).read().decode()
    return [json.loads(line) for line in text.split("\n") if line]


def work_of(key: str) -> str:
    """What must be on one side of the split: the chapter, the novel, or the page's path.

    >>> work_of("NiuTrans+Classical-Modern:古文原文/孟子/一/text.txt")
    '孟子/一'
    >>> work_of("luoxuhai+chinese-novel:resources/其他/今古奇观/3.html")
    '今古奇观'
    """
    repository, _, path = key.rpartition(":")
    parts = path.split("/")
    if "chinese-novel" in repository:
        return parts[2]
    if parts[0] in {"古文原文", "双语数据"}:
        return "/".join(parts[1:-1])
    return path


def held_out(data: Path) -> set[str]:
    """Every work that the evaluation sets hold a part of."""
    works = {row["path"] for row in rows_of(data / "lid-hans-hant-docs" / "pairs.jsonl.zst")}
    files = [data / "lid-lzh-zh" / "lid.jsonl.zst", *sorted(data.glob("text-*/docs.jsonl.zst"))]
    return works | {
        work_of(row.get("id", row["source"])) for file in files for row in rows_of(file)
    }


def in_test(key: str) -> bool:
    """Whether a sentence set's row of this key is held out: a stable fifth of them.

    >>> in_test("a"), in_test("d")
    (False, False)
    """
    return hashlib.sha256(key.encode()).digest()[0] % 5 == 0


def bulk(data: Path, name: str) -> pl.DataFrame:
    """A bulk set, in a stable order."""
    return pl.read_parquet(data / "bulk" / f"{name}.parquet", columns=["id", "text", "source"])


def documents(data: Path, name: str, barred: set[str]) -> list[str]:
    """The texts of a bulk set that no evaluation set knows."""
    rows = bulk(data, name).iter_rows(named=True)
    return [row["text"] for row in rows if work_of(row["id"]) not in barred]


def hokkien(data: Path, file: str, *, test: bool) -> list[str]:
    """Blocks of 20 lines of one of the parallel Hokkien files; the same blocks of each are test."""
    frame = bulk(data, "hokkien_nan").filter(pl.col("source").str.ends_with(file))
    texts = frame["text"].to_list()
    blocks = ["\n".join(texts[start : start + 20]) for start in range(0, len(texts), 20)]
    return [block for number, block in enumerate(blocks) if in_test(str(number)) == test]


def cantonese(data: Path, *, test: bool) -> list[str]:
    """Cantonese sentences and transcripts, in blocks of ten sentences."""
    frame = bulk(data, "cantonese_yue").filter(pl.col("text").str.contains(f"[{_signs()}]"))
    texts = [row[1] for row in frame.iter_rows() if in_test(row[0]) == test]
    return ["\n".join(texts[start : start + 10]) for start in range(0, len(texts), 10)]


def split(data: Path, name: str, *, test: bool) -> list[str]:
    """A set of short texts of which one fifth is trained on and the rest tested on."""
    rows = rows_of(data / name / "docs.jsonl.zst")
    return [row["text"] for row in rows if in_test(row["id"]) != test]


def vernacular(text: str) -> float:
    """Share of the text's characters that only the vernacular uses often, 0 to 1.

    >>> vernacular("你们的了"), vernacular("學而時習之")
    (1.0, 0.0)
    """
    return sum(character in VERNACULAR for character in text) / max(1, len(text))


def _signs() -> str:
    return "".join(sorted(CANTONESE))


def japanese(data: Path, *, test: bool) -> list[str]:
    """Japanese sentences and words."""
    rows = rows_of(data / "lid-lingua" / "lid.jsonl.zst")
    return [row["text"] for row in rows if row["lang"] == "ja" and in_test(row["text"]) == test]


def corpus(data: Path) -> dict[str, list[tuple[float, list[str]]]]:
    """For each label, its sets with their weights."""
    barred = held_out(data)
    chinese = {name: documents(data, name, barred) for name in CHINESE}
    novels = chinese["novel_classical_zh_hans"]
    chinese["novel_classical_zh_hans"] = [
        text for text in novels if vernacular(text) >= MODERN_AT_LEAST
    ]
    old = documents(data, "classical_lzh", barred) + novels
    return {
        "zh": [
            *((CHINESE[name], texts) for name, texts in chinese.items()),
            (2, hokkien(data, "原始華語.txt", test=False)),
            (3, split(data, "text-social-zh-hans", test=False)),
        ],
        "lzh": [
            (9, [text for text in old if vernacular(text) <= CLASSICAL_AT_MOST]),
            (1, split(data, "text-poetry-lzh", test=False)),
        ],
        "yue": [(1, cantonese(data, test=False))],
        "nan": [(1, hokkien(data, "改漢字.txt", test=False))],
        "ja": [(1, japanese(data, test=False))],
    }


def snippets(sets: list[tuple[float, list[str]]], count: int, dice: random.Random) -> list[str]:
    """Random spans of the sets' texts, drawn by the sets' weights."""
    chosen = dice.choices([texts for _, texts in sets], [weight for weight, _ in sets], k=count)
    return [_span(dice.choice(texts), dice) for texts in chosen]


def _span(text: str, dice: random.Random) -> str:
    length = round(SHORTEST * (LONGEST / SHORTEST) ** dice.random())
    start = dice.randrange(max(1, len(text) - length + 1))
    return text[start : start + length]


def examples(data: Path) -> list[str]:
    """Training lines in random order; half have no punctuation, as old prints have none."""
    dice = random.Random(20250101)  # noqa: S311  # reproducible draws, nothing secret
    found: list[str] = []
    for label, sets in corpus(data).items():
        column = pl.Series(snippets(sets, SNIPPETS[label], dice))
        for line in lines(strings(column), np.arange(len(column))):
            tokens = line.replace("| ", "") if dice.random() < 0.5 else line
            if len(tokens) > 2 * SHORTEST:
                found.append(f"__label__{label} {tokens.strip()}\n")
    dice.shuffle(found)
    return found


def train(lines_of: Iterable[str], path: Path) -> None:
    """Trains, quantises and saves the model."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.writelines(lines_of)
        file.flush()
        found = fasttext.train_supervised(file.name, **TRAINING)
        found.quantize(file.name, **QUANTISING)
    found.save_model(str(path))


if __name__ == "__main__":
    write_han_table(HERE / "han.txt")
    train(examples(Path(sys.argv[1])), HERE / "lid.ftz")
