"""`wenyuan init` and `wenyuan schema`: the beginning of a corpus."""

from importlib import resources
from pathlib import Path

import click

from pipelines.cli.safety import safe
from schemas.corpus import json_schema
from schemas.errors import ConfigError


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def init(folder: Path) -> None:
    """Write a starter corpus.yaml, and its schema for your editor, into DIR.

    Nothing that is already there is touched: a second init of the same DIR is an error.
    """
    target = folder / "corpus.yaml"
    if target.exists():
        raise ConfigError(f"{target} is already there; nothing was written")
    try:
        (folder / "raw").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{folder} cannot be made a folder: {error.strerror}") from None
    starter = resources.files("pipelines") / "starter.yaml"
    target.write_text(starter.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "corpus.schema.json").write_text(json_schema(), encoding="utf-8")
    click.echo(safe(f"wrote {target}\nnext: put raw files into {folder / 'raw'}, then"))
    click.echo(safe(f"  wenyuan build -c {target}"))


@click.command()
def schema() -> None:
    """Print the JSON schema of corpus.yaml, for editors."""
    click.echo(json_schema(), nl=False)
