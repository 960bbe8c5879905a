"""How surprised a character model of clean Chinese is."""

from quality.scoring.perplexity.learning import learned_from
from quality.scoring.perplexity.model import perplexity, scorer
from quality.scoring.perplexity.packing import KIND

__all__ = ["KIND", "learned_from", "perplexity", "scorer"]
