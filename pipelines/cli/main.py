"""The command `wenyuan`."""

import errno
import importlib
import sys
import traceback
from typing import Any, NoReturn

import click

from pipelines.cli.safety import safe
from schemas.errors import WenyuanError

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("starting", "Write a starter corpus.yaml, and its schema for your editor, into DIR."),
    "schema": ("starting", "Print the JSON schema of corpus.yaml, for editors."),
    "build": (
        "building",
        "Bring the corpus up to date: find new files, measure, deduplicate, decide, mix.",
    ),
    "ui": ("building", "Open the Dagster UI on the corpus."),
    "status": ("building", "What is in the corpus, what was dropped, and what a build would do."),
    "mixture": ("mixing", "What a recipe would take, before anything is written."),
    "why": ("explaining", "Everything known of one document, and why it was kept or dropped."),
    "trace": ("tracing", "From a row of a mixture back to its bytes."),
    "lineage": (
        "lineage",
        "From sources to a mixture: what was read, rejected, dropped, kept and chosen.",
    ),
    "acceptance": (
        "acceptance",
        "A report for each supplier, and whether its data keeps to what was agreed.",
    ),
    "policy": (
        "policies",
        "What each rule drops, with others and alone, and what other rules would change.",
    ),
    "privacy": (
        "privacy",
        "How much personal data there is, what is done with it, and how well it is found.",
    ),
    "exams": (
        "examining",
        "Which exams stand in the corpus, where, and which of their items cannot be looked for.",
    ),
    "forget": (
        "forgetting",
        "Withdraw documents: remove them, keep them out, and write a certificate.",
    ),
    "subject-digest": (
        "subjects",
        "Turn personal values into digests that 'wenyuan forget' takes.",
    ),
    "export": (
        "exporting",
        "Write a mixture as the files that trainers and retrieval stores read.",
    ),
    "train": (
        "training",
        "Fit a scorer of your own to labelled texts, or a character model to clean ones.",
    ),
    "inspect": ("inspecting", "Run the per-document steps on any file, without a corpus."),
}
"""Each command, the module it is in, and what it does: that module is imported when it is run."""


class Commands(click.Group):
    """Imports the command that is asked for, and turns what it raises on purpose into a message."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or null."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"pipelines.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # whoever read this has gone, and click knows what to do
            _fail(error)


def _fail(error: Exception) -> NoReturn:
    """End with what may be told of an error; where nobody foresaw it, with its place as well."""
    from assets.discretion import told  # noqa: PLC0415 - loaded where something failed

    if not isinstance(error, WenyuanError):
        click.echo(safe("".join(traceback.format_tb(error.__traceback__))), err=True, nl=False)
    click.secho(safe(str(told(error, "wenyuan"))), fg="red", err=True)
    sys.exit(error.exit_code if isinstance(error, WenyuanError) else 1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wenyuan")
def main() -> None:
    """Wenyuan (文渊), the corpus factory for Chinese language models.

    Begin with 'wenyuan init DIR', then 'wenyuan build'.

    Exit codes: 0 done, 1 failed, 2 wrong configuration or arguments, 3 not found, 4 a check
    failed or the build is not complete, 5 another build is at work, 6 a delivery does not keep to
    its terms.
    """
