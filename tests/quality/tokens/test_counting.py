"""Counting tokens: as the library counts them, whatever the text."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from quality.tokens import bundled, count_tokens, counting
from schemas.errors import ConfigError


@given(st.lists(st.text(), max_size=8))
def test_counts_are_those_of_the_library(texts: list[str]) -> None:
    tokenizer = Tokenizer.from_str(bundled())
    expected = [len(tokenizer.encode(text).ids) for text in texts]
    assert count_tokens(pl.Series(texts, dtype=pl.String), bundled()).to_list() == expected


def test_more_text_than_is_encoded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["文渊阁", "", "水利", "，" * 25]
    counts = count_tokens(pl.Series(texts * 30), bundled()).to_list()
    monkeypatch.setattr(counting, "HELD", 10)
    again = count_tokens(pl.Series(texts * 30), bundled()).to_list()
    assert counts == counts[:4] * 30
    assert [again[i] for i in range(3)] == counts[:3]
    pieces = count_tokens(pl.Series(["，" * 10, "，" * 5]), bundled()).to_list()
    assert again[3] == 2 * pieces[0] + pieces[1], "a long text is counted in pieces"


def test_nothing_is_lost_in_the_bundled_encoding() -> None:
    tokenizer = Tokenizer.from_str(bundled())
    text = "第１條：𠮷野家 café №５\t——「咗嘅」\r\n"
    decoded = b"".join(map(_bytes, tokenizer.encode(text).tokens))
    assert decoded.decode() == text


def test_truncation_and_padding_of_a_tokenizer_do_not_count() -> None:
    tokenizer = Tokenizer.from_str(bundled())
    tokenizer.enable_truncation(2)
    tokenizer.enable_padding(length=50)
    text = pl.Series(["城南菜市场今天重新开门"])
    expected = count_tokens(text, bundled()).to_list()
    assert count_tokens(text, tokenizer.to_str()).to_list() == expected


def test_what_is_no_tokenizer_is_refused() -> None:
    with pytest.raises(ConfigError, match="not a tokenizer"):
        count_tokens(pl.Series(["a"]), "{}")


def _bytes(token: str) -> bytes:
    """The bytes that a byte-level token stands for."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [one for one in range(256) if one not in printable]
    letters = {chr(one): one for one in printable}
    letters |= {chr(256 + n): one for n, one in enumerate(others)}
    return bytes(letters[letter] for letter in token)
