"""Twelve invented exam items: the benchmark that must stay out of the corpus."""

import json
from dataclasses import dataclass
from pathlib import Path

from examples.city.words import read_text

_LETTERS = "ABCD"


@dataclass(frozen=True)
class Exam:
    """An item: its number, its stem, four options, and the letter of the right one."""

    number: str
    question: str
    options: tuple[str, ...]
    answer: str

    @property
    def shown(self) -> str:
        """The item as pages print it."""
        lines = zip(_LETTERS, self.options, strict=True)
        return self.question + "".join(f"\n{letter}．{option}" for letter, option in lines)

    @property
    def told(self) -> str:
        """The item's options and answer as a helper gives them away."""
        listed = "；".join(
            f"{letter}、{option}" for letter, option in zip(_LETTERS, self.options, strict=True)
        )
        return f"选项是{listed}。答案选{self.answer}，关键在于先理清题目给出的条件。"


def read_exams() -> list[Exam]:
    """The items of texts/exam.txt."""
    exams = []
    for number, line in enumerate(read_text("exam.txt").splitlines(), start=1):
        question, *options, answer = line.split("|")
        exams.append(Exam(f"city-{number:02}", question, tuple(options), answer))
    return exams


def write_exams(path: Path, exams: list[Exam]) -> None:
    """Write the benchmark file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = (
        {"id": e.number, "question": e.question, "options": e.options, "answer": e.answer}
        for e in exams
    )
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")
