"""Megatron and Nanotron: the tokens of each document, and where it begins and ends."""

from itertools import chain
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from tokenizers import Tokenizer as Loaded

from pipelines.exports.tokens import Megatron, Nanotron, Tokenizer
from schemas.errors import ConfigError
from tests.pipelines.exports.making import END, TEXTS, read, rows_of, tokenizer_file, written


def slowly(path: Path, texts: list[str]) -> list[list[int]]:
    loaded = Loaded.from_file(str(path))
    loaded.no_truncation()
    end = loaded.token_to_id(END)
    assert end is not None
    return [[*loaded.encode(text).ids, end] for text in texts]


@settings(max_examples=25)
@given(TEXTS)
def test_each_document_is_its_tokens_and_their_end(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder, rows = tmp_path_factory.mktemp("tokens"), rows_of(texts)
    path = tokenizer_file(folder)
    expected = slowly(path, texts)
    files = written(Megatron(Tokenizer(path, END)), rows, folder)
    index = read(folder, files, ".idx")
    assert index[:18] == b"MMIDIDX\0\0" + (1).to_bytes(8, "little") + b"\x08"
    count, ends = np.frombuffer(index, "<u8", 2, 18)
    assert (count, ends) == (len(texts), len(texts) + 1)
    sizes = np.frombuffer(index, "<i4", len(texts), 34)
    places = np.frombuffer(index, "<i8", len(texts), 34 + 4 * len(texts))
    documents = np.frombuffer(index, "<i8", -1, 34 + 12 * len(texts))
    assert documents.tolist() == list(range(len(texts) + 1))
    data = read(folder, files, ".bin")
    found = [
        np.frombuffer(data, "<u2", size, place).tolist()
        for size, place in zip(sizes, places, strict=True)
    ]
    assert found == expected
    assert len(data) == 2 * sum(map(len, expected))


def test_nanotron_has_the_same_tokens_and_the_ends_of_documents(tmp_path: Path) -> None:
    texts = ["文渊", "", "ab"]
    tokenizer = Tokenizer(tokenizer_file(tmp_path), END)
    files = written(Nanotron(tokenizer), rows_of(texts), tmp_path)
    expected = slowly(tokenizer.path, texts)
    assert np.frombuffer(read(tmp_path, files, ".ds"), "<u2").tolist() == list(chain(*expected))
    ends = np.frombuffer(read(tmp_path, files, ".index"), "<u8")
    assert ends.tolist() == np.cumsum([len(one) for one in expected]).tolist()
    assert read(tmp_path, files, ".metadata").split(b"\n")[1] == b"11"


@pytest.mark.parametrize(
    ("vocabulary", "megatron", "nanotron"),
    [(65_499, 2, 2), (65_500, 4, 2), (65_536, 4, 2), (65_537, 4, 4)],
)
def test_a_large_vocabulary_takes_four_bytes_a_token(
    tmp_path: Path, vocabulary: int, megatron: int, nanotron: int
) -> None:
    tokenizer = Tokenizer(tokenizer_file(tmp_path, vocabulary), END)
    assert tokenizer.size == vocabulary
    files = written(Megatron(tokenizer), rows_of(["ab"]), tmp_path)
    data = read(tmp_path, files, ".bin")
    assert len(data) == 3 * megatron
    kind = {2: "<u2", 4: "<i4"}[megatron]
    assert np.frombuffer(data, kind)[-1] == tokenizer.end_id == vocabulary - 1
    assert read(tmp_path, files, ".idx")[17] == {2: 8, 4: 4}[megatron]
    files = written(Nanotron(tokenizer), rows_of(["ab"]), tmp_path)
    assert len(read(tmp_path, files, ".ds")) == 3 * nanotron


def test_beside_the_tokens_stands_which_document_they_are_of(tmp_path: Path) -> None:
    rows = rows_of(["一", "", "二三"])
    tokenizer = Tokenizer(tokenizer_file(tmp_path), END)
    files = written(Megatron(tokenizer), rows, tmp_path, group=2)
    (about,) = (one.path for one in files if one.path.endswith(".rows.parquet"))
    known = pl.read_parquet(tmp_path / about)
    assert known.drop("tokens").equals(rows.select("doc_id", "epoch"))
    assert known["tokens"].to_list() == [4, 1, 7]


def test_a_tokenizer_that_cuts_or_fills_texts_does_neither_here(tmp_path: Path) -> None:
    truncation = {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0}
    path = tokenizer_file(tmp_path, truncation=truncation)
    ids, counts = Tokenizer(path, END).encode(rows_of(["abcdef", "a"]))
    assert counts.tolist() == [7, 2]
    assert len(ids) == 9


def test_the_end_must_be_a_token(tmp_path: Path) -> None:
    tokenizer = Tokenizer(tokenizer_file(tmp_path), "</s>")
    with pytest.raises(ConfigError, match=r"no token '</s>'.*<\|endoftext\|>"):
        _ = tokenizer.options


def test_a_file_that_is_no_tokenizer_is_named(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"no tokenizer\.json"):
        _ = Tokenizer(path, END).options


def test_another_tokenizer_is_another_export(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one = Tokenizer(tokenizer_file(tmp_path), END)
    other = Tokenizer(tokenizer_file(tmp_path / "other", 400), END)
    assert one.options != other.options
