"""`wenyuan exams`, and a build that cuts exams out of some sources and flags them in others."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.corpus import load_corpus
from tests.pipelines import small
from tests.pipelines.running import answered, wenyuan

STEM = "渡口的班船在雾天停航，这一规矩流传下来的主要原因是什么"
OPTIONS = ["沙洲浅而航道窄", "船工不愿意加班", "货主要吃羊肉"]
ITEM = f"3．（2分）{STEM}（　）\nA．{OPTIONS[2]}\nB．{OPTIONS[0]}\nC．{OPTIONS[1]}"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three news articles, of which one holds an item and one is an exam; a notice with an item."""
    folder = tmp_path_factory.mktemp("exams")
    articles = [small.MARKET, f"{small.FERRY * 2}\n\n{ITEM}\n\n{small.ORCHARD}", ITEM + "\n答案：B"]
    small.news(folder, "2024-01", articles)
    small.notice(folder, "water", f"{small.WATER}\n{ITEM}")
    known = {"question": STEM, "options": OPTIONS, "id": "q-7"}
    exam = [known, {"question": "对错题", "id": "q-8"}]
    small.put(folder / "papers" / "ferry.json", json.dumps(exam, ensure_ascii=False))
    path = small.configure(
        folder,
        contamination={"benchmarks": {"town": "papers"}},
        policies={
            "web": {"preset": "none", "contamination": {"max": 0.6, "action": "cut"}},
            "government": {"preset": "none", "contamination": {"max": 0.6, "action": "flag"}},
        },
    )
    assert not small.build_here(path).failures
    return path


def texts(built: Path, batch: str) -> list[str]:
    corpus = small.lake_of(built).scan("corpus", [batch]).select("text").collect()
    return corpus["text"].to_list()


def test_the_item_is_cut_out_of_an_article_and_an_exam_is_dropped(built: Path) -> None:
    market, ferry = texts(built, "news-00000")
    assert market == small.MARKET
    assert small.ORCHARD in ferry
    assert STEM not in ferry
    assert not [option for option in OPTIONS if option in ferry]


def test_a_flagged_item_stays(built: Path) -> None:
    assert STEM in texts(built, "notices-00000")[0]


def test_the_report_counts_documents_and_items_by_benchmark(built: Path) -> None:
    report = answered("exams", "-c", built, "--json")
    [town] = report["benchmarks"]
    assert (town["benchmark"], town["items"], town["not_indexed"]) == ("town", 2, ["ferry/q-8"])
    assert (town["documents"], town["hit"]) == (3, 1)
    assert town["sources"] == {"news": 2, "notices": 1}
    assert town["by_share"] == dict.fromkeys(("0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9"), 3)
    assert {one["item"] for one in town["examples"]} == {"ferry/q-7"}
    assert report["documents"] == 4
    assert report["index_bytes"] > report["seeds"] > 0


def test_one_source_can_be_asked_about(built: Path) -> None:
    report = answered("exams", "notices", "-c", built, "--json")
    assert report["asked"] == {"notices": 0.6}
    assert report["benchmarks"][0]["documents"] == 1


def test_no_text_is_shown(built: Path) -> None:
    shown = wenyuan("exams", "-c", built).output + wenyuan("exams", "-c", built, "--json").output
    assert "ferry/q-7" in shown
    assert not [text for text in (STEM, *OPTIONS, small.FERRY) if text[:6] in shown]


def test_why_tells_how_much_of_an_item_stands_where(built: Path) -> None:
    report = answered("exams", "notices", "-c", built, "--json")
    [example] = report["benchmarks"][0]["examples"]
    shown = wenyuan("why", example["doc_id"], "-c", built).output
    assert "town ferry/q-7: 100% at" in shown.replace("\n", " ")


def test_the_index_lies_in_the_lake(built: Path) -> None:
    assert [file.suffix for file in (small.lake_of(built).home / "exams").iterdir()] == [".arrow"]


def asked(folder: Path, **settings: Any) -> Path:
    small.news(folder, "2024-01", small.FIRST)
    return small.configure(folder, **settings)


@pytest.mark.parametrize("named", [True, False], ids=["not built", "no exams"])
def test_nothing_looked_for_is_not_found(tmp_path: Path, named: bool) -> None:
    small.put(tmp_path / "exam.json", json.dumps([{"question": STEM}]))
    exams = {"benchmarks": {"town": "exam.json"}} if named else {}
    path = asked(tmp_path, contamination=exams)
    assert load_corpus(path).contamination.benchmarks.keys() == ({"town"} if named else set())
    result = wenyuan("exams", "-c", path)
    assert result.exit_code == 3
    assert ("wenyuan build" if named else "contamination.benchmarks") in result.stderr


def test_a_wrong_file_is_told_with_its_place(tmp_path: Path) -> None:
    small.put(tmp_path / "exam.csv", "id,question\n1,a,b\n")
    result = wenyuan(
        "exams", "-c", asked(tmp_path, contamination={"benchmarks": {"town": "exam.csv"}})
    )
    assert result.exit_code == 2
    assert "'town', line 2: 3 values under 2 names" in result.stderr.replace("\n", " ")
