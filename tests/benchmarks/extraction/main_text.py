"""Main text beside other tools: how close to the gold text, and how fast.

    python -m tests.benchmarks.extraction.main_text DATA_FOLDER VENV   (some minutes)

F1 is that of character 4-grams without white space and markup; ROUGE is WebMainBench's ROUGE-5,
against the Markdown where the gold is Markdown. `held out` are the pages that our model was not
trained on. `sites` is ours where it also knows which lines the pages of a set repeat.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.text.charset import decode
from quality.text.gold import SETS, Gold, f1, gold_pages
from quality.text.pages import count_repeats, read_pages
from quality.text.repeats import Repeats, Sites
from tests.benchmarks.extraction import peers

HERE = Path(peers.__file__)


def main(data: Path, venv: Path) -> None:
    """Extract, score and print."""
    peers.install(venv)
    pages = [gold for name in SETS for gold in gold_pages(data, name)]
    of = np.array([SETS.index(one.file.relative_to(data).parts[0]) for one in pages])
    held = np.array([one.held_out for one in pages])
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        html = [one.page for one in pages]
        found = {
            "Wenyuan": ours(html, of, sites=False),
            "Wenyuan, sites": ours(html, of, sites=True),
        }
        found |= {name: theirs(venv, name, html, work) for name in peers.PEERS}
        tables: dict[str, Callable[[list[str]], list[float]]] = {
            "F1": lambda texts: [f1(a, one.text) for a, one in zip(texts, pages, strict=True)],
            "ROUGE": lambda texts: rouges(venv, texts, pages, work),
        }
        for title, score in tables.items():
            for part, rows in (("held out", held), ("all pages", held | True)):
                heads = "  ".join(f"{name.removeprefix('html-')[:9]:>9}" for name in SETS)
                print(f"\n{title}, {part:10} {heads}       mean  pages/s")
                for name, (texts, seconds) in found.items():
                    scores = np.array(score(texts), np.float64)
                    means = [scores[rows & (of == number)].mean() for number in range(len(SETS))]
                    cells = "  ".join(f"{mean:9.3f}" for mean in means)
                    print(f"{name:22} {cells}  {np.mean(means):9.3f} {len(pages) / seconds:8.0f}")
        news(data, venv, work)


def ours(pages: list[str], of: npt.NDArray[np.int64], *, sites: bool) -> tuple[list[str], float]:
    """The texts, and the CPU seconds."""
    html, keys = pl.Series(pages), of.astype(np.uint64)
    _read(html[:1], keys[:1], sites=sites)
    started = time.process_time()
    texts = _read(html, keys, sites=sites)
    return texts, time.process_time() - started


def _read(html: pl.Series, keys: Sites, *, sites: bool) -> list[str]:
    repeats = Repeats() if sites else None
    if repeats is not None:
        count_repeats(html, keys, repeats)
    return read_pages(html, keys, repeats)["text"].to_list()


def theirs(venv: Path, name: str, pages: list[str], work: Path) -> tuple[list[str], float]:
    """The texts of a peer, and its CPU seconds."""
    given, taken = work / "pages.jsonl", work / "texts.jsonl"
    given.write_text("\n".join(map(json.dumps, pages)), encoding="utf-8")
    command: list[str | Path] = [venv / "bin/python", HERE, name, given, taken]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    seconds, *texts = map(json.loads, taken.read_text(encoding="utf-8").split("\n"))
    return texts, seconds


def rouges(venv: Path, texts: list[str], pages: list[Gold], work: Path) -> list[float]:
    """ROUGE of each text; jieba is in the peers' environment."""
    given, scored = work / "pairs.jsonl", work / "scores.json"
    pairs = [[text, one.markdown] for text, one in zip(texts, pages, strict=True)]
    given.write_text("\n".join(map(json.dumps, pairs)), encoding="utf-8")
    command: list[str | Path] = [venv / "bin/python", HERE, "rouge", given, scored]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return list(json.loads(scored.read_text(encoding="utf-8")))


def news(data: Path, venv: Path, work: Path) -> None:
    """Pages a second on large news pages, three runs each, decoding apart."""
    files = sorted((data / "html-163-gbk" / "RawHtml").iterdir())
    payloads = [file.read_bytes() for file in files]
    started = time.process_time()
    pages = [found.text for payload in payloads if (found := decode(payload, html=True))]
    decoding = time.process_time() - started
    size = sum(map(len, payloads)) / len(payloads) / 1e3
    print(f"\nnews pages of {size:.0f} kB, pages/s (median of three)")
    print(f"{'decoding alone':22} {len(pages) / decoding:8.0f}")
    html = pl.Series(pages)
    speeds = []
    for _ in range(3):
        started = time.process_time()
        read_pages(html)
        speeds.append(len(pages) / (time.process_time() - started))
    print(f"{'Wenyuan':22} {np.median(speeds):8.0f}")
    for name in peers.PEERS:
        speeds = [len(pages) / theirs(venv, name, pages, work)[1] for _ in range(3)]
        print(f"{name:22} {np.median(speeds):8.0f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
