"""`wenyuan train perplexity`: from a file of clean texts to a character model and its figures."""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
import yaml
from click.testing import CliRunner, Result

from assets.scorers import scorers
from pipelines.cli import main
from pipelines.training.perplexity import learned
from quality.kernels.arrow import strings
from quality.language.sets import rows_of
from schemas.corpus import load_corpus
from tests.pipelines.training.files import corpus_with, describe, write
from tests.shared import shared_data

MOBILE = "13812345678"

CLAUSES = (
    "船工把缆绳系在石桩上",
    "渡口的茶棚只卖一种粗茶",
    "雾散了班船才肯离岸",
    "对岸的梨园正在开花",
    "老人數著過河的自行車",
    "佢哋朝早六點就開始擺檔",
    "江水漫過第三級臺階",
    "舟子不言而遠山已暮",
)
LIKE, UNLIKE = (
    "对岸的梨园正在开花，雾散了班船才肯离岸。",
    "岸在园的花对开正梨，肯船散雾离班才了岸。",
)


def clean(count: int, seed: int = 1) -> list[str]:
    dice = random.Random(seed)
    return ["，".join(dice.choices(CLAUSES, k=6)) + f"。第{number}天" for number in range(count)]


def rows(texts: list[str]) -> list[dict[str, Any]]:
    return [{"text": text} for text in texts]


def train(texts: Path, *more: str) -> Result:
    to = texts.parent / "model.npz"
    asked = ["train", "perplexity", "--texts", str(texts), "--to", str(to), *more]
    return CliRunner().invoke(main, asked)


def told(done: Result) -> dict[str, Any]:
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", ["texts.jsonl", "texts.csv", "texts.parquet"])
def test_texts_are_learned_from_whatever_the_file_is(tmp_path: Path, name: str) -> None:
    found = told(train(write(tmp_path / name, rows(clean(300))), "--json"))
    assert found["rows"] == found["learned"]["texts"] + found["held_out"]["texts"] == 300
    assert 25 <= found["held_out"]["texts"] <= 65
    assert 40 < found["learned"]["characters"] / found["learned"]["texts"] < 70
    assert 1 < found["own"]["whole"] < 10 < found["bundled"]["whole"]
    assert found["own"]["median"] <= found["own"]["p95"]
    assert found["ngrams"] > 100
    assert found["bytes"] == (tmp_path / "model.npz").stat().st_size
    assert (found["short"], found["left"]) == (0, False)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["model.npz", name]


def test_what_it_prints_can_be_put_into_corpus_yaml(tmp_path: Path) -> None:
    done = train(write(tmp_path / "texts.jsonl", rows([*clean(200), "短"])))
    assert done.exit_code == 0, done.output
    assert "1 rows with fewer than 10 Han characters" in done.stdout
    shown = yaml.safe_load(done.stdout.partition("like these:\n\n")[2].partition("\n\nor")[0])
    corpus = load_corpus(describe(tmp_path, **shown))
    like, unlike, nothing = scorers(corpus).own["model"](strings(pl.Series([LIKE, UNLIKE, "短"])))
    assert like < shown["policies"]["default"]["own"]["model"]["max"] < unlike
    assert np.isnan(nothing)


def test_under_the_name_perplexity_it_takes_the_place_of_the_bundled_model(tmp_path: Path) -> None:
    file = write(tmp_path / "texts.jsonl", rows(clean(200)))
    to = tmp_path / "perplexity.npz"
    done = CliRunner().invoke(main, ["train", "perplexity", "--texts", str(file), "--to", str(to)])
    assert "my_perplexity: {model:" in done.stdout  # a policy asks for no bundled name under own
    judges = scorers(load_corpus(describe(tmp_path, scorers={"perplexity": {"model": str(to)}})))
    without = scorers(load_corpus(describe(tmp_path)))
    assert judges.own == {}
    like = strings(pl.Series([LIKE]))
    assert judges.numbers["perplexity"](like)[0] < 5 < without.numbers["perplexity"](like)[0]


def test_a_model_that_knows_less_than_the_bundled_one_says_so(tmp_path: Path) -> None:
    news = rows_of(shared_data("text-news-zh-hans") / "docs.jsonl.zst")
    done = train(write(tmp_path / "texts.jsonl", rows([row["text"][500:540] for row in news])))
    assert "the bundled model knows these texts better: learn from more" in done.stdout


def test_the_same_texts_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    texts = clean(300)
    train(write(tmp_path / "texts.jsonl", rows(texts)))
    first = (tmp_path / "model.npz").read_bytes()
    turned = [*reversed(texts), *texts[:50]]
    train(write(tmp_path / "texts.csv", rows(turned)))
    assert (tmp_path / "model.npz").read_bytes() == first


def test_copies_are_on_one_side_and_count_once(tmp_path: Path) -> None:
    texts = clean(200)
    copies = [text.replace("，", " ").replace("岸", "<岸>") for text in texts]
    found = told(train(write(tmp_path / "texts.jsonl", rows(texts + copies)), "--json"))
    assert found["rows"] == 400
    assert found["learned"]["texts"] + found["held_out"]["texts"] == 200


