"""`wenyuan acceptance`, as a person and as a job at night run it."""

import json
from pathlib import Path

import pytest

from schemas.acceptance import Report
from tests.pipelines import small
from tests.pipelines.acceptance.conftest import SOURCES
from tests.pipelines.running import answered, moved, wenyuan

KEYS = [
    *("corpus", "source", "kind", "licence", "confidential", "verdict", "outdated", "terms"),
    *("files", "raw_bytes", "read", "rejected", "dropped", "undecided", "kept"),
    *("tokenizer", "tokens", "reasons", "rules", "own_copies", "other_copies", "personal"),
    *("languages", "characters", "quality", "mixtures", "by_file"),
]


def test_the_object_has_the_documented_keys(delivered: Path) -> None:
    [news] = answered("acceptance", "news", "-c", delivered, "--json")["reports"]
    assert list(news) == KEYS
    assert list(news["terms"][0]) == ["term", "asked", "measured", "met"]
    assert list(news["rules"]["duplicate"]) == ["records", "asked", "examples"]
    place = ["doc_id", "file", "offset", "length", "copy_of"]
    assert list(news["own_copies"]["examples"][0]) == place
    assert list(news["own_copies"]["examples"][0]["copy_of"]) == place
    assert list(news["personal"]) == ["documents", "sensitive", "findings"]
    given = ["mixture", "version", "outdated", "documents", "rows", "tokenizer", "tokens"]
    assert list(news["mixtures"][0]) == [*given, "held_out"]
    counts = ["read", "rejected", "dropped", "undecided", "kept"]
    assert list(news["by_file"][0]) == ["file", *counts]


def test_a_missed_term_is_told_by_the_exit_code(delivered: Path) -> None:
    assert wenyuan("acceptance", "news", "-c", delivered).exit_code == 0
    both = wenyuan("acceptance", "-c", delivered)
    assert both.exit_code == 6
    assert "notices is not accepted: other copies 33.33%, at most 10% asked" in both.stderr
    assert "news is" not in both.stderr
    assert "not accepted" in both.stdout
    as_json = wenyuan("acceptance", "-c", delivered, "--json")
    assert as_json.exit_code == 6
    assert len(json.loads(as_json.stdout)["reports"]) == 2


def test_what_cannot_be_judged_yet_has_an_exit_code_of_its_own(
    delivered: Path, tmp_path: Path
) -> None:
    path = moved(delivered, tmp_path)
    small.lake_of(path).path("verdicts", "news-00000").unlink()
    waiting = wenyuan("acceptance", "news", "-c", path)
    assert (waiting.exit_code, "wenyuan build" in waiting.stderr) == (4, True)
    assert wenyuan("acceptance", "-c", path).exit_code == 6


def test_without_terms_nothing_is_wrong(delivered: Path, tmp_path: Path) -> None:
    path = moved(delivered, tmp_path)
    small.configure(path.parent)
    result = wenyuan("acceptance", "-c", path)
    assert (result.exit_code, "no terms" in result.stdout) == (0, True)


def test_a_named_source_is_told_in_full(delivered: Path) -> None:
    shown = " ".join(wenyuan("acceptance", "notices", "-c", delivered).stdout.split())
    assert "missed other copies 33.33%, at most 10% asked" in shown
    assert "dropped: duplicate (unique asked) 1" in shown
    assert "market.txt offset 0" in shown
    assert small.MOBILE not in shown
    assert "2024-01" not in shown


def test_each_supplier_gets_its_files(delivered: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "reports"
    shown = wenyuan("acceptance", "-c", delivered, "--to", folder).stdout
    assert "wrote 4 files" in shown
    names = ["news.html", "news.json", "notices.html", "notices.json"]
    assert sorted(one.name for one in folder.iterdir()) == names
    assert (folder / "news.html").read_text(encoding="utf-8").endswith("</html>\n")
    report = Report.model_validate_json((folder / "notices.json").read_bytes())
    assert (report.source, report.verdict) == ("notices", "not_accepted")


def test_what_cannot_be_written_or_found_is_an_error(delivered: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = wenyuan("acceptance", "-c", delivered, "--to", tmp_path / "file" / "x")
    assert (result.exit_code, "cannot be written" in result.stderr) == (2, True)
    assert wenyuan("acceptance", "nws", "-c", delivered).exit_code == 3


@pytest.mark.parametrize("term", ["max_rejcted", "min_rejected"])
def test_a_wrong_term_is_named_with_its_line(tmp_path: Path, term: str) -> None:
    small.configure(tmp_path, sources=SOURCES, acceptance={term: "2%"})
    result = wenyuan("acceptance", "-c", tmp_path / "corpus.yaml")
    assert result.exit_code == 2
    assert "did you mean 'max_rejected'" in result.stderr
