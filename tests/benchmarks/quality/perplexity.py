"""What the perplexity of clean text is, and how far text that nobody wrote lies from it.

    python -m tests.benchmarks.quality.perplexity DATA_FOLDER   (a few minutes)

Quartiles for each set; AUC (the chance that litter is more surprising than clean text) of each
kind of litter, made of the documents of all sets in equal parts, against each set; the same by
length. The speed on documents of the sets.
"""

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.arrow import strings
from quality.scoring.perplexity import perplexity
from tests.benchmarks.quality.material import clean, spam
from tests.quality.scoring.perplexity.litter import LITTER, cut

Perplexities = npt.NDArray[np.float32]
Scoring = Callable[[list[str]], Perplexities]

SHORTEST = 100
"""Han characters of a text in the first tables at least; of litter, at most."""

LENGTHS = (10, 20, 50, 100, 200, 500)
SPANS = 200
"""Spans of a set at each length, and of each kind of litter of a set."""


def ours(texts: list[str]) -> Perplexities:
    """The scorer's numbers, without those of texts that have none."""
    found = perplexity(strings(pl.Series(texts, dtype=pl.String)))
    return found[~np.isnan(found)]


def main(data: Path) -> None:
    """Print the tables."""
    sets = clean(data)
    print("set\tdocuments\t5%\t25%\t50%\t75%\t95%\tMB/s")
    for name, documents in [*sets.items(), ("spam pages", spam(data))]:
        found = ours(documents)
        quantiles = np.quantile(found, [0.05, 0.25, 0.5, 0.75, 0.95])
        row = [name, str(found.size), *(f"{one:.1f}" for one in quantiles)]
        print("\t".join([*row, f"{speed(documents):.0f}"]))
    against_each(sets, spam(data))
    by_length(sets)


def speed(documents: list[str]) -> float:
    """Megabytes a CPU second, the best of five turns."""
    read = strings(pl.Series(documents))
    seconds = []
    for _ in range(5):
        started = time.process_time()
        perplexity(read)
        seconds.append(time.process_time() - started)
    return read.data.size / 1e6 / min(seconds)


def against_each(sets: dict[str, list[str]], pages: list[str]) -> None:
    """AUC of each kind of litter against each set."""
    dice = random.Random(20250103)
    whole = spans(sets, SHORTEST, dice)
    kinds = {kind: ours(made(whole, kind, dice)) for kind in LITTER}
    kinds["spam pages"] = ours(pages)
    print("\nAUC, spans of 100 Han\t" + "\t".join(kinds))
    for name, texts in whole.items():
        good = ours(texts)
        print("\t".join([name, *(f"{auc(bad, good):.3f}" for bad in kinds.values())]))
    print("\nAUC within the set\t" + "\t".join(LITTER))
    for name, texts in whole.items():
        good = ours(texts)
        bad = [ours(made({name: texts}, kind, dice)) for kind in LITTER]
        print("\t".join([name, *(f"{auc(one, good):.3f}" for one in bad)]))


def by_length(sets: dict[str, list[str]]) -> None:
    """How wide clean text spreads, and AUC within the sets, by the number of Han characters."""
    dice = random.Random(20250104)
    print("\nHan characters\tmedian\twithin a set ±%\t" + "\t".join(LITTER))
    for length in LENGTHS:
        whole = spans(sets, length, dice)
        good = {name: ours(texts) for name, texts in whole.items()}
        medians = np.exp(np.mean([np.median(np.log(one)) for one in good.values()]))
        spread = np.exp(np.mean([np.log(one).std() for one in good.values()])) - 1
        cells = []
        for kind in LITTER:
            bad = {name: ours(made({name: texts}, kind, dice)) for name, texts in whole.items()}
            cells.append(np.mean([auc(bad[name], good[name]) for name in good if bad[name].size]))
        row = [str(length), f"{medians:.0f}", f"{100 * spread:.0f}"]
        print("\t".join([*row, *(f"{one:.3f}" for one in cells)]))


def spans(sets: dict[str, list[str]], size: int, dice: random.Random) -> dict[str, list[str]]:
    """Spans of so many Han characters, one of a document at most; of sets that have twenty."""
    found = {}
    for name, documents in sets.items():
        some = [span for text in documents[:SPANS] if (span := cut(text[:20_000], size, dice))]
        if len(some) >= 20:
            found[name] = some
    return found


def made(sets: dict[str, list[str]], kind: str, dice: random.Random) -> list[str]:
    """Litter of this kind, of at most 20 spans of each of several sets, or all of one."""
    most = 20 if len(sets) > 1 else SPANS
    return [LITTER[kind](text, dice) for texts in sets.values() for text in texts[:most]]


def auc(high: Perplexities, low: Perplexities) -> float:
    """The chance that one of `high` is above one of `low`."""
    both = np.concatenate([high, low])
    ranks = pl.Series(both).rank("average").to_numpy()
    wins = ranks[: high.size].sum() - high.size * (high.size + 1) / 2
    return float(wins / (high.size * low.size))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
