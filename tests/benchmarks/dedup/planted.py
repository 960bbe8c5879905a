"""A corpus with planted copies, and the truth about them.

    python -m tests.benchmarks.dedup.planted FOLDER DOCUMENTS [--seed 0]

Base documents are the shared real texts, long ones cut at line ends so that the mean is about
2.9 kB. Where there is no more real text (above some 130,000 base documents) the rest are
recombined: real sentences drawn at random across all sources. About a fifth of all documents are
planted: copies of base documents, each edited in one way. The real texts' own near-duplicates
stay; only base documents equal after folding are left out.

Writes documents.parquet (doc_id, text) and truth.parquet (doc_id; original: the doc_id it was
copied from, or null; edit; similarity: exact Jaccard of the two sets of folded 5-grams).
"""

import argparse
import hashlib
import io
import itertools
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from pipelines.parquet import GROUP_BYTES
from quality.kernels.fold import fold
from tests.benchmarks.dedup.edits import EDITS, edited
from tests.benchmarks.dedup.truth import jaccard
from tests.benchmarks.material import BULK

LEAST_CHARS = 200
LONGEST_LINE = 800
"""Characters; a longer line is cut at its sentences."""
POOL = 2_000_000
"""Sentences held to recombine, about."""
SENTENCE_CHARS = 36
REAL_LENGTH = 0.78
"""Mean length of the real pieces over what was drawn: texts end, or are short as a whole."""
PER_BASE = (0,) * 86 + (1,) * 8 + (2,) * 3 + (3,) * 1 + (6,) * 2
"""How many copies a base document has, drawn with equal odds: .29 on the average."""
NO_TEXT = ("html_mdn_zh", "hokkien_nan", "cantonese_yue")
"""Pages, and files of single sentences."""
SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")
TRUTH = pl.Schema(
    {
        "doc_id": pl.String(),
        "original": pl.String(),
        "edit": pl.String(),
        "similarity": pl.Float64(),
    }
)
SCHEMA = pa.schema([("doc_id", pa.string()), ("text", pa.large_string())])


class Document(NamedTuple):
    """One row of both files; `source` is the text it was copied from."""

    doc_id: str
    text: str
    original: str | None = None
    edit: str | None = None
    source: str | None = None


def main() -> None:
    """Write the corpus and print what is in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("documents", type=int)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    print("\n".join(write(given.folder, given.documents, given.seed)))


def write(folder: Path, documents: int, seed: int = 0) -> list[str]:
    """Write both files, a row group at a time; returns what to tell about them, in lines."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    base = Base(chance, round(documents * 0.8))
    size, truths = 0, []
    as_the_lake = {"compression": "zstd", "write_statistics": False, "use_dictionary": False}
    with pq.ParquetWriter(folder / "documents.parquet", SCHEMA, **as_the_lake) as writer:
        for group in _groups(base, chance, documents, seed):
            texts = pl.Series([document.text for document in group])
            size += int(texts.str.len_bytes().sum())
            ids = pa.array([document.doc_id for document in group])
            table = pa.table([ids, texts.to_arrow().cast(pa.large_string())], SCHEMA)
            # As large as in the lake: reading a single text costs its row group.
            rows = GROUP_BYTES * len(group) // int(texts.str.len_bytes().sum())
            writer.write_table(table, row_group_size=rows)
            truths.append(_truth(group))
    truth = pl.concat(truths)
    truth.write_parquet(folder / "truth.parquet")
    near = (pl.col("similarity") >= 0.7).sum()
    kinds = (
        truth.drop_nulls("edit").group_by("edit").agg(pl.len(), pl.mean("similarity"), near=near)
    )
    return [
        f"{documents:,} documents, {size / 1e6:.1f} MB, mean {size / documents:,.0f} bytes",
        f"base: {base.taken['real']:,} real, {base.taken['recombined']:,} recombined",
        *(
            f"{edit:12} {count:7,} copies, mean Jaccard {mean:.3f}, {near:,} of .7 or more"
            for edit, count, mean, near in kinds.sort("edit").rows()
        ),
    ]


def _truth(group: list[Document]) -> pl.DataFrame:
    copies = [document for document in group if document.source is not None]
    sources = pl.Series([copy.source for copy in copies], dtype=pl.String)
    texts = pl.Series([copy.text for copy in copies], dtype=pl.String)
    alike = iter(jaccard(sources, texts).tolist())
    rows = [
        (one.doc_id, one.original, one.edit, next(alike) if one.edit else None) for one in group
    ]
    return pl.DataFrame(rows, TRUTH, orient="row")


