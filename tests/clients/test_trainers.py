"""What a training job reads a mixture, or an export of it, with: `make clients` installs these."""

import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.clients.conftest import Exporting
from tests.clients.reading import Row, check
from tests.pipelines.exports.making import END, tokenizer_file


def needed(package: str) -> Any:
    """The client; skips the test where it is not installed."""
    return pytest.importorskip(
        package, reason=f"{package} is not installed: run 'make clients'", exc_type=ImportError
    )


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needed("tokenizers")
    return tokenizer_file(tmp_path_factory.mktemp("tokenizer"))


def text_of(ids: list[int], tokenizer: Path) -> str:
    """The text of a document's tokens, the last of which is its end."""
    loaded = needed("tokenizers").Tokenizer.from_file(str(tokenizer))
    loaded.decoder = needed("tokenizers").decoders.ByteLevel()
    assert loaded.id_to_token(ids[-1]) == END
    return str(loaded.decode(ids[:-1]))


def test_pytorch_with_two_workers(files: list[str], rows: list[Row], tmp_path: Path) -> None:
    torch, datasets = needed("torch.utils.data"), needed("datasets")
    stream = datasets.load_dataset(
        "parquet", data_files=files, split="train", streaming=True, cache_dir=str(tmp_path)
    )
    loader = torch.DataLoader(stream, batch_size=None, num_workers=2)
    check(loader, rows, order=False)


def test_mosaicml_streaming(exported: Exporting, rows: list[Row]) -> None:
    streaming = needed("streaming")
    streaming.base.util.clean_stale_shared_memory()
    folder = exported("mds")
    found = streaming.StreamingDataset(
        local=str(folder), shuffle=False, batch_size=1, validate_hash="sha256"
    )
    check((found[one] for one in range(len(found))), rows)


def test_megatron(exported: Exporting, rows: list[Row], tokenizer: Path) -> None:
    indexed = needed("megatron.core.datasets.indexed_dataset")
    folder = exported("megatron", "--tokenizer", tokenizer)
    (index,) = folder.glob("*.idx")
    found = indexed.IndexedDataset(str(index.with_suffix("")))
    about = pl.read_parquet(index.with_suffix(".rows.parquet"))
    assert len(found) == len(found.document_indices) - 1 == len(rows)
    assert about["tokens"].to_list() == found.sequence_lengths.tolist()
    assert about["doc_id"].to_list() == [row["doc_id"] for row in rows]
    for one in (0, len(rows) // 2, len(rows) - 1):
        assert text_of(found[one].tolist(), tokenizer) == rows[one]["text"]


def test_nanotron(exported: Exporting, rows: list[Row], tokenizer: Path) -> None:
    """Nanotron reads through datatrove."""
    needed("torch")
    reader = needed("datatrove.utils.dataset")
    folder = exported("nanotron", "--tokenizer", tokenizer)
    ends = pl.Series(
        [len(row["text"].encode()) + 1 for row in rows]  # a token a byte, and the end
    ).cum_sum()
    found = reader.DatatroveFolderDataset(
        str(folder), seq_len=ends[0] - 1, recursive=False, token_size=2, return_positions=True
    )
    assert len(found) == ends[-1] // ends[0]
    assert text_of(found[0]["input_ids"].tolist(), tokenizer) == rows[0]["text"]
    assert found[0]["positions"].tolist() == list(range(ends[0]))
    assert found[1]["positions"][0] == 0


def test_spark(files: list[str], rows: list[Row]) -> None:
    pyspark = needed("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none")
    session = pyspark.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    spark = session.getOrCreate()
    found = spark.read.parquet(*files).collect()
    check((one.asDict() for one in found), rows, order=False)
    spark.stop()
