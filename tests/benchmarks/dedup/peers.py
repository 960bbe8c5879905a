"""The peers, each with what a knowledgeable user would set for Chinese, from read to kept ids.

    python -m tests.benchmarks.dedup.peers install VENVS      (any Python 3.11; some ten minutes)
    VENVS/…/bin/python -m tests.benchmarks.dedup.peers NAME DOCUMENTS KEPT WORK

The second is what `near_duplicates` does.

Character 5-grams where the tool can, threshold .7, 128 permutations or the nearest the tool has.
Runs inside the peer's own environment, so nothing of the project is imported here.
"""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.benchmarks.environments import TORCH, install

Kept = list[str]

ENVIRONMENTS = {
    "light": (["rensa==0.5.0", "datasketch==2.0.0", "daft==0.7.26", "pyarrow", "xxhash"],),
    "datatrove": ([TORCH], ["datatrove[processing,io]==0.10.1", "spacy==3.8.14", "jieba==0.42.1"]),
    "textdedup": ([TORCH], ["text-dedup==0.4.0"]),
    "datajuicer": ([TORCH], ["py-data-juicer==1.6.1", "aiohttp"]),
}


def main(arguments: list[str]) -> None:
    """Install all environments, or run one peer."""
    if arguments[0] == "install":
        install(Path(arguments[1]), ENVIRONMENTS)
        return
    name, documents, kept, work = arguments
    ids = PEERS[name][1](Path(documents), Path(work))
    pa, pq = import_module("pyarrow"), import_module("pyarrow.parquet")
    pq.write_table(pa.table({"doc_id": pa.array(ids, pa.string())}), kept)


def rensa(documents: Path, work: Path) -> Kept:
    """RMinHash; candidates that share a band are compared by their signatures."""
    del work
    found = import_module("rensa").RMinHashDeduplicator(0.7, 128, use_lsh=True)
    kept: Kept = []
    for ids, texts in _batches(documents):
        new = found.add_pairs(zip(ids, map(_grams, texts), strict=True))
        kept += [doc_id for doc_id, is_new in zip(ids, new, strict=True) if is_new]
    return kept


def datasketch(documents: Path, work: Path) -> Kept:
    """Its fastest scheme and a fast hash; candidates are compared by their signatures."""
    del work
    sketches, xxhash = import_module("datasketch"), import_module("xxhash")
    index = sketches.MinHashLSH(threshold=0.7, num_perm=128)
    settings = {"num_perm": 128, "scheme": "affine32", "hashfunc": xxhash.xxh32_intdigest}
    kept: dict[str, Any] = {}
    for ids, texts in _batches(documents):
        grams = ([gram.encode() for gram in _grams(text)] for text in texts)
        for doc_id, one in zip(ids, sketches.MinHash.generator(grams, **settings), strict=True):
            if not any(one.jaccard(kept[other]) >= 0.7 for other in index.query(one)):
                index.insert(doc_id, one, check_duplication=False)
                kept[doc_id] = one
    return list(kept)


def daft(documents: Path, work: Path) -> Kept:
    """Characters spaced by its regex; 14 bands of 9 as datasketch chooses, grouped by Daft."""
    del work
    frames, functions = import_module("daft"), import_module("daft.functions")
    col = frames.col
    spaced = functions.regexp_replace(col("text"), "(?s)(.)", "$1 ")
    sketch = functions.minhash(spaced, num_hashes=128, ngram_size=5, hash_function="xxhash")
    signed = frames.read_parquet(str(documents)).select("doc_id", sketch.alias("sketch")).collect()
    ids = signed.to_pydict()["doc_id"]
    parent = list(range(len(ids)))
    place = {doc_id: number for number, doc_id in enumerate(ids)}
    for band in range(14):
        bucket = functions.hash(functions.slice(col("sketch"), 9 * band, 9 * band + 9))
        groups = signed.groupby(bucket.alias("bucket")).agg(col("doc_id").list_agg().alias("ids"))
        for members in groups.where(functions.list_count(col("ids")) > 1).to_pydict()["ids"]:
            _unite(parent, [place[doc_id] for doc_id in members])
    return [ids[number] for number in range(len(ids)) if _root(parent, number) == number]


