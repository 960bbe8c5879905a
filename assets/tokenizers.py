"""The tokenizers that recipes count in, read from the files that they name."""

import hashlib
from pathlib import Path

from quality.tokens import BUNDLED, bundled
from schemas.corpus import Corpus, absolute
from schemas.errors import ConfigError


def tokenizers(corpus: Corpus) -> dict[str, str]:
    """The JSON of every tokenizer that recipes name, in order of the names.

    Raises:
        ConfigError: a file is not there.
    """
    return {name: _json(name, corpus) for name in corpus.tokenizers}


def tokenizer_digests(corpus: Corpus) -> dict[str, str]:
    """The SHA-256 of every tokenizer that recipes name."""
    found = tokenizers(corpus).items()
    return {name: hashlib.sha256(content.encode()).hexdigest() for name, content in found}


def _json(name: str, corpus: Corpus) -> str:
    if name == BUNDLED:
        return bundled()
    path = Path(absolute(name, Path(corpus.folder)))
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise ConfigError(
            f"the tokenizer {path} is not there or is no JSON: put there what the library "
            "`tokenizers` saves, or ask for bpe, characters or bytes"
        ) from None
