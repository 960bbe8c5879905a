"""`wenyuan mixture`: what a recipe would take, before anything is written."""

from pathlib import Path

import click

from pipelines.cli.options import console, corpus_option, errors, json_option, print_json, table_of
from pipelines.outlook import Outlook, outlook_of
from schemas.corpus import load_corpus
from schemas.errors import ConfigError

HEADINGS = ("component", "documents", "one epoch", "at most", "wanted", "share", "epochs")


@click.group()
def mixture() -> None:
    """What a recipe would take, before anything is written."""


@mixture.command()
@click.argument("recipe", metavar="MIXTURE|FILE")
@corpus_option
@json_option
def plan(recipe: str, path: Path, as_json: bool) -> None:
    """The budget of a mixture of corpus.yaml, or of the recipe in a YAML file.

    The corpus must be built up to its decisions. Where the recipe asks more than there is, it
    says what is short, by how much, and what would do; the exit code is then 2.
    """
    found = outlook_of(load_corpus(path), recipe)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _print_outlook(found)
    if found.shortage:
        raise ConfigError(found.shortage)


def _print_outlook(found: Outlook) -> None:
    parts = list(found.components[0].parts)
    staged = parts if len(parts) > 1 else []
    held_out = ["held out"] if any(one.held_out_documents for one in found.components) else []
    headings = dict.fromkeys([*HEADINGS, *staged, *held_out], True) | {"component": False}
    table = table_of(f"{found.mixture}: {found.tokens:,} tokens ({found.tokenizer})", headings)
    for one in found.components:
        counts = [f"{n:,}" for n in (one.documents, one.available, one.most, one.wanted)]
        by_part = [f"{one.parts[name]:,}" for name in staged]
        apart = [f"{one.held_out_tokens:,}"] if held_out else []
        shares = [f"{one.share:.1%}", f"{one.epochs:.2f}"]
        table.add_row(one.component, *counts, *shares, *by_part, *apart)
    console.print(table)
    for name, why in found.barred.items():
        console.print(f"left out: {name}, {why}", soft_wrap=True)
    for warning in found.warnings:
        errors.print(f"warning: {warning}", style="yellow", soft_wrap=True)