def datatrove(documents: Path, work: Path) -> Kept:
    """FineWeb2's settings for Chinese: jieba words, 14 buckets of 8; no verification."""
    step, io = import_module("datatrove.pipeline.dedup.minhash"), "datatrove.pipeline"
    reader = import_module(f"{io}.readers.parquet").ParquetReader
    writer = import_module(f"{io}.writers.parquet").ParquetWriter
    executor = import_module("datatrove.executor").LocalPipelineExecutor
    config = step.MinhashConfig(n_grams=5, num_buckets=14, hashes_per_bucket=8)
    read = reader(str(documents.parent), glob_pattern=documents.name, id_key="doc_id")
    signatures, buckets, remove, out = (
        str(work / name) for name in ("sig", "buckets", "rm", "out")
    )
    stages = (
        ([read, step.MinhashDedupSignature(signatures, config, language="cmn_Hani")], 1),
        ([step.MinhashDedupBuckets(signatures, buckets, config=config)], 14),
        ([step.MinhashDedupCluster(buckets, remove, config=config)], 1),
        ([read, step.MinhashDedupFilter(remove), writer(out)], 1),
    )
    for number, (pipeline, tasks) in enumerate(stages):
        logs = str(work / f"logs{number}")
        executor(pipeline=pipeline, tasks=tasks, workers=1, logging_dir=logs).run()
    return _column(out, "id")


def textdedup(documents: Path, work: Path) -> Kept:
    """Characters spaced beforehand, since it splits at what is no letter; no verification."""
    pa, pq = import_module("pyarrow"), import_module("pyarrow.parquet")
    spaced = work / "spaced.parquet"
    schema = pa.schema([("doc_id", pa.string()), ("text", pa.large_string())])
    with pq.ParquetWriter(spaced, schema) as file:
        for ids, texts in _batches(documents):
            file.write_table(pa.table([ids, [" ".join(text) for text in texts]], schema))
    settings = {
        "path": "parquet", "data_files": spaced, "split": "train", "cache_dir": work / "cache",
        "output": work / "out", "column": "text", "num_proc": 1, "ngram": 5, "num_perm": 128,
        "threshold": 0.7, "hash_func": "xxh3",
    }  # fmt: skip
    options = [str(part) for name, value in settings.items() for part in (f"--{name}", value)]
    subprocess.run([sys.executable, "-m", "text_dedup.minhash", *options], check=True)
    kept = import_module("datasets").load_from_disk(str(work / "out"))
    return list(kept["doc_id"])


def datajuicer(documents: Path, work: Path) -> Kept:
    """Characters, punctuation and space ignored, which its options allow; no verification."""
    recipe = work / "recipe.yaml"
    recipe.write_text(
        f"""
        dataset_path: {documents}
        export_path: {work / "out.parquet"}
        np: 1
        text_keys: text
        open_tracer: false
        use_cache: false
        process:
          - document_minhash_deduplicator:
              tokenization: character
              window_size: 5
              num_permutations: 128
              jaccard_threshold: 0.7
              ignore_pattern: '[\\p{{P}}\\s]'
        """
    )
    command = Path(sys.executable).with_name("dj-process")
    subprocess.run([command, "--config", recipe], check=True, cwd=work)
    return _column(work / "out.parquet", "doc_id")


PEERS: dict[str, tuple[str, Callable[[Path, Path], Kept]]] = {
    "rensa": ("light", rensa),
    "daft": ("light", daft),
    "datasketch": ("light", datasketch),
    "datajuicer": ("datajuicer", datajuicer),
    "textdedup": ("textdedup", textdedup),
    "datatrove": ("datatrove", datatrove),
}
"""Name -> environment and function."""


def _batches(documents: Path) -> Iterator[tuple[list[str], list[str]]]:
    for batch in import_module("pyarrow.parquet").ParquetFile(documents).iter_batches(2000):
        yield batch["doc_id"].to_pylist(), batch["text"].to_pylist()


def _column(path: Path | str, name: str) -> Kept:
    ids: Kept = import_module("pyarrow.parquet").read_table(path, columns=[name])[name].to_pylist()
    return ids


def _grams(text: str) -> list[str]:
    text = re.sub(r"\s+", " ", text.lower())
    return [text[begin : begin + 5] for begin in range(max(len(text) - 4, 1))]


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _unite(parent: list[int], members: list[int]) -> None:
    roots = [_root(parent, member) for member in members]
    first = min(roots)
    for root in roots:
        parent[root] = first


if __name__ == "__main__":
    main(sys.argv[1:])
