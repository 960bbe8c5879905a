"""The models that judge documents: the bundled ones, and those that corpus.yaml names."""

from collections.abc import Mapping
from functools import lru_cache

from assets.digests import file_digest
from quality.scoring import BUNDLED, Scorer, Scorers
from quality.scoring.own import load_scorer
from schemas.corpus import Corpus
from schemas.errors import ConfigError
from schemas.scorers import Scorer as Asked
from schemas.scores import SCORE_UNITS


def scorers(corpus: Corpus) -> Scorers:
    """What gives each score of this corpus.

    Raises:
        ConfigError: a file is not there, or is no model that can be used.
    """
    made = {name: _made(name, asked) for name, asked in corpus.scorers.items()}
    replaced = {name: scorer for name, scorer in made.items() if name in SCORE_UNITS}
    return BUNDLED._replace(
        numbers={**BUNDLED.numbers, **replaced},
        own={name: made[name] for name in corpus.own},
    )


def scorer_settings(corpus: Corpus) -> Mapping[str, list[str | None]]:
    """What of each scorer decides the scores: the digests of its files, and what is asked of it.

    Raises:
        ConfigError: a file is not there.
    """
    return {
        name: [*_digests(name, asked), asked.label, asked.segmented]
        for name, asked in sorted(corpus.scorers.items())
    }


def _made(name: str, asked: Asked) -> Scorer:
    try:
        return _loaded(asked, _digests(name, asked))
    except ModuleNotFoundError as error:
        raise ConfigError(f"scorers.{name}: {error}") from None
    except (ValueError, OSError) as error:
        raise _wrong(name, asked.model, f"cannot be used: {error}") from None


@lru_cache(maxsize=16)
def _loaded(asked: Asked, digests: tuple[str | None, ...]) -> Scorer:
    """The scorer in files of these digests."""
    return load_scorer(asked)


def _digests(name: str, asked: Asked) -> tuple[str | None, ...]:
    return tuple(file and _digest(name, file) for file in (asked.model, asked.tokenizer))


def _digest(name: str, file: str) -> str:
    try:
        return file_digest(file)
    except OSError:
        raise _wrong(name, file, "is not there or cannot be read") from None


def _wrong(name: str, file: str, why: str) -> ConfigError:
    return ConfigError(
        f"scorers.{name}: {file} {why}; put there a model of 'wenyuan train', a fastText "
        "classifier (.bin, .ftz) or ONNX, or take the scorer out"
    )
