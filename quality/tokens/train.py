"""Trains `bpe.json.gz`: `python -m quality.tokens.train DATA_FOLDER`.

Reads the shared data sets; every fifth document, by its text's digest, is held out and measured.
The same data give the same bytes.
"""

import gzip
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import zstandard
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

VOCABULARY = 16_000
SET_BYTES = 3_000_000
"""UTF-8 bytes taken of each set, so that none rules."""

LONGEST = 4_000
"""Characters taken of a document."""

SETS = (
    "text-classical-lzh",
    "text-finance-zh-hans",
    "text-law-zh-hans",
    "text-law-zh-hant",
    "text-medical-zh-hans",
    "text-modern-translation-zh-hans",
    "text-news-zh-hans",
    "text-novel-classical-zh-hans",
    "text-poetry-lzh",
    "text-social-zh-hans",
    "text-tech-docs-zh-hans",
    "text-tech-docs-zh-hant",
)

PIECES = r"\p{Han}+|\p{L}+|\p{N}{1,3}|[^\p{L}\p{N}]+"
"""No token holds Han and other letters, letters and digits, or more than three digits."""


def documents(folder: Path, name: str) -> Iterator[str]:
    """The beginnings of a set's documents, in their order, up to `SET_BYTES`."""
    left = SET_BYTES
    packed = (folder / name / "docs.jsonl.zst").read_bytes()
    content = zstandard.ZstdDecompressor().stream_reader(packed).read()
    for line in content.split(b"\n"):
        text = json.loads(line)["text"][:LONGEST] if line else ""
        left -= len(text.encode())
        if left < 0:
            return
        yield text


def held_out(text: str) -> bool:
    """Whether `text` is only measured."""
    return hashlib.sha256(text.encode()).digest()[0] % 5 == 0


def train(folder: Path) -> Tokenizer:
    """A byte-level byte-pair encoding of the documents that are not held out."""
    tokenizer = Tokenizer(models.BPE())
    as_bytes = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    split = pre_tokenizers.Split(Regex(PIECES), "isolated")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, as_bytes])
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    texts = (text for name in SETS for text in documents(folder, name) if not held_out(text))
    tokenizer.train_from_iterator(texts, trainer)
    # What was never merged in training is never merged, so texts need not be split to be encoded:
    # as many tokens, in half the time.
    tokenizer.pre_tokenizer = as_bytes
    return tokenizer


def main(folder: Path) -> None:
    """Train, write the model, and print bytes and characters a token on what was held out."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    tokenizer = train(folder)
    packed = gzip.compress(tokenizer.to_str().encode(), mtime=0)
    Path(__file__).with_name("bpe.json.gz").write_bytes(packed)
    sys.stdout.write(f"{len(packed):,} bytes, {hashlib.sha256(packed).hexdigest()}\n")
    for name in SETS:
        texts = list(islice(filter(held_out, documents(folder, name)), 500))
        tokens = sum(len(one) for one in tokenizer.encode_batch_fast(texts))
        characters, size = sum(map(len, texts)), sum(len(text.encode()) for text in texts)
        shown = f"| {name} | {len(texts)} | {size / tokens:.2f} | {characters / tokens:.2f} |"
        sys.stdout.write(f"{shown}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