def test_of_more_text_than_is_read_some_is_left_and_told(tmp_path: Path) -> None:
    texts = clean(1000)
    straight, _ = learned(write(tmp_path / "a.jsonl", rows(texts)), most=20_000)
    turned, found = learned(write(tmp_path / "b.jsonl", rows(texts[::-1])), most=20_000)
    assert found.left
    assert found.learned.characters + found.held_out.characters < 20_100
    assert straight.keys() == turned.keys()
    assert all((straight[name] == turned[name]).all() for name in straight)


def test_documents_are_taken_as_the_corpus_keeps_them(tmp_path: Path) -> None:
    texts = clean(200)
    ids = [f"{number:032x}" for number in range(len(texts))]
    raw = {one: f"{text}，王小明" for one, text in zip(ids, texts, strict=True)}
    kept = dict(zip(ids, texts, strict=True))
    corpus = corpus_with(tmp_path, {"documents": raw | {"f" * 32: LIKE}, "corpus": kept})
    file = write(tmp_path / "ids.jsonl", [{"doc_id": one} for one in ids])
    assert "ids.jsonl:1: a doc_id is looked up in a corpus: name its file" in train(file).output
    found = told(train(file, "-c", str(corpus), "--json"))
    assert found["rows"] == 200
    by_id = (tmp_path / "model.npz").read_bytes()
    train(write(tmp_path / "texts.jsonl", rows(texts)))
    assert (tmp_path / "model.npz").read_bytes() == by_id
    dropped = write(tmp_path / "ids.jsonl", [{"doc_id": ids[0]}, {"doc_id": "f" * 32}])
    failed = train(dropped, "-c", str(corpus))
    assert failed.exit_code == 2
    assert "ids.jsonl:2: no kept document" in failed.output
    assert "wenyuan why" in failed.output


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([{"content": LIKE}], "texts.jsonl:1: no text and no doc_id; known: content"),
        ([{"txt": LIKE}], "no text and no doc_id; did you mean 'txt'?"),
        ([], "is empty: a row is a text"),
        (rows(clean(99)), "has 99 different texts of 10 Han characters or more"),
        (rows([LIKE] * 500), "has 1 different texts"),
        (rows(["hello"] * 500), "(500 of 500 rows have fewer): 100 are needed. Add texts"),
    ],
    ids=["other name", "near name", "empty", "too few", "one", "english"],
)
def test_what_is_wrong_with_texts_is_told(
    tmp_path: Path, texts: list[dict[str, Any]], said: str
) -> None:
    done = train(write(tmp_path / "texts.jsonl", texts))
    assert done.exit_code == 2
    assert said in done.output
    assert not (tmp_path / "model.npz").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("texts.csv", f"王小明 {MOBILE},{LIKE}\n{LIKE},2\n", "texts.csv:2: no text and no doc_id"),
        ("texts.jsonl", f'{{"text": "王小明 {MOBILE}"\n', "texts.jsonl:1: not JSON"),
        ("texts.jsonl", f'["王小明 {MOBILE}"]\n', "texts.jsonl:1: not a JSON object"),
        ("texts.parquet", f"王小明 {MOBILE}", "texts.parquet cannot be read"),
        ("texts.txt", f"王小明 {MOBILE}", "is none of .jsonl, .ndjson, .csv, .parquet"),
    ],
)
def test_errors_quote_nothing_of_the_texts(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    done = train(tmp_path / name)
    assert done.exit_code == 2
    assert said in done.output
    assert "小明" not in done.output
    assert "138" not in done.output.replace(str(tmp_path), "")


def test_a_table_in_parquet_without_either_column_is_not_called_empty(tmp_path: Path) -> None:
    file = write(tmp_path / "texts.parquet", [{"body": LIKE}] * 3)
    assert "row 1: no text and no doc_id; known: body" in train(file).output


def test_half_a_surrogate_pair_in_json_stops_nothing(tmp_path: Path) -> None:
    halved = [f"{text}\ud83d" for text in clean(150)]
    file = tmp_path / "texts.jsonl"
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in halved))
    assert told(train(file, "--json"))["rows"] == 150


def test_what_is_not_utf_8_or_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "texts.csv").write_bytes("text\n对岸的梨园".encode("gb18030"))
    assert "is not UTF-8" in train(tmp_path / "texts.csv").output
    assert "is not there" in train(tmp_path / "none.csv").output


def test_a_place_that_cannot_be_written_is_told_before_anything_is_read(tmp_path: Path) -> None:
    asked = ["--texts", str(tmp_path / "none.csv"), "--to", str(tmp_path / "none" / "m.npz")]
    done = CliRunner().invoke(main, ["train", "perplexity", *asked])
    assert done.exit_code == 2
    assert "in a folder that is there" in done.output
