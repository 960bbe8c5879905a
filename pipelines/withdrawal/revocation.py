"""Lists of revoked documents, for those who hold a copy of a mixture."""

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from pipelines import shards
from pipelines.lake import Lake, publish_text
from pipelines.withdrawal.ledger import Ledger
from schemas.manifest import Manifest
from schemas.withdrawals import REVOKED, Published

REVOKED_FILE = "revoked.jsonl"
_VERSION = re.compile(r"[0-9a-f]{16}(\.tmp-\d+)?$")


def published(lake: Lake) -> Iterator[tuple[Path, Manifest]]:
    """Every mixture there is, named by corpus.yaml or not."""
    for manifest in sorted((lake.home / "mixtures").glob(f"*/{shards.MANIFEST}")):
        yield manifest.parent, shards.load(manifest.parent)


def unpublished(folder: Path, manifest: Manifest) -> list[Path]:
    """Versions that the manifest no longer names, and what a killed build left half written."""
    return [
        path
        for path in sorted(folder.iterdir())
        if path.is_dir() and _VERSION.match(path.name) and path.name != manifest.version
    ]


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
        for name, before in entry.mixtures.items():
            manifest = lake.manifest(name)
            if manifest is None or manifest.version != before.version:
                continue  # made anew since, by a build that was killed before the certificate
            ids = ledger.read(entry, "documents")["doc_id"].implode()
            rows = ids_in(lake.mixture(name), manifest).filter(pl.col("doc_id").is_in(ids))
            _append(
                lake.mixture(name) / REVOKED_FILE,
                rows.unique()
                .sort("doc_id")
                .select(
                    "doc_id",
                    pl.lit(before.version).alias("version"),
                    pl.lit(entry.number, pl.Int64).alias("withdrawal"),
                )
                .collect(),
            )


def revoked(folder: Path) -> pl.DataFrame:
    """The documents that were withdrawn from the mixture in `folder` since it was first made.

    A copy of any version is put right by `rows.join(revoked(folder), on="doc_id", how="anti")`.
    """
    file = folder / REVOKED_FILE
    if not file.is_file():
        return pl.DataFrame(schema=REVOKED)
    return pl.read_ndjson(file, schema=REVOKED)


def _append(file: Path, rows: pl.DataFrame) -> None:
    before = revoked(file.parent)
    new = rows.join(before, on=rows.columns, how="anti", maintain_order="left")
    if new.height:
        publish_text(file, pl.concat([before, new]).write_ndjson())
