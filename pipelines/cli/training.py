"""`wenyuan train`: a scorer of one's own, from labelled texts or from clean ones."""

from collections.abc import Callable
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

import click
import numpy as np

from pipelines.cli.options import Command, console, json_option, print_json, table_of
from pipelines.lake import publish
from pipelines.training.labels import labelled
from pipelines.training.perplexity import Learned, learned
from pipelines.training.training import Trained, trained
from quality.scoring.linear import save
from quality.scoring.perplexity.model import LEAST
from schemas.corpus import load_corpus
from schemas.errors import ConfigError
from schemas.scores import SCORES

FIGURES = {
    "accuracy": "accuracy",
    "commonest": "accuracy of always the commonest label",
    "macro_f1": "macro F1",
    "auc": "AUC",
    "spearman": "Spearman",
    "mean_error": "mean error of the expected number",
    "calibration_error": "calibration error",
}
SURPRISES = {
    "whole": "all texts as one",
    "median": "half of the texts are below",
    "p95": "95 of 100 texts are below",
}

to_option: Callable[[Command], Command] = click.option(
    "--to", type=click.Path(path_type=Path), required=True, help="The model to write, a file .npz."
)
in_corpus_option: Callable[[Command], Command] = click.option(
    "-c",
    "--corpus",
    "path",
    type=click.Path(path_type=Path),
    help="The file that describes the corpus in which each doc_id is looked up.",
)


@click.group()
def train() -> None:
    """Fit a scorer of your own to labelled texts, or a character model to clean ones."""


@train.command()
@click.option(
    "--labels",
    "labels",
    type=click.Path(path_type=Path),
    required=True,
    help="JSONL, CSV or Parquet: text (or doc_id) and label (grades 0-5, or any words).",
)
@to_option
@in_corpus_option
@json_option
def quality(labels: Path, to: Path, path: Path | None, as_json: bool) -> None:
    """Fit a classifier of texts, calibrate it, and say how well it judges what it has not seen.

    70 of 100 texts are learned from, 15 calibrated on and 15 held out, by their hash. The same
    labels give the same file.
    """
    _require_place(to)
    model, told = trained(labelled(labels, load_corpus(path) if path else None))
    file = BytesIO()
    save(model, file)
    publish(to, file.getvalue())
    if as_json:
        print_json({"model": str(to), **told.model_dump(mode="json")})
    else:
        _print(told, to)


@train.command()
@click.option(
    "--texts",
    "texts",
    type=click.Path(path_type=Path),
    required=True,
    help="JSONL, CSV or Parquet: clean texts in a column text (or doc_id).",
)
@to_option
@in_corpus_option
@json_option
def perplexity(texts: Path, to: Path, path: Path | None, as_json: bool) -> None:
    """Count the character n-grams of clean texts, and say how surprising unseen ones of them are.

    85 of 100 texts are learned from and 15 held out, by their hash. The same texts give the same
    file. A doc_id stands for the text that the corpus has kept, redacted.
    """
    _require_place(to)
    arrays, told = learned(texts, load_corpus(path) if path else None)
    size = _write_arrays(arrays, to)
    if as_json:
        print_json({"model": str(to), "bytes": size, **told.model_dump(mode="json")})
    else:
        _print_learned(told, to, size)


def _require_place(to: Path) -> None:
    if to.suffix != ".npz" or not to.parent.is_dir():
        raise ConfigError(f"--to {to}: a file .npz in a folder that is there")


def _write_arrays(arrays: dict[str, Any], to: Path) -> int:
    file = BytesIO()
    np.savez_compressed(file, **arrays)
    publish(to, file.getvalue())
    return file.tell()


def _print(told: Trained, to: Path) -> None:
    headings = {"label": False, "learned from": True, "calibrated on": True, "held out": True}
    table = table_of("texts", headings)
    for label, counts in told.counts.items():
        table.add_row(label, *(f"{count:,}" for count in counts.values()))
    console.print(table)
    figures = table_of("on the held-out texts", {"figure": False, "value": True})
    for name, shown in FIGURES.items():
        if (value := getattr(told, name)) is not None:
            figures.add_row(shown, f"{value:.3f}")
    console.print(figures)
    if told.twice:
        console.print(f"{told.twice:,} rows whose text is there again counted once")
    console.print(_how(told, to), soft_wrap=True)


def _print_learned(told: Learned, to: Path, size: int) -> None:
    table = table_of("what was read", {"": False, "learned from": True, "held out": True})
    for name in ("texts", "characters"):
        table.add_row(name, *(f"{getattr(part, name):,}" for part in (told.learned, told.held_out)))
    console.print(table)
    figures = table_of(
        "perplexity of the held-out texts", {"": False, "new model": True, "bundled": True}
    )
    for name, shown in SURPRISES.items():
        each = (getattr(told.own, name), getattr(told.bundled, name))
        figures.add_row(shown, *(f"{value:.1f}" for value in each))
    console.print(figures)
    console.print(f"{told.ngrams:,} n-grams in {size:,} bytes")
    if told.short:
        console.print(f"{told.short:,} rows with fewer than {LEAST} Han characters are not read")
    if told.left:
        console.print("there is more text than is read: the texts of the lowest hashes are taken")
    if told.own.whole >= told.bundled.whole:
        console.print("the bundled model knows these texts better: learn from more of them")
    name = _name_of(to)
    console.print(
        _told_how(
            to,
            f"with perplexity as the score, which is low where a text reads like these:\n\n"
            f"scorers:\n  {name}: {{model: {to}}}\n"
            f"policies:\n  default: {{own: {{{name}: {{max: {ceil(told.own.p95)}}}}}}}\n\n"
            "or under the name perplexity in the place of the bundled model's.",
        ),
        soft_wrap=True,
    )


def _how(told: Trained, to: Path) -> str:
    """What to write into corpus.yaml."""
    label = "" if told.numeric else f", label: {told.classes[-1]}"
    name = _name_of(to)
    what = "its expected number" if told.numeric else f"the chance of {told.classes[-1]}"
    others = "" if told.numeric else f"   # or {', '.join(told.classes[:-1])}"
    return _told_how(
        to,
        f"with {what} as the score:\n\n"
        f"scorers:\n  {name}: {{model: {to}{label}}}{others}\n"
        f"policies:\n  default: {{own: {{{name}: {{min: …}}}}}}\n\n"
        "or under a bundled name (education, spam, …) in the place of that score.",
    )


def _told_how(to: Path, rest: str) -> str:
    return f"{to} is written. In corpus.yaml (paths are relative to it), {rest}"


def _name_of(to: Path) -> str:
    """A name for the scorer, of the file's; none that a bundled score has."""
    name = "".join(one if one.isalnum() and one.isascii() else "_" for one in to.stem.lower())
    return name if name[:1].isalpha() and name not in SCORES else f"my_{name}"
