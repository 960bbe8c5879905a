"""Which rows of a table have an id or an address: a small sorted file beside the table's.

    home/documents/<batch>.index         beside <batch>.parquet
    home/rejects/<batch>.index

It holds the first half of each id, and a hash of each address (`uri` and `raw_path`), each
with its rows: 28 bytes a document, of which a search touches a few pages. Who searches reads the
table's own row to be sure. The file carries a seal of the table it was made from; one that is
missing, broken, or of another table stands for nothing, and the table itself is searched.
"""

import struct
from hashlib import blake2b
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow.parquet as pq

from quality.kernels.addresses import fnv1a
from quality.kernels.arrow import strings

INDEXED = {"documents": "doc_id", "rejects": "detail"}
"""The tables that have an index, and where ids stand in them. The `detail` of a withdrawn document
is its id."""

ADDRESSES = ("uri", "raw_path")

SEALED = 4096
"""Bytes at the end of a table's file that make its seal. The receipt stands in them."""

KEY_DIGITS = 16
"""Hex digits of an id that its key holds."""

_HEAD = struct.Struct("<8s16sQQ")
_MAGIC = b"wyindex1"
_CHUNK = 65_536

U64 = npt.NDArray[np.uint64]
U32 = npt.NDArray[np.uint32]


class Index(NamedTuple):
    """An index, mapped. `ids` and `addresses` are sorted, those of equal value by row.

    Id `i` is in row `rows[i]`; address `i` is that of `counts[i]` rows from `firsts[i]` on.
    """

    ids: U64
    addresses: U64
    rows: U32
    firsts: U32
    counts: U32

    def begun(self, digits: str) -> list[int]:
        """The rows whose id may begin with these hex digits."""
        low = int(digits[:KEY_DIGITS].ljust(KEY_DIGITS, "0"), 16)
        high = int(digits[:KEY_DIGITS].ljust(KEY_DIGITS, "f"), 16)
        first = np.searchsorted(self.ids, np.uint64(low), "left")
        last = np.searchsorted(self.ids, np.uint64(high), "right")
        return [int(row) for row in self.rows[first:last]]

    def at(self, addresses: U64) -> list[int]:
        """The rows whose `uri` or `raw_path` may have one of these hashes."""
        first = np.searchsorted(self.addresses, addresses, "left")
        last = np.searchsorted(self.addresses, addresses, "right")
        runs = [place for ends in zip(first, last, strict=True) for place in range(*ends)]
        starts, counts = self.firsts[runs].tolist(), self.counts[runs].tolist()
        return [at + n for at, count in zip(starts, counts, strict=True) for n in range(count)]


def beside(table: Path) -> Path:
    """Where the index of a table's file lies."""
    return table.with_suffix(".index")


def hashed(names: list[str]) -> U64:
    """The hash of each address."""
    return fnv1a(strings(pl.Series(names, dtype=pl.String)))


def made_from(table: Path) -> bytes:
    """The index of the Parquet file `table`; memory holds some 60 bytes a row."""
    with pq.ParquetFile(table) as file:
        names = [
            name for name in (*INDEXED.values(), *ADDRESSES) if name in file.schema_arrow.names
        ]
        ids: list[tuple[U64, U32]] = [(np.empty(0, np.uint64), np.empty(0, np.uint32))]
        runs = [_runs(pl.Series(dtype=pl.String), 0)]
        start = 0
        for chunk in file.iter_batches(_CHUNK, columns=names, use_threads=False):
            rows = pl.DataFrame(chunk)
            ids.append(_keys(rows[names[0]], start))
            runs += [_runs(rows[name], start) for name in ADDRESSES]
            start += rows.height
    keys, places = (np.concatenate(parts) for parts in zip(*ids, strict=True))
    order = np.lexsort((places, keys))
    addresses = _addresses(runs)
    head = _HEAD.pack(_MAGIC, _seal(table), len(keys), addresses.height)
    parts = [keys[order], addresses["hash"], places[order], addresses["first"], addresses["count"]]
    return head + b"".join(np.asarray(part).tobytes() for part in parts)


def read(table: Path) -> Index | None:
    """The index of the file `table`; null where there is none that was made from it."""
    try:
        with beside(table).open("rb", buffering=0) as file:
            data = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
        seal = _seal(table)
    except (OSError, ValueError):  # ValueError: nothing can be mapped of an empty file
        return None
    if len(data) < _HEAD.size:
        return None
    magic, of, ids, addresses = _HEAD.unpack_from(data)
    sizes = (8 * ids, 8 * addresses, 4 * ids, 4 * addresses, 4 * addresses)
    if magic != _MAGIC or of != seal or len(data) != _HEAD.size + sum(sizes):
        return None
    ends = (_HEAD.size + np.cumsum((0, *sizes))).tolist()
    kinds = (np.uint64, np.uint64, np.uint32, np.uint32, np.uint32)
    return Index(
        *(
            np.frombuffer(data[start:end], kind)
            for start, end, kind in zip(ends[:-1], ends[1:], kinds, strict=True)
        )
    )


def _seal(table: Path) -> bytes:
    with table.open("rb", buffering=0) as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - SEALED))
        return blake2b(file.read(SEALED), digest_size=16).digest()


def _keys(doc_ids: pl.Series, start: int) -> tuple[U64, U32]:
    """The key of each id and its row, less what is no id of ours."""
    keys = doc_ids.str.decode("hex", strict=False).bin.slice(0, 8)
    whole = (keys.bin.size() == 8).fill_null(False).to_numpy()
    rows = np.flatnonzero(whole).astype(np.uint32) + np.uint32(start)
    numbers = keys.filter(whole).bin.reinterpret(dtype=pl.UInt64, endianness="big")
    return numbers.to_numpy(), rows


def _runs(addresses: pl.Series, start: int) -> tuple[U64, U32, U32]:
    """Runs of rows that have one address: its hash, the first row, and how many there are."""
    texts = strings(addresses)
    hashes = fnv1a(texts)
    begins = np.ones(len(hashes), np.bool_)
    begins[1:] = (hashes[1:] != hashes[:-1]) | (texts.valid[1:] != texts.valid[:-1])
    first = np.flatnonzero(begins)
    counts = np.diff(first, append=len(hashes)).astype(np.uint32)
    firsts = (first + start).astype(np.uint32)
    valid = texts.valid[first]
    return hashes[first][valid], firsts[valid], counts[valid]


def _addresses(runs: list[tuple[U64, U32, U32]]) -> pl.DataFrame:
    """All runs in order of hash and row; one whose `uri` is its `raw_path` only once."""
    columns = [np.concatenate(part) for part in zip(*runs, strict=True)]
    table = pl.DataFrame(dict(zip(("hash", "first", "count"), columns, strict=True)))
    return table.unique().sort("hash", "first", "count")
