"""From a row of a mixture back to the raw bytes it came from."""

from pathlib import Path

from pydantic import BaseModel

from assets.sources import raw_record
from pipelines import shards
from pipelines.lake import Lake
from pipelines.lookup import shown
from pipelines.masking import masked_raw
from pipelines.places import place_of
from pipelines.rows import Row, Rows
from quality.privacy import masked
from schemas.corpus import Corpus, absolute
from schemas.errors import NotFoundError


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


def trace_row(corpus: Corpus, shard: str, row: int, *, reveal: bool = False) -> Traced:
    """The record that row `row` of `shard` came from, its digest checked.

    Raises:
        NotFoundError: there is no such shard, row, document or raw file.
        ConfigError: `shard` names several.
        IntegrityError: the raw bytes are no longer those that were read.
    """
    lake = Lake(corpus.home)
    mixture, file = _shard_of(corpus, lake, shard)
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
        shard=f"{mixture}/{file}",
        row=row,
        mixture_row=mixed if reveal else mixed | {"text": masked(mixed["text"])},
        document=shown(document, reveal=reveal),
        raw=raw,
        withheld=withheld,
        raw_bytes=data,
        revealed=reveal,
    )


def _shard_of(corpus: Corpus, lake: Lake, shard: str) -> tuple[str, str]:
    """The mixture a shard belongs to, and its path in the manifest.

    A folder or part may be called like a mixture: the first name that has such a shard counts.
    """
    parts = Path(shard).parts
    missing = NotFoundError(
        f"{shard!r} names no mixture of this corpus; write MIXTURE/FILE#ROW with one of: "
        + ", ".join(corpus.mixtures)
    )
    for place, mixture in enumerate(parts[:-1]):
        if mixture in corpus.mixtures:
            file = str(Path(*parts[place + 1 :]))
            try:
                return mixture, shards.find_shard(lake.mixture(mixture), file).path
            except NotFoundError as error:
                missing = error
    raise missing


def _document_of(corpus: Corpus, lake: Lake, mixed: Row) -> tuple[Row, str]:
    """The document of a mixture's row, and its text before redaction."""
    if mixed["source"] not in corpus.sources:
        raise NotFoundError(
            f"corpus.yaml no longer names the source {mixed['source']!r}, so its raw files "
            "cannot be found"
        )
    place = place_of(lake, lake.batches_of([mixed["source"]]), mixed["doc_id"])
    found = Rows(lake).at(*place) if place is not None else None
    if found is not None:
        return found.drop("text").row(0, named=True), found["text"][0]
    raise NotFoundError(
        f"document {mixed['doc_id']} is no longer in source {mixed['source']}: the raw files "
        "have changed since the mixture was made; run 'wenyuan build'"
    )