def _groups(
    base: "Base", chance: random.Random, documents: int, seed: int
) -> Iterator[list[Document]]:
    """Row groups; a copy lies in a later one than its original, at most ten further on."""
    per_group = max(200, min(10_000, documents // 50))
    waiting: dict[int, list[Document]] = defaultdict(list)
    numbers = itertools.count()
    for number, begun in enumerate(range(0, documents, per_group)):
        size = min(per_group, documents - begun)
        group = waiting.pop(number, [])
        waiting[number + 1] += group[size:]
        del group[size:]
        while len(group) < size:
            original = Document(_name(seed, next(numbers)), next(base))
            group.append(original)
            for _ in range(chance.choice(PER_BASE)):
                copy = _copy(original, _name(seed, next(numbers)), chance)
                waiting[number + chance.randint(1, 10)].append(copy)
        chance.shuffle(group)
        yield group


def _copy(original: Document, doc_id: str, chance: random.Random) -> Document:
    kind = chance.choice(EDITS)
    text = edited(original.text, kind, chance)
    kind = "exact" if text == original.text else kind
    return Document(doc_id, text, original.doc_id, kind, original.text)


def _name(seed: int, number: int) -> str:
    return hashlib.md5(f"{seed}/{number}".encode(), usedforsecurity=False).hexdigest()


class Base(Iterator[str]):
    """Base documents without end: the real pieces in random order, recombined ones among them."""

    def __init__(self, chance: random.Random, wanted: int) -> None:
        self.chance, self.wanted = chance, wanted
        self.pieces = [piece for text in _texts() for piece in _pieces(text, chance)]
        self.sentences = self._pool() if len(self.pieces) < wanted * 1.05 else []
        chance.shuffle(self.pieces)
        self.taken = Counter[str]()
        self.seen: set[bytes] = set()

    def __next__(self) -> str:
        """The next; real with the odds that spread the real ones over all that are wanted."""
        left = max(self.wanted - self.taken.total(), 1)
        while self.pieces and (
            not self.sentences or self.chance.random() * left < len(self.pieces)
        ):
            piece = self.pieces.pop()
            digest = hashlib.blake2b(fold(piece).encode(), digest_size=12).digest()
            if digest not in self.seen:
                self.seen.add(digest)
                self.taken["real"] += 1
                return piece
        self.taken["recombined"] += 1
        return self._recombined()

    def _pool(self) -> list[str]:
        share = POOL / sum(map(len, self.pieces)) * SENTENCE_CHARS
        return [
            sentence
            for piece in self.pieces
            for sentence in SENTENCE.findall(piece)
            if len(sentence) > 5 and self.chance.random() < share
        ]

    def _recombined(self) -> str:
        wanted = _length(self.chance) * REAL_LENGTH
        text: list[str] = []
        size = 0
        while size < wanted:
            text.append(self.chance.choice(self.sentences))
            size += len(text[-1])
        return "".join(text)


def _length(chance: random.Random) -> float:
    """Characters of a piece: log-normal, as lengths of pages are, and 1,380 on the average."""
    return max(LEAST_CHARS + 20, chance.lognormvariate(7.05, 0.6))


def _texts() -> Iterator[str]:
    for path in sorted(BULK.glob("*.parquet")):
        if path.stem not in NO_TEXT:
            yield from pl.read_parquet(path, columns=["text"])["text"]
    for path in sorted(BULK.parent.glob("text-*/docs.jsonl.zst")):
        with path.open("rb") as packed:
            lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(packed), "utf-8")
            yield from (json.loads(line)["text"] for line in lines.read().split("\n") if line)


def _pieces(text: str, chance: random.Random) -> Iterator[str]:
    """The text cut at line ends into pieces of random length, none under `LEAST_CHARS`."""
    piece: list[str] = []
    size, wanted = 0, _length(chance)
    for line in text.splitlines(keepends=True):
        for part in [line] if len(line) <= LONGEST_LINE else SENTENCE.findall(line):
            piece.append(part)
            size += len(part)
            if size >= wanted:
                yield "".join(piece)
                piece, size, wanted = [], 0, _length(chance)
    if size >= LEAST_CHARS:
        yield "".join(piece)


if __name__ == "__main__":
    main()
