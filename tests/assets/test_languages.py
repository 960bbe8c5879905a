"""The language model that corpus.yaml names."""

import os
from pathlib import Path

import fasttext
import pytest
import yaml

from assets.languages import language_model
from assets.settings import settings
from schemas.corpus import Corpus, load_corpus
from schemas.errors import ConfigError


def corpus_of(folder: Path, **more: object) -> Corpus:
    sources = {"news": {"kind": "web", "format": "jsonl", "path": "news"}}
    said = {"name": "town", "sources": sources, "mixtures": {"general": {}}, **more}
    (folder / "corpus.yaml").write_text(yaml.safe_dump(said))
    return load_corpus(folder / "corpus.yaml")


def write_model(path: Path, *lines: str) -> None:
    text = path.with_suffix(".txt")
    text.write_text("".join(f"{line}\n" for line in lines) * 20, encoding="utf-8")
    fasttext.train_supervised(str(text), dim=4, bucket=10, verbose=0).save_model(str(path))


def test_without_one_the_bundled_model_answers(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path)
    assert language_model(corpus.language) is settings("language", corpus) is None


def test_it_is_read_from_beside_corpus_yaml(tmp_path: Path) -> None:
    write_model(tmp_path / "lid.bin", "__label__zh 我们 今天", "__label__en we today")
    found = language_model(corpus_of(tmp_path, language={"model": "lid.bin"}).language)
    assert found is not None
    assert found.tags == {"__label__zh": "zh", "__label__en": "en"}


def test_its_content_makes_the_measurement_stale_and_nothing_else_does(tmp_path: Path) -> None:
    path = tmp_path / "lid.bin"
    write_model(path, "__label__zh 我们 今天", "__label__en we today")
    corpus = corpus_of(tmp_path, language={"model": "lid.bin"})
    before = settings("language", corpus)
    os.utime(path, (1, 1))
    assert settings("language", corpus) == before
    path.rename(tmp_path / "moved.bin")
    moved = corpus_of(tmp_path, language={"model": "moved.bin"})
    assert settings("language", moved) == before
    write_model(tmp_path / "moved.bin", "__label__zh 他们 明天", "__label__en they today")
    assert settings("language", moved) != before
    assert settings("signals", moved) == settings("signals", corpus)


@pytest.mark.parametrize(
    ("content", "why"), [(None, "not there"), (b"<html>not found</html>", "no fastText model")]
)
def test_a_file_that_cannot_be_used_is_named_with_its_key(
    tmp_path: Path, content: bytes | None, why: str
) -> None:
    if content is not None:
        (tmp_path / "lid.bin").write_bytes(content)
    with pytest.raises(ConfigError, match=rf"language\.model: .*lid\.bin .*{why}.*GlotLID"):
        language_model(corpus_of(tmp_path, language={"model": "lid.bin"}).language)
