"""`wenyuan build`, `wenyuan ui`, `wenyuan status`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import click
from rich import progress as bars
from rich.console import Console
from rich.table import Table

from pipelines.build import Outcome, Progress
from pipelines.build import build as build_corpus
from pipelines.cli.options import console, corpus_option, json_option, print_json
from pipelines.definitions import CORPUS_VARIABLE
from pipelines.instance import dagster_home, instance_of
from pipelines.survey import Survey, survey
from pipelines.workers import Task
from schemas.corpus import Corpus, load_corpus


@click.command()
@corpus_option
@click.option("--source", help="Only read and measure this source.")
@click.option("--mixture", help="Of the mixtures, only make this one.")
@json_option
def build(path: Path, source: str | None, mixture: str | None, as_json: bool) -> None:
    """Bring the corpus up to date: find new files, measure, deduplicate, decide, mix."""
    path = path.resolve()
    corpus = load_corpus(path)
    with instance_of(corpus) as instance, Bars(quiet=as_json) as shown:
        outcome = build_corpus(path, instance, source=source, mixture=mixture, progress=shown)
    if as_json:
        print_json(outcome.counts() | {"seconds": round(outcome.seconds, 2)})
    else:
        _print_outcome(path, corpus, outcome)
    outcome.raise_failures()


@click.command()
@corpus_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=3000, show_default=True)
def ui(path: Path, host: str, port: int) -> None:
    """Open the Dagster UI on the corpus."""
    corpus = load_corpus(path)
    home = dagster_home(corpus)
    os.environ |= {CORPUS_VARIABLE: str(path.resolve()), "DAGSTER_HOME": str(home)}
    console.print(f"http://{host}:{port} shows {corpus.name}; Ctrl-C ends it")
    serve = ["dagster", "dev", "-m", "pipelines.definitions", "-h", host, "-p", str(port)]
    os.execv(sys.executable, [sys.executable, "-m", *serve])  # noqa: S606 - becomes the server


@click.command()
@corpus_option
@json_option
def status(path: Path, as_json: bool) -> None:
    """What is in the corpus, what was dropped and why, and what a build would do."""
    corpus = load_corpus(path)
    found = survey(corpus)
    if as_json:
        print_json(found.model_dump())
        return
    _print_survey(found)
    todo = [f"{count} × {stage}" for stage, count in found.to_do.items() if count]
    console.print(f"to do: {', '.join(todo)}" if todo else "Everything is up to date.")


class Bars(Progress):
    """A bar for each phase, with rate and time left."""

    def __init__(self, *, quiet: bool) -> None:
        self._bars = bars.Progress(
            bars.TextColumn("{task.description:12}"),
            bars.BarColumn(),
            bars.MofNCompleteColumn(),
            bars.TextColumn("{task.fields[rate]}"),
            bars.TimeElapsedColumn(),
            bars.TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=quiet,
        )
        self._bytes: dict[str, int] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def phase(self, stage: str, tasks: Sequence[Task]) -> None:
        """A new bar."""
        self._bar = self._bars.add_task(stage, total=len(tasks), rate="")
        self._bytes[stage] = 0

    def done(self, task: Task, why: str | None) -> None:
        """One step on."""
        self._bytes[task.stage] += task.size
        seconds = self._bars.tasks[self._bar].elapsed or 1.0
        rate = f"{self._bytes[task.stage] / 1e6 / seconds:.1f} MB/s" if task.size else ""
        self._bars.update(self._bar, advance=1, rate=rate)
        if why:
            self._bars.console.print(f"[red]failed[/] {task.label}")


def _print_outcome(path: Path, corpus: Corpus, outcome: Outcome) -> None:
    if not outcome.made and not outcome.failures:
        console.print(f"Nothing to do: {corpus.name} is up to date ({outcome.seconds:.1f} s).")
        return
    found = survey(corpus)
    _print_survey(found)
    console.print(f"Built in {outcome.seconds:.1f} s. Next:")
    here = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    flag = "" if here == Path("corpus.yaml") else f" -c {here}"
    if found.example_dropped:
        console.print(f"  wenyuan why {found.example_dropped}{flag}   # why was it dropped?")
    if found.example_row:
        console.print(f"  wenyuan trace {found.example_row}{flag}   # where does a row come from?")
    console.print(f"  wenyuan ui{flag}   # everything, in the browser")


def _print_survey(found: Survey) -> None:
    funnel = Table(title=f"{found.name}: from raw records to the corpus", title_justify="left")
    for heading in ("source", "kind", "MB raw", "read", "rejected", "dropped", "kept", "kept %"):
        funnel.add_column(heading, justify="left" if heading in ("source", "kind") else "right")
    for row in found.sources:
        share = f"{row.kept / row.read:.0%}" if row.read else "–"
        size = f"{row.raw_bytes / 1e6:,.1f}"
        numbers = [f"{n:,}" for n in (row.read, row.rejected, row.dropped, row.kept)]
        funnel.add_row(row.source, row.kind, size, *numbers, share)
    console.print(funnel)
    for title, counts in (("rejected", found.reasons), ("dropped", found.rules)):
        if counts:
            listed = ", ".join(f"{name} {count:,}" for name, count in counts.items())
            console.print(f"{title} because of: {listed}", soft_wrap=True)
    mixtures = Table(title="mixtures", title_justify="left")
    for heading in ("mixture", "rows", "tokens", "shards", "folder"):
        mixtures.add_column(
            heading, justify="left" if heading in ("mixture", "folder") else "right"
        )
    for mixed in found.mixtures:
        numbers = [f"{n:,}" for n in (mixed.rows, mixed.tokens, mixed.shards)]
        mixtures.add_row(mixed.mixture, *numbers, mixed.folder)
    console.print(mixtures)
