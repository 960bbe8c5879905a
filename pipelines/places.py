"""Where a document or a reject stands: its table, its batch, its row."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipelines import index
from pipelines.lake import Lake
from pipelines.rows import take
from pipelines.withdrawal.explaining import withdrawn_id
from schemas.corpus import Corpus
from schemas.errors import ConfigError

SHORTEST_PREFIX = 6
_PREFIX = re.compile(rf"[0-9a-f]{{{SHORTEST_PREFIX},32}}")
_MOST_NAMED = 5
_COLUMNS = {
    "documents": ("doc_id", *index.ADDRESSES),
    "rejects": ("stage", "detail", *index.ADDRESSES),
}


class Place(NamedTuple):
    """A row of `documents` or `rejects`."""

    table: str
    batch: str
    row: int


def places(corpus: Corpus, lake: Lake, name: str) -> list[Place]:
    """Where everything is that `name` names: a doc_id or its beginning, a URL, a raw file's path.

    Documents come first, in order of batch and row; then rejects.

    Raises:
        ConfigError: `name` begins several ids.
    """
    search = _Search(lake, _names(corpus, name))
    batches = lake.batches_of(corpus.sources)
    found = [place for table in index.INDEXED for place in search.of(table, batches)]
    if len(search.ids) > 1:
        some = ", ".join(sorted(search.ids)[:_MOST_NAMED])
        begun = search.begun
        raise ConfigError(f"{begun} begins {len(search.ids)} ids, give more of one: {some}")
    return found


def place_of(lake: Lake, batches: Sequence[str], doc_id: str) -> Place | None:
    """Where the document `doc_id` is, if it is in one of these batches."""
    return next(_Search(lake, [doc_id]).of("documents", batches), None)


def _names(corpus: Corpus, name: str) -> list[str]:
    """`name`, and as the tables write it if it is the path of a file in the corpus's folder."""
    placed = str(Path(name).absolute())
    inside = placed.removeprefix(f"{corpus.folder}/")
    return list(dict.fromkeys((name, placed, inside)))


class _Search:
    """A search for names; `ids` are those met so far that begin with the first of them."""

    def __init__(self, lake: Lake, names: list[str]) -> None:
        self.lake, self.names = lake, names
        begun = names[0].lower()
        self.begun = begun if _PREFIX.fullmatch(begun) else None
        self.hashes = index.hashed(names)
        self.ids: set[str] = set()

    def of(self, table: str, batches: Sequence[str]) -> Iterator[Place]:
        """The rows of `table` that have one of the names."""
        for batch in batches:
            path = self.lake.path(table, batch)
            if path.is_file():
                for row in self._rows(table, path):
                    yield Place(table, batch, row)

    def _rows(self, table: str, path: Path) -> list[int]:
        columns, found = _COLUMNS[table], index.read(path)
        if found is None:
            rows = pl.scan_parquet(path, glob=False).select(columns).with_row_index("at")
            matching = rows.filter(self._asked(table)).collect()
        elif some := self._candidates(found):
            matching = take(path, some, columns).filter(self._asked(table))
        else:
            return []
        if table == "documents" and self.begun is not None:
            begun = matching["doc_id"].str.starts_with(self.begun)
            self.ids.update(matching["doc_id"].filter(begun))
        return matching["at"].to_list()

    def _asked(self, table: str) -> pl.Expr:
        """Whether a row is one that is looked for."""
        asked = pl.any_horizontal(pl.col(*index.ADDRESSES).is_in(self.names))
        if self.begun is None:
            return asked
        by_id = pl.col("doc_id").str.starts_with(self.begun)
        return asked | (withdrawn_id(self.begun) if table == "rejects" else by_id)

    def _candidates(self, found: index.Index) -> list[int]:
        begun = found.begun(self.begun) if self.begun is not None else []
        return sorted({*begun, *found.at(self.hashes)})
