"""The models that judge documents: the bundled ones, and those that corpus.yaml names."""

from quality.scoring import BUNDLED, Scorers
from schemas.corpus import Corpus


def scorers(corpus: Corpus) -> Scorers:
    """What gives each score of this corpus."""
    return BUNDLED
