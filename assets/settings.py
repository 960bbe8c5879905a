"""Which part of corpus.yaml each asset depends on, and on nothing else.

Two runs under equal settings, on equal inputs, with equal code give equal bytes; so a changed
threshold re-runs the decision and not the measuring.
"""

from collections.abc import Callable, Mapping
from typing import Any

from assets.exams import exam_digests
from assets.languages import model_digest
from assets.scorers import scorer_settings
from assets.tokenizers import tokenizer_digests
from schemas.corpus import Corpus, Dedup
from schemas.policies import Rule, exams, policy_version, rules, trims
from schemas.sources import Source


def settings(asset: str, corpus: Corpus, source: str | None = None) -> Any:
    """What of `corpus` decides the content of `asset` (for a batch of `source`, or for all)."""
    names = [source] if source else list(corpus.sources)
    if asset.startswith("mixture_"):
        recipe = corpus.mixtures[asset.removeprefix("mixture_")]
        barred = sorted(set(corpus.sources) - set(corpus.sources_for(recipe)))
        return [recipe.model_dump_json(), barred, corpus.tokenizers]
    if (whole := _OF_ALL.get(asset)) is not None:
        return whole(corpus)
    if (each := _OF_SOURCE.get(asset)) is not None:
        return {name: each(corpus, corpus.sources[name]) for name in names}
    return {}


def source_rules(corpus: Corpus, source: Source) -> tuple[Rule, ...]:
    """The rules that decide about documents of `source`."""
    return (*rules(corpus.policies, source.kind), *corpus.treatments(source.kind).rules)


def shares(dedup: Dedup) -> list[str]:
    """The names of the shares in which texts are compared.

    >>> shares(Dedup(shares=3))
    ['1-of-3', '2-of-3', '3-of-3']
    """
    return [f"{number}-of-{dedup.shares}" for number in range(1, dedup.shares + 1)]


def _reading(corpus: Corpus, source: Source) -> Mapping[str, Any]:
    return source.model_dump(
        mode="json", exclude={"path", "confidential", "tenant", "url", "url_env", "acceptance"}
    )


def _deciding(corpus: Corpus, source: Source) -> Any:
    return policy_version(source_rules(corpus, source))


def _cleaning(corpus: Corpus, source: Source) -> Any:
    return {
        "privacy": corpus.treatments(source.kind).settings(),
        "exams": _cut(corpus, source),
        "trim": trims(corpus.policies, source.kind),
    }


def _cut(corpus: Corpus, source: Source) -> str | None:
    asked = exams(corpus.policies, source.kind)
    return asked.model_dump_json() if asked is not None and asked.action == "cut" else None


def _exams(corpus: Corpus) -> Mapping[str, str]:
    return exam_digests(corpus.contamination)


def _telling(corpus: Corpus) -> str | None:
    return model_digest(corpus.language)


def _comparing(corpus: Corpus) -> Any:
    shape = corpus.dedup.model_dump(include={"bands", "rows", "shares"})
    return shape | {"lowest": corpus.dedup.lowest, "standings": _clustering(corpus)}


def _clustering(corpus: Corpus) -> Any:
    return [(source, standing.threshold) for source, standing in corpus.standings().items()]


def _common(corpus: Corpus) -> Any:
    return corpus.dedup.common


_OF_ALL: Mapping[str, Callable[[Corpus], Any]] = {
    "contamination": _exams,
    "language": _telling,
    "scores": scorer_settings,
    "pairs": _comparing,
    "duplicates": _clustering,
    "boilerplate": _common,
    "inventory": tokenizer_digests,
}
_OF_SOURCE: Mapping[str, Callable[[Corpus, Source], Any]] = {
    "documents": _reading,
    "rejects": _reading,
    "verdicts": _deciding,
    "corpus": _cleaning,
}
