"""Options that several commands share, and how they print."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console

Command = Callable[..., Any]

corpus_option: Callable[[Command], Command] = click.option(
    "-c",
    "--corpus",
    "path",
    type=click.Path(path_type=Path),
    default=Path("corpus.yaml"),
    show_default=True,
    help="The file that describes the corpus.",
)
json_option: Callable[[Command], Command] = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON for scripts."
)
reveal_option: Callable[[Command], Command] = click.option(
    "--reveal", is_flag=True, help="Show personal data in clear. Think before you paste it."
)

console = Console(highlight=False)


def print_json(value: Any) -> None:
    """One JSON value, Chinese readable."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
