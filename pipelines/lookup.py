"""Finding one document again: in every table, and in the raw bytes it came from."""

import re
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import BaseModel

from assets.reading import WITHDRAW
from assets.settings import shares, source_rules
from assets.sources import raw_record
from pipelines import shards
from pipelines.batching import current_batches
from pipelines.lake import TABLES, Lake
from pipelines.masking import masked_raw
from pipelines.withdrawal.explaining import request_of, withdrawn_id
from quality.alignment import side_by_side
from quality.policy import evaluate
from quality.privacy import masked
from schemas.corpus import Corpus, absolute
from schemas.errors import ConfigError, NotFoundError
from schemas.policies import policy_version

EXCERPT = 300
ANNOTATIONS = ("language", "signals", "contamination", "duplicates", "boilerplate")
SHORTEST_PREFIX = 6
_PREFIX = re.compile(rf"[0-9a-f]{{{SHORTEST_PREFIX},32}}")
_MOST_NAMED = 5

Row = dict[str, Any]


class Found(BaseModel):
    """What is known of one document, or of one reject.

    `verdict` is null where the document is not decided yet, and `outdated` says that corpus.yaml
    asks something else by now; `twin` is the document kept instead of this one.
    """

    document: Row = {}
    measured: Row = {}
    findings: list[Row] = []
    rules: list[Row] = []
    verdict: Row | None = None
    outdated: bool = False
    twin: Row | None = None
    excerpt: str = ""
    revealed: bool = False
    rejected: Row | None = None


class Traced(BaseModel):
    """A row of a mixture and the record it came from.

    `raw` is the record as text; null where it is no text, or cannot be masked, as `withheld` says.
    """

    shard: str
    row: int
    mixture_row: Row
    document: Row
    raw: str | None
    withheld: str | None
    raw_bytes: bytes
    revealed: bool = False


def find_document(corpus: Corpus, name: str, *, reveal: bool = False) -> list[Found]:
    """All documents and rejects named `name`: a doc_id or the beginning of one, a URL, a path.

    Raises:
        NotFoundError: there is none.
        ConfigError: `name` begins several ids.
    """
    lake = Lake(corpus.home)
    batches = list(current_batches(corpus, lake))
    names = _names(corpus, name)
    found: list[Found] = []
    for batch, at in _places(lake, batches, names):
        found.append(_explained(corpus, lake, batch, at, reveal=reveal))
    for batch in _there(lake, "rejects", batches):
        asked = pl.col("uri").is_in(names) | pl.col("raw_path").is_in(names)
        if _PREFIX.fullmatch(begun := name.lower()):
            asked |= withdrawn_id(begun)
        rejects = lake.scan("rejects", [batch]).filter(asked).collect()
        found += [_rejected(lake, batch, row) for row in rejects.to_dicts()]
    if not found:
        raise NotFoundError(
            f"no document and no reject has the id or address {name!r} in {corpus.home}; give "
            f"the doc_id or its first {SHORTEST_PREFIX} hex digits or more, the exact URL, or "
            "the raw file's path"
        )
    return found


def _rejected(lake: Lake, batch: str, row: Row) -> Found:
    row = {"batch": batch} | row
    if row["stage"] == WITHDRAW:
        row["withdrawn"] = request_of(lake, batch, row["detail"])
    return Found(rejected=row)


def trace_row(corpus: Corpus, shard: str, row: int, *, reveal: bool = False) -> Traced:
    """The record that row `row` of `shard` came from, its digest checked.

    Raises:
        NotFoundError: there is no such shard, row, document or raw file.
        IntegrityError: the raw bytes are no longer those that were read.
    """
    lake = Lake(corpus.home)
    mixture, file = _shard_of(corpus, shard)
    mixed = shards.read_row(lake.mixture(mixture), file, row)
    document, text = _document_of(corpus, lake, mixed)
    source = corpus.sources[document["source"]]
    data = raw_record(
        source,
        absolute(document["raw_path"], Path(corpus.folder)),
        document["raw_offset"],
        document["raw_length"],
        digest=document["raw_digest"],
    )
    raw, withheld = masked_raw(data, document, source.format, text, reveal=reveal)
    return Traced(
        shard=f"{mixture}/{Path(file).name}",
        row=row,
        mixture_row=mixed if reveal else mixed | {"text": masked(mixed["text"])},
        document=_shown(document, reveal=reveal),
        raw=raw,
        withheld=withheld,
        raw_bytes=data,
        revealed=reveal,
    )


def _names(corpus: Corpus, name: str) -> list[str]:
    """`name`, and as the tables write it if it is the path of a file in the corpus's folder."""
    placed = str(Path(name).absolute())
    inside = placed.removeprefix(f"{corpus.folder}/")
    return list(dict.fromkeys((name, placed, inside)))


def _there(lake: Lake, table: str, batches: list[str]) -> list[str]:
    return [batch for batch in batches if lake.path(table, batch).is_file()]


