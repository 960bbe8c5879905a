"""What is published no more: documents on lists for those who hold a copy, and whole mixtures."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import polars as pl

from pipelines import shards
from pipelines.lake import Lake, publish_text
from pipelines.withdrawal.ledger import Ledger
from quality.withdrawal import Tombstones
from schemas.manifest import Manifest
from schemas.withdrawals import REVOKED, Published

_VERSION = re.compile(r"[0-9a-f]{16}(\.tmp-\d+)?$")


def published(lake: Lake) -> Iterator[tuple[Path, Manifest]]:
    """Every mixture there is, named by corpus.yaml or not."""
    for manifest in sorted((lake.home / "mixtures").glob(f"*/{shards.MANIFEST}")):
        yield manifest.parent, shards.load(manifest.parent)


def unpublished(lake: Lake) -> Iterator[Path]:
    """Versions that no manifest names, and what a killed build left half written."""
    named = {folder / manifest.version for folder, manifest in published(lake)}
    for path in sorted((lake.home / "mixtures").glob("*/*/")):
        if _VERSION.match(path.name) and path not in named:
            yield path


def ids_in(folder: Path, manifest: Manifest) -> pl.LazyFrame:
    """The `doc_id` of every row of a mixture; a row in several formats counts once."""
    form = next((shard.format for shard in manifest.shards), "parquet")
    paths = [folder / shard.path for shard in manifest.shards if shard.format == form]
    if not paths:
        return pl.LazyFrame(schema={"doc_id": pl.String()})
    scan = pl.scan_parquet if form == "parquet" else pl.scan_ipc
    return scan(paths, glob=False).select("doc_id")


def holding(lake: Lake, ids: pl.Series) -> dict[str, Published]:
    """The mixtures that hold any of these documents, as they are now."""
    found = {}
    for folder, manifest in published(lake):
        named = pl.col("doc_id").is_in(ids.implode())
        rows = ids_in(folder, manifest).filter(named).select(pl.len()).collect().item()
        if rows:
            found[folder.name] = version_of(manifest, rows)
    return found


def version_of(manifest: Manifest, rows: int = 0) -> Published:
    """A version of a mixture, in so many `rows` of which withdrawn documents are."""
    start = f"{manifest.version}/"
    digests = {shard.path.removeprefix(start): shard.sha256 for shard in manifest.shards}
    return Published(version=manifest.version, rows=rows, shards=digests)


def revoke(lake: Lake, ledger: Ledger) -> None:
    """Add what the open requests take out of published mixtures to their lists."""
    for entry in ledger.open:
        gone = ledger.read(entry, "documents").select(
            "doc_id", pl.lit(entry.number, REVOKED["withdrawal"]).alias("withdrawal")
        )
        for name, before in entry.mixtures.items():
            manifest = lake.manifest(name)
            if manifest is None or manifest.version != before.version:
                continue  # made anew since, by a build that was killed before the certificate
            _list(lake.mixture(name), manifest, gone)


def withdrawn(lake: Lake, stones: Tombstones) -> pl.DataFrame:
    """Every document that was ever withdrawn, and the first request it was for."""
    of_batches = [item for name in lake.batches() for item in lake.batch(name).withdrawn.items()]
    named = stones.doc_ids.rename({"number": "withdrawal"})
    swept = pl.DataFrame(of_batches, schema=named.schema, orient="row")
    return pl.concat([named, swept]).group_by("doc_id").agg(pl.col("withdrawal").min())


def take_off(lake: Lake, names: Collection[str], gone: pl.DataFrame) -> dict[str, int]:
    """Publish no more those of the mixtures `names` that hold any of `gone`; how many each held.

    Their lists stay. After a kill either nothing has happened to a mixture, or it is gone and the
    next build tidies up.
    """
    held = {}
    for folder, manifest in published(lake):
        if folder.name in names and (count := _list(folder, manifest, gone)):
            shards.take_off(folder)
            held[folder.name] = count
    return held


def _list(folder: Path, manifest: Manifest, gone: pl.DataFrame) -> int:
    """Add those of the documents `gone` that a mixture holds to its list; how many they are."""
    held = ids_in(folder, manifest).unique().join(gone.lazy(), on="doc_id").sort("doc_id")
    version = pl.lit(manifest.version).alias("version")
    rows = held.select("doc_id", version, "withdrawal").collect()
    _append(folder / shards.REVOKED, rows)
    return rows.height


def revoked(folder: Path) -> pl.DataFrame:
    """The documents that were withdrawn from the mixture in `folder` since it was first made.

    A copy of any version is put right by `rows.join(revoked(folder), on="doc_id", how="anti")`.
    """
    file = folder / shards.REVOKED
    if not file.is_file():
        return pl.DataFrame(schema=REVOKED)
    return pl.read_ndjson(file, schema=REVOKED)


def _append(file: Path, rows: pl.DataFrame) -> None:
    before = revoked(file.parent)
    new = rows.join(before, on=rows.columns, how="anti", maintain_order="left")
    if new.height:
        publish_text(file, pl.concat([before, new]).write_ndjson())
