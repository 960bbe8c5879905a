"""How a text looks: counts, ratios and repetition, measured without deciding anything.

Belongs here: the signals, the tables of characters and phrases they read, and classifiers of
quality or domain. Does not belong here: thresholds (schemas/presets.yaml) and decisions
(quality/policy.py).
"""

from quality.scoring.heuristics import signals
from quality.scoring.moments import volatility

__all__ = ["signals", "volatility"]
