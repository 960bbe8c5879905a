"""`wenyuan privacy`: counts, samples and scores, and never a value."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.pipelines import small
from tests.pipelines.running import answered, moved, wenyuan

REPORT = "身份证号110101199003077475，手机13987654321，姓名：王小明。王小明来电。"
VALUES = ("110101199003077475", "13987654321", "王小明", small.MOBILE)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """News, and two notices with personal data: the clinic's telephone, and a person's report."""
    folder = tmp_path_factory.mktemp("personal")
    small.news(folder, "2024-01", small.FIRST)
    small.notice(folder, "clinic", small.CLINIC)
    small.notice(folder, "report", small.WATER + REPORT)
    path = small.configure(folder, privacy={"government": {"mobile": "pseudonymise"}})
    assert not small.build_here(path).failures
    return path


def notices(built: Path) -> dict[str, Any]:
    [found] = answered("privacy", "report", "notices", "-c", built, "--json")["sources"]
    told: dict[str, Any] = found
    return told


def test_the_report_counts_by_kind_and_rule_and_says_what_is_done(built: Path) -> None:
    found = notices(built)
    assert (found["documents"], found["concerned"]) == (2, 2)
    told = {(one["kind"], one["rule"]): one for one in found["rules"]}
    assert told["mobile", "plan"]["findings"] == 2
    assert told["mobile", "plan"]["documents"] == 2
    assert told["mobile", "plan"]["action"] == "pseudonymise"
    assert told["resident_id", "gb11643"]["action"] == "mask"
    assert found["sensitive"] == {"GB/T 35273-2020": 1}
    assert sum(found["density"].values()) == found["documents"]


def test_a_source_that_is_not_there_is_told(built: Path) -> None:
    result = wenyuan("privacy", "report", "notises", "-c", built)
    assert result.exit_code == 3
    assert "did you mean 'notices'?" in result.stderr


def test_nothing_measured_says_how_to_begin(tmp_path: Path) -> None:
    small.news(tmp_path, "2024-01", small.FIRST)
    result = wenyuan("privacy", "report", "-c", small.configure(tmp_path))
    assert result.exit_code == 3
    assert "wenyuan build" in result.stderr


def test_no_value_is_in_the_report_the_page_or_the_sample(built: Path, tmp_path: Path) -> None:
    page, sample = tmp_path / "page.html", tmp_path / "sample.csv"
    shown = wenyuan("privacy", "report", "-c", built, "--to", page).output
    shown += wenyuan("privacy", "report", "-c", built, "--json").output
    shown += wenyuan("privacy", "sample", "-c", built, "--to", sample).output
    shown += page.read_text("utf-8") + sample.read_text("utf-8")
    assert "〔手机号〕" in shown
    assert not [value for value in VALUES if value in shown]


def drawn(built: Path, file: Path, *options: object) -> list[dict[str, str]]:
    assert wenyuan("privacy", "sample", "-c", built, "--to", file, *options).exit_code == 0
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_sample_has_findings_of_each_kind_and_passages(built: Path, tmp_path: Path) -> None:
    rows = drawn(built, tmp_path / "a.csv", "--findings", 1, "--passages", 2)
    kinds = [row["kind"] for row in rows if row["part"] == "finding"]
    assert len(kinds) == len(set(kinds))
    assert {"mobile", "resident_id", "name"} <= set(kinds)
    assert sum(row["part"] == "passage" for row in rows) == 2
    shapes = {row["kind"]: row["shape"] for row in rows if row["part"] == "finding"}
    assert shapes["resident_id"] == "0" * 18
    assert "▶〔身份证号〕◀" in next(row["text"] for row in rows if row["kind"] == "resident_id")


def test_the_same_corpus_gives_the_same_sample(built: Path, tmp_path: Path) -> None:
    there = moved(built, tmp_path)
    options = ("--findings", 2, "--passages", 3)
    assert drawn(built, tmp_path / "a.csv", *options) == drawn(there, tmp_path / "b.csv", *options)


def filled(rows: list[dict[str, str]], file: Path) -> Path:
    with file.open("w", encoding="utf-8-sig", newline="") as lines:
        out = csv.DictWriter(lines, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    return file


def test_a_sample_that_was_filled_in_is_scored(built: Path, tmp_path: Path) -> None:
    rows = drawn(built, tmp_path / "a.csv")
    for row in rows:
        if row["part"] == "finding":
            row["right"] = "no" if row["kind"] == "resident_id" else "Yes"
        elif "mobile:1" in row["kind"]:
            row["missed"] = "mobile qq"
    scores = {
        one["kind"]: one
        for one in answered("privacy", "score", filled(rows, tmp_path / "b.csv"), "--json")
    }
    assert (scores["resident_id"]["precision"], scores["mobile"]["precision"]) == (0, 1)
    assert scores["mobile"]["recall"] == scores["mobile"]["found"] / (
        scores["mobile"]["found"] + scores["mobile"]["missed"]
    )
    assert (scores["qq"]["looked_at"], scores["qq"]["recall"]) == (0, 0)
    low, high = scores["mobile"]["precision_interval"]
    assert 0 < low < high == 1
    assert "mobile" in wenyuan("privacy", "score", tmp_path / "b.csv").output


@pytest.mark.parametrize(
    ("part", "column", "answer", "said"),
    [("finding", "right", "maybe", "yes nor no"), ("passage", "missed", "mobil", "no kind")],
)
def test_an_answer_that_is_none_is_told_with_its_line(
    built: Path, tmp_path: Path, part: str, column: str, answer: str, said: str
) -> None:
    rows = drawn(built, tmp_path / "a.csv")
    at = next(number for number, row in enumerate(rows, 2) if row["part"] == part)
    rows[at - 2][column] = answer
    result = wenyuan("privacy", "score", filled(rows, tmp_path / "b.csv"))
    assert result.exit_code == 2
    assert f"b.csv:{at}: {column}: '{answer}'" in result.stderr
    assert said in result.stderr


def test_a_file_that_is_no_sample_is_told(tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "wenyuan privacy sample" in wenyuan("privacy", "score", file).stderr
    assert wenyuan("privacy", "score", tmp_path / "nowhere.csv").exit_code == 2
