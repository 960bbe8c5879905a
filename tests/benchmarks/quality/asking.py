"""The documents, what the originals say of them, and what our signals are: made once, kept."""

import json
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import polars as pl

from quality.language import language
from quality.scoring import signals
from tests.benchmarks.environments import install
from tests.benchmarks.quality import originals
from tests.benchmarks.quality.documents import draw
from tests.shared import ROOT

SENSITIVE = ("政治类型", "色情类型", "色情词库", "暴恐词库", "反动词库")
"""The lists that stand for ChineseWebText's own, of the same subjects."""
TURNS = 3


class Asked(NamedTuple):
    """What is compared.

    `documents`: `doc_id`, `set`, `half`, `text`; `verdicts` of each original: `doc_id`, `variant`,
    `rule`, `value`, `passed`; `measured`: our columns; `seconds`: processor seconds of each over
    the first `originals.TIMED` documents.
    """

    documents: pl.DataFrame
    verdicts: dict[str, pl.DataFrame]
    measured: pl.DataFrame
    seconds: dict[str, float]


def ask(data: Path, work: Path) -> Asked:
    """Everything that is compared; what is in the folder `work` already is not made again."""
    work.mkdir(parents=True, exist_ok=True)
    install(work, originals.ENVIRONMENTS)
    kept = work / "documents.parquet"
    if not kept.exists():
        draw(data).write_parquet(kept)
    documents = pl.read_parquet(kept)
    write_words(data, work / "words")
    seconds = {name: _ask_one(work, name) for name in originals.ORIGINALS}
    verdicts = {
        name: pl.read_parquet(work / f"{name}.parquet")
        for name, (_, judge, _) in originals.ORIGINALS.items()
        if judge is not None
    }
    timed = documents.head(originals.TIMED).lazy()
    seconds["our signals"] = _seconds(timed)
    return Asked(documents, verdicts, measure(documents), seconds)


def measure(documents: pl.DataFrame) -> pl.DataFrame:
    """Our signals and languages, a row a document."""
    lazy = documents.lazy()
    known = language(lazy).collect()
    return signals(lazy).collect().join(known, on="doc_id", maintain_order="left")


def write_words(data: Path, folder: Path) -> None:
    """The lists of words that the originals need."""
    folder.mkdir(exist_ok=True)
    vocabulary = data / "quality-sensitive-lexicon/Vocabulary"
    files = [vocabulary / f"{name}.txt" for name in SENSITIVE]
    lines = [line.strip() for file in files for line in file.read_text("utf-8-sig").split("\n")]
    sensitive = dict.fromkeys(line for line in lines if len(line) > 1)
    (folder / "sensitive.txt").write_text("\n".join(sensitive), "utf-8")
    bad = [line for line in (data / "quality-ldnoobw/zh").read_text("utf-8").split("\n") if line]
    (folder / "bad.txt").write_text("\n".join(bad), "utf-8")
    (folder / "flagged_words.json").write_text(json.dumps({"zh": bad}), "utf-8")


def _ask_one(work: Path, name: str) -> float:
    """Runs one original unless its verdicts are there; returns its processor seconds."""
    told = work / f"{name}.log"
    if not told.exists():
        python = work / originals.ORIGINALS[name][0] / "bin/python"
        files = (work / "documents.parquet", work / "words", work / f"{name}.parquet")
        command: list[str | Path] = [python, "-m", originals.__name__, name, *files]
        run = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        told.write_text(run.stdout, "utf-8")
    return float(told.read_text("utf-8").strip().rpartition("\n")[2])


def _seconds(documents: pl.LazyFrame) -> float:
    signals(documents).collect()
    spent = []
    for _ in range(TURNS):
        before = time.process_time()
        signals(documents).collect()
        spent.append(time.process_time() - before)
    return sorted(spent)[TURNS // 2]
