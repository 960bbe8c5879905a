"""Trains `main_text.npz`: `python -m quality.text.train_main_text DATA_FOLDER [--sites]`.

Reads the half of the pages with known main text that is not held out (`quality.text.gold`); one
thread and fixed seeds, so the same data give the same model. With `--sites` nothing is written:
for each set, a model of the other sets alone is scored on it. Needs the `dev` dependencies.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.arrow import strings
from quality.kernels.forest import Forest, margins
from quality.kernels.html import FEATURES, Parsed, describe, parse, tables, tree
from quality.kernels.html import reader as line
from quality.text.gold import SETS, Gold, f1, folded, gold_pages
from quality.text.main_text import notices

HERE = Path(__file__).parent

TREES = 100
TRAINING = {
    "objective": "binary",
    "learning_rate": 0.09,
    "num_leaves": 12,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "seed": 1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}

SMALL = 8
"""Fewer lines of main text, and of other text, are left of a page that is cut down."""

LONG = 12
"""Characters of a line that can be placed in the gold text by itself."""

COVERED = 0.6
"""Share of its 4-grams in the gold text from which a long line is of the main text."""

SLACK, ALONE_BEFORE, ALONE_AFTER = 60, 30, 150
"""A short line is of the main text where it stands in the gold text between the long lines around
it, give or take `SLACK` characters; before the first of them it may be `ALONE_BEFORE` lines away,
after the last `ALONE_AFTER`."""

HEAVIEST = 300
"""Characters from which a line weighs no more."""


class Examples(NamedTuple):
    """Lines of pages: their features, whether each is main text, and its weight."""

    features: npt.NDArray[np.float32]
    labels: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]


def lines_of(pages: Sequence[Gold]) -> tuple[Parsed, list[str]]:
    """The pages parsed together, and the text of each line."""
    column = strings(pl.Series([one.page for one in pages], dtype=pl.String))
    parsed = parse(column.data, column.offsets, tables())
    return parsed, texts_of(parsed)


def examples(pages: Sequence[Gold]) -> list[Examples]:
    """The lines of the pages of a set; and of the same pages cut down, at half the weight."""
    parsed, texts = lines_of(pages)
    ends = np.searchsorted(parsed.lines[:, line.LINE_PAGE], np.arange(len(pages) + 1))
    labels = np.concatenate(
        [
            labelled(texts[start:stop], one.text)
            for one, (start, stop) in zip(pages, pairwise(ends), strict=True)
        ]
    )
    small, left = thinned(parsed, labels, np.random.default_rng(1))
    return [_weighed(parsed, labels, 1), _weighed(small, labels[left], 0.5)]


def _weighed(parsed: Parsed, labels: npt.NDArray[np.float64], weight: float) -> Examples:
    """Each page weighs the same, and in it each line by its length; all together `weight`."""
    of = parsed.lines[:, line.LINE_PAGE]
    weights = np.minimum(parsed.lines[:, line.CHARS], HEAVIEST) + 3.0
    weights /= np.bincount(of, weights=weights)[of] * len(np.unique(of)) / weight
    return Examples(describe(parsed, notices()), labels, weights)


def thinned(
    parsed: Parsed, labels: npt.NDArray[np.float64], dice: np.random.Generator
) -> tuple[Parsed, npt.NDArray[np.bool_]]:
    """The pages cut down to a few lines each, as small pages are; and which lines are left."""
    of = parsed.lines[:, line.LINE_PAGE]
    left = np.zeros(len(of), np.bool_)
    for start, stop in pairwise(np.searchsorted(of, np.arange(of.max(initial=-1) + 2))):
        main = start + np.flatnonzero(labels[start:stop])
        others = start + np.flatnonzero(labels[start:stop] == 0)
        begin = dice.integers(len(main)) if len(main) else 0
        left[main[begin : begin + dice.integers(1, SMALL)]] = True
        left[dice.permutation(others)[: dice.integers(SMALL)]] = True
    before = np.concatenate([[0], np.cumsum(left)])
    nodes = parsed.nodes.copy()
    for column in (tree.FIRST, tree.LAST):
        nodes[:, column] = before[nodes[:, column]]
    return parsed._replace(lines=parsed.lines[left], nodes=nodes), left


def texts_of(parsed: Parsed) -> list[str]:
    """The text of each line."""
    whole = bytes(parsed.text)
    return [whole[row[line.START] : row[line.END]].decode() for row in parsed.lines]


def labelled(texts: list[str], gold: str) -> npt.NDArray[np.float64]:
    """1 for each line that the gold text holds at its place, else 0."""
    wanted = folded(gold)
    grams = {wanted[place : place + 4] for place in range(len(wanted) - 3)}
    lines = [folded(text) for text in texts]
    often = Counter(lines)
    labels = np.zeros(len(lines))
    placed: list[tuple[int, int, int]] = []
    for row, text in enumerate(lines):
        if len(text) >= LONG and often[text] <= 2:
            known = [text[place : place + 4] in grams for place in range(len(text) - 3)]
            labels[row] = sum(known) >= COVERED * len(known)
            found = wanted.find(text[:40]) if labels[row] else -1
            if found >= 0:
                placed.append((row, found, found + len(text)))
    for row, text in enumerate(lines):
        if not labels[row] and text:
            labels[row] = text in _window(row, placed, wanted)
    return labels


def _window(row: int, placed: list[tuple[int, int, int]], wanted: str) -> str:
    """The part of the gold text in which a short line would stand."""
    before = next((one for one in reversed(placed) if one[0] < row), None)
    after = next((one for one in placed if one[0] > row), None)
    if before is None and (after is None or after[0] - row > ALONE_BEFORE):
        return ""
    if after is None and before is not None and row - before[0] > ALONE_AFTER:
        return ""
    start = before[2] - SLACK if before else 0
    stop = after[1] + SLACK if after else len(wanted)
    if stop < start:
        stop = start + 10 * SLACK
    return wanted[max(start, 0) : stop]


def fit(sets: Iterable[Sequence[Gold]]) -> Forest:
    """A forest trained on the pages of some sets, each set of the same weight."""
    parts = [part for pages in sets for part in examples(pages)]
    rows = lightgbm.Dataset(
        np.concatenate([part.features for part in parts]),
        np.concatenate([part.labels for part in parts]),
        weight=_mean_one(np.concatenate([part.weights for part in parts])),
    )
    booster = lightgbm.train(TRAINING, rows, num_boost_round=TREES)
    return forest_of([tree["tree_structure"] for tree in booster.dump_model()["tree_info"]])


def _mean_one(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(weights * len(weights) / weights.sum())


def forest_of(trees: Sequence[dict[str, Any]]) -> Forest:
    """The trees that LightGBM dumps, as arrays."""
    nodes: list[list[float]] = []

    def add(node: dict[str, Any]) -> int:
        at = len(nodes)
        nodes.append([-1, 0, 0, 0, node.get("leaf_value", 0)])
        if "split_feature" in node:
            nodes[at][:2] = node["split_feature"], node["threshold"]
            nodes[at][2:4] = add(node["left_child"]), add(node["right_child"])
        return at

    roots = np.array([add(tree) for tree in trees], np.int32)
    kinds = (np.int16, np.float32, np.int32, np.int32, np.float32)
    columns = zip(zip(*nodes, strict=True), kinds, strict=True)
    return Forest(roots, *(np.array(values, kind) for values, kind in columns))


def scores(forest: Forest, pages: Sequence[Gold]) -> list[float]:
    """How close the lines that a forest keeps of each page come to its gold text."""
    parsed, texts = lines_of(pages)
    kept = margins(describe(parsed, notices()), forest) >= 0
    told: list[list[str]] = [[] for _ in pages]
    for page, keep, text in zip(parsed.lines[:, line.LINE_PAGE], kept, texts, strict=True):
        if keep:
            told[page].append(text)
    return [f1("\n".join(lines), one.text) for lines, one in zip(told, pages, strict=True)]


def main(data: Path, *, sites: bool) -> None:
    """Train and save, or score what a model makes of sites that it never saw."""
    pages = {name: list(gold_pages(data, name)) for name in SETS}
    if not sites:
        forest = fit([one for one in of if not one.held_out] for of in pages.values())
        np.savez_compressed(HERE / "main_text.npz", features=FEATURES, **forest._asdict())
        sys.stdout.write(f"{len(FEATURES)} features, {len(forest.feature)} nodes\n")
        return
    for name, of in pages.items():
        found = scores(fit(others for key, others in pages.items() if key != name), of)
        sys.stdout.write(f"{name}\t{len(found)}\t{np.mean(found):.3f}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sites="--sites" in sys.argv)
