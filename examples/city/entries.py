"""What is written down about every raw record: the truth a build can be held against."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from examples.city.writing import Piece

Values = list[tuple[str, str]]


@dataclass
class Entry:
    """One raw record and what should become of it.

    `file` and `uri` are relative to the folder of corpus.yaml, as the readers name them. `pii`
    is the planted data of private persons; `public` names people in office, who are no finding.
    `twin` is the address of the original of a copy, `reject` the stage and reason of an
    unreadable record, `exam` the item a page gives away.
    """

    source: str
    kind: str
    file: str
    uri: str
    language: str | None
    title: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    pii: Values = field(default_factory=list)
    public: Values = field(default_factory=list)
    defect: str | None = None
    twin: str | None = None
    reject: str | None = None
    exam: str | None = None
    charset: str | None = None

    @property
    def text(self) -> str:
        """The clean main text, a paragraph a line."""
        return "\n".join(self.paragraphs)

    def truth(self) -> dict[str, object]:
        """The row of truth.jsonl."""
        row = asdict(self)
        del row["paragraphs"]
        for values in ("pii", "public"):
            row[values] = [{"kind": kind, "value": value} for kind, value in row[values]]
        return row | {"text": None if self.reject else self.text}


@dataclass(frozen=True)
class Shelf:
    """What the entries of a source have in common."""

    source: str
    kind: str
    language: str | None = "zh-Hans"

    def entry(self, piece: Piece, file: str, uri: str) -> Entry:
        """The entry of a composed document."""
        return Entry(
            self.source,
            self.kind,
            file,
            uri,
            self.language,
            piece.title,
            piece.paragraphs,
            piece.pii,
            piece.public,
        )

    def rejected(self, file: str, uri: str, reject: str) -> Entry:
        """The entry of a record that cannot be read: `reject` is the stage and the reason."""
        place = (self.source, self.kind, file, uri)
        return Entry(*place, None, defect="unreadable", reject=reject)


def write_truth(path: Path, entries: Iterable[Entry]) -> None:
    """Write truth.jsonl."""
    lines = (json.dumps(entry.truth(), ensure_ascii=False) + "\n" for entry in entries)
    path.write_text("".join(lines), encoding="utf-8")
