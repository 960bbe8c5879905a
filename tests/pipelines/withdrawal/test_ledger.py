"""No record of the ledger can be changed, added or taken away unnoticed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.lake import Lake
from pipelines.withdrawal.forgetting import verify
from pipelines.withdrawal.ledger import Ledger
from schemas.corpus import load_corpus
from schemas.errors import IntegrityError, NotFoundError
from schemas.withdrawals import (
    NOTHING_BEFORE,
    TEXTS,
    WITHDRAWN,
    Certificate,
    Entry,
    Request,
)
from tests.pipelines.withdrawal.making import lay


def entry(ledger: Ledger, number: int, **named: Any) -> Entry:
    request = Request(**{"urls": ("https://a.cn/",), "reason": "权利人要求"} | named)
    return Entry(
        number=number,
        previous=ledger.head,
        at="2026-01-01T00:00:00+00:00",
        request=request,
        found={},
        documents=ledger.put(number, "documents", WITHDRAWN.to_frame()),
        texts=ledger.put(number, "texts", TEXTS.to_frame()),
        mixtures={},
    )


def certificate(ledger: Ledger, number: int) -> Certificate:
    entry = next(one for one in ledger.entries if one.number == number)
    return Certificate(
        number=number,
        previous=ledger.head,
        entry=ledger.digest(entry),
        found={},
        raw_files=0,
        mixtures={},
        verified={},
    )


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Three requests, of which the second and the first are closed, in this order."""
    lake = Lake(str(tmp_path))
    ledger = Ledger(lake)
    assert (ledger.records, ledger.head) == ([], NOTHING_BEFORE)
    for number in (1, 2):
        ledger.append(entry(ledger, number))
    for number in (2, 1):
        ledger.append(certificate(ledger, number))
    ledger.append(entry(ledger, 3))
    return lake


def test_records_stand_in_the_order_they_were_written(lake: Lake) -> None:
    ledger = Ledger(lake)
    kinds = [(type(one.content).__name__, one.content.number) for one in ledger.records]
    assert kinds == [
        ("Entry", 1),
        ("Entry", 2),
        ("Certificate", 2),
        ("Certificate", 1),
        ("Entry", 3),
    ]
    assert [one.number for one in ledger.open] == [3]


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("name", ["00001", "00002", "00003", "00001.certificate"])
@pytest.mark.parametrize(
    "harm",
    [
        lambda path: replaced(path, '"number"', ' "number"'),
        lambda path: path.unlink(),
        lambda path: path.write_text("{}"),
        lambda path: path.write_bytes(path.with_name("00002.json").read_bytes() + b" "),
    ],
)
def test_harm_to_any_record_is_noticed(lake: Lake, name: str, harm: Callable[[Path], None]) -> None:
    harm(lake.home / "withdrawals" / f"{name}.json")
    with pytest.raises(IntegrityError, match="is broken"):
        _ = Ledger(lake).records


def test_a_record_put_beside_the_others_is_noticed(lake: Lake) -> None:
    text = (lake.home / "withdrawals/00003.json").read_text(encoding="utf-8")
    (lake.home / "withdrawals/00004.json").write_text(text.replace(": 3", ": 4"))
    with pytest.raises(IntegrityError, match="is broken"):
        _ = Ledger(lake).records


@pytest.mark.parametrize("name", ["00003.documents.csv", "00001.texts.parquet"])
def test_a_changed_table_is_noticed_where_it_is_read(lake: Lake, name: str) -> None:
    with (lake.home / "withdrawals" / name).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(IntegrityError, match=f"{name} was changed"):
        Ledger(lake).tombstones()


def test_a_kill_before_the_head_is_written_breaks_nothing(lake: Lake) -> None:
    ledger = Ledger(lake)
    before = ledger.head
    ledger.append(entry(ledger, 4))
    (lake.home / "withdrawals/head").write_text(before)
    again = Ledger(lake)
    assert [one.number for one in again.open] == [3, 4]
    again.append(certificate(again, 4))
    assert [one.number for one in Ledger(lake).open] == [3]


def test_a_table_comes_back_as_it_was(lake: Lake) -> None:
    rows = pl.DataFrame(
        {
            "doc_id": ["a", "b"],
            "source": ["s", "s"],
            "batch": ["s-0", "s-0"],
            "uri": ['https://a.cn/"?q=1,2\n', None],
            "raw_path": ["raw/文,件.jsonl", "sql"],
            "raw_offset": [2**63, 0],
            "raw_length": [None, 3],
            "asked": [True, False],
        },
        schema=WITHDRAWN,
    )
    ledger = Ledger(lake)
    four = entry(ledger, 4).model_copy(update={"documents": ledger.put(4, "documents", rows)})
    ledger.append(four)
    assert ledger.read(four, "documents").equals(rows)


def test_the_key_is_made_once_and_for_its_owner_alone(lake: Lake) -> None:
    key = Ledger(lake).key()
    assert len(key) == 32
    assert Ledger(lake).key() == key
    assert (lake.home / "withdrawals/key").stat().st_mode & 0o777 == 0o600


def test_verify_says_what_is_not_there(tmp_path: Path) -> None:
    light = lay(tmp_path)
    light.build()
    corpus = load_corpus(light.path)
    with pytest.raises(NotFoundError, match="nothing was ever withdrawn"):
        verify(corpus, light.lake)
    ledger = Ledger(light.lake)
    ledger.append(entry(ledger, 1))
    with pytest.raises(IntegrityError, match="request 1 has no certificate yet"):
        verify(corpus, light.lake)
    light.build()
    noted = Ledger(light.lake).head
    assert verify(corpus, light.lake, noted)["requests"] == 1
    with pytest.raises(IntegrityError, match="it was rewritten"):
        verify(corpus, light.lake, "f" * 64)
