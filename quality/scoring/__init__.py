"""How a text looks: counts, ratios and repetition, and what models think of it.

Belongs here: the signals, the tables of characters and phrases they read, and the models of
quality, harm, industry, surprise and moment. Does not belong here: thresholds
(schemas/presets.yaml) and decisions (quality/policy.py).
"""

from quality.scoring.bundled import BUNDLED
from quality.scoring.heuristics import signals
from quality.scoring.scores import Scorer, Scorers, scores

__all__ = ["BUNDLED", "Scorer", "Scorers", "scores", "signals"]
