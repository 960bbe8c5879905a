"""`wenyuan export`: a mixture as the files that trainers read."""

import time
import typing
from pathlib import Path

import click
from rich import progress as bars

from pipelines import shards
from pipelines.cli.options import console, corpus_option, errors, json_option, print_json
from pipelines.exports.export import Exported, wanted
from pipelines.exports.export import export as export_mixture
from pipelines.exports.folder import RECORD
from pipelines.exports.formats import Format
from pipelines.exports.jsonl import Jsonl
from pipelines.exports.mds import Mds
from pipelines.exports.retrieval import Retrieval
from pipelines.exports.tokens import Megatron, Nanotron, Tokenizer
from pipelines.exports.webdataset import Webdataset
from pipelines.lake import Lake
from schemas.corpus import Corpus, load_corpus
from schemas.errors import ConfigError
from schemas.exports import ExportFormat
from schemas.located import nearest

CHARS, OVERLAP = 500, 50
END = "<|endoftext|>"
TOKENISED = ("megatron", "nanotron")


@click.command()
@click.argument("mixture")
@click.option(
    "--format",
    "name",
    type=click.Choice(typing.get_args(ExportFormat)),
    required=True,
    help="What to write.",
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder to write into: an empty one, or one that holds an earlier export.",
)
@click.option("--part", help="Only export this part of the mixture.")
@click.option(
    "--tokenizer",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The tokenizer.json whose token ids are written (megatron, nanotron).",
)
@click.option("--end", help=f"The token that ends a document (megatron, nanotron). [{END}]")
@click.option(
    "--chars",
    type=click.IntRange(min=2),
    help=f"The most characters a chunk has (retrieval). [{CHARS}]",
)
@click.option(
    "--overlap",
    type=click.IntRange(min=0),
    help=f"The most characters a chunk repeats of the one before (retrieval). [{OVERLAP}]",
)
@corpus_option
@json_option
def export(  # noqa: PLR0913, PLR0917 - a parameter for each option
    mixture: str,
    name: ExportFormat,
    folder: Path,
    part: str | None,
    tokenizer: Path | None,
    end: str | None,
    chars: int | None,
    overlap: int | None,
    path: Path,
    as_json: bool,
) -> None:
    """Write a mixture as the files that trainers and retrieval stores read.

    A second export into the same folder writes only what has changed. One that was killed goes
    on where it stopped.
    """
    started = time.monotonic()
    corpus = load_corpus(path)
    if ":/" in str(folder):
        raise ConfigError(f"{folder} must be a folder of this machine or of a mounted disk")
    _only_for(name, TOKENISED, tokenizer=tokenizer, end=end)
    _only_for(name, ("retrieval",), chars=chars, overlap=overlap)
    chunks = Retrieval(chars or CHARS, OVERLAP if overlap is None else overlap)
    form = _format(name, tokenizer, end or END, chunks)
    source = _published(corpus, path, mixture)
    with _bar(quiet=as_json) as bar:
        total = sum(one.text_bytes for one in wanted(shards.load(source), part))
        task = bar.add_task(mixture, total=total)
        done = export_mixture(source, form, folder, part, lambda size: bar.advance(task, size))
    _print(done, folder, time.monotonic() - started, as_json=as_json)


def _only_for(name: str, formats: tuple[str, ...], **given: object) -> None:
    for option, value in given.items():
        if value is not None and name not in formats:
            raise ConfigError(f"--{option} says nothing to {name}, only to {' and '.join(formats)}")


def _format(name: ExportFormat, tokenizer: Path | None, end: str, chunks: Retrieval) -> Format:
    if name in TOKENISED and tokenizer is None:
        raise ConfigError(f"{name} holds token ids: name a tokenizer.json with --tokenizer")
    tokens = Tokenizer(tokenizer or Path(), end)
    formats: tuple[Format, ...] = (
        Jsonl(),
        Mds(),
        Webdataset(),
        Megatron(tokens),
        Nanotron(tokens),
        chunks,
    )
    return next(one for one in formats if one.name == name)


def _published(corpus: Corpus, path: Path, mixture: str) -> Path:
    if mixture not in corpus.mixtures:
        raise ConfigError(
            f"{path} names no mixture {mixture!r}; {nearest(mixture, corpus.mixtures)}"
        )
    return Lake(corpus.home).mixture(mixture)


def _bar(*, quiet: bool) -> bars.Progress:
    return bars.Progress(
        bars.TextColumn("{task.description:12}"),
        bars.BarColumn(),
        bars.DownloadColumn(),
        bars.TransferSpeedColumn(),
        bars.TimeElapsedColumn(),
        bars.TextColumn("left"),
        bars.TimeRemainingColumn(),
        console=errors,
        disable=quiet,
    )


def _print(done: Exported, folder: Path, seconds: float, *, as_json: bool) -> None:
    whole = done.export
    files = [file for shard in whole.shards for file in shard.files]
    told = {
        "mixture": whole.mixture,
        "version": whole.version,
        "format": whole.format,
        "folder": str(folder),
        "shards": len(whole.shards),
        "written": done.written,
        "files": len(files),
        "bytes": sum(file.bytes for file in files),
        "seconds": round(seconds, 2),
    }
    if as_json:
        print_json(told)
        return
    shown = f"{told['files']:,} files, {told['bytes']:,} bytes, of {told['shards']:,} shards"
    console.print(f"{folder} holds {whole.mixture} as {whole.format}: {shown}", soft_wrap=True)
    console.print(
        f"{done.written:,} shards were written in {seconds:.1f} s; {RECORD} lists them all"
    )
