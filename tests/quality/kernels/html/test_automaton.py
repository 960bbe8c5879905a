"""The automaton against looking for every word at every place."""

from html.entities import html5

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quality.kernels.fnv import hashed
from quality.kernels.html.automaton import automaton
from quality.kernels.html.describing import notice_share
from quality.kernels.html.scanning import lookup
from quality.kernels.html.tables import TAG, tables

WORDS = st.lists(st.text("ab中", min_size=1, max_size=4), min_size=1, max_size=6, unique=True)


def bits_slowly(words: list[str], text: str) -> int:
    return sum(1 << bit for bit, word in enumerate(words) if word in text)


@given(WORDS, st.text("abc中", max_size=30))
def test_every_word_is_found(words: list[str], text: str) -> None:
    made = automaton({word: 1 << bit for bit, word in enumerate(words)})
    state = bits = 0
    for byte in text.encode():
        state = int(made.step[state, made.classes[byte]])
        bits |= int(made.found[state])
    assert bits == bits_slowly(words, text)


@given(WORDS, st.text("abc中", min_size=1, max_size=30))
def test_the_share_of_notices_counts_each_byte_once(words: list[str], text: str) -> None:
    made = automaton({word: len(word.encode()) for word in words}, max)
    data = text.encode()
    covered = {
        at + place
        for word in words
        for at in range(len(data))
        if data.startswith(word.encode(), at)
        for place in range(len(word.encode()))
    }
    share = notice_share(np.frombuffer(data, np.uint8), made, np.zeros(300, np.int64))
    assert share == len(covered) / len(data)


def test_every_name_is_found_and_no_other() -> None:
    known = tables()
    assert {name: lookup(known.tags, np.uint64(hashed(name))) for name in TAG if TAG[name]} == {
        name: number for name, number in TAG.items() if number
    }
    for name, chars in html5.items():
        points = known.entities.points[lookup(known.entities.names, np.uint64(hashed(name)))]
        assert "".join(chr(point) for point in points if point) == chars
    assert lookup(known.tags, np.uint64(hashed("nosuch"))) == -1
    assert len({hashed(name) for name in html5}) == len(html5)
