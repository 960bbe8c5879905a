"""Our identification beside lid.176, Lingua and langid, on the same held-out texts in one run.

    python -m tests.benchmarks.language WORK_FOLDER

Sets up an environment for the peers in the folder (some minutes, 200 MB), and asks everyone about
at most `EACH` texts and lines of every set, of the half that nothing was tuned on (see
`quality.language.heldout`). Macro-F1 three times: of whole tags; *strict*, where `zh` is right for
zh-Hans and zh-Hant, since no peer tells scripts; *lenient*, where any Chinese is right for any
other. Then MB/s per core on documents of 3 kB on average, each beginning to end and, for lid.176,
also the first 300 characters alone.
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

import polars as pl

from quality.language import identify
from quality.language.evaluate import CLEAR, by_variety, held_out_texts, macro_f1
from tests.benchmarks.language_peers import ASKED, install
from tests.shared import ROOT

DATA = ROOT.parent / "shared" / "data"
EACH = 100
DOCUMENTS = 2000
LONGEST = 1750
"""Characters of a document at most, which makes 3 kB of the average one."""
TURNS = 5

CHINESE = ("zh", "zh-Hans", "zh-Hant", "yue", "lzh", "nan", "wuu")
STRICT = {"zh-Hans": "zh", "zh-Hant": "zh"}
LENIENT = dict.fromkeys(CHINESE, "zh")
WAYS: Mapping[str, Mapping[str, str]] = {"tags": {}, "strict": STRICT, "lenient": LENIENT}


def main(work: Path) -> None:
    """Print the tables."""
    install(work / "venv", work / "models")
    whole, lines = (some.filter("final") for some in held_out_texts(DATA))
    asked = pl.concat([_few(whole, "texts"), _few(lines, "lines")], how="diagonal")
    mix = documents()
    answers = {"ours": _ours(asked["text"])} | {
        peer: _peer(work, peer, asked["text"].to_list()) for peer in ASKED
    }
    print("part\tway\t" + "\t".join(answers))
    parts = {
        "texts": pl.col("part") == "texts",
        "lines": pl.col("part") == "lines",
        "clear lines": (pl.col("part") == "lines") & CLEAR,
    }
    for part, kept in parts.items():
        for way, names in WAYS.items():
            scored = [_named(asked, found, names).filter(kept) for found in answers.values()]
            print("\t".join([part, way, *(f"{macro_f1(one):.4f}" for one in scored)]))
    for part, kept in parts.items():
        tables = [_named(asked, found, STRICT).filter(kept) for found in answers.values()]
        print(f"\nF1 of {part}, strict\t" + "\t".join(answers))
        for row in zip(*(by_variety(one)["expected", "f1"].rows() for one in tables), strict=True):
            print("\t".join([row[0][0], *(f"{f1:.4f}" for _, f1 in row)]))
    print("\nright by set, strict\t" + "\t".join(answers))
    tables = [_right(_named(asked, found, STRICT)) for found in answers.values()]
    for rows in zip(*(one.rows() for one in tables), strict=True):
        print("\t".join([" ".join(rows[0][:2]), *(f"{row[2]:.3f}" for row in rows)]))
    size = sum(len(text.encode()) for text in mix) / 1e6
    print(f"\nMB/s per core, {len(mix)} documents of {1000 * size / len(mix):.1f} kB")
    print(f"ours\t{size / _seconds(mix):.1f}")
    for peer in ASKED:
        some = mix[: ASKED[peer].documents]
        taken = sum(len(text.encode()) for text in some) / 1e6
        print(f"{peer}\t{taken / _answer(work, peer, some).seconds:.2f}")


def documents() -> list[str]:
    """Real documents of every bulk set of texts, in random order."""
    dice = random.Random(1)
    paths = sorted(path for path in (DATA / "bulk").glob("*.parquet") if "html" not in path.name)
    texts = [
        text[:LONGEST]
        for path in paths
        for text in dice.choices(pl.read_parquet(path)["text"].to_list(), k=DOCUMENTS // len(paths))
    ]
    dice.shuffle(texts)
    return texts


def _few(texts: pl.DataFrame, part: str) -> pl.DataFrame:
    """At most `EACH` rows of every set, by a hash, none longer than `LONGEST`."""
    order = pl.col("text").hash(1).rank("ordinal").over("set")
    return texts.filter(order <= EACH).with_columns(
        pl.col("text").str.slice(0, LONGEST), part=pl.lit(part)
    )


def _ours(texts: pl.Series) -> list[str]:
    found = texts.to_frame().select(identify(pl.col("text")).struct.field("language"))
    return list(found.to_series())


def _seconds(texts: list[str]) -> float:
    """Processor seconds of ours, the median of some turns."""
    frame, spent = pl.DataFrame({"text": texts}), []
    for _ in range(TURNS + 1):
        before = time.process_time()
        frame.select(identify(pl.col("text")))
        spent.append(time.process_time() - before)
    return median(spent[1:])


def _peer(work: Path, peer: str, texts: list[str]) -> list[str]:
    return _answer(work, peer, texts).tags


class Answer(NamedTuple):
    """The tags that a peer gives, and the processor seconds it takes, loading not counted."""

    tags: list[str]
    seconds: float


def _answer(work: Path, peer: str, texts: list[str]) -> Answer:
    (work / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    script = Path(__file__).with_name("language_peers.py")
    command = [str(work / "venv/bin/python"), str(script), peer, "models", "texts.json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=work)
    return Answer(**json.loads(done.stdout.splitlines()[-1]))


def _named(asked: pl.DataFrame, found: list[str], names: Mapping[str, str]) -> pl.DataFrame:
    both = asked.with_columns(pl.Series("language", found))
    return both.with_columns(pl.col("expected", "language").replace(dict(names)))


def _right(scored: pl.DataFrame) -> pl.DataFrame:
    right = (pl.col("language") == pl.col("expected")).mean()
    return scored.group_by("part", "set", maintain_order=True).agg(right.alias("right"))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
