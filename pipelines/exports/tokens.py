"""Token ids, end-of-document token after each text: for Megatron and for Nanotron."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from tokenizers import Tokenizer as Loaded

from pipelines.exports.files import Outputs, Sink
from pipelines.parquet import row_groups
from quality.tokens import load_tokenizer
from schemas.errors import ConfigError
from schemas.exports import ExportedFile, ExportFormat
from schemas.tables import SHARDS

MEGATRON_MAGIC = b"MMIDIDX\x00\x00"
MEGATRON_VERSION = 1
MEGATRON_CODES = {"<u2": 8, "<i4": 4}
"""How the index of a Megatron dataset begins, and its codes for types of tokens:
`megatron/core/datasets/indexed_dataset.py`."""

MEGATRON_SMALL = 65_500
"""A vocabulary under this is stored in 16 bits: `DType.optimal_dtype` there."""

_ROWS = pl.Schema({"doc_id": SHARDS["doc_id"], "epoch": SHARDS["epoch"], "tokens": pl.UInt32()})
_ARROW = _ROWS.to_frame().to_arrow(compat_level=pl.CompatLevel.oldest()).schema


@dataclass(frozen=True)
class Tokenizer:
    """A `tokenizers` JSON file, and the token that ends a document."""

    path: Path
    end: str

    @cached_property
    def _loaded(self) -> Loaded:
        try:
            return load_tokenizer(self.path.read_text(encoding="utf-8"))
        except (ConfigError, OSError, UnicodeDecodeError):
            raise ConfigError(
                f"{self.path} is no tokenizer.json of the library tokenizers"
            ) from None

    @cached_property
    def options(self) -> Mapping[str, str | int]:
        """What tells this tokenizer from another."""
        digest = hashlib.sha256(self.path.read_bytes()).hexdigest()
        return {"tokenizer": digest, "end": self.end, "end_id": self.end_id}

    @cached_property
    def end_id(self) -> int:
        """The id of the token that ends a document."""
        found: int | None = self._loaded.token_to_id(self.end)
        if found is None:
            added = self._loaded.get_added_tokens_decoder().values()
            known = ", ".join(sorted(one.content for one in added)[:10]) or "none"
            raise ConfigError(
                f"{self.path} has no token {self.end!r}; name one with --end (special: {known})"
            )
        return found

    @property
    def size(self) -> int:
        """How many ids there are, added tokens included."""
        return int(self._loaded.get_vocab_size(with_added_tokens=True))

    def encode(self, rows: pl.DataFrame) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The ids of all texts, each with its end, and how many there are of each."""
        found = self._loaded.encode_batch_fast(rows["text"].to_list(), add_special_tokens=False)
        ids = [[*one.ids, self.end_id] for one in found]
        counts = np.fromiter(map(len, ids), np.int64, len(ids))
        return np.concatenate([*ids, []]).astype(np.int64), counts


@dataclass(frozen=True)
class Megatron:
    """`.bin` and `.idx`, read by `megatron.core.datasets.indexed_dataset.IndexedDataset`."""

    tokenizer: Tokenizer
    name: ExportFormat = "megatron"

    @property
    def options(self) -> Mapping[str, str | int]:
        """The tokenizer."""
        return self.tokenizer.options

    def write(self, groups: Iterator[pl.DataFrame], outputs: Outputs) -> None:
        """A document is one sequence."""
        kind = "<u2" if self.tokenizer.size < MEGATRON_SMALL else "<i4"
        counts = _write_tokens(self.tokenizer, groups, outputs, ".bin", kind)
        with outputs.open(".idx") as sink:
            sink.rows = len(counts)
            sink.write(MEGATRON_MAGIC)
            sink.write(np.array([MEGATRON_VERSION], "<u8"))
            sink.write(bytes([MEGATRON_CODES[kind]]))
            sink.write(np.array([len(counts), len(counts) + 1], "<u8"))
            sink.write(counts.astype("<i4"))
            sink.write((np.cumsum(counts) - counts).astype("<i8") * np.dtype(kind).itemsize)
            sink.write(np.arange(len(counts) + 1, dtype="<i8"))

    def index(self, files: Sequence[ExportedFile]) -> Mapping[str, str]:
        """None is needed."""
        del files
        return {}


@dataclass(frozen=True)
class Nanotron:
    """`.ds`, `.ds.index` and `.ds.metadata` of datatrove, which Nanotron trains on."""

    tokenizer: Tokenizer
    name: ExportFormat = "nanotron"

    @property
    def options(self) -> Mapping[str, str | int]:
        """The tokenizer."""
        return self.tokenizer.options

    def write(self, groups: Iterator[pl.DataFrame], outputs: Outputs) -> None:
        """The tokens, where each document ends among them, and what they are."""
        kind = "<u2" if self.tokenizer.size <= 2**16 else "<u4"
        counts = _write_tokens(self.tokenizer, groups, outputs, ".ds", kind)
        with outputs.open(".ds.index") as sink:
            sink.rows = len(counts)
            sink.write(np.cumsum(counts).astype("<u8"))
        with outputs.open(".ds.metadata") as sink:
            digest = self.tokenizer.options["tokenizer"]
            total = int(counts.sum())
            sink.write(f"{digest}|{np.dtype(kind).itemsize}\n{total}\n{total} T".encode())

    def index(self, files: Sequence[ExportedFile]) -> Mapping[str, str]:
        """None is needed."""
        del files
        return {}


def _write_tokens(
    tokenizer: Tokenizer, groups: Iterator[pl.DataFrame], outputs: Outputs, suffix: str, kind: str
) -> npt.NDArray[np.int64]:
    """Write the tokens, and beside them which document each run is of; tokens of each document.

    Eight bytes a document are held.
    """
    lengths = [np.zeros(0, np.int64)]
    with outputs.open(suffix) as sink, outputs.open(".rows.parquet") as about:
        writer = _rows_writer(about)
        # Tokens take many times the memory of their text: groups of the lake's size, not a shard's.
        for rows in row_groups(groups):
            ids, counts = tokenizer.encode(rows)
            sink.write(ids.astype(kind))
            sink.rows += rows.height
            about.rows += rows.height
            known = rows.select("doc_id", "epoch").with_columns(tokens=pl.Series(counts))
            table = known.cast(_ROWS).to_arrow(compat_level=pl.CompatLevel.oldest())
            writer.write_table(table.cast(_ARROW))
            lengths.append(counts)
        writer.close()
    return np.concatenate(lengths)


def _rows_writer(sink: Sink) -> pq.ParquetWriter:
    return pq.ParquetWriter(pa.PythonFile(sink, "w"), _ARROW, compression="zstd")
