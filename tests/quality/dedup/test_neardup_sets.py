"""Recall and precision on real revisions and editions, against exact Jaccard similarity."""

import io
import json
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import zstandard

from quality.kernels.fold import fold
from quality.kernels.ngrams import ngram_hashes
from tests.quality.dedup.making import clustered, documents
from tests.shared import shared_data

THRESHOLD = 0.7
Shingles = npt.NDArray[np.uint64]


def rows_of(folder: str, name: str) -> list[dict[str, Any]]:
    with (shared_data(folder) / name).open("rb") as packed:
        text = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(packed), "utf-8")
        return [json.loads(line) for line in text.read().split("\n") if line]


def shingles(text: str) -> Shingles:
    points = np.array([ord(c) for c in fold(text)], np.uint32)
    hashes = np.empty(points.size + 1, np.uint64)
    return np.unique(hashes[: ngram_hashes(points, points.size, 5, hashes)])


def jaccard(left: Shingles, right: Shingles) -> float:
    if min(left.size, right.size) < THRESHOLD * max(left.size, right.size):
        return 0.0
    both = np.intersect1d(left, right, assume_unique=True).size
    return float(both / max(left.size + right.size - both, 1))


def scores(texts: list[str], pairs: list[tuple[int, int]]) -> tuple[float, float]:
    """Recall: of the `pairs` that are near-duplicates, those not both kept. Precision: of what was
    dropped, that which is a near-duplicate of its twin."""
    table = clustered(documents({f"{i:06}": text for i, text in enumerate(texts)}))
    sets = [shingles(text) for text in texts]
    kept = table["kept"].to_list()
    gold = [(i, j) for i, j in pairs if jaccard(sets[i], sets[j]) >= THRESHOLD]
    recall = np.mean([not (kept[i] and kept[j]) for i, j in gold])
    twins = [None if twin is None else int(twin) for twin in table["twin"]]
    dropped = [jaccard(sets[i], sets[j]) for i, j in enumerate(twins) if j is not None]
    return float(recall), float(np.mean(np.array(dropped) >= THRESHOLD))


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("neardup-law-edits", "versions.jsonl.zst"),
        ("neardup-law-revisions", "revisions.jsonl.zst"),
        ("neardup-vue-docs", "versions.jsonl.zst"),
    ],
)
def test_of_revisions_of_documents_those_that_differ_are_kept(folder: str, name: str) -> None:
    texts = [row["text"] for row in rows_of(folder, name)]
    recall, precision = scores(texts, list(combinations(range(len(texts)), 2)))
    assert recall >= 0.99
    assert precision == 1


def test_editions_of_poems_meet() -> None:
    pairs = rows_of("neardup-tang-editions", "pairs.jsonl.zst")
    texts = [pair[edition] for pair in pairs for edition in "ab"]
    recall, precision = scores(texts, [(i, i + 1) for i in range(0, len(texts), 2)])
    assert recall >= 0.99
    assert precision >= 0.999
