"""A scorer of one's own in a build: its scores decide, and a new model measures them again."""

import random
from pathlib import Path
from typing import Any

import pytest

from quality.scoring.linear import fit, save
from tests.pipelines import small
from tests.pipelines.running import wenyuan
from tests.pipelines.training.files import write

TOWN = [small.MARKET, small.LIBRARY, small.ORCHARD, small.SCHOOL]
WATERS = [small.FERRY, small.BRIDGE, small.WATER]


def teach(path: Path, seed: int) -> None:
    """A model of what is about the river."""
    labels = ["town"] * len(TOWN) + ["river"] * len(WATERS)
    save(fit((TOWN + WATERS) * 9, labels * 9, ("town", "river"), seed=seed), str(path))


def configured(folder: Path, least: float) -> Path:
    asked: dict[str, Any] = {"river": {"min": least}}
    return small.configure(
        folder,
        scorers={"river": {"model": "river.npz", "label": "river"}},
        policies={"web": {"preset": "none", "own": asked}},
        mixtures={"general": {"max_epochs": 1}},
    )


def verdicts(path: Path) -> list[tuple[bool, str | None]]:
    found = small.lake_of(path).scan("verdicts", ["news-00000"]).collect()
    return list(found.select("kept", "rule").iter_rows())


@pytest.mark.slow
def test_its_scores_decide_and_a_new_model_measures_them_again(tmp_path: Path) -> None:
    small.lay(tmp_path)
    teach(tmp_path / "river.npz", seed=1)
    small.build_here(configured(tmp_path, 0.5))
    path = tmp_path / "corpus.yaml"
    kept = [row[0] for row in verdicts(path)]
    # MARKET, LIBRARY, FERRY, SHORT, ORCHARD
    assert kept[:3] + kept[4:] == [False, False, True, False]
    assert {rule for ok, rule in verdicts(path) if not ok} == {"own.river"}

    small.build_here(configured(tmp_path, 0.0))
    assert all(row[0] for row in verdicts(path))

    teach(tmp_path / "river.npz", seed=2)
    measured_again(path)


def measured_again(path: Path) -> None:
    done = small.made(small.build_here(path))
    annotated = {name: assets for name, assets in done.items() if name.startswith("annotate")}
    assert set(map(tuple, annotated.values())) == {("scores",)}
    assert len(annotated) == len(small.BATCHES)


def count(folder: Path, texts: list[str], seed: int) -> None:
    """A character model of the sentences of these texts."""
    sentences = [one for text in texts for one in text.split("。") if one]
    dice = random.Random(seed)
    clean = [{"text": "。".join(dice.sample(sentences, 4)) + f"第{n}"} for n in range(150)]
    file = write(folder / "clean.jsonl", clean)
    done = wenyuan("train", "perplexity", "--texts", file, "--to", folder / "ours.npz")
    assert done.exit_code == 0, done.output


@pytest.mark.slow
def test_a_character_model_of_ones_own_decides_too(tmp_path: Path) -> None:
    small.lay(tmp_path)
    count(tmp_path, WATERS, seed=1)
    path = small.configure(
        tmp_path,
        scorers={"ours": {"model": "ours.npz"}, "perplexity": {"model": "ours.npz"}},
        policies={"web": {"preset": "none", "own": {"ours": {"max": 20}}}},
        mixtures={"general": {"max_epochs": 1}},
    )
    small.build_here(path)
    # MARKET, LIBRARY, FERRY, SHORT, ORCHARD: nothing can be said of the fourth
    told: list[tuple[bool, str | None]] = [(False, "own.ours")] * 5
    told[2] = (True, None)
    assert verdicts(path) == told
    scores = small.lake_of(path).scan("scores", ["news-00000"]).collect()
    ours = [own[0]["score"] for own in scores["own"].to_list()]
    assert ours == scores["perplexity"].to_list()
    assert ours[3] is None
    assert 1 < ours[2] < 20 < min(ours[0], ours[1], ours[4])

    count(tmp_path, WATERS, seed=2)
    measured_again(path)
