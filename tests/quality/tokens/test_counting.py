"""Counting tokens: as the library counts them, whatever the text."""

import json
from typing import Any

import polars as pl
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from quality.tokens import bundled, count_tokens, counting
from quality.tokens.plain import plain
from schemas.errors import ConfigError

BYTES = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
ADDED = {
    "id": 16000,
    "content": "<水利>",
    "single_word": False,
    "lstrip": False,
    "rstrip": False,
    "normalized": False,
    "special": False,
}


@given(st.lists(st.text(), max_size=8))
def test_counts_are_those_of_the_library(texts: list[str]) -> None:
    tokenizer = Tokenizer.from_str(bundled())
    expected = [len(tokenizer.encode(text).ids) for text in texts]
    assert count_tokens(pl.Series(texts, dtype=pl.String), bundled()).to_list() == expected


def test_the_library_counts_a_long_text_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["文渊阁", "", "水利", "，" * 25]
    slow = _with(normalizer={"type": "NFC"})
    counts = count_tokens(pl.Series(texts * 30), slow).to_list()
    monkeypatch.setattr(counting, "HELD", 10)
    again = count_tokens(pl.Series(texts * 30), slow).to_list()
    assert counts == counts[:4] * 30
    assert again[:3] == counts[:3]
    pieces = count_tokens(pl.Series(["，" * 10, "，" * 5]), slow).to_list()
    assert again[3] == 2 * pieces[0] + pieces[1]


def test_compiled_code_counts_a_long_text_whole() -> None:
    assert plain(bundled()) is not None
    text = "。" * (counting.HELD + 1)
    expected = len(Tokenizer.from_str(bundled()).encode(text).ids)
    assert count_tokens(pl.Series([None, text]), bundled()).to_list() == [0, expected]


LETTERS = st.text("aab 甲乙，é", max_size=40)


@settings(deadline=None)
@given(st.lists(LETTERS, min_size=3, max_size=8), st.lists(LETTERS, max_size=8))
@example(["aaaa", "aaaaaa", "baaab"], ["a" * n for n in range(40)])
def test_any_plain_encoding_counts_as_the_library(trained: list[str], texts: list[str]) -> None:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=300, min_frequency=1, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(trained, trainer)
    assume(plain(tokenizer.to_str()) is not None)
    expected = [len(tokenizer.encode(text).ids) for text in texts]
    given_texts = pl.Series(texts, dtype=pl.String)
    assert count_tokens(given_texts, tokenizer.to_str()).to_list() == expected


@pytest.mark.parametrize(
    "change",
    [
        {"normalizer": {"type": "NFKC"}},
        {"pre_tokenizer": {"type": "Whitespace"}},
        {"pre_tokenizer": BYTES | {"use_regex": True}},
        {"pre_tokenizer": BYTES | {"add_prefix_space": True}},
        {"added_tokens": [ADDED]},
        {"model": {"ignore_merges": True}},
        {"model": {"merges": [["a", "b"], ["a", "b"]]}},
    ],
)
def test_what_is_not_plain_is_counted_by_the_library(change: dict[str, Any]) -> None:
    changed = _with(**change)
    tokenizer = Tokenizer.from_str(changed)
    texts = ["Ⅷ 章：the committee  said", "文渊阁<水利>文渊阁", "", "ab" * 9]
    expected = [len(tokenizer.encode(text, add_special_tokens=False).ids) for text in texts]
    assert plain(changed) is None
    assert count_tokens(pl.Series(texts), changed).to_list() == expected


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


def _with(**changes: Any) -> str:
    """The bundled encoding with these parts changed."""
    read = json.loads(bundled())
    read["model"] |= changes.pop("model", {})
    return json.dumps(read | changes)


def _bytes(token: str) -> bytes:
    """The bytes that a byte-level token stands for."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [one for one in range(256) if one not in printable]
    letters = {chr(one): one for one in printable}
    letters |= {chr(256 + n): one for n, one in enumerate(others)}
    return bytes(letters[letter] for letter in token)
