"""The bundled scorer beside KenLM with a full model of order 5, on the same documents.

    python -m tests.benchmarks.quality.beside_kenlm DATA_FOLDER VENV   (some minutes, 3 GB)

The model is estimated by `estimating` on a part of what the bundled one was trained on, written as
ARPA, and read by KenLM from a virtual environment that it is installed into. Prints how far KenLM
is from `surprises`, which should be rounding; both speeds; and how both rank documents.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple, TextIO

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.arrow import strings
from quality.scoring.perplexity import perplexity
from quality.scoring.perplexity.estimating import (
    BOUNDARY,
    SYMBOL_BITS,
    Model,
    count,
    estimate,
    joined,
    surprises,
)
from quality.scoring.perplexity.reading import Points, read
from quality.scoring.perplexity.sets import texts, trained_on
from tests.benchmarks.quality.material import clean

ORDER = 5
SYMBOLS = 500_000
"""Symbols of each set that the full model is estimated on."""
DOCUMENTS = 2000
LONGEST = 3000
"""Characters of a document that are scored."""

PEER = """
import json, sys, time
import kenlm
model = kenlm.Model(sys.argv[1])
lines = [json.loads(line) for line in sys.stdin]
started = time.process_time()
scores = [model.score(line, bos=True, eos=False) for line in lines]
print(json.dumps([time.process_time() - started, scores]))
"""


class Answer(NamedTuple):
    """Of each document its perplexity, and the CPU seconds for all."""

    perplexities: npt.NDArray[np.float64]
    seconds: float


def main(data: Path, venv: Path) -> None:
    """Train, write, ask and print."""
    documents = [text[:LONGEST] for some in clean(data).values() for text in some]
    judged = ~np.isnan(bundled(documents).perplexities)
    documents = [text for text, one in zip(documents, judged, strict=True) if one]
    documents = documents[:: len(documents) // DOCUMENTS + 1]
    ours = bundled(documents)
    model = full(data)
    read_all = symbols_of(documents)
    with tempfile.TemporaryDirectory() as folder:
        arpa = Path(folder) / "full.arpa"
        with arpa.open("w", encoding="utf-8") as file:
            write(model, file)
        theirs = asked(venv, arpa, read_all)
    own = np.array([np.exp(surprises(model, joined([one]))[:-1].mean()) for one in read_all])
    print(f"KenLM from surprises(): {np.abs(np.log(theirs.perplexities / own)).max():.1e} nats")
    size = sum(len(text.encode()) for text in documents) / 1e6
    first, second = (pl.Series(some.perplexities).rank().to_numpy() for some in (ours, theirs))
    print(f"{len(documents)} documents, {size:.1f} MB")
    print(f"ours {size / ours.seconds:.1f} MB/s from UTF-8 to number")
    print(f"KenLM {size / theirs.seconds:.1f} MB/s, of symbols read and joined before")
    print(f"Spearman {np.corrcoef(first, second)[0, 1]:.3f}")


def full(data: Path) -> Model:
    """The model of everything that is counted, of a part of the training text."""
    some: list[Points] = []
    for name, documents in texts(data).items():
        read_of = trained_on(name, documents)
        ends = np.cumsum([document.size for document in read_of])
        some += read_of[: int(np.searchsorted(ends, SYMBOLS)) + 1]
    return estimate(count(joined(some), ORDER))


def symbols_of(documents: list[str]) -> list[Points]:
    """What is read of each document."""
    symbols, ends = read(strings(pl.Series(documents)))
    return np.split(symbols, ends[:-1])


def bundled(documents: list[str]) -> Answer:
    """The bundled scorer's answer."""
    column = strings(pl.Series(documents))
    perplexity(column)
    started = time.process_time()
    found = perplexity(column)
    return Answer(found.astype(np.float64), time.process_time() - started)


def asked(venv: Path, arpa: Path, documents: list[Points]) -> Answer:
    """KenLM's answer, and its CPU seconds."""
    if not (venv / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin" / "pip", "install", "-q", "kenlm"], check=True)
    lines = "".join(json.dumps(" ".join(map(word, one.tolist()))) + "\n" for one in documents)
    ran = subprocess.run(
        [venv / "bin" / "python", "-c", PEER, arpa],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, scores = json.loads(ran.stdout)
    sizes = np.array([one.size for one in documents])
    return Answer(np.exp(-np.array(scores) * np.log(10) / sizes), seconds)


def word(symbol: int) -> str:
    """How a symbol is written in ARPA."""
    return f"{symbol:x}"


def write(model: Model, file: TextIO) -> None:
    """The model as ARPA: a boundary is <s> where it begins an n-gram, else </s>."""
    print("\\data\\", file=file)
    for length, level in enumerate(model.levels, 1):
        print(f"ngram {length}={level.keys.size + (2 if length == 1 else 0)}", file=file)
    before = [""]
    for length, level in enumerate(model.levels, 1):
        print(f"\n\\{length}-grams:", file=file)
        if length == 1:
            print(f"{model.unknown / np.log(10):.6f}\t<unk>\t0", file=file)
        grams = []
        last = (level.keys & np.uint64((1 << SYMBOL_BITS) - 1)).tolist()
        context = (level.keys >> np.uint64(SYMBOL_BITS)).tolist()
        logs = (level.logs / np.log(10)).tolist()
        backoffs = (level.backoffs / np.log(10)).tolist()
        for row, symbol in enumerate(last):
            begins = "<s>" if symbol == BOUNDARY else word(symbol)
            ends = "</s>" if symbol == BOUNDARY else word(symbol)
            grams.append(f"{before[context[row]]} {begins}" if length > 1 else begins)
            written = f"{before[context[row]]} {ends}" if length > 1 else ends
            tail = "" if length == len(model.levels) or ends == "</s>" else f"\t{backoffs[row]:.6f}"
            print(f"{logs[row]:.6f}\t{written}{tail}", file=file)
            if length == 1 and symbol == BOUNDARY:
                print(f"-99\t<s>\t{backoffs[row]:.6f}", file=file)
        before = grams
    print("\n\\end\\", file=file)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
