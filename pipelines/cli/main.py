"""The command `wenyuan`."""

import sys
from typing import Any

import click
from rich.console import Console

from pipelines.cli.building import build, status, ui
from pipelines.cli.explaining import trace, why
from pipelines.cli.inspecting import inspect
from pipelines.cli.starting import init, schema
from schemas.errors import WenyuanError


class Commands(click.Group):
    """Turns what is raised on purpose into a message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except WenyuanError as error:
            Console(stderr=True, highlight=False).print(
                str(error), style="red", markup=False, soft_wrap=True
            )
            sys.exit(error.exit_code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wenyuan")
def main() -> None:
    """Wenyuan (文渊), the corpus factory for Chinese language models.

    Exit codes: 0 done, 1 failed, 2 wrong configuration or arguments, 3 not found, 4 a check
    failed or the build is not complete, 5 another build is at work.
    """


for command in (init, schema, build, ui, status, why, trace, inspect):
    main.add_command(command)
