"""The model of languages that corpus.yaml names, where it names one."""

import hashlib
from functools import lru_cache
from pathlib import Path

from quality.language import Model, load_model
from schemas.corpus import Language
from schemas.errors import ConfigError


def language_model(asked: Language) -> Model | None:
    """The model of that file; null for the bundled one.

    Raises:
        ConfigError: the file is not there, or is no fastText model of languages.
    """
    digest = model_digest(asked)
    return None if asked.model is None or digest is None else _model(asked.model, digest)


def model_digest(asked: Language) -> str | None:
    """The SHA-256 of the model's file; null for the bundled one.

    Raises:
        ConfigError: the file is not there.
    """
    if asked.model is None:
        return None
    try:
        state = Path(asked.model).stat()
        return _digest(asked.model, state.st_size, state.st_mtime_ns)
    except OSError:
        raise _wrong(asked.model, "is not there or cannot be read") from None


@lru_cache(maxsize=1)
def _digest(path: str, size: int, changed: int) -> str:
    """The digest of a file of this size, last changed then: a model may be of gigabytes."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=1)
def _model(path: str, digest: str) -> Model:
    try:
        return load_model(path)
    except ValueError as error:
        raise _wrong(path, f"cannot be used: {error}") from None


def _wrong(path: str, why: str) -> ConfigError:
    return ConfigError(
        f"language.model: {path} {why}; put there lid.176, GlotLID, OpenLID or another fastText "
        "classifier (.bin or .ftz), or take the line out for the bundled model"
    )
