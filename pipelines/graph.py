"""The graph of a corpus: its assets, upstream first, and the phases that make them."""

import dagster as dg

from assets.annotations import (
    contamination,
    language,
    lines,
    privacy,
    scores,
    signals,
    signatures,
)
from assets.decisions import redacted_corpus, verdicts
from assets.documents import read
from assets.duplicates import boilerplate, duplicates
from assets.inventory import inventory
from assets.mixtures import mixture
from assets.pairs import pairs
from assets.raw import raw
from schemas.corpus import Corpus

STAGES = {
    "annotate": ["read", "annotate"],
    "compare": ["compare"],
    "deduplicate": ["deduplicate"],
    "decide": ["decide"],
    "mix": ["mix"],
}
"""The five phases of a build, each a job, and the groups of assets it makes."""


def assets(corpus: Corpus) -> list[dg.AssetsDefinition]:
    """The assets of a corpus, upstream first."""
    mixtures = [mixture(name, recipe) for name, recipe in corpus.mixtures.items()]
    annotations = [language, signals, scores, privacy, signatures, lines, contamination]
    compared = [pairs(corpus), duplicates, boilerplate]
    return [read, *annotations, *compared, verdicts, redacted_corpus, inventory, *mixtures]


def asset_specs(corpus: Corpus) -> list[dg.AssetSpec]:
    """What each asset of a corpus is made from, upstream first."""
    return [raw, *(spec for asset in assets(corpus) for spec in asset.specs)]
