"""What another tool keeps, run in its own environment: near-duplicates out, then its filters.

PYTHON -m tests.benchmarks.proof.peer NAME DOCUMENTS WORK OUT
"""

import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks.dedup.peers import PEERS
from tests.benchmarks.quality.originals import ORIGINALS

DEDUPLICATORS = {"fineweb2_zh": "datatrove", "data_juicer": "datajuicer"}


def main(name: str, documents: Path, work: Path, out: Path) -> None:
    """Write the ids that are kept."""
    folder = work / f"dedup-{name}"
    folder.mkdir(exist_ok=True)
    unique = set(PEERS[DEDUPLICATORS[name]][1](documents, folder))
    _, _, keeps = ORIGINALS[name]
    parquet = import_module("pyarrow.parquet")
    table = parquet.read_table(documents, columns=["doc_id", "text"]).to_pydict()
    both = zip(table["doc_id"], table["text"], strict=True)
    kept = [one for one, text in both if one in unique and keeps(text, work / "words")]
    parquet.write_table(import_module("pyarrow").table({"doc_id": kept}), out)


if __name__ == "__main__":
    main(sys.argv[1], *(Path(one) for one in sys.argv[2:]))
