"""Finding one document again: in every table, and in the raw bytes it came from."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
from pydantic import BaseModel

from assets.settings import shares, source_rules
from assets.sources import raw_record
from pipelines import shards
from pipelines.batching import batch_names
from pipelines.lake import TABLES, Lake
from pipelines.masking import masked_raw
from pipelines.places import SHORTEST_PREFIX, Place, place_of, places
from pipelines.rows import Row, Rows, first_of_sorted, take
from quality.alignment import side_by_side
from quality.policy import evaluate
from quality.privacy import masked
from schemas.corpus import Corpus, absolute
from schemas.errors import NotFoundError
from schemas.policies import policy_version

EXCERPT = 300
ANNOTATIONS = ("language", "signals", "contamination", "duplicates", "boilerplate")


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
    return list(explained(corpus, find_places(corpus, name), reveal=reveal))


def find_places(corpus: Corpus, name: str) -> list[Place]:
    """Where they are; raises what `find_document` does. The path of a raw file may name many."""
    found = places(corpus, Lake(corpus.home), name)
    if not found:
        raise NotFoundError(
            f"no document and no reject has the id or address {name!r} in {corpus.home}; give "
            f"the doc_id or its first {SHORTEST_PREFIX} hex digits or more, the exact URL, or "
            "the raw file's path"
        )
    return found


def explained(corpus: Corpus, found: Iterable[Place], *, reveal: bool = False) -> Iterator[Found]:
    """What is known of the document or reject in each place, as one asks for it."""
    lake = Lake(corpus.home)
    rows = Rows(lake)
    for place in found:
        row = rows.at(*place)
        if row is None:
            continue  # a build has just made the batch again
        if place.table == "rejects":
            yield Found(rejected={"batch": place.batch} | row.row(0, named=True))
        else:
            yield _explained(corpus, rows, place, row, reveal=reveal)


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


def _explained(
    corpus: Corpus, rows: Rows, place: Place, document: pl.DataFrame, *, reveal: bool
) -> Found:
    row = document.drop("text").row(0, named=True)
    text = document["text"][0]

    def beside(table: str) -> pl.DataFrame | None:
        """The row of `table` for this document; null where it is not there yet, or not in place."""
        one = rows.at(table, place.batch, place.row)
        if one is None or one.schema != TABLES[table] or one["doc_id"][0] != row["doc_id"]:
            return None
        return one.rename({"kept": "duplicate_kept"}) if table == "duplicates" else one

    measured = [one for table in ANNOTATIONS if (one := beside(table)) is not None]
    findings, verdict = beside("privacy"), beside("verdicts")
    decided = verdict.drop("doc_id").row(0, named=True) if verdict is not None else None
    asked = source_rules(corpus, corpus.sources[row["source"]])
    rules: list[Row] = []
    if len(measured) == len(ANNOTATIONS):
        together = side_by_side(*(one.lazy() for one in measured))
        rules = evaluate(together, asked).drop("doc_id").to_dicts()
    known = {key: value for one in measured for key, value in one.row(0, named=True).items()}
    twin = _twin(rows.lake, known)
    signed = beside("signatures")
    if twin and signed is not None:
        known["similarity_counted"] = _counted(corpus, rows.lake, signed["exact"][0], twin)
    return Found(
        document=_shown(row, reveal=reveal),
        measured={key: value for key, value in known.items() if key not in row},
        findings=findings["findings"].to_list()[0] if findings is not None else [],
        rules=rules,
        verdict=decided,
        outdated=decided is not None and decided["policy_version"] != policy_version(asked),
        twin=twin and {name: twin[name] for name in ("doc_id", "source", "uri", "batch")},
        excerpt=(text if reveal else masked(text))[:EXCERPT],
        revealed=reveal,
    )


def _twin(lake: Lake, known: Row) -> Row | None:
    """The document that was kept instead, as far as it is there: its place, and `exact`."""
    if known.get("twin") is None:
        return None
    twin = {"doc_id": known["twin"], "source": None, "uri": None, "batch": known["twin_batch"]}
    place = place_of(lake, [known["twin_batch"]], known["twin"])
    if place is None:
        return twin | {"exact": None}
    document = take(lake.path("documents", place.batch), [place.row], ["source", "uri"])
    signed = Rows(lake).at("signatures", place.batch, place.row)
    same = signed is not None and signed["doc_id"][0] == known["twin"]
    exact = signed["exact"][0] if signed is not None and same else None
    return twin | document.drop("at").row(0, named=True) | {"exact": exact}


def _counted(corpus: Corpus, lake: Lake, exact: int, twin: Row) -> bool | None:
    """Whether the similarity to the twin was counted; null where that is not known."""
    if twin["exact"] is None or twin["exact"] == exact:
        return None if twin["exact"] is None else True
    left, right = sorted((exact, twin["exact"]))
    pair = (pl.col("left") == left) & (pl.col("right") == right)
    for share in shares(corpus.dedup):
        path = lake.path("pairs", share)
        if path.is_file() and (found := first_of_sorted(path, "left", left, pair)):
            return bool(found["counted"])
    return None


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
    place = place_of(lake, batch_names(corpus, lake, mixed["source"]), mixed["doc_id"])
    found = Rows(lake).at(*place) if place is not None else None
    if found is not None:
        return found.drop("text").row(0, named=True), found["text"][0]
    raise NotFoundError(
        f"document {mixed['doc_id']} is no longer in source {mixed['source']}: the raw files "
        "have changed since the mixture was made; run 'wenyuan build'"
    )
