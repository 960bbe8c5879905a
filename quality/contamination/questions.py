"""The parts of an exam question: passage, stem, options, answer."""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Question(NamedTuple):
    """One question.

    `passage` is what it is about and others may have published, `stem` what is asked, `options`
    what may be chosen, without their letters, and `answer` what is written, where that is no
    option.
    """

    passage: str
    stem: str
    options: tuple[str, ...]
    answer: str


LETTERED = re.compile(r"[(（]\s*([A-HＡ-Ｈ])\s*[)）]\s*[.．、:：]?|([A-HＡ-Ｈ])\s*[.．、:：)）]")
"""The letter of an option: `A．`, `(A)`, `Ａ、`."""

LABEL = re.compile(
    r"^\s*(?:[(（]\s*[A-Ha-hＡ-Ｈ0-9]{1,2}\s*[)）]|[A-Ha-hＡ-Ｈ]\s*[.．、:：)）]|[0-9]{1,2}\s*[、．)）]|"
    r"[①-⑳])\s*[.．、:：]?"
)
"""What stands before an option: its letter or number."""

NUMBER = re.compile(r"(?<![0-9.A-Za-z])(?:[(（]\s*\d{1,2}\s*[)）]|\d{1,3}\s*(?:[．、]|\.(?!\d)))")
"""The number of a question: `12．`, `3.`, `（2）`."""

POINTS = re.compile(r"[(（〔\[]\s*(?:本小?题\s*)?(?:每小?题\s*)?\d{1,2}\s*分\s*[)）〕\]]")
"""What a question is worth: `（3 分）`."""

LONG = 600
"""Characters of a question before its options beyond which a passage stands in it: three times
the median of GAOKAO-Bench's questions that have none."""


def asked(passage: str, stem: str, options: tuple[str, ...], answer: str) -> Iterator[Question]:
    """The questions of one entry: options that are written into its stem are taken out of it.

    A stem with several runs of options is as many questions; what stands before the first of them
    is their passage.

    >>> text = "阅读全文。1．（3分）作者是 A．李白 B．杜甫 2．体裁是 A．诗 B．词"
    >>> [(one.stem, one.options) for one in asked("", text, (), "")]
    [('作者是', ('李白', '杜甫')), ('体裁是', ('诗', '词'))]
    """
    runs = [] if options else _runs(stem)
    if not runs:
        yield Question(passage, _bare(stem), tuple(map(_label_off, options)), answer)
    begin = 0
    for number, run in enumerate(runs):
        before = stem[begin : run[0].start()]
        if number == 0 and (len(runs) > 1 or len(before) > LONG):
            head = max((one.start() for one in NUMBER.finditer(before)), default=0)
            passage = f"{passage}\n{before[:head]}".strip()
            before = before[head:]
        begin = runs[number + 1][0].start() if number + 1 < len(runs) else len(stem)
        choices = _choices(stem, run, begin)
        if begin < len(stem):
            choices[-1], rest = _next_question(choices[-1])
            begin -= len(rest)
        yield Question(passage, _bare(before), tuple(one.strip() for one in choices), answer)


def _choices(stem: str, run: list[re.Match[str]], end: int) -> list[str]:
    """What stands behind each letter of a run, up to the next one, or to `end`."""
    edges = [*(one.start() for one in run[1:]), end]
    return [stem[one.end() : edge] for one, edge in zip(run, edges, strict=True)]


def _runs(stem: str) -> list[list[re.Match[str]]]:
    """The letters of options in a text, each run of them from A on; of one letter there is none."""
    runs: list[list[re.Match[str]]] = []
    for found in LETTERED.finditer(stem):
        letter = _letter(found)
        if letter == "A":
            if runs and len(runs[-1]) < 2:
                runs.pop()
            runs.append([found])
        elif runs and letter == chr(ord(_letter(runs[-1][-1])) + 1):
            runs[-1].append(found)
    return [run for run in runs if len(run) > 1]


def _letter(found: re.Match[str]) -> str:
    letter = found[1] or found[2]
    return letter if letter < "Ａ" else chr(ord(letter) - 0xFEE0)


def _next_question(tail: str) -> tuple[str, str]:
    """The last option of a run, and what comes after it: from the next number, or line."""
    number = NUMBER.search(tail, 1)
    cut = number.start() if number else tail.find("\n")
    return (tail[:cut], tail[cut:]) if cut > 0 else (tail, "")


def _bare(stem: str) -> str:
    """A stem without its number and what it is worth."""
    stem = POINTS.sub("", stem).strip()
    number = NUMBER.match(stem)
    return stem[number.end() :].strip() if number else stem


def _label_off(option: str) -> str:
    return LABEL.sub("", option, count=1).strip()
