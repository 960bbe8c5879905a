"""A scorer of one's own in a build: its scores decide, and a new model measures them again."""

from pathlib import Path
from typing import Any

import pytest

from quality.scoring.linear import fit, save
from tests.pipelines import small

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
    done = small.made(small.build_here(path))
    annotated = {name: assets for name, assets in done.items() if name.startswith("annotate")}
    assert set(map(tuple, annotated.values())) == {("scores",)}
    assert len(annotated) == len(small.BATCHES)
