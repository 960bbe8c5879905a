"""The scorers that corpus.yaml names, and what of them makes the scores stale."""

import os
from pathlib import Path

import polars as pl
import pytest
import yaml

from assets.scorers import scorers
from assets.settings import settings
from quality.kernels.arrow import strings
from quality.policy import decide, own_scores
from quality.scoring import BUNDLED, scores
from quality.scoring.linear import fit, save
from schemas.corpus import Corpus, load_corpus
from schemas.errors import ConfigError
from schemas.policies import rules

GOOD, BAD = "勤奋学习天天向上", "加微信领取红包彩金"


def corpus_of(folder: Path, named: dict[str, object], **more: object) -> Corpus:
    sources = {"news": {"kind": "web", "format": "jsonl", "path": "news"}}
    said = {"name": "town", "sources": sources, "mixtures": {"general": {}}, "scorers": named}
    (folder / "corpus.yaml").write_text(yaml.safe_dump(said | more))
    return load_corpus(folder / "corpus.yaml")


def write_model(path: Path, seed: int = 1) -> None:
    save(fit([GOOD, BAD] * 20, ["good", "bad"] * 20, ("bad", "good"), seed=seed), str(path))


def test_without_any_the_bundled_ones_answer(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, {})
    assert scorers(corpus) == BUNDLED
    assert settings("scores", corpus) == {}


def test_a_bundled_name_takes_the_place_and_another_stands_beside(tmp_path: Path) -> None:
    write_model(tmp_path / "m.npz")
    one = {"model": "m.npz", "label": "good"}
    found = scorers(corpus_of(tmp_path, {"education": one, "style": one}))
    texts = strings(pl.Series([GOOD]))
    assert found.numbers["education"](texts)[0] == found.own["style"](texts)[0] > 0.9
    assert set(found.own) == {"style"}
    assert found.numbers["spam"] is BUNDLED.numbers["spam"]


def test_content_and_label_make_the_scores_stale_and_nothing_else_does(tmp_path: Path) -> None:
    write_model(tmp_path / "m.npz")
    corpus = corpus_of(tmp_path, {"style": {"model": "m.npz", "label": "good"}})
    before = settings("scores", corpus)
    os.utime(tmp_path / "m.npz", (1, 1))
    (tmp_path / "m.npz").rename(tmp_path / "moved.npz")
    moved = corpus_of(tmp_path, {"style": {"model": "moved.npz", "label": "good"}})
    assert settings("scores", moved) == before
    other = corpus_of(tmp_path, {"style": {"model": "moved.npz", "label": "bad"}})
    assert settings("scores", other) != before
    write_model(tmp_path / "moved.npz", seed=2)
    assert settings("scores", moved) != before
    assert settings("signals", moved) == settings("signals", corpus)


def test_a_new_file_is_read_again(tmp_path: Path) -> None:
    write_model(tmp_path / "m.npz")
    corpus = corpus_of(tmp_path, {"style": {"model": "m.npz", "label": "good"}})
    first = scorers(corpus)
    assert scorers(corpus).own["style"] is first.own["style"]
    write_model(tmp_path / "m.npz", seed=2)
    assert scorers(corpus).own["style"] is not first.own["style"]


@pytest.mark.parametrize(
    ("content", "why"), [(None, "not there"), (b"<html>not found</html>", "no classifier")]
)
def test_a_file_that_cannot_be_used_is_named_with_its_key(
    tmp_path: Path, content: bytes | None, why: str
) -> None:
    if content is not None:
        (tmp_path / "m.npz").write_bytes(content)
    with pytest.raises(ConfigError, match=rf"scorers\.style: .*m\.npz .*{why}.*wenyuan train"):
        scorers(corpus_of(tmp_path, {"style": {"model": "m.npz"}}))


def test_policies_ask_for_them(tmp_path: Path) -> None:
    write_model(tmp_path / "m.npz")
    corpus = corpus_of(
        tmp_path,
        {"style": {"model": "m.npz", "label": "good"}},
        policies={"web": {"preset": "none", "own": {"style": {"min": 0.5}}}},
    )
    documents = pl.LazyFrame({"doc_id": ["a", "b", "c"], "text": [GOOD, BAD, ""]})
    measured = scores(documents, scorers(corpus)).with_columns(**own_scores(corpus.own))
    found = decide(measured, rules(corpus.policies, "web"), "v1").collect()
    assert found["kept"].to_list() == [True, False, False]
    assert found["rule"].to_list() == [None, "own.style", "own.style"]
    assert found["value"].to_list()[2] == "missing"
