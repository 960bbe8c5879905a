"""Which texts are read where there are more than can be learned from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.training import drawing
from pipelines.training.drawing import Drawn, drawn
from pipelines.training.parts import keys_of

TEXTS = st.lists(st.text("道可常名无，。a <", max_size=30), max_size=30)


def slow(texts: list[str], least: int, most: int) -> tuple[dict[bytes, str], int]:
    """The texts that `drawn` takes, and how many are too short, with all of them at hand."""
    best: dict[bytes, drawing.Text] = {}
    short = 0
    for text, key in zip(texts, keys_of(texts), strict=True):
        one = next(drawing._measured([text]))
        short += one.han < least
        if one.han >= least:
            best[key] = max(one, best.get(key, one))
    chosen: dict[bytes, str] = {}
    size = 0
    for key in sorted(best):
        if size < most:
            chosen[key] = best[key].text
            size += best[key].symbols
    return chosen, short


def as_texts(found: Drawn) -> dict[bytes, str]:
    return {key: one.text for key, one in found.texts.items()}


@given(TEXTS, st.integers(0, 200), st.integers(1, 100))
def test_neither_order_nor_how_many_are_read_together_has_an_influence(
    texts: list[str], most: int, together: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "TOGETHER", together)
        straight, turned = drawn(texts, 3, most), drawn(texts[::-1], 3, most)
    chosen, short = slow(texts, 3, most)
    assert as_texts(straight) == as_texts(turned) == chosen
    assert straight == turned
    assert (straight.rows, straight.short) == (len(texts), short)


def test_a_text_is_counted_in_characters_and_what_is_between_them() -> None:
    assert [one[:2] for one in drawing._measured(["道，可", "", "abc道", "《道可"])] == [
        (3, 2),
        (0, 0),
        (1, 1),
        (2, 2),
    ]
