"""The originals, each in its own environment: what they say of every document, and how fast.

    python -m tests.benchmarks.quality.originals install VENVS             (ten minutes, 5 GB)
    VENVS/…/bin/python -m tests.benchmarks.quality.originals NAME DOCUMENTS WORDS OUT

The second writes OUT, a table `doc_id`, `variant`, `rule`, `value`, `passed`, and prints the
processor seconds for the first `TIMED` documents, when each text is asked as it is in production.
WORDS is a folder with the words that three originals need: `sensitive.txt` and `bad.txt`, a word a
line, and `flagged_words.json`. `agreement` does all this. Nothing of the project but this folder
is imported.
"""

import sys
import time
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pathlib import Path

from tests.benchmarks.environments import TORCH, install
from tests.benchmarks.quality import c4_zh, chinese_webtext, data_juicer, fineweb2, map_cc
from tests.benchmarks.quality.rules import Outcomes

ENVIRONMENTS = {
    "datatrove": (
        [TORCH],
        ["datatrove[processing,io]==0.10.1", "spacy==3.8.14", "jieba==0.42.1", "zhconv==1.4.3"],
    ),
    "datajuicer": ([TORCH], ["py-data-juicer==1.6.1", "aiohttp"]),
}
TIMED = 300
"""Documents that are asked again to take the time."""
PUBLISHED = ("published",)

Judge = Callable[[str, Path], dict[str, Outcomes]]
Keeps = Callable[[str, Path], bool]


def main(arguments: list[str]) -> None:
    """Install all environments, or ask one original."""
    if arguments[0] == "install":
        install(Path(arguments[1]), ENVIRONMENTS)
        return
    name, documents, words, out = arguments
    parquet = import_module("pyarrow.parquet")
    columns = parquet.read_table(documents, columns=["doc_id", "text"]).to_pydict()
    _, judge, keeps = ORIGINALS[name]
    if judge is not None:
        rows = _rows(columns["doc_id"], columns["text"], lambda text: judge(text, Path(words)))
        parquet.write_table(import_module("pyarrow").Table.from_pylist(list(rows)), out)
    keeps(columns["text"][0], Path(words))
    before = time.process_time()
    for text in columns["text"][:TIMED]:
        keeps(text, Path(words))
    print(time.process_time() - before)


def _rows(
    ids: Iterable[str], texts: Iterable[str], judge: Callable[[str], dict[str, Outcomes]]
) -> Iterable[dict[str, str | float | bool]]:
    for doc_id, text in zip(ids, texts, strict=True):
        for variant, outcomes in judge(text).items():
            for rule, outcome in outcomes.items():
                named = {"doc_id": doc_id, "variant": variant, "rule": rule}
                yield named | {"value": float(outcome.value), "passed": bool(outcome.passed)}


@cache
def _words(folder: Path, name: str) -> tuple[str, ...]:
    lines = (folder / f"{name}.txt").read_text("utf-8").split("\n")
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _all_passed(judged: dict[str, Outcomes]) -> bool:
    return all(outcome.passed for outcomes in judged.values() for outcome in outcomes.values())


def _webtext(text: str, words: Path, faults: Iterable[str]) -> dict[str, Outcomes]:
    return chinese_webtext.judge(text, _words(words, "sensitive"), faults)


def _c4(text: str, words: Path, faults: Iterable[str]) -> dict[str, Outcomes]:
    return c4_zh.judge(text, _words(words, "bad"), faults)


ORIGINALS: dict[str, tuple[str, Judge | None, Keeps]] = {
    "fineweb2_zh": (
        "datatrove",
        lambda text, _: fineweb2.judge(text),
        lambda text, _: fineweb2.keeps(text),
    ),
    "map_cc": (
        "datatrove",
        lambda text, _: map_cc.judge(text),
        lambda text, _: _all_passed(map_cc.judge(text, PUBLISHED)),
    ),
    "chinese_webtext": (
        "datatrove",
        lambda text, words: _webtext(text, words, chinese_webtext.FAULTS),
        lambda text, words: _all_passed(_webtext(text, words, PUBLISHED)),
    ),
    "c4_zh": (
        "datatrove",
        lambda text, words: _c4(text, words, c4_zh.FAULTS),
        lambda text, words: _all_passed(_c4(text, words, PUBLISHED)),
    ),
    "data_juicer": ("datajuicer", None, data_juicer.keeps),
}
"""Name -> environment, what says all, what says whether a text is kept. Only datatrove's and
data-juicer's code is theirs; the time of the others is that of our slow reading of them."""


if __name__ == "__main__":
    main(sys.argv[1:])
