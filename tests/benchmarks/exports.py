"""How fast mixtures are exported on one core, and what that holds in memory, beside others.

    python -m tests.benchmarks.exports FOLDER [GIGABYTES …] [--peers PYTHON]   (default: 1 10)

The mixtures are real texts under fresh ids; sizes are of their text. Each row is a process of its
own on one core: megabytes of text per second of processor time, the most memory it held (files it
has mapped included), and what it wrote. `datasets` first reads the shards into its own cache, which
counts, for it cannot do without. PYTHON is one that has datatrove.
"""

import argparse
import hashlib
import itertools
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import tokenizers

from pipelines import shards
from pipelines.exports.export import export
from pipelines.exports.formats import Format
from pipelines.exports.jsonl import Jsonl
from pipelines.exports.mds import Mds
from pipelines.exports.retrieval import Retrieval
from pipelines.exports.tokens import Megatron, Nanotron, Tokenizer
from pipelines.exports.webdataset import Webdataset
from schemas.manifest import Shard
from schemas.recipes import TRAIN, Recipe
from schemas.tables import SHARDS
from tests.benchmarks.dedup.cost import measure as cost_of
from tests.benchmarks.material import BULK, TEXTS
from tests.pipelines.mixed import build, corpus

SHARD_BYTES = Recipe().shard_bytes
GROUP_BYTES = 16 * 2**20
VOCABULARY = 32_000
END = "<|endoftext|>"
FORMATS = ("jsonl", "mds", "webdataset", "retrieval")
TOKENISED = ("megatron", "nanotron")
PEERS = ("datasets.save_to_disk", "datasets.to_parquet", "datatrove.ParquetWriter")
SLOW = ("datasets.to_json", "datatrove.JsonlWriter")
"""Some minutes a gigabyte: measured at the first size."""


def main(folder: Path, sizes: list[float], python: Path | None) -> None:
    """Measure all at these sizes, in gigabytes, and print a table."""
    tokenizer = train(folder / "tokenizer.json")
    heads = f"{'MB/s/core':>10} {'CPU s':>9} {'wall s':>9} {'peak MB':>9}"
    print(f"{'GB text':>8} {heads} {'GB out':>7}")
    for size in sizes:
        mixture = write(folder / f"mixture-{size:g}", int(size * 1e9))
        for name in (*FORMATS, *PEERS, *(SLOW if size == sizes[0] else ())):
            if not name.startswith("datatrove"):
                measure(name, mixture, tokenizer, Path(sys.executable))
            elif python:
                measure(name, mixture, tokenizer, python)
    # At some megabytes a second, a quarter of a gigabyte has to do.
    few = write(folder / "mixture-tokens", SHARD_BYTES - 1)
    for name in TOKENISED:
        measure(name, few, tokenizer, Path(sys.executable))


def train(path: Path) -> Path:
    """A byte-level BPE over the material, made once."""
    if not path.is_file():
        made = tokenizers.ByteLevelBPETokenizer()
        texts = (text for rows in material() for text in rows["text"].head(400))
        few = itertools.islice(texts, 2_000)
        made.train_from_iterator(few, vocab_size=VOCABULARY, special_tokens=[END])
        path.parent.mkdir(parents=True, exist_ok=True)
        made.save(str(path))
    return path


def material() -> Iterator[pl.DataFrame]:
    """Real texts by source, again and again under other ids."""
    texts = {name: pl.read_parquet(BULK / f"{name}.parquet", columns=["text"]) for name in TEXTS}
    for turn in itertools.count():
        for name, rows in texts.items():
            # A slice of each in turn, so that a row group holds all kinds.
            for piece in rows.iter_slices(500):
                yield piece.select(
                    doc_id=pl.Series(ids(turn, name, piece.height)),
                    text="text",
                    source=pl.lit(name),
                    domain=pl.lit(TEXTS[name]),
                    language=pl.lit("zh-Hans"),
                    quality=pl.lit(0.9, pl.Float32),
                    licence=pl.lit("unknown"),
                    component=pl.lit(name),
                    epoch=pl.lit(0, pl.UInt8),
                ).match_to_schema(SHARDS)


def ids(turn: int, name: str, count: int) -> list[str]:
    """As many document ids."""
    seed = f"{turn} {name} {time.monotonic_ns()}"
    return [hashlib.md5(f"{seed} {one}".encode()).hexdigest() for one in range(count)]


