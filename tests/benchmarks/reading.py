"""Real texts to spoil, and peers to ask, for the measurements of charsets and mojibake."""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from quality.text.train_likelihood import learned_from
from tests.benchmarks import reading_peers
from tests.benchmarks.material import BULK

SETS = {
    "news_zh_hans": "Hans",
    "law_zh_hans": "Hans",
    "medical_zh_hans": "Hans",
    "tech_docs_zh_hans": "Hans",
    "law_zh_hant": "Hant",
    "tech_docs_zh_hant": "Hant",
    "tw_web_zh_hant": "Hant",
    "cantonese_yue": "yue",
    "classical_lzh": "lzh",
    "novel_classical_zh_hans": "lzh",
}
LONGEST = 20_000
_HAN_AT_LEAST = 3


def texts(documents: int, *, held_out: bool) -> Iterator[str]:
    """So many documents of each set, from the half that was tuned on or from the other."""
    for name in SETS:
        rows = pl.read_parquet(BULK / f"{name}.parquet", columns=["id", "text"])
        tuned = rows["id"].map_elements(learned_from, return_dtype=pl.Boolean)
        mine = rows.filter(~tuned if held_out else tuned)
        yield from mine["text"].sample(min(documents, mine.height), seed=11)


def piece(text: str, size: int | None, draw: random.Random) -> str | None:
    """A stretch of a line of the text, of so many characters, or all of it; with Han in it."""
    if size is None:
        found = text[:LONGEST]
    else:
        lines = [line for line in text.split("\n") if len(line) >= size]
        if not lines:
            return None
        line = draw.choice(lines)
        start = draw.randrange(len(line) - size + 1)
        found = line[start : start + size]
    return found if sum(c >= "\u2e80" for c in found) >= _HAN_AT_LEAST else None


def ask(python: Path, name: str, cases: list[str]) -> tuple[list[str | None], float]:
    """What a peer reads, and the seconds it took without its start."""
    with tempfile.TemporaryDirectory(prefix="wenyuan-bench-") as folder:
        given, answers = Path(folder, "cases.json"), Path(folder, "answers.json")
        given.write_text(json.dumps(cases), encoding="utf-8")
        subprocess.run([python, reading_peers.__file__, name, given, answers], check=True)
        found = json.loads(answers.read_text("utf-8"))
    return found["texts"], found["seconds"]


def peers_at(venv: str) -> Path:
    """The Python of the peers' environment, which is made if it is not there."""
    python = Path(venv) / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, reading_peers.__file__, "install", venv], check=True)
    return python
