"""Prints how the models judge held-out texts: `python -m quality.scoring.harm.evaluate DATA`."""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from quality.kernels.arrow import strings
from quality.language.sets import rows_of
from quality.scoring import signals
from quality.scoring.harm import sets, spam, toxicity
from quality.scoring.linear import judging
from quality.scoring.scores import Numbers, Scorer

THRESHOLD = 0.5

SCORERS: dict[sets.Kind, Scorer] = {"spam": spam, "toxic": toxicity}


def judged(scorer: Scorer, texts: Sequence[str]) -> Numbers:
    """The score of each text."""
    return scorer(strings(pl.Series(texts, dtype=pl.String)))


def on_posts(scorer: Scorer, posts: Sequence[sets.Post], kind: sets.Kind) -> dict[str, float]:
    """Figures on the held-out ones of `posts`."""
    held = [post for post in posts if sets.in_test(post.text)]
    scores = judged(scorer, [post.text for post in held])
    truth = np.array([getattr(post, kind) for post in held])
    flagged = scores > THRESHOLD
    return {
        "posts": len(held),
        "harmful": int(truth.sum()),
        "auc": judging.auc(scores, truth),
        "accuracy": float((flagged == truth).mean()),
        "precision": float(truth[flagged].mean()) if flagged.any() else float("nan"),
        "recall": float(flagged[truth].mean()) if truth.any() else float("nan"),
        "ece": judging.calibration_error(np.stack([1 - scores, scores], 1), truth.astype(int)),
    }


def density_auc(posts: Sequence[sets.Post]) -> float:
    """The area under the curve of the phrase signal, on the held-out posts."""
    held = [post for post in posts if sets.in_test(post.text)]
    frame = pl.LazyFrame({"doc_id": "", "text": [post.text for post in held]})
    found = signals(frame).collect()["spam_density"].to_numpy()
    return judging.auc(found, np.array([post.spam for post in held]))


def false_alarms(data: Path, scorer: Scorer) -> dict[str, tuple[int, float]]:
    """Of each set of clean documents, how many there are and the share over the threshold."""
    found = {}
    for file in sorted(data.glob("text-*/docs.jsonl.zst")):
        texts = [row["text"] for row in rows_of(file)]
        found[file.parent.name] = (len(texts), float((judged(scorer, texts) > THRESHOLD).mean()))
    return found


def _print(data: Path) -> None:
    posts = {"chineseharm": sets.harm_posts(data), "cold": sets.cold_posts(data)}
    posts["both"] = posts["chineseharm"] + posts["cold"]
    for name, some in posts.items():
        for kind, scorer in SCORERS.items():
            found = on_posts(scorer, some, kind)
            _say(f"{kind:6} {name:12}", " ".join(f"{key} {one:.3f}" for key, one in found.items()))
    _say("spam_density auc, chineseharm", f"{density_auc(posts['chineseharm']):.3f}")
    alarms = [false_alarms(data, scorer) for scorer in (spam, toxicity)]
    for name, (count, share) in alarms[0].items():
        _say(f"{name:34}{count:6}", f"spam {share:.4f} toxic {alarms[1][name][1]:.4f}")


def _say(*parts: str) -> None:
    sys.stdout.write(" ".join(parts) + "\n")


if __name__ == "__main__":
    _print(Path(sys.argv[1]))
