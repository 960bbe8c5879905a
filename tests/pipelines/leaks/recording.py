"""All that a piece of work says, to whomever: standard output and error, and the log.

Libraries log the names of files that they open as DEBUG, which nobody gets who does not ask for it.
"""

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path


@contextmanager
def recorded(file: Path) -> Iterator[None]:
    """What is said meanwhile goes into `file`, from libraries and child processes too."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        said = stack.enter_context(file.open("a", encoding="utf-8", errors="backslashreplace"))
        for descriptor in (1, 2):
            before = os.dup(descriptor)
            stack.callback(os.close, before)
            stack.callback(os.dup2, before, descriptor)
            os.dup2(said.fileno(), descriptor)
        stack.enter_context(redirect_stdout(said))
        stack.enter_context(redirect_stderr(said))
        stack.enter_context(_logged(logging.StreamHandler(said)))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("always")
        yield
        sys.stdout.flush()


@contextmanager
def _logged(handler: logging.Handler) -> Iterator[None]:
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
