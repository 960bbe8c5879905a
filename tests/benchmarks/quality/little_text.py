"""How much text a character model of one's own needs.

    python -m tests.benchmarks.quality.little_text DATA_FOLDER   (half a minute)

The perplexity of what `wenyuan train perplexity` would hold out of a set, under models of the
first 10,000 to 1,000,000 symbols of the rest, and under the bundled one, which has read no document
of these sets.
"""

import sys
from pathlib import Path

import polars as pl

from pipelines.training.drawing import drawn
from pipelines.training.parts import HELD_OUT, place_of
from pipelines.training.perplexity import MOST
from quality.kernels.arrow import strings
from quality.language.sets import rows_of
from quality.scoring.perplexity.learning import learned_from
from quality.scoring.perplexity.model import LEAST, bundled, of_all
from quality.scoring.perplexity.packing import unpacked

SETS = (
    *("finance-zh-hans", "social-zh-hans", "poetry-lzh", "novel-classical-zh-hans"),
    *("law-zh-hans", "tech-docs-zh-hans", "tech-docs-zh-hant"),
)
AMOUNTS = (10_000, 30_000, 100_000, 300_000, 1_000_000)


def figures(texts: list[str]) -> list[float]:
    """Under the bundled model, and those of each of `AMOUNTS` that there is text for."""
    read = drawn(texts, LEAST, MOST)
    kept = [read.texts[key] for key in sorted(read.texts) if place_of(key) < HELD_OUT]
    held = [text.text for key, text in read.texts.items() if place_of(key) >= HELD_OUT]
    unseen = strings(pl.Series(held))
    found = [of_all(unseen, bundled())]
    some: list[str] = []
    size = 0
    for text in kept:
        some.append(text.text)
        size += text.symbols
        while len(found) <= len(AMOUNTS) and size >= AMOUNTS[len(found) - 1]:
            found.append(of_all(unseen, unpacked(learned_from(pl.Series(some)))))
    return found


def main(data: Path) -> None:
    """Print the table."""
    print("set", "bundled", *(f"{amount:,}" for amount in AMOUNTS), sep="\t")
    for name in SETS:
        texts = [row["text"] for row in rows_of(data / f"text-{name}" / "docs.jsonl.zst")]
        print(name, *(f"{value:.0f}" for value in figures(texts)), sep="\t", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
