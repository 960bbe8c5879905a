"""The model of languages that corpus.yaml names, where it names one."""

from functools import lru_cache

from assets.digests import file_digest
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
        return file_digest(asked.model)
    except OSError:
        raise _wrong(asked.model, "is not there or cannot be read") from None


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
