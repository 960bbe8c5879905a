"""`wenyuan train quality`: from a file of labels to a model and its figures."""

import json
import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml
from click.testing import CliRunner, Result

from assets.scorers import scorers
from pipelines.cli import main
from quality.kernels.arrow import strings
from schemas.corpus import load_corpus
from tests.pipelines.training.files import corpus_with, write

WORDS = {
    0: ("加微信", "领红包", "点击下载", "限时优惠", "免费送", "马上抢"),
    2: ("今天天气", "下午三点", "市民表示", "记者获悉", "有关部门", "据介绍"),
    5: ("定理证明", "设函数连续", "由此可知", "例如下式", "根据定义", "推导得出"),
}


def texts(count: int, seed: int = 1) -> list[dict[str, Any]]:
    dice = random.Random(seed)
    grades = [dice.choice(list(WORDS)) for _ in range(count)]
    return [
        {"text": "，".join(dice.choices(WORDS[grade], k=8)) + "。", "label": grade}
        for grade in grades
    ]


def train(labels: Path, *more: str) -> Result:
    to = labels.parent / "model.npz"
    asked = ["train", "quality", "--labels", str(labels), "--to", str(to), *more]
    return CliRunner().invoke(main, asked)


@pytest.mark.parametrize("name", ["labels.jsonl", "labels.csv", "labels.parquet"])
def test_grades_are_learned_whatever_the_file_is(tmp_path: Path, name: str) -> None:
    done = train(write(tmp_path / name, texts(400)), "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["classes"] == ["0", "2", "5"]
    assert told["accuracy"] > 0.95
    assert told["spearman"] > 0.9
    assert told["calibration_error"] < 0.1
    assert sum(sum(one.values()) for one in told["counts"].values()) == 400 - told["twice"]


def test_what_it_prints_can_be_put_into_corpus_yaml(tmp_path: Path) -> None:
    rows = [row | {"label": "good" if row["label"] else "ad"} for row in texts(300)]
    done = train(write(tmp_path / "labels.jsonl", rows))
    assert done.exit_code == 0, done.output
    assert "AUC" in done.stdout
    shown = yaml.safe_load(done.stdout.partition("score:\n")[2].partition("\n\nor")[0])
    assert shown["scorers"] == {"model": {"model": str(tmp_path / "model.npz"), "label": "good"}}
    said = {
        "name": "town",
        "sources": {"news": {"kind": "web", "format": "jsonl", "path": "news"}},
        "mixtures": {"general": {}},
        "scorers": shown["scorers"],
    }
    (tmp_path / "corpus.yaml").write_text(yaml.safe_dump(said))
    judge = scorers(load_corpus(tmp_path / "corpus.yaml")).own["model"]
    good, bad = judge(strings(pl.Series(["根据定义，由此可知。", "加微信，领红包。"])))
    assert good > 0.8
    assert bad < 0.2


def test_the_same_labels_give_the_same_file(tmp_path: Path) -> None:
    labels = write(tmp_path / "labels.jsonl", texts(200))
    train(labels)
    first = (tmp_path / "model.npz").read_bytes()
    train(labels)
    assert (tmp_path / "model.npz").read_bytes() == first


def test_a_long_document_may_stand_in_a_cell(tmp_path: Path) -> None:
    rows = texts(200)
    rows[7]["text"] *= 5_000
    assert train(write(tmp_path / "labels.csv", rows)).exit_code == 0


def test_copies_are_on_one_side_and_count_once(tmp_path: Path) -> None:
    rows = texts(200)
    copies = [row | {"text": row["text"].replace("，", ", ")} for row in rows]
    told = json.loads(train(write(tmp_path / "labels.jsonl", rows + copies), "--json").stdout)
    assert told["twice"] >= 200


def test_documents_of_a_corpus_are_looked_up(tmp_path: Path) -> None:
    rows = texts(200)
    ids = [f"{number:032x}" for number in range(len(rows))]
    known = {one: row["text"] for one, row in zip(ids, rows, strict=True)}
    corpus = corpus_with(tmp_path, {"documents": known})
    labels = [{"doc_id": one, "label": row["label"]} for one, row in zip(ids, rows, strict=True)]
    file = write(tmp_path / "labels.jsonl", labels)
    assert "labels.jsonl:1: a doc_id is looked up in a corpus: name its file" in train(file).output
    done = train(file, "-c", str(corpus))
    assert done.exit_code == 0, done.output
    file = write(tmp_path / "labels.jsonl", [*labels, {"doc_id": "f" * 32, "label": 1}])
    failed = train(file, "-c", str(corpus))
    assert failed.exit_code == 2
    assert "labels.jsonl:201: no document" in failed.output


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"甲乙丙": "甲"}], "no label; columns need a name"),
        ([{"text": "甲", "lable": 1}], "labels.jsonl:1: no label; did you mean 'lable'?"),
        ([{"text": "甲", "label": 1}, {"text": "乙", "label": None}], ":2: no label; it is empty"),
        ([{"text": " ", "label": 1}], ":1: no text and no doc_id"),
        ([{"label": 1}], ":1: no text and no doc_id"),
        ([{"text": "甲", "label": [1]}], ":1: the label is no word and no number"),
        ([], "is empty"),
        ([{"text": f"第{n}句", "label": 1} for n in range(99)], "all texts have the label '1'"),
        (
            [{"text": f"第{n}句话", "label": n % 40 == 0} for n in range(200)],
            "a label needs 30 different texts at least: true has",
        ),
        ([{"text": f"句{n}", "label": n} for n in range(150)], "150 labels are more than 100"),
    ],
)
def test_what_is_wrong_with_labels_is_told(
    tmp_path: Path, rows: list[dict[str, Any]], said: str
) -> None:
    done = train(write(tmp_path / "labels.jsonl", rows))
    assert done.exit_code == 2
    assert said in done.output
    assert not (tmp_path / "model.npz").exists()


def test_a_broken_line_is_named_and_not_quoted(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text('{"text": "甲", "label": 1}\n{"text": "13812345678"\n', encoding="utf-8")
    done = train(file)
    assert done.exit_code == 2
    assert "labels.jsonl:2: not JSON" in done.output
    assert "138" not in done.output


@pytest.mark.parametrize(
    ("labels", "to", "said"),
    [
        ("none.jsonl", "m.npz", "is not there"),
        ("labels.xlsx", "m.npz", "is none of .jsonl"),
        ("none.jsonl", "m.bin", "a file .npz"),
        ("none.jsonl", "none/m.npz", "in a folder that is there"),
    ],
)
def test_wrong_files_are_told(tmp_path: Path, labels: str, to: str, said: str) -> None:
    asked = ["--labels", str(tmp_path / labels), "--to", str(tmp_path / to)]
    done = CliRunner().invoke(main, ["train", "quality", *asked])
    assert done.exit_code == 2
    assert said in done.output
