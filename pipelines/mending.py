"""What repair changed in a document, shown by doing it again on the raw record.

The text before repair is stored nowhere. Personal data is masked in it as far as finders can see it
in the repaired text: an edit may have cut a value in two before.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import polars as pl
from pydantic import BaseModel

from assets.sources import read
from pipelines.rows import Row
from quality.privacy import find, masked
from quality.privacy.view import folded
from quality.text import repairs_of
from schemas.batches import Batch, RawFile
from schemas.corpus import Corpus, absolute
from schemas.errors import IntegrityError, NotFoundError
from schemas.tables import FINDING_KINDS

MOST = 3
"""Excerpts of each kind."""

AROUND = 20
"""Characters on either side of an edit."""

LONGEST = 60
"""Characters of an edit that are shown."""

_WINDOW = 240
_BETWEEN = r"(?:&#?\w{1,10};?|\([^()]{1,8}\)|[^\w]){0,6}"
"""What repair may have taken out from between two characters of a value."""

Values = list[tuple[str, str]]


class Excerpt(BaseModel):
    """An edit with what stands around it."""

    before: str
    after: str


class Mending(BaseModel):
    """Edits of one kind: the first few of them."""

    kind: str
    excerpts: list[Excerpt]


def mendings(corpus: Corpus, document: Row, *, reveal: bool) -> list[Mending]:
    """The first edits of each kind that `document` took, from its raw record.

    Raises:
        NotFoundError: the raw file, or the record in it, is gone.
        IntegrityError: the record there is no longer the one that was read.
    """
    steps = list(repairs_of(_record(corpus, document)))
    texts = {text for _, *both in steps for text in both}
    values = [] if reveal else sorted({one for text in texts for one in _values(text)})
    values.sort(key=lambda value: -len(value[1]))
    found: dict[str, list[Excerpt]] = {}
    for kind, before, after in steps:
        excerpts = found.setdefault(kind, [])
        for excerpt in _excerpts(_hidden(before, values), _hidden(after, values)):
            if len(excerpts) < MOST:
                excerpts.append(excerpt if reveal else _masked(excerpt, values))
    return [Mending(kind=kind, excerpts=excerpts) for kind, excerpts in found.items()]


def _record(corpus: Corpus, document: Row) -> pl.DataFrame:
    """The raw record of `document` as its reader gives it."""
    source = corpus.sources[document["source"]]
    path = absolute(document["raw_path"], Path(corpus.folder)) if source.format != "sql" else "sql"
    batch = Batch(
        name=document["batch"],
        source=document["source"],
        files=(RawFile(path=path, size=0, version=""),),
    )
    changed = False
    for records in read(batch, source):
        here = records.filter(pl.col("raw_offset") == document["raw_offset"])
        same = here.filter(pl.col("raw_digest") == document["raw_digest"])
        if same.height:
            return same.head(1)
        changed = changed or here["raw_digest"].is_not_null().any()
    if changed:
        raise IntegrityError(
            f"the record at {document['raw_path']}, offset {document['raw_offset']}, has changed "
            "since it was read; build again to read the new one"
        )
    raise NotFoundError(f"{document['raw_path']} is gone, or has no such record any more")


def _excerpts(before: str, after: str) -> Iterator[Excerpt]:
    """Where the texts differ; for equal ones, where a character was lost."""
    if before == after:
        for lost in re.finditer("\ufffd+", after):
            yield _excerpt(before, after, lost.span(), lost.span())
        return
    left, right = 0, 0
    while before[left:] != after[right:]:
        same = _common(before[left : left + 2**16], after[right : right + 2**16])
        left, right = left + same, right + same
        if same == 2**16:
            continue
        one, other = _edit(before[left:], after[right:])
        yield _excerpt(before, after, (left, left + one), (right, right + other))
        left, right = left + one, right + other


def _edit(before: str, after: str) -> tuple[int, int]:
    """How many characters the edit at the beginning of both takes in each."""
    if before.endswith(after):
        return len(before) - len(after), 0
    window, other = before[:_WINDOW], after[:_WINDOW]
    matched = SequenceMatcher(None, window, other, autojunk=False).get_matching_blocks()
    start = next((block for block in matched if block.size >= 2), matched[-1])
    return start.a, start.b


def _common(one: str, other: str) -> int:
    """The length of their common beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def _excerpt(before: str, after: str, one: tuple[int, int], other: tuple[int, int]) -> Excerpt:
    return Excerpt(before=_around(before, *one), after=_around(after, *other))


def _around(text: str, start: int, end: int) -> str:
    """What stands there, with a little on either side.

    >>> _around("甲" * 30 + "乙" * 100 + "丙" * 30, 30, 130).count("乙")
    60
    """
    cut = f"{text[start : start + LONGEST]}…" if end - start > LONGEST else text[start:end]
    return text[max(0, start - AROUND) : start] + cut + text[end : end + AROUND]


def _values(text: str) -> Values:
    found = find(pl.Series([text])).to_list()[0]
    return [(one["kind"], folded(text[one["start"] : one["end"]])) for one in found]


def _hidden(text: str, values: Values) -> str:
    """`text` without `values`, whatever stands between their characters."""
    for kind, value in values:
        characters = (re.escape(one) for one in value if not one.isspace())
        pattern = re.compile(_BETWEEN.join(characters))
        label = f"〔{FINDING_KINDS[kind]}〕"
        pieces, at = [], 0
        for match in pattern.finditer(folded(text)):
            pieces += [text[at : match.start()], label]
            at = match.end()
        text = "".join((*pieces, text[at:]))
    return text


def _masked(excerpt: Excerpt, values: Values) -> Excerpt:
    """What a cut has brought to light is masked as well."""
    shown = (_hidden(masked(text), values) for text in (excerpt.before, excerpt.after))
    return Excerpt(**dict(zip(("before", "after"), shown, strict=True)))
