"""Our finders beside other tools, on the authored set, the hand-made cases and real text.

    python -m tests.benchmarks.privacy.peers VENVS [tune|final]     (default: tune)

Sets up the tools in the folder (some minutes, 3 GB), and asks all in one run. How findings are
judged, and that it favours the tools, is told in `judging`; how each is set up for Chinese, in
`tools`. Speed is MB of UTF-8 per processor second over some documents of each bulk set, loading
not counted.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple, get_args

import polars as pl

from quality.privacy import find
from quality.privacy.agreement import TOTAL
from tests.benchmarks.environments import install
from tests.benchmarks.privacy import tools
from tests.benchmarks.privacy.agreement import wenyuan
from tests.benchmarks.privacy.judging import Judged, judge
from tests.benchmarks.privacy.sets import Found
from tests.benchmarks.reading import texts
from tests.quality.privacy.authored import Case, Half, Span, cases
from tests.quality.privacy.cases import PERSONAL, PUBLIC

EACH = 20
OURS = "Wenyuan"


class Answers(NamedTuple):
    """What is found in each text, and the processor seconds that all of them took."""

    found: list[list[Found]]
    seconds: float


def main(venvs: str, half: Half) -> None:
    """Print the tables."""
    install(Path(venvs), tools.ENVIRONMENTS)
    authored, made, real = cases(half), handmade(), list(texts(EACH, held_out=True))
    asked = [case.text for case in [*authored, *made]]
    answers, seconds = {}, {}
    for name in (OURS, *tools.TOOLS):
        try:
            answers[name] = ask(Path(venvs), name, asked).found
            seconds[name] = ask(Path(venvs), name, real).seconds
        except (FileNotFoundError, subprocess.CalledProcessError) as error:
            print(f"{name} gave no answer: {error}")
            answers.pop(name, None)
    judged = {name: judge(authored, found[: len(authored)]) for name, found in answers.items()}
    _print_totals(half, authored, judged, answers)
    _print_kinds(judged)
    _print_handmade(made, {name: found[len(authored) :] for name, found in answers.items()})
    _print_speed(sum(len(text.encode()) for text in real) / 1e6, len(real), seconds)


def ask(venvs: Path, name: str, given: list[str]) -> Answers:
    """What one tool answers; raises FileNotFoundError or CalledProcessError if it cannot run."""
    if name == OURS:
        return ours(given)
    python = venvs / tools.TOOLS[name][0] / "bin/python"
    with tempfile.TemporaryDirectory(prefix="wenyuan-bench-") as folder:
        asked, told = Path(folder, "texts.json"), Path(folder, "answers.json")
        asked.write_text(json.dumps(given), encoding="utf-8")
        command: list[str | Path] = [python, "-m", tools.__name__, name, asked, told]
        subprocess.run(command, check=True, capture_output=True, text=True)
        answers = json.loads(told.read_text("utf-8"))
    return Answers(answers["found"], median(answers["seconds"]))


def ours(given: list[str]) -> Answers:
    """What our finders answer."""
    column, spent = pl.Series(given), []
    found = wenyuan(given)
    for _ in range(tools.TURNS):
        before = time.process_time()
        find(column)
        spent.append(time.process_time() - before)
    return Answers(found, median(spent))


def handmade() -> list[Case]:
    """The cases of our own tests: in a personal one only what is marked is known to be personal."""
    made = []
    for kind, marked in PERSONAL:
        text, spans = "", []
        for part in re.split("(【.*?】)", marked):
            value = part.strip("【】")
            if part != value:
                spans.append(Span(len(text), len(text) + len(value), kind))
            text += value
        made.append(Case(text, tuple(spans), "plain", kind))
    return [*made, *(Case(text, (), "plain", "public") for text in PUBLIC)]


def _print_totals(
    half: Half,
    authored: Sequence[Case],
    judged: dict[str, Judged],
    answers: dict[str, list[list[Found]]],
) -> None:
    spans = sum(len(case.spans) for case in authored)
    clean = sum(not case.spans for case in authored)
    print(f"{half}: {len(authored)} texts, {spans} spans, {clean} texts without personal data\n")
    head = "recall plain obfuscated covered touched precision F1 own-F1 flagged"
    print("\t".join(["tool", *head.split()]))
    for name, one in judged.items():
        parts = [_recall(authored, answers[name], way) for way in ("plain", "obfuscated")]
        shares = [
            one.total("recall"),
            *parts,
            one.total("covered"),
            one.touched,
            one.total("precision"),
            one.total("f1"),
            one.own_f1,
            one.flagged,
        ]
        print("\t".join([name, *(f"{share:.3f}" for share in shares)]))


def _recall(authored: Sequence[Case], found: list[list[Found]], spelling: str) -> float:
    some = [pair for pair in zip(authored, found, strict=False) if pair[0].spelling == spelling]
    return judge([case for case, _ in some], [these for _, these in some]).total("recall")


def _print_kinds(judged: dict[str, Judged]) -> None:
    print("\nrecall\t(n)\t" + "\t".join(judged))
    first = next(iter(judged.values())).agreement
    for kind, truths in first.filter(pl.col("kind") != TOTAL)["kind", "truths"].rows():
        if truths:
            rows = [one.agreement.filter(pl.col("kind") == kind) for one in judged.values()]
            print("\t".join([kind, str(truths), *(f"{row['recall'].item():.3f}" for row in rows)]))


def _print_handmade(made: list[Case], answers: dict[str, list[list[Found]]]) -> None:
    spans = sum(len(case.spans) for case in made)
    clean = sum(not case.spans for case in made)
    print(f"\nhand-made\tfound of {spans}\ttouched\tflagged of {clean}")
    for name, found in answers.items():
        one = judge(made, found)
        counts = (one.total("right"), one.touched * spans, one.flagged * clean)
        print("\t".join([name, *(f"{count:.0f}" for count in counts)]))


def _print_speed(megabytes: float, documents: int, seconds: dict[str, float]) -> None:
    print(f"\nMB/s per core, {documents} documents, {megabytes:.1f} MB\tof ours")
    for name, spent in seconds.items():
        print(f"{name}\t{megabytes / spent:.2f}\t{seconds[OURS] / spent:.3f}")


if __name__ == "__main__":
    halves: dict[str, Half] = {half: half for half in get_args(Half)}
    main(sys.argv[1], halves[sys.argv[2] if len(sys.argv) > 2 else "tune"])
