"""Options that several commands share, and how they print."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.cli.safety import safe, safe_json

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
page_option: Callable[[Command], Command] = click.option(
    "--to",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the report into this HTML file, to be read without anything else.",
)
reveal_option: Callable[[Command], Command] = click.option(
    "--reveal", is_flag=True, help="Show personal data in clear. Think before you paste it."
)


class Plain(Console):
    """A console that obeys nothing in a text: no markup, no emoji codes, no control characters."""

    def render_str(self, text: str, **options: Any) -> Text:
        """The text as it is, controls made visible."""
        return super().render_str(safe(text), **(options | {"markup": False, "emoji": False}))


# Into a pipe or a file a table need not fold at 80 columns.
_width = None if sys.stdout.isatty() else 100
console = Plain(highlight=False, width=_width)
errors = Plain(highlight=False, stderr=True)


def print_json(value: Any) -> None:
    """One JSON value, Chinese readable."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    click.echo(safe_json(text).encode(errors="backslashreplace"))


def table_of(title: str, headings: dict[str, bool]) -> Table:
    """An empty table; `headings` tells which columns hold numbers."""
    table = Table(title=title, title_justify="left")
    for heading, number in headings.items():
        table.add_column(
            heading, justify="right" if number else "left", no_wrap=number, overflow="fold"
        )
    return table


def said_by(label: dict[str, str | None] | None) -> str | None:
    """What a label of AI-made text says, on one line.

    >>> said_by({"Label": "1", "ContentProducer": "城市日报", "ProduceID": None})
    'Label 1, ContentProducer 城市日报'
    """
    if label is None:
        return None
    return ", ".join(f"{name} {value}" for name, value in label.items() if value)


def visible(text: str) -> str:
    r"""`text` with what a screen does not show written out.

    >>> visible("零\u200b宽　行\n")
    '零⟨200B⟩宽⟨3000⟩行⏎'
    """
    return "".join(
        "⏎" if char == "\n" else char if char.isprintable() else f"⟨{ord(char):04X}⟩"
        for char in text
    )


def pairs_of(title: str | None, pairs: dict[str, Any]) -> Table:
    """A table of names and values."""
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in pairs.items():
        shown = f"{value:.4g}" if isinstance(value, float) else str(value)
        table.add_row(name, "–" if value is None else shown)
    return table


def exams_of(hits: list[dict[str, Any]]) -> str:
    """The exam items in a text, in words: how much of each, and between which characters.

    >>> exams_of([{"benchmark": "gaokao", "item": "7", "share": 0.912, "start": 40, "end": 181}])
    'gaokao 7: 91% at 40–181'
    """
    return ", ".join(
        f"{one['benchmark']} {one['item']}: {one['share']:.0%} at {one['start']}–{one['end']}"
        for one in hits
    )


def languages_of(shares: dict[str, float]) -> str:
    """The languages of a text and how much of it each takes, in words.

    >>> languages_of({"zh-Hans": 0.8125, "en": 0.1875}), languages_of({})
    ('zh-Hans 81%, en 19%', 'none')
    """
    return ", ".join(f"{name} {share:.0%}" for name, share in shares.items()) or "none"
