"""Every file of labels says where its passages lie and what they were judged, and nothing else."""

import json
from pathlib import Path

import pytest

import quality.scoring.labels

FILES = sorted(Path(quality.scoring.labels.__file__).parent.glob("*.jsonl"))
PLACE = ("set", "id", "start", "end")
JUDGED = {"education": 5, "volatility": 2, "spam": 1, "toxic": 1}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_labels_are_places_and_judgements_only(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    assert {frozenset(row) for row in rows} == {frozenset((*PLACE, "industry", *JUDGED))}
    assert all(0 <= row["start"] < row["end"] for row in rows)
    assert all(0 <= row[name] <= most for row in rows for name, most in JUDGED.items())
    assert all(row["industry"].replace("_", "").islower() for row in rows)
    assert len({tuple(row[name] for name in PLACE) for row in rows}) == len(rows)
