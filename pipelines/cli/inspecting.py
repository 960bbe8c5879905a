"""`wenyuan inspect`: the per-document steps on any file, without a corpus."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from pipelines.cli.options import console, json_option
from pipelines.inspection import FORMATS, Inspector, inspect_path
from schemas.corpus import load_corpus


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", *FORMATS]),
    default="auto",
    show_default=True,
    help="How PATH is read; auto goes by the suffix.",
)
@click.option(
    "--kind", default="web", show_default=True, help="Whose thresholds and privacy apply."
)
@click.option(
    "-c", "--corpus", "config", type=click.Path(path_type=Path), help="Take its policies and exams."
)
@json_option
def inspect(
    paths: tuple[str, ...], form: str, kind: str, config: Path | None, as_json: bool
) -> None:
    """Run the per-document steps on files, folders or standard input (-), without a corpus.

    JSONL input has {"id", "text"}, {"id", "html"} or {"id", "html_b64"} on each line. With
    --json, one object a document and line, in input order, personal data in clear in "text".
    """
    inspector = Inspector(kind, load_corpus(config) if config else None)
    for found in _all(paths, form, inspector):
        if as_json:
            sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        else:
            _print_card(found)


def _all(paths: tuple[str, ...], form: str, inspector: Inspector) -> Iterator[dict[str, Any]]:
    for path in paths:
        yield from inspect_path(path, form, inspector)


def _print_card(found: dict[str, Any]) -> None:
    console.rule(f"{found['path']}  {found['id']}")
    if found["rejected"]:
        console.print(
            f"[red]rejected[/] {found['rejected']['stage']}: {found['rejected']['reason']}"
        )
        return
    verdict = found["verdict"]
    if verdict["kept"]:
        console.print("[green]kept[/]")
    else:
        console.print(
            f"[red]dropped[/] {verdict['rule']}: {verdict['value']}, asked {verdict['threshold']}"
        )
    table = Table(show_header=False)
    table.add_row("title", found["title"] or "–")
    table.add_row("charset", found["charset"] or "–")
    table.add_row("language", f"{found['language']} ({found['confidence']:.2f})")
    kinds = [finding["kind"] for finding in found["findings"]]
    counted = ", ".join(f"{kind} ×{kinds.count(kind)}" for kind in dict.fromkeys(kinds))
    table.add_row("findings", counted or "none")
    signals = ", ".join(f"{name} {value:.3g}" for name, value in found["signals"].items())
    table.add_row("signals", signals)
    console.print(table)
    console.print(found["redacted"], markup=False, soft_wrap=True)
