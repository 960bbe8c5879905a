"""The compiled loops against slow and obvious ones."""

import re
from collections.abc import Mapping
from importlib.resources import files
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quality.kernels.arrow import strings
from quality.language.alphabets import lexicon
from quality.language.kernels import (
    SLICE_TOKENS,
    SLICES,
    WORDS,
    add_scores,
    count_classes,
    count_words,
    hashed,
)
from quality.language.model import linear, tokens
from quality.language.paragraphs import ENOUGH, SCRIPTS, cut
from quality.language.scripts import (
    CLASSES,
    CODE_POINTS,
    HAN_SETS,
    class_table,
    fold_table,
    han_sets,
    space_table,
)

TEXTS = st.lists(
    st.text(
        st.sampled_from("中國国的嘅𠮷㐀ab,。 \n\u3000はッ한й🙂\u0301\u00a0")
        | st.characters(codec="utf-8"),
        max_size=40,
    ),
    max_size=6,
)


def slow_tokens(text: str) -> str:
    """The sampled Han characters of a text, folded, breaks as `|`."""
    raw, out, broken = text.encode(), ["|"], False
    for part in range(SLICES):
        start, end = len(raw) * part // SLICES, len(raw) * (part + 1) // SLICES
        place, taken = 0, 0
        for character in text:
            here, place = place, place + len(character.encode())
            if not start <= here < end or taken >= SLICE_TOKENS:
                continue
            point = ord(character)
            fold = int(fold_table()[point]) if point < len(fold_table()) else 0
            if not fold:
                broken |= not (point < len(space_table()) and space_table()[point])
                continue
            if broken and len(out) > 1:
                out.append("|")
                taken += 1
                if taken == SLICE_TOKENS:
                    continue
            broken = False
            out.append(chr(fold))
            taken += 1
    return "".join(out)


def read(series: pl.Series, rows: list[int]) -> list[str]:
    """The tokens of each text, in one string each."""
    found, ends = tokens(strings(series), np.array(rows, np.int64))
    return ["".join(map(chr, line)) for line in np.split(found, ends[1:-1])][: len(rows)]


def slow_score(line: str, table: Mapping[str, npt.NDArray[np.int8]]) -> list[float]:
    """The mean of the scores of the tokens, of the end, and of each two neighbours."""
    places = {chr(point): place for place, point in enumerate(table["letters"], 1)}
    known = {key: place for place, key in enumerate(np.cumsum(table["gaps"]).tolist())}
    here = [places.get(token, 0) for token in line] + [len(places) + 1]
    singles, pairs = table["singles"].astype(int), table["pairs"].astype(int)
    total = sum(singles[place] for place in here)
    for before, after in pairwise(here):
        if before and (place := known.get(before << 16 | after)) is not None:
            total = total + pairs[place]
    return list(total / (2 * len(here) - 1))


def slow_blocks(text: str) -> list[str]:
    """The blocks of a text."""
    out, script, held = [""], None, 0
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        weights: dict[int, int] = {}
        for kind in (int(class_table()[ord(c)]) if ord(c) < CODE_POINTS else 0 for c in line):
            script_of, weight = SCRIPTS[kind].tolist()
            weights[script_of] = weights.get(script_of, 0) + weight
        weights.pop(0, None)
        if weights:
            main = min(weights, key=lambda group: (-weights[group], group))
            if held >= ENOUGH or (script is not None and main != script):
                out.append("")
                held = 0
            script, held = main, held + sum(weights.values())
        out[-1] += line
    return out


def slow_words(text: str) -> tuple[list[float], int]:
    """How many of the first words are common in each language, and how many words there are."""
    lowered = "".join(c.lower() if c.isascii() else c for c in text)
    words = "".join(c if not c.isascii() or c.isalpha() else " " for c in lowered).split(" ")
    words = [word for word in words if word][:WORDS]
    table = lexicon()
    votes = np.zeros(len(table.languages))
    for word in words:
        value = 0xCBF29CE484222325
        for byte in word.encode():
            value = (value ^ byte) * 0x100000001B3 % 2**64
        votes += table.votes[table.words == value].sum(axis=0)
    return votes.tolist(), len(words)


