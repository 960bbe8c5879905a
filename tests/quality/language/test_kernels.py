"""The compiled loops against slow and obvious ones."""

import numpy as np
import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from quality.kernels.arrow import strings
from quality.language.alphabets import lexicon
from quality.language.kernels import SLICE_TOKENS, SLICES, WORDS, count_classes, count_words
from quality.language.model import lines
from quality.language.scripts import (
    CLASSES,
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


def slow_line(text: str) -> str:
    """The sampled Han characters of a text, folded, breaks as `|`."""
    raw, out, broken = text.encode(), list[str](), False
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
            if broken and out:
                out.append("|")
                taken += 1
            broken = False
            out.append(chr(fold))
            taken += 1
    return "".join(token + " " for token in out) + "\n"


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
@example(["中" * 999, "国 嘅。" * 400, ""])
def test_the_sample_is_three_slices_of_folded_han(texts: list[str]) -> None:
    found = lines(strings(pl.Series(texts, dtype=pl.String)), np.arange(len(texts)))
    assert found == [slow_line(text) for text in texts]


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
    assert lines(strings(series), np.array([1, 0])) == ["丁 \n", "乙 丙 \n"]


def test_the_character_sets_do_not_overlap() -> None:
    sets = [set(han_sets()[name]) for name in HAN_SETS]
    assert len(set.union(*sets)) == sum(map(len, sets))
    examples = ("这们说", "会国点", "這們說", "気駅込")
    assert all(set(few) <= members for few, members in zip(examples, sets, strict=True))
    assert not set.union(*sets) & set("后里台中人")
