"""Rows of a shard with every kind of character and null, and what a format makes of them."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import tokenizers
from hypothesis import strategies as st

from pipelines.exports.files import Outputs
from pipelines.exports.formats import Format
from schemas.exports import ExportedFile
from schemas.tables import SHARDS

ODD = "中文，。\n\r\t\"\\/\x00\x1f\x7f\x9b\u2028\u3000𠮷👨\u200d👩<&>'{}"

END = "<|endoftext|>"

Row = dict[str, Any]

TEXTS = st.lists(st.text(st.sampled_from(ODD) | st.characters(exclude_categories=["Cs"])))


def rows_of(texts: list[str]) -> pl.DataFrame:
    """Rows (schema `SHARDS`) with these texts."""
    numbers = range(len(texts))
    return pl.DataFrame(
        {
            "doc_id": [hashlib.md5(str(i // 2).encode()).hexdigest() for i in numbers],
            "text": texts,
            "source": [("crawl", "法规")[i % 2] for i in numbers],
            "domain": [("web", "law")[i % 2] for i in numbers],
            "language": [("zh-Hans", "zh-Hant", "yue", None)[i % 4] for i in numbers],
            "quality": [None if i % 5 == 0 else i / 7 for i in numbers],
            "licence": [("unknown", "public-domain", None)[i % 3] for i in numbers],
            "component": ["law"] * len(texts),
            "epoch": [i % 2 for i in numbers],
        },
        schema=SHARDS,
    )


def written(
    form: Format, rows: pl.DataFrame, folder: Path, group: int = 7
) -> tuple[ExportedFile, ...]:
    """The files that a shard of these rows becomes, `group` rows in a row group."""
    outputs = Outputs(folder, "00000-0123456789abcdef")
    form.write(groups(rows, group), outputs)
    files = outputs.publish()
    for file in files:
        content = (folder / file.path).read_bytes()
        assert (file.bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    return files


def groups(rows: pl.DataFrame, size: int) -> Iterator[pl.DataFrame]:
    yield from rows.iter_slices(size)


def read(folder: Path, files: tuple[ExportedFile, ...], suffix: str) -> bytes:
    """The content of the one file with this suffix."""
    (file,) = (one for one in files if one.path.endswith(suffix))
    return (folder / file.path).read_bytes()


def tokenizer_file(folder: Path, vocabulary: int = 300, **more: object) -> Path:
    """A byte-level BPE without merges: a token is a byte, and ids go up to `vocabulary`."""
    alphabet = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    known = {one: number for number, one in enumerate(alphabet)}
    known |= {f"<{number}>": number for number in range(len(known), vocabulary - 1)}
    made = tokenizers.Tokenizer(tokenizers.models.BPE(known, []))
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.add_special_tokens([END])
    path = folder / "tokenizer.json"
    path.write_text(json.dumps(json.loads(made.to_str()) | more), encoding="utf-8")
    return path
