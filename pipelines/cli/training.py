"""`wenyuan train`: a scorer of one's own, from labelled texts."""

from pathlib import Path

import click

from pipelines.cli.options import console, json_option, print_json, table_of
from pipelines.training.labels import labelled
from pipelines.training.training import Trained, trained
from quality.scoring.linear import Linear, save
from schemas.corpus import load_corpus
from schemas.errors import ConfigError

FIGURES = {
    "accuracy": "accuracy",
    "commonest": "accuracy of always the commonest label",
    "macro_f1": "macro F1",
    "auc": "AUC",
    "spearman": "Spearman",
    "mean_error": "mean error of the expected number",
    "calibration_error": "calibration error",
}


@click.group()
def train() -> None:
    """Fit a scorer of your own to labelled texts."""


@train.command()
@click.option(
    "--labels",
    "labels",
    type=click.Path(path_type=Path),
    required=True,
    help="JSONL, CSV or Parquet: text (or doc_id) and label (grades 0-5, or any words).",
)
@click.option(
    "--to", type=click.Path(path_type=Path), required=True, help="The model to write, a file .npz."
)
@click.option(
    "-c",
    "--corpus",
    "path",
    type=click.Path(path_type=Path),
    help="The file that describes the corpus in which each doc_id is looked up.",
)
@json_option
def quality(labels: Path, to: Path, path: Path | None, as_json: bool) -> None:
    """Fit a classifier of texts, calibrate it, and say how well it judges what it has not seen.

    70 of 100 texts are learned from, 15 calibrated on and 15 held out, by their hash. The same
    labels give the same file.
    """
    if to.suffix != ".npz" or not to.parent.is_dir():
        raise ConfigError(f"--to {to}: a file .npz in a folder that is there")
    model, told = trained(labelled(labels, load_corpus(path) if path else None))
    _write(model, to)
    if as_json:
        print_json({"model": str(to), **told.model_dump(mode="json")})
    else:
        _print(told, to)


def _write(model: Linear, to: Path) -> None:
    aside = to.with_name(f"{to.name}.tmp")
    with aside.open("wb") as file:
        save(model, file)
    aside.replace(to)


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


def _how(told: Trained, to: Path) -> str:
    """What to write into corpus.yaml."""
    label = "" if told.numeric else f", label: {told.classes[-1]}"
    name = "".join(one if one.isalnum() and one.isascii() else "_" for one in to.stem.lower())
    name = name if name[:1].isalpha() else f"my_{name}"
    what = "its expected number" if told.numeric else f"the chance of {told.classes[-1]}"
    others = "" if told.numeric else f"   # or {', '.join(told.classes[:-1])}"
    return (
        f"{to} is written. In corpus.yaml (paths are relative to it), with {what} as the score:\n\n"
        f"scorers:\n  {name}: {{model: {to}{label}}}{others}\n"
        f"policies:\n  default: {{own: {{{name}: {{min: …}}}}}}\n\n"
        "or under a bundled name (education, spam, …) in the place of that score."
    )
