"""`wenyuan init` and `wenyuan schema`: the beginning of a corpus."""

from importlib import resources
from pathlib import Path

import click

from pipelines.cli.options import console
from schemas.corpus import json_schema
from schemas.errors import ConfigError


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def init(folder: Path) -> None:
    """Write a commented starter corpus.yaml, and its schema for your editor, into DIR."""
    target = folder / "corpus.yaml"
    if target.exists():
        raise ConfigError(f"{target} is already there; nothing was written")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "raw").mkdir(exist_ok=True)
    starter = resources.files("pipelines") / "starter.yaml"
    target.write_text(starter.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "corpus.schema.json").write_text(json_schema(), encoding="utf-8")
    console.print(f"wrote {target}\nnext: put raw files into {folder / 'raw'}, then")
    console.print(f"  wenyuan build -c {target}")


@click.command()
def schema() -> None:
    """Print the JSON schema of corpus.yaml, for editors."""
    click.echo(json_schema(), nl=False)
