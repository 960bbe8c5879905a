"""A lake laid for measurements: the files of a large corpus, written without reading any."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines import shards
from pipelines.lake import TABLES, Lake
from pipelines.parquet import Origin
from schemas.batches import Batch, RawFile
from schemas.corpus import load_corpus
from schemas.manifest import Ingredients
from schemas.recipes import Recipe
from schemas.scores import SCORE_UNITS
from tests.benchmarks.material import BULK
from tests.pipelines.mixed import mixture

MIXTURE = "tenth"
SOURCES = ("crawl", "news", "law", "forum")
FILES = 20
FRAME = 10_000
DISTINCT = 64
TWINNED = 10
REJECTED = 100
APART = 37
"""How many batches on the twins of a batch are, row for row."""

ORIGIN = Origin(code_version="1", settings="", inputs={})
RAW = json.dumps({"text": "一行"}, ensure_ascii=False).encode()


def lay(folder: Path, documents: int, batches: int) -> None:
    """A corpus of so many documents in `folder`; its corpus.yaml comes last."""
    settings = {
        "name": "bench",
        "sources": {
            name: {"kind": "web", "format": "jsonl", "path": f"raw/{name}-*.jsonl"}
            for name in SOURCES
        },
        "mixtures": {MIXTURE: {"max_epochs": 1}},
    }
    draft = folder / "draft.yaml"
    draft.write_text(json.dumps(settings), encoding="utf-8")
    ends = np.linspace(0, documents, batches + 1).astype(int)
    laid = Laid(folder, Lake(load_corpus(draft).home), [int(b - a) for a, b in pairwise(ends)])
    for number in range(batches):
        laid.batch(number)
    laid.lake.write("pairs", "1-of-1", [laid.pairs()], ORIGIN)
    laid.mix()
    draft.rename(folder / "corpus.yaml")


class Laid:
    """Batches of `rows` documents; each follows from its number alone, which goes round."""

    def __init__(self, folder: Path, lake: Lake, rows: list[int]) -> None:
        self.folder, self.lake, self.rows = folder, lake, rows
        (folder / "raw").mkdir(exist_ok=True)
        news = "\n".join(pl.read_parquet(BULK / "news_zh_hans.parquet", columns=["text"])["text"])
        self.texts = pl.Series([news[at : at + 1_000] for at in range(0, len(news) - 999, 1_000)])

    def name(self, number: int) -> str:
        number %= len(self.rows)
        return f"{SOURCES[number % len(SOURCES)]}-{number:05d}"

    def ids(self, number: int) -> pl.Series:
        number %= len(self.rows)
        raw = np.random.default_rng(number).bytes(16 * self.rows[number])
        pieces = [raw[at : at + 16] for at in range(0, len(raw), 16)]
        return pl.Series(pieces, dtype=pl.Binary).bin.encode("hex")

    def exact(self, number: int) -> npt.NDArray[np.uint64]:
        number %= len(self.rows)
        rng = np.random.default_rng(10**6 + number)
        return rng.integers(0, 2**64, self.rows[number], np.uint64)

    def pairs(self) -> pl.DataFrame:
        """A pair for each document that has a twin."""
        parts = []
        for number in range(len(self.rows)):
            mine, theirs = self.exact(number), self.exact(number + APART)
            size = min(len(mine), len(theirs))
            parts.append(np.sort(np.stack([mine[:size], theirs[:size]])[:, ::TWINNED], axis=0))
        left, right = np.concatenate(parts, axis=1)
        rows = pl.DataFrame({"left": left, "right": right}).sort("left", "right")
        alike = [pl.lit(0.8, pl.Float32).alias("similarity"), pl.lit(value=True).alias("counted")]
        return rows.with_columns(alike)

    def batch(self, number: int) -> None:
        """Every table of a batch but those that no lookup reads."""
        name, rows, ids = self.name(number), self.rows[number], self.ids(number)
        files = self._files(name)
        self._write("documents", name, rows, self._documents(number, ids, files))
        refused = files[::REJECTED]
        uris = pl.Series([f"{name}#{row}" for row in range(len(refused))], dtype=pl.String)
        place = {"raw_path": refused, "uri": uris, "stage": "read", "reason": "bad_json"}
        self._write("rejects", name, len(refused), place)
        measured = self._measured(number) | self._decided(number, name, ids)
        for annotation, columns in measured.items():
            self._write(annotation, name, rows, {"doc_id": ids, "batch": name, **columns})

    def _files(self, name: str) -> pl.Series:
        """The raw file of each row. Those that the mixture's rows come from are there."""
        files = [f"raw/{name}-{file:02d}.jsonl" for file in range(FILES)]
        held = tuple(RawFile(path=path, size=2**20, version="1") for path in files)
        self.lake.put_batch(Batch(name=name, source=name.partition("-")[0], files=held))
        for file in files[: FILES // 10 + 1]:
            (self.folder / file).write_bytes(RAW)
        rows = self.rows[int(name.rpartition("-")[2])]
        return pl.Series(files)[np.arange(rows) * FILES // max(1, rows)]

    def _documents(self, number: int, ids: pl.Series, files: pl.Series) -> Mapping[str, Any]:
        rows, name = self.rows[number], self.name(number)
        return {
            "doc_id": ids,
            "batch": name,
            "source": name.partition("-")[0],
            "domain": "web",
            "uri": pl.Series([f"https://a.example/{number}/{n}" for n in range(rows)]),
            "text": self.texts.sample(DISTINCT, seed=number)[np.arange(rows) * 7 % DISTINCT],
            "media_type": "application/x-ndjson",
            "charset": "utf-8",
            "licence": "unknown",
            "raw_path": files,
            "raw_offset": 0,
            "raw_length": len(RAW),
            "raw_digest": f"sha256:{hashlib.sha256(RAW).hexdigest()}",
            "extractor": "bench",
        }

    def _measured(self, number: int) -> dict[str, Mapping[str, Any]]:
        turns = np.arange(self.rows[number]) % DISTINCT
        bytes_of = pl.Series([bytes([turn]) * 128 for turn in range(DISTINCT)])[turns]
        numbers = pl.Series(turns, dtype=pl.Float32)
        return {
            "language": {"language": "zh-Hans", "confidence": 0.9, "han_ratio": 0.8},
            "signals": dict.fromkeys(TABLES["signals"].names()[1:], numbers),
            "scores": dict.fromkeys(SCORE_UNITS, numbers) | {"industry": "other"},
            "privacy": {
                "findings": pl.Series([[]] * len(turns), dtype=TABLES["privacy"]["findings"])
            },
            "contamination": {"share": 0.0},
            "boilerplate": {"common_ratio": 0.0},
            "signatures": {
                "exact": pl.Series(self.exact(number)),
                "minhash": bytes_of + bytes_of + bytes_of + bytes_of,
                "sketch": bytes_of,
            },
        }

    def _decided(self, number: int, name: str, ids: pl.Series) -> dict[str, Mapping[str, Any]]:
        rows = self.rows[number]
        theirs = self.ids(number + APART)[:rows]
        dropped = (np.arange(rows) % TWINNED == 0) & (np.arange(rows) < len(theirs))
        twins = theirs.extend_constant(None, rows - len(theirs))
        twin = pl.select(pl.when(pl.Series(dropped)).then(twins)).to_series()
        return {
            "duplicates": {
                "cluster": twin.fill_null(ids),
                "cluster_size": 2,
                "kept": pl.Series(~dropped),
                "twin": twin,
                "twin_batch": self.name(number + APART),
                "similarity": 0.8,
            },
            "verdicts": {"kept": pl.Series(~dropped), "policy_version": "1"},
        }

    def _write(self, table: str, name: str, rows: int, columns: Mapping[str, Any]) -> None:
        self.lake.write(table, name, _frames(table, rows, columns), ORIGIN)

    def mix(self) -> None:
        """A mixture of the first tenth of each batch."""
        of = {self.name(number): rows // 10 for number, rows in enumerate(self.rows)}
        parts = [self.lake.scan("documents", [name]).head(rows) for name, rows in of.items()]
        more = {"language": pl.lit("zh-Hans"), "quality": pl.lit(0.9, pl.Float32)}
        rows = pl.concat(parts).with_columns(**more).select(TABLES["corpus"].names())
        recipe = Recipe(max_epochs=1, tokenizer="characters")
        made_from = Ingredients(name=MIXTURE, inputs=(), code_version="1", policy_version="1")
        shards.pack(mixture(rows, recipe), self.lake.mixture(MIXTURE), made_from, {})


def _frames(table: str, rows: int, columns: Mapping[str, Any]) -> Iterator[pl.DataFrame]:
    """The rows of a table, a frame at a time: of a Series its part, else the same for all."""
    schema = TABLES[table]
    given = {name: columns.get(name) for name in schema}
    for start in range(0, max(rows, 1), FRAME):
        size = min(FRAME, rows - start)
        part = {
            name: value[start : start + size]
            if isinstance(value, pl.Series)
            else pl.repeat(value, size, dtype=schema[name], eager=True)
            for name, value in given.items()
        }
        yield pl.DataFrame(part).cast(dict(schema))  # type: ignore[arg-type]
