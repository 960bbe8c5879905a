"""The index of a table says what the table says, or nothing at all."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import index
from pipelines.lake import TABLES, Lake
from pipelines.parquet import Origin, read_receipt
from schemas.batches import Batch

ORIGIN = Origin(code_version="1", settings="", inputs={})
ID = "0123456789abcdef" + "0" * 16
BATCH = Batch(name="a-00000", source="a", files=())


def documents(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """Documents by id, uri and raw path."""
    missing = {name: [None] * len(rows) for name in TABLES["documents"]}
    given = zip(("doc_id", "uri", "raw_path"), zip(*rows, strict=True), strict=False)
    return pl.DataFrame(missing | dict(given), schema=TABLES["documents"])


def laid(folder: Path, rows: pl.DataFrame, table: str = "documents") -> Path:
    lake = Lake(str(folder))
    lake.write(table, "a-00000", [rows], ORIGIN)
    return lake.path(table, "a-00000")


def found(path: Path) -> index.Index:
    there = index.read(path)
    assert there is not None
    return there


IDS = st.sampled_from(["0" * 32, "f" * 32, ID, ID[:16] + "f" * 16]) | st.text(
    "0123456789abcdef", min_size=32, max_size=32
)
ADDRESSES = st.sampled_from(["a", "", "路/一.txt", "路/二.txt"]) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=5
)


@settings(max_examples=50)
@given(st.lists(st.tuples(IDS, ADDRESSES, ADDRESSES), max_size=12), st.integers(1, 32))
def test_it_names_all_rows_of_an_id_and_an_address(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], digits: int
) -> None:
    there = found(laid(tmp_path_factory.mktemp("lake"), documents(*rows)))
    for doc_id, uri, path in rows:
        key = doc_id[: min(digits, index.KEY_DIGITS)]
        begun = {at for at, row in enumerate(rows) if row[0].startswith(key)}
        assert set(there.begun(doc_id[:digits])) == begun
        named = {at for at, row in enumerate(rows) if {uri, path} & {*row[1:]}}
        assert set(there.at(index.hashed([uri, path]))) == named
    assert there.at(index.hashed(["nowhere"])) == []


def test_rows_of_one_raw_file_are_one_entry(tmp_path: Path) -> None:
    rows = [(f"{row:032x}", f"news.jsonl#{row}", "news.jsonl") for row in range(100)]
    there = found(laid(tmp_path, documents(*rows)))
    assert there.at(index.hashed(["news.jsonl"])) == list(range(100))
    assert len(there.addresses) == 101


def test_rejects_may_have_no_address(tmp_path: Path) -> None:
    columns = {"uri": [None, "", "a#1"], "raw_path": ["a", None, "a"]}
    rows = pl.DataFrame(
        {name: columns.get(name, [None] * 3) for name in TABLES["rejects"]},
        schema=TABLES["rejects"],
    )
    there = found(laid(tmp_path, rows, "rejects"))
    assert there.at(index.hashed([""])) == [1]
    assert sorted(there.at(index.hashed(["a"]))) == [0, 2]
    assert there.begun("0" * 6) == []


def test_the_same_rows_have_the_same_index(tmp_path: Path) -> None:
    rows = [(f"{row % 3:032x}", "a", "b") for row in range(20)]
    one, two = (laid(tmp_path / name, documents(*rows)) for name in "ab")
    assert index.beside(one).read_bytes() == index.beside(two).read_bytes()


def test_the_receipt_stands_in_what_is_sealed(tmp_path: Path) -> None:
    for table in index.INDEXED:
        path = laid(tmp_path, TABLES[table].to_frame(), table)
        receipt = read_receipt(path)
        assert receipt is not None
        assert receipt.digest.encode() in path.read_bytes()[-index.SEALED :]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def overwritten(path: Path) -> None:
    path.write_bytes(b"x" * path.stat().st_size)


@pytest.mark.parametrize("damage", [cut, emptied, overwritten, Path.unlink])
def test_what_is_damaged_or_missing_stands_for_nothing_and_is_made_again(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = laid(tmp_path, documents((ID, "a", "b")))
    Lake(str(tmp_path)).put_batch(BATCH)
    whole = index.beside(path).read_bytes()
    damage(index.beside(path))
    assert index.read(path) is None
    Lake(str(tmp_path)).reindex()
    assert index.beside(path).read_bytes() == whole


def test_the_index_of_other_rows_stands_for_nothing(tmp_path: Path) -> None:
    path = laid(tmp_path, documents((ID, "a", "b")))
    stale = index.beside(path).read_bytes()
    laid(tmp_path, documents((ID, "a", "c")))
    index.beside(path).write_bytes(stale)
    assert index.read(path) is None


def test_a_kill_between_index_and_table_leaves_the_old_table_and_no_index_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = laid(tmp_path, documents((ID, "a", "b")))
    before, replace = path.read_bytes(), Path.replace

    def killed(self: Path, target: Path) -> Path:
        if target == path:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        laid(tmp_path, documents((ID, "a", "c")))
    assert path.read_bytes() == before
    assert index.read(path) is None
