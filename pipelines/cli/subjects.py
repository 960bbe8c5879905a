"""`wenyuan subject-digest`: what stands for a personal value in a request to forget it."""

import sys
from pathlib import Path

import click

from pipelines.cli.options import corpus_option
from pipelines.lake import Lake
from pipelines.withdrawal.ledger import Ledger
from pipelines.workers import exclusive
from quality.withdrawal import subjects_of
from schemas.corpus import load_corpus
from schemas.errors import ConfigError


@click.command("subject-digest")
@corpus_option
def subject_digest(path: Path) -> None:
    """Turn personal values into digests that 'wenyuan forget' takes.

    The values come from standard input (UTF-8), one a line, and a digest is printed for each, in
    order. On a terminal one value is asked for, and not shown. Digests are made under the secret
    key of the lake, so they are good for this corpus alone and tell nothing to anyone without it.
    """
    lake, values = Lake(load_corpus(path).home), _values()
    subjects_of(values, b"only checking")  # what is refused writes nothing, not a key
    for subject in subjects_of(values, _key(lake)):
        click.echo(str(subject))


def _values() -> list[str]:
    if sys.stdin.isatty():
        return [str(click.prompt("value", hide_input=True, err=True))]
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError("standard input is not UTF-8") from None
    if not text:
        raise ConfigError("give the values on standard input, one a line")
    return text.removesuffix("\n").split("\n")


def _key(lake: Lake) -> bytes:
    ledger = Ledger(lake)
    if not ledger.has_key:
        with exclusive(lake):
            return ledger.key()
    return ledger.key()