def _places(lake: Lake, batches: list[str], names: list[str]) -> list[tuple[str, int]]:
    """The batch and row of each document that has one of these names."""
    begun = names[0].lower()
    asked = pl.col("uri").is_in(names)
    if _PREFIX.fullmatch(begun):
        asked |= pl.col("doc_id").str.starts_with(begun)
    places: list[tuple[str, int]] = []
    ids: set[str] = set()
    for batch in _there(lake, "documents", batches):
        rows = lake.scan("documents", [batch]).select("doc_id", "uri").with_row_index("at")
        found = rows.filter(asked).collect()
        places += [(batch, at) for at in found["at"]]
        ids.update(one for one in found["doc_id"] if one.startswith(begun))
    if len(ids) > 1:
        some = ", ".join(sorted(ids)[:_MOST_NAMED])
        raise ConfigError(f"{begun} begins {len(ids)} ids, give more of one: {some}")
    return places


def _explained(corpus: Corpus, lake: Lake, batch: str, at: int, *, reveal: bool) -> Found:
    document = lake.scan("documents", [batch]).slice(at, 1).collect()
    row = document.drop("text").to_dicts()[0]
    text = document["text"][0]

    def beside(table: str) -> pl.DataFrame | None:
        """The row of `table` for this document; null where it is not there yet, or not in place."""
        if not lake.path(table, batch).is_file():
            return None
        one = lake.scan(table, [batch]).slice(at, 1).collect()
        if one.schema != TABLES[table] or one["doc_id"].to_list() != [row["doc_id"]]:
            return None
        return one.rename({"kept": "duplicate_kept"}) if table == "duplicates" else one

    measured = [one for table in ANNOTATIONS if (one := beside(table)) is not None]
    findings, verdict = beside("privacy"), beside("verdicts")
    decided = verdict.drop("doc_id").to_dicts()[0] if verdict is not None else None
    asked = source_rules(corpus, corpus.sources[row["source"]])
    rules: list[Row] = []
    if len(measured) == len(ANNOTATIONS):
        together = side_by_side(*(one.lazy() for one in measured))
        rules = evaluate(together, asked).drop("doc_id").to_dicts()
    known = {key: value for one in measured for key, value in one.to_dicts()[0].items()}
    signed = beside("signatures")
    if known.get("twin") and signed is not None:
        known["similarity_counted"] = _counted(corpus, lake, signed["exact"][0], known)
    return Found(
        document=_shown(row, reveal=reveal),
        measured={key: value for key, value in known.items() if key not in row},
        findings=findings["findings"].to_list()[0] if findings is not None else [],
        rules=rules,
        verdict=decided,
        outdated=decided is not None and decided["policy_version"] != policy_version(asked),
        twin=_twin(lake, known),
        excerpt=(text if reveal else masked(text))[:EXCERPT],
        revealed=reveal,
    )


def _twin(lake: Lake, known: Row) -> Row | None:
    """Where the document is that was kept instead."""
    if known.get("twin") is None:
        return None
    found = _of_twin(lake, "documents", known)
    place = {"doc_id": known["twin"], "source": None, "uri": None, "batch": known["twin_batch"]}
    return {name: found.get(name, value) for name, value in place.items()}


def _counted(corpus: Corpus, lake: Lake, exact: int, known: Row) -> bool | None:
    """Whether the similarity to the twin was counted; null where that is not known."""
    theirs = _of_twin(lake, "signatures", known).get("exact")
    if theirs is None or exact == theirs:
        return None if theirs is None else True
    left, right = sorted((exact, theirs))
    pair = (pl.col("left") == left) & (pl.col("right") == right)
    there = _there(lake, "pairs", shares(corpus.dedup))
    counted = lake.scan("pairs", there).filter(pair).select("counted").collect().to_series()
    return bool(counted[0]) if len(counted) else None


def _of_twin(lake: Lake, table: str, known: Row) -> Row:
    """The row of `table` for the twin; empty where it is not there, or no longer."""
    there = _there(lake, table, [known["twin_batch"]])
    rows = lake.scan(table, there).filter(pl.col("doc_id") == known["twin"])
    found = rows.drop("text", "minhash", "sketch", strict=False).collect().to_dicts()
    return dict(found[0]) if found else {}


def _shown(document: Row, *, reveal: bool) -> Row:
    title = document["title"]
    return document | {"title": title if reveal or title is None else masked(title)}


def _shard_of(corpus: Corpus, shard: str) -> tuple[str, str]:
    """The mixture a shard belongs to, and its path in the manifest or its file name."""
    path = Path(shard)
    for place in range(len(path.parts) - 2, -1, -1):
        if path.parts[place] in corpus.mixtures:
            return path.parts[place], str(Path(*path.parts[place + 1 :]))
    raise NotFoundError(
        f"{shard!r} names no mixture of this corpus; write MIXTURE/FILE#ROW with one of: "
        + ", ".join(corpus.mixtures)
    )


def _document_of(corpus: Corpus, lake: Lake, mixed: Row) -> tuple[Row, str]:
    """The document of a mixture's row, and its text before redaction."""
    if mixed["source"] not in corpus.sources:
        raise NotFoundError(
            f"corpus.yaml no longer names the source {mixed['source']!r}, so its raw files "
            "cannot be found"
        )
    of_source = [
        name
        for name, batch in current_batches(corpus, lake).items()
        if batch.source == mixed["source"]
    ]
    for name in _there(lake, "documents", of_source):
        rows = lake.scan("documents", [name]).filter(pl.col("doc_id") == mixed["doc_id"])
        if found := rows.collect().to_dicts():
            return found[0], found[0].pop("text")
    raise NotFoundError(
        f"document {mixed['doc_id']} is no longer in source {mixed['source']}: the raw files "
        "have changed since the mixture was made; run 'wenyuan build'"
    )
