"""Running the command line in this process."""

import json
import shutil
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from pipelines.cli.main import main


def wenyuan(*arguments: object, given: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], input=given)


def answered(*arguments: object, given: bytes | None = None) -> Any:
    result = wenyuan(*arguments, given=given)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def moved(built: Path, folder: Path) -> Path:
    """A copy of the corpus in another place, raw files and all."""
    return Path(shutil.copytree(built.parent, folder / "moved")) / "corpus.yaml"
