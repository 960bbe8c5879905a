"""`wenyuan forget`, as a person and as a script meet it."""

import shutil
from pathlib import Path

import pytest

from pipelines.lake import Lake
from pipelines.withdrawal.ledger import Ledger
from pipelines.workers import exclusive
from schemas.corpus import load_corpus
from tests.pipelines import small
from tests.pipelines.running import answered, moved, wenyuan

NOTICE = "notices/market.txt"


@pytest.fixture
def path(built: Path, tmp_path: Path) -> Path:
    return moved(built, tmp_path)


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (["--url", NOTICE], 2, "give a --reason"),
        (["--url", NOTICE, "--reason", " "], 2, "give a --reason"),
        (["--reason", "x"], 2, "say what to forget"),
        (["--dry-run"], 2, "say what to forget"),
        (["--url", "news/2024-01.jsonl#0", "--reason", "x"], 2, "name the document with --doc"),
        (["--doc", "0" * 32, "--reason", "x"], 3, "not there"),
        (["--source", "nobody", "--reason", "x"], 3, "no source 'nobody'"),
        (["--source", "nobody", "--dry-run"], 3, "no source 'nobody'"),
        (["--contains", "nowhere.txt", "--reason", "x"], 2, "does not exist"),
        (["--verify"], 3, "nothing was ever withdrawn"),
        (["--verify", "--head", "f" * 64], 4, "it was rewritten"),
        (["--verify", "--url", NOTICE], 2, "ask for nothing else"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    built: Path, given: list[str], code: int, told: str
) -> None:
    result = wenyuan("forget", *given, "-c", built)
    assert (result.exit_code, told in result.output) == (code, True), result.output
    assert not (small.lake_of(built).home / "withdrawals").exists()


def test_a_passage_too_short_is_refused(built: Path) -> None:
    asked = ["--contains", "-", "--reason", "x", "-c", built]
    result = wenyuan("forget", *asked, given="一二三四五！".encode())
    assert (result.exit_code, "has 5 characters" in result.output) == (2, True)


def test_a_passage_that_is_not_utf8_is_refused(built: Path) -> None:
    asked = ["--contains", "-", "--dry-run", "-c", built]
    result = wenyuan("forget", *asked, given="一二三四五六七八九十".encode("gb18030"))
    assert (result.exit_code, "is not UTF-8" in result.output) == (2, True)


def test_a_dry_run_says_what_would_be_found(path: Path) -> None:
    asked = ["--contains", "-", "--dry-run", "-c", path]
    found = answered("forget", *asked, "--json", given=small.MARKET[:20].encode())
    assert found == {
        "documents": {"news": 1, "notices": 1},
        "copies": 1,
        "raw_files": 2,
        "mixtures": {"general": {"rows": 1, "shards": 1}, "services": {"rows": 1, "shards": 2}},
    }
    shown = wenyuan("forget", *asked, given=small.MARKET[:20].encode()).output
    assert "2 documents would be withdrawn, 1 of them as copies" in shown
    assert "nothing was written" in shown
    assert "豆腐" not in shown
    assert not (small.lake_of(path).home / "withdrawals").exists()


def test_it_is_refused_while_a_build_is_at_work(path: Path) -> None:
    with exclusive(Lake(load_corpus(path).home)):
        for more in (["--url", NOTICE, "--reason", "x"], ["--url", NOTICE, "--dry-run"]):
            assert wenyuan("forget", *more, "-c", path).exit_code == 5
    assert not (small.lake_of(path).home / "withdrawals").exists()


def test_from_a_request_to_its_certificate(path: Path) -> None:
    told = answered("forget", "--url", NOTICE, "--reason", "权利人要求", "--json", "-c", path)
    assert told["documents"] == {"news": 1, "notices": 1}
    assert told["mixtures"]["general"] == {"rows": 1, "shards": 1, "rewritten": 1}
    assert Path(told["certificate"]).is_file()
    assert "notices/market.txt" in Path(told["places"]).read_text(encoding="utf-8")
    lake = small.lake_of(path)
    assert not any("豆腐" in text for text in lake.scan("corpus", lake.batches()).collect()["text"])
    checked = answered("forget", "--verify", "--head", told["head"], "--json", "-c", path)
    assert (checked["requests"], checked["head"]) == (1, told["head"])
    assert "by request 1: 权利人要求" in wenyuan("why", NOTICE, "-c", path).output
    with (lake.home / "withdrawals/00001.json").open("a") as file:
        file.write(" ")
    for command in (["forget", "--verify"], ["build"]):
        result = wenyuan(*command, "-c", path)
        assert (result.exit_code, "is broken" in result.output) == (4, True)


def test_the_ledger_goes_where_the_corpus_goes(path: Path, tmp_path: Path) -> None:
    told = answered("forget", "--url", NOTICE, "--reason", "x", "--json", "-c", path)
    other = Path(shutil.move(path.parent, tmp_path / "elsewhere")) / "corpus.yaml"
    assert Ledger(small.lake_of(other)).head == told["head"]
    assert wenyuan("forget", "--verify", "-c", other).exit_code == 0