def write(folder: Path, size: int) -> Path:
    """A published mixture with this much text, made once."""
    if (folder / "ready").is_file():
        return folder
    manifest = build(folder, corpus(3), Recipe(max_epochs=1))
    rows = material()
    written: list[Shard] = []
    while sum(one.text_bytes for one in written) < size:
        path = f"{manifest.version}/{TRAIN}/{len(written):05d}.parquet"
        wanted = min(SHARD_BYTES, size - sum(one.text_bytes for one in written))
        written.append(shard(manifest.shards[0], folder, path, rows, wanted))
    whole = manifest.model_copy(update={"shards": tuple(written)})
    (folder / shards.MANIFEST).write_text(whole.to_json(), encoding="utf-8")
    (folder / "ready").touch()
    return folder


def shard(like: Shard, folder: Path, path: str, rows: Iterator[pl.DataFrame], size: int) -> Shard:
    """One file as `shards.pack` writes it."""
    schema = SHARDS.to_frame().to_arrow(compat_level=pl.CompatLevel.oldest()).schema
    count = text = 0
    with pq.ParquetWriter(folder / path, schema, compression="zstd", compression_level=1) as writer:
        while text < size:
            held: list[pl.DataFrame] = []
            while text < size and sum(map(bytes_of, held)) < GROUP_BYTES:
                held.append(next(rows))
                text += bytes_of(held[-1])
            group = pl.concat(held)
            count += group.height
            table = group.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(schema)
            writer.write_table(table, row_group_size=group.height)
    file = folder / path
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    known = {"rows": count, "bytes": file.stat().st_size, "text_bytes": text, "sha256": digest}
    return like.model_copy(update={"path": path, "content": digest, **known})


def bytes_of(rows: pl.DataFrame) -> int:
    """Bytes of text."""
    return int(rows["text"].str.len_bytes().sum())


def measure(name: str, mixture: Path, tokenizer: Path, python: Path) -> None:
    """Run one writer in a process on one core; print its row."""
    out, cache = mixture.parent / "out", mixture.parent / "cache"
    for folder in (out, cache):
        shutil.rmtree(folder, ignore_errors=True)
    code = "from tests.benchmarks.exports import once; import sys; once(*sys.argv[1:])"
    given = (name, mixture, out, cache, tokenizer)
    cost = cost_of([str(python), "-c", code, *map(str, given)], mixture.parent / f"{name}.log")
    text = sum(one.text_bytes for one in shards.load(mixture).shards)
    written = sum(one.stat().st_size for one in out.rglob("*") if one.is_file())
    numbers = f"{text / 1e9:8.2f} {text / 1e6 / cost.cpu:10.1f} {cost.line()}"
    print(f"{numbers} {written / 1e9:7.2f}  {name}", flush=True)


def once(name: str, mixture: str, out: str, cache: str, tokenizer: str) -> None:
    """Write the mixture with one writer."""
    if name in (*FORMATS, *TOKENISED):
        tokens = Tokenizer(Path(tokenizer), END)
        formats: tuple[Format, ...] = (
            *(Jsonl(), Mds(), Webdataset(), Retrieval()),
            *(Megatron(tokens), Nanotron(tokens)),
        )
        export(Path(mixture), next(one for one in formats if one.name == name), Path(out))
    elif name.startswith("datasets"):
        with_datasets(name, Path(mixture), Path(out), cache)
    else:
        with_datatrove(name, Path(mixture), out)


def with_datasets(name: str, mixture: Path, out: Path, cache: str) -> None:
    """Hugging Face datasets."""
    import datasets  # noqa: PLC0415 - an extra

    datasets.disable_progress_bars()
    files = [str(mixture / one.path) for one in shards.load(mixture).shards]
    rows = datasets.Dataset.from_parquet(files, cache_dir=cache)
    out.mkdir()
    if name == "datasets.save_to_disk":
        rows.save_to_disk(str(out))
    elif name == "datasets.to_parquet":
        rows.to_parquet(str(out / "rows.parquet"))
    else:
        rows.to_json(str(out / "rows.jsonl.gz"), force_ascii=False, compression="gzip")


def with_datatrove(name: str, mixture: Path, out: str) -> None:
    """Hugging Face datatrove."""
    from datatrove.executor import LocalPipelineExecutor  # noqa: PLC0415 - a peer
    from datatrove.pipeline.readers import ParquetReader  # noqa: PLC0415
    from datatrove.pipeline.writers import JsonlWriter, ParquetWriter  # noqa: PLC0415

    folder = str(next(mixture.glob(f"*/{TRAIN}/")))
    reader = ParquetReader(folder, id_key="doc_id", text_key="text")
    parquet = name == "datatrove.ParquetWriter"
    writer = ParquetWriter(out) if parquet else JsonlWriter(out, compression="zstd")
    LocalPipelineExecutor([reader, writer], logging_dir=f"{out}/log").run()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sizes", type=float, nargs="*", default=[1, 10])
    parser.add_argument("--peers", type=Path, metavar="PYTHON")
    asked = parser.parse_args()
    main(asked.folder, asked.sizes, asked.peers)
