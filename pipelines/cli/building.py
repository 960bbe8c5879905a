"""`wenyuan build`, `wenyuan ui`, `wenyuan status`."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import click
from rich import progress as bars

from pipelines.build import Outcome, Progress
from pipelines.build import build as build_corpus
from pipelines.cli.options import (
    console,
    corpus_option,
    errors,
    json_option,
    print_json,
    table_of,
)
from pipelines.definitions import CORPUS_VARIABLE
from pipelines.graph import STAGES
from pipelines.instance import dagster_home, instance_of
from pipelines.survey import SourceCounts, Survey, survey
from pipelines.workers import Task
from schemas.corpus import Corpus, load_corpus

FUNNEL = ("source", "kind", "raw", "read", "rejected", "dropped", "kept", "kept %")
UNITS = (("GB", 1e9), ("MB", 1e6), ("kB", 1e3))


@click.command()
@corpus_option
@click.option(
    "--source", help="Only read and measure this source; the phases that need all are left out."
)
@click.option("--mixture", help="Of the mixtures, only make this one.")
@json_option
def build(path: Path, source: str | None, mixture: str | None, as_json: bool) -> None:
    """Bring the corpus up to date: find new files, measure, deduplicate, decide, mix.

    What is done already is not done again. A build that was killed goes on where it stopped.
    """
    path = path.resolve()
    corpus = load_corpus(path)
    with instance_of(corpus) as instance, Bars(quiet=as_json) as shown:
        outcome = build_corpus(path, instance, source=source, mixture=mixture, progress=shown)
    if as_json:
        print_json(_counts(outcome))
    elif not outcome.failures:
        _print_outcome(path, corpus, outcome)
    outcome.raise_failures()


@click.command()
@corpus_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=3000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="The port to listen on.",
)
def ui(path: Path, host: str, port: int) -> None:
    """Open the Dagster UI on the corpus.

    It shows the graph, the runs, what is in every table, and has the button Materialize.
    """
    corpus = load_corpus(path)
    home = dagster_home(corpus)
    os.environ |= {CORPUS_VARIABLE: str(path.resolve()), "DAGSTER_HOME": str(home)}
    console.print(f"http://{host}:{port} shows {corpus.name}; Ctrl-C ends it")
    serve = ["dagster", "dev", "-m", "pipelines.definitions", "-h", host, "-p", str(port)]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", *serve])  # noqa: S606 - becomes the server


@click.command()
@corpus_option
@json_option
def status(path: Path, as_json: bool) -> None:
    """What is in the corpus, what was dropped, and what a build would do."""
    found = survey(load_corpus(path))
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    _print_survey(found)
    todo = [f"{count} × {stage}" for stage, count in found.to_do.items() if count]
    if found.new_batches:
        todo.insert(0, f"{found.new_batches} new or changed batches to read")
    if found.problem:
        errors.print(found.problem, style="yellow", soft_wrap=True)
    console.print(f"to do: {', '.join(todo)}" if todo else "Everything is up to date.")


class Bars(Progress):
    """A bar for each phase, with rate and time left."""

    def __init__(self, *, quiet: bool) -> None:
        self._bars = bars.Progress(
            bars.TextColumn("{task.description:12}"),
            bars.BarColumn(),
            bars.TextColumn("{task.fields[count]}"),
            bars.TextColumn("{task.fields[rate]}"),
            bars.TimeElapsedColumn(),
            bars.TextColumn("left"),
            bars.TimeRemainingColumn(),
            console=errors,
            disable=quiet,
        )

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
        """A new bar. It goes by bytes where tasks have any, so that the time left is right."""
        self._bar = self._bars.add_task(
            stage, total=sum(map(_size, tasks)), rate="", count=f"0/{len(tasks)}"
        )
        self._done, self._all = 0, len(tasks)

    def done(self, task: Task, why: str | None) -> None:
        """One step on."""
        self._done += 1
        self._bars.update(self._bar, advance=_size(task), count=f"{self._done}/{self._all}")
        if task.size:
            shown = self._bars.tasks[self._bar]
            rate = shown.completed / 1e6 / (shown.elapsed or 1.0)
            self._bars.update(self._bar, rate=f"{rate:.1f} MB/s")
        if why:
            errors.print(f"failed: {task.label}", style="red")

    def warn(self, what: str) -> None:
        """In yellow, above the bars."""
        errors.print(what, style="yellow", soft_wrap=True)


def _size(task: Task) -> int:
    return max(task.size, 1)


def _counts(outcome: Outcome) -> dict[str, Any]:
    """What `build --json` prints: the same keys whatever was done."""
    runs = {f"{stage}_runs": 0 for stage in STAGES}
    seconds = {"seconds": round(outcome.seconds, 2)}
    return {"new_batches": 0} | runs | {"failed": 0} | outcome.counts() | seconds


def _print_outcome(path: Path, corpus: Corpus, outcome: Outcome) -> None:
    if not outcome.made:
        console.print(f"Nothing to do: {corpus.name} is up to date ({outcome.seconds:.1f} s).")
        return
    found = survey(corpus)
    _print_survey(found)
    console.print(f"Built in {outcome.seconds:.1f} s. Next:", style="bold")
    here = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    flag = "" if here == Path("corpus.yaml") else f" -c {here}"
    wenyuan = _program()
    if found.example_dropped:
        why = f"  {wenyuan} why {found.example_dropped}{flag}   # why was it dropped?"
        console.print(why, soft_wrap=True)
    if found.example_row:
        trace = f"  {wenyuan} trace {found.example_row}{flag}   # where does a row come from?"
        console.print(trace, soft_wrap=True)
    console.print(f"  {wenyuan} ui{flag}   # everything, in the browser", soft_wrap=True)


def _program() -> str:
    """How the shell that started this program can start it again."""
    if shutil.which("wenyuan"):
        return "wenyuan"
    return os.path.relpath(sys.argv[0])


def _print_survey(found: Survey) -> None:
    title = f"{found.name}: from raw records to the corpus"
    funnel = table_of(title, {name: name not in ("source", "kind") for name in FUNNEL})
    for row in found.sources:
        funnel.add_row(row.source, row.kind, *_cells(row))
    if len(found.sources) > 1:
        funnel.add_section()
        funnel.add_row("all", "", *_cells(found.total()))
    console.print(funnel)
    console.print("rejected: could not be read; dropped: failed a rule; the rest is kept")
    if waiting := found.total().undecided:
        console.print(f"{waiting:,} documents are read and not yet decided")
    for title, counts in (("rejected", found.reasons), ("dropped", found.rules)):
        if counts:
            listed = ", ".join(f"{name} {count:,}" for name, count in counts.items())
            console.print(f"{title} because of: {listed}", soft_wrap=True)
    if found.mixtures:
        names = ("mixture", "rows", "tokens", "shards", "folder")
        mixtures = table_of("mixtures", {name: name in names[1:4] for name in names})
        for mixed in found.mixtures:
            numbers = [f"{n:,}" for n in (mixed.rows, mixed.tokens, mixed.shards)]
            mixtures.add_row(mixed.mixture, *numbers, _from_here(Path(mixed.folder)))
        console.print(mixtures)


def _cells(row: SourceCounts) -> list[str]:
    share = f"{row.kept / row.read:.0%}" if row.read else "–"
    counts = [f"{n:,}" for n in (row.read, row.rejected, row.dropped, row.kept)]
    return [_amount(row.raw_bytes) if row.raw_bytes else "–", *counts, share]


def _amount(size: int) -> str:
    """A number of bytes for people.

    >>> _amount(12_340_000), _amount(999)
    ('12.3 MB', '999 B')
    """
    unit, scale = next(((unit, scale) for unit, scale in UNITS if size >= scale), ("B", 1))
    return f"{size / scale:,.1f} {unit}" if scale > 1 else f"{size} B"


def _from_here(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
