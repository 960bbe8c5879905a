"""Subjects: documents in which a personal value was found, by a digest of it, without the value."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import polars as pl

from quality.alignment import side_by_side
from quality.kernels.fold import fold_all
from quality.privacy import find
from quality.withdrawal.keys import key_name, keyed_digest, require_key
from quality.withdrawal.matching import HIT
from schemas.errors import ConfigError
from schemas.withdrawals import Subject

_DOMAIN = "subject\0"
"""Sets these hashes apart from those of passages, which hold no such character once folded."""

_COUNTRY = re.compile(r"(?:00)?86(?=1[3-9]\d{9}\Z)")
"""The country's code before a mobile number, which is the same number without it."""

_AUTHOR = r"[^\s、，,;；/|&]+"


def subjects_of(values: Sequence[str], key: bytes) -> list[Subject]:
    """Each of `values` as a subject under the secret `key`, however it is written.

    Raises:
        ConfigError: one has no letter and no digit.
    """
    forms = _forms(pl.Series(values, dtype=pl.String))
    if "" in forms:
        raise ConfigError(f"value {forms.index('') + 1} has no letter and no digit")
    return [Subject(key=key_name(key), digest=_digest(form, key)) for form in forms]


def held(
    documents: pl.LazyFrame, privacy: pl.LazyFrame, subjects: Mapping[Subject, int], key: bytes
) -> pl.DataFrame:
    """The documents that have a finding of one of `subjects`, as HIT; streamed.

    `privacy` has the findings in their texts, in the same order; titles are searched here, and
    whoever is named as an author is found. Raises `IntegrityError` where a subject was hashed
    under another key.
    """
    for subject in subjects:
        require_key(subject.key, key)
    wanted = {subject.digest: number for subject, number in subjects.items()}
    rows = side_by_side(
        documents.select("doc_id", "text", "title", "author"), privacy.select("findings")
    )
    hits = [_hits(batch, wanted, key) for batch in rows.collect_batches(lazy=True)]
    return pl.concat([HIT.to_frame(), *hits])


def _hits(rows: pl.DataFrame, wanted: Mapping[str, int], key: bytes) -> pl.DataFrame:
    titles = rows.select("doc_id", text="title", findings=find(rows["title"]))
    found = pl.concat([_found(rows), _found(titles), _authors(rows)])
    values = found["value"].unique()
    digests = [_digest(form, key) for form in _forms(values)]
    numbers = pl.Series([wanted.get(one) for one in digests], dtype=HIT["number"])
    known = pl.DataFrame({"value": values, "number": numbers}).drop_nulls()
    hits = found.join(known, on="value")
    return hits.group_by("doc_id").agg(pl.col("number").min())


def _found(rows: pl.DataFrame) -> pl.DataFrame:
    """What is found in each text: `doc_id` and `value`."""
    some = rows.filter(pl.col("findings").list.len() > 0)
    ids = some.select("doc_id", "findings").explode("findings")["doc_id"]
    return pl.DataFrame({"doc_id": ids, "value": pl.Series(_values(some), dtype=pl.String)})


def _authors(rows: pl.DataFrame) -> pl.DataFrame:
    """Each author, and all of them as they are written: `doc_id` and `value`."""
    authors = pl.col("author")
    each = authors.str.extract_all(_AUTHOR).list.concat(pl.concat_list(authors))
    return rows.filter(authors.is_not_null()).select("doc_id", value=each).explode("value")


def _values(rows: pl.DataFrame) -> Iterator[str]:
    """What each finding of each text holds, in order."""
    spans = rows["findings"].explode().struct.unnest().select("start", "end").iter_rows()
    for text, count in zip(rows["text"], rows["findings"].list.len(), strict=True):
        # Python finds a character of a text at once, an expression counts from the beginning.
        yield from (text[start:end] for start, end in islice(spans, count))


def _forms(values: pl.Series) -> list[str]:
    """What is hashed of each value."""
    return [_COUNTRY.sub("", form, count=1) for form in fold_all(values)]


def _digest(form: str, key: bytes) -> str:
    return keyed_digest(_DOMAIN + form, key)
