"""Digests of the files that corpus.yaml names: by them a changed model is told."""

import hashlib
from functools import lru_cache
from pathlib import Path


def file_digest(path: str) -> str:
    """The SHA-256 of a file, read again only where its size or time has changed.

    Raises:
        OSError: it is not there or cannot be read.
    """
    state = Path(path).stat()
    return _digest(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=64)
def _digest(path: str, size: int, changed: int) -> str:
    """The digest of a file of this size, last changed then: a model may be of gigabytes."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