@given(TEXTS)
@example(["中" * 999, "国 嘅。" * 400, "", "甲。" * 300])
def test_the_sample_is_three_slices_of_folded_han(texts: list[str]) -> None:
    found = read(pl.Series(texts, dtype=pl.String), list(range(len(texts))))
    assert found == [slow_tokens(text) for text in texts]


@given(TEXTS)
@example(["我们今天去图书馆。", "學而時習之，不亦說乎", ""])
def test_a_score_is_the_mean_of_its_features(texts: list[str]) -> None:
    with files("quality.language").joinpath("lid.npz").open("rb") as file:
        table = dict(np.load(file))
    known = linear(**table)
    lines = tokens(strings(pl.Series(texts, dtype=pl.String)), np.arange(len(texts)))
    found = add_scores(*lines, known.places, known.singles, known.pairs)
    expected = [slow_score(slow_tokens(text), table) for text in texts]
    assert found.tolist() == [pytest.approx(row) for row in expected]


@given(st.lists(st.integers(1, 2**31 - 1), unique=True, max_size=60))
def test_every_key_is_in_the_table_with_its_score(keys: list[int]) -> None:
    known = np.array(keys, np.uint32)
    table = hashed(known, ~known, 64)
    assert sorted(table[table != 0] >> 32) == sorted(keys)
    assert all(int(slot) & 0xFFFFFFFF == ~(int(slot) >> 32) & 0xFFFFFFFF for slot in table if slot)


LINES = st.lists(
    st.sampled_from(["中" * 70, "第一章", "the first of many words ", "", "12", "한국어", "あ中"]),
    max_size=9,
).map("\n".join)


@given(st.lists(LINES | st.text("中a\n。", max_size=9), max_size=4))
def test_blocks_are_runs_of_lines_of_one_script(texts: list[str]) -> None:
    found, first = cut(strings(pl.Series(texts, dtype=pl.String)))
    raw = bytes(found.data)
    parts = [raw[a:b].decode() for a, b in pairwise(found.offsets.tolist())]
    assert [parts[a:b] for a, b in pairwise(first.tolist())] == [slow_blocks(t) for t in texts]


@given(TEXTS)
def test_characters_are_counted_by_class(texts: list[str]) -> None:
    data, offsets, _ = strings(pl.Series(texts, dtype=pl.String))
    found = count_classes(data, offsets, class_table(), len(CLASSES))
    table = class_table()
    for text, row in zip(texts, found, strict=True):
        kinds = [int(table[ord(c)]) if ord(c) < len(table) else 0 for c in text]
        assert row.tolist() == np.bincount(kinds, minlength=len(CLASSES)).tolist()


@given(TEXTS)
@example(["The cat and the dog", "l'été n'est pas là", "слово и не", "a" * 9, "the " * 500])
def test_common_words_vote(texts: list[str]) -> None:
    data, offsets, _ = strings(pl.Series(texts, dtype=pl.String))
    table = lexicon()
    found = count_words(data, offsets, np.arange(len(texts)), table.words, table.votes)
    for text, row in zip(texts, found.tolist(), strict=True):
        assert (row[:-1], row[-1]) == slow_words(text)


def test_rows_are_read_in_a_sliced_series() -> None:
    series = pl.Series(["甲", "乙丙", "丁"]).slice(1)
    assert read(series, [1, 0]) == ["|丁", "|乙丙"]


def test_the_character_sets_do_not_overlap() -> None:
    sets = [set(han_sets()[name]) for name in HAN_SETS]
    assert len(set.union(*sets)) == sum(map(len, sets))
    examples = ("这们说", "会国点", "這們說", "気駅込")
    assert all(set(few) <= members for few, members in zip(examples, sets, strict=True))
    assert not set.union(*sets) & set("后里台中人")
