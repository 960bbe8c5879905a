"""Exam files on disk, and the index that a lake keeps of them."""

import json
import os
import stat
from pathlib import Path

import polars as pl
import pytest

import assets.exams
from assets.exams import exam_digests, exam_files, exam_index
from quality.contamination import contamination
from schemas.corpus import Contamination
from schemas.errors import ConfigError

STEM = "渡口镇在枯水季节停航的主要原因是什么"


@pytest.fixture
def papers(tmp_path: Path) -> Contamination:
    """A benchmark of two subjects in a folder, another in a file, and a text to be quoted."""
    folder = tmp_path / "cmmlu"
    (folder / "test").mkdir(parents=True)
    (folder / "test" / "law.csv").write_text(f",Question,A,B,Answer\n0,{STEM}甲,枯水,结冰,A\n")
    (folder / "test" / "art.csv").write_text(f",Question,A,B,Answer\n0,{STEM}乙,枯水,结冰,A\n")
    (folder / "README.md").write_text("no exam")
    (tmp_path / "exam.json").write_text(json.dumps([{"question": f"{STEM}丙？"}]))
    (tmp_path / "statute.txt").write_text("第一条　两岸渡口由镇政府管理。")
    benchmarks = {"cmmlu": str(folder), "exam": str(tmp_path / "exam.json")}
    return Contamination(benchmarks=benchmarks, allow=(str(tmp_path / "statute.txt"),))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def kept(home: Path) -> list[Path]:
    return sorted((home / "exams").iterdir())


def test_the_files_of_a_folder_are_told_by_their_path_in_it(papers: Contamination) -> None:
    told = [(file.benchmark, file.name) for file in exam_files(papers)]
    assert told == [("cmmlu", "test/art"), ("cmmlu", "test/law"), ("exam", "")]
    assert exam_index(papers).names.rows() == [
        ("cmmlu", "test/art/0"),
        ("cmmlu", "test/law/0"),
        ("exam", "0"),
    ]


def test_the_index_of_the_lake_finds_what_one_made_anew_finds(
    papers: Contamination, home: Path
) -> None:
    page = pl.LazyFrame({"doc_id": ["a"], "text": [f"{STEM}乙？A．枯水　B．结冰"]})
    assets.exams._index.cache_clear()
    mapped = exam_index(papers, str(home))
    [file] = kept(home)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert mapped.names.equals(exam_index(papers).names)
    found = contamination(page, mapped).collect()
    assert found.equals(contamination(page, exam_index(papers)).collect())
    assert found["item"].item() == "test/art/0"


def test_an_index_is_made_once_for_the_same_content(papers: Contamination, home: Path) -> None:
    exam_index(papers, str(home))
    [file] = kept(home)
    before = file.stat().st_mtime_ns
    assets.exams._index.cache_clear()
    exam_index(papers, str(home))
    assert kept(home) == [file]
    assert file.stat().st_mtime_ns == before


def test_other_content_makes_another_index_and_the_old_one_goes(
    papers: Contamination, home: Path
) -> None:
    exam_index(papers, str(home))
    [old] = kept(home)
    digests = exam_digests(papers)
    exam = Path(papers.benchmarks["exam"])
    exam.write_text(json.dumps([{"question": f"{STEM}丁？"}]))
    os.utime(exam, ns=(1, 1))
    assert exam_digests(papers) != digests
    exam_index(papers, str(home))
    [new] = kept(home)
    assert new != old


def test_the_allow_list_is_part_of_what_decides(papers: Contamination) -> None:
    assert exam_digests(papers.model_copy(update={"allow": ()})) != exam_digests(papers)


def test_without_exams_nothing_is_kept(home: Path) -> None:
    assert exam_digests(Contamination()) == {}
    assert exam_index(Contamination(), str(home)).names.is_empty()
    assert not home.exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"benchmarks": {"exam": "nowhere.json"}}, "nowhere.json is not there"),
        ({"benchmarks": {"exam": "home"}}, "exam: .*home holds no file of exam items"),
        ({"allow": ("nowhere.txt",)}, "nowhere.txt is not there"),
        ({"allow": ("gbk.txt",)}, r"allow: .*gbk.txt is not UTF-8 \(byte 0\)"),
    ],
)
def test_what_cannot_be_read_is_named(
    papers: Contamination, tmp_path: Path, changed: dict[str, object], message: str
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "gbk.txt").write_bytes("渡口".encode("gb18030"))
    placed = {
        key: {name: str(tmp_path / file) for name, file in value.items()}
        if isinstance(value, dict)
        else tuple(str(tmp_path / file) for file in value)  # type: ignore[attr-defined]
        for key, value in changed.items()
    }
    with pytest.raises(ConfigError, match=message):
        exam_index(papers.model_copy(update=placed))
