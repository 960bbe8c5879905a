"""What every writer of a source has at hand."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from examples.city import twins
from examples.city.entries import Entry
from examples.city.exams import Exam
from examples.city.writing import Writer


@dataclass
class Desk:
    """The folder to write to, the writer, the exam items, and the entries so far."""

    root: Path
    writer: Writer
    exams: list[Exam]
    entries: list[Entry] = field(default_factory=list)

    def path(self, file: str) -> Path:
        """Where `file` is written; its folder exists."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def of(self, source: str) -> list[Entry]:
        """The entries of a source that are good originals."""
        return [e for e in self.entries if e.source == source and not e.defect]

    def sample(self, entries: list[Entry], count: int) -> list[Entry]:
        """Some of the entries."""
        return self.writer.rng.sample(entries, count)

    def copy(
        self,
        shelf: list[Entry],
        prefix: str,
        change: Callable[[Entry, str, str], Entry],
        count: int,
    ) -> None:
        """Add changed copies of some entries to their own file."""
        for number, original in enumerate(self.sample(shelf, count)):
            uri = f"{original.file}#{prefix}{number:03}"
            shelf.append(change(original, original.file, uri))

    def edited(self, original: Entry, file: str, uri: str) -> Entry:
        """A copy with some characters replaced."""
        return twins.edited(original, file, uri, self.writer.rng)

    def framed(self, original: Entry, file: str, uri: str) -> Entry:
        """A copy with a line before and after."""
        return twins.framed(original, file, uri, self.writer.rng)

    def date(self) -> str:
        """A day of 2025."""
        rng = self.writer.rng
        return f"2025-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"

    def write_lines(self, file: str, lines: Iterable[bytes]) -> None:
        """Write lines, each ended by a line feed."""
        self.path(file).write_bytes(b"".join(line + b"\n" for line in lines))


def number_of(entry: Entry) -> str:
    """The record's own number, as its address ends with it."""
    return entry.uri.partition("#")[2]


def json_line(**fields: object) -> bytes:
    """A JSON object, without a line end."""
    return json.dumps(fields, ensure_ascii=False).encode()
