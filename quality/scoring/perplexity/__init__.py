"""How surprised a character model of clean Chinese is."""

from quality.scoring.perplexity.model import perplexity, scorer

__all__ = ["perplexity", "scorer"]
