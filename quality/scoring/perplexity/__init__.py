"""How surprised a character model of clean Chinese is."""

from quality.scoring.perplexity.learning import learned_from
from quality.scoring.perplexity.model import load, perplexity, scorer

__all__ = ["learned_from", "load", "perplexity", "scorer"]
