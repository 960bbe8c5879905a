"""Tables to learn from, and a corpus to look documents up in."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from pipelines.lake import TABLES, Lake


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    """The rows as the end of the name says."""
    if path.suffix == ".parquet":
        pl.DataFrame(rows).write_parquet(path)
    elif path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    else:
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def describe(folder: Path, **more: object) -> Path:
    """A corpus.yaml of one source, news."""
    said = {
        "name": "town",
        "sources": {"news": {"kind": "web", "format": "jsonl", "path": "news"}},
        "mixtures": {"general": {}},
    }
    path = folder / "corpus.yaml"
    path.write_text(yaml.safe_dump(said | more))
    return path


def corpus_with(folder: Path, tables: Mapping[str, Mapping[str, str]]) -> Path:
    """The corpus.yaml of one batch whose tables have these ids and texts."""
    lake = Lake(str(folder / "corpus"))
    (lake.home / "batches").mkdir(parents=True)
    (lake.home / "batches" / "news-00000.json").write_text("{}")
    for name, texts in tables.items():
        path = lake.path(name, "news-00000")
        path.parent.mkdir()
        known = {"doc_id": list(texts), "text": list(texts.values())}
        rows = pl.DataFrame(known)
        missing = [
            pl.lit(None, kind).alias(column)
            for column, kind in TABLES[name].items()
            if column not in known
        ]
        rows.with_columns(missing).select(TABLES[name].names()).write_parquet(path)
    return describe(folder)
