"""The scorers that come with Wenyuan."""

from quality.scoring.education import education
from quality.scoring.harm import spam, toxicity
from quality.scoring.industry import industry
from quality.scoring.perplexity import perplexity
from quality.scoring.scores import Scorers
from quality.scoring.volatility import volatility

BUNDLED = Scorers(
    numbers={
        "education": education,
        "spam": spam,
        "toxicity": toxicity,
        "perplexity": perplexity,
        "volatility": volatility,
    },
    industry=industry,
    own={},
)
