"""Where Numba keeps compiled kernels."""

import hashlib
from pathlib import Path

from numba import config


def keep_apart() -> None:
    """Give this state of the package's sources a cache of its own.

    Numba asks only whether the file of a kernel has changed, and compiles the constants of other
    files into it: after an upgrade a kernel would go on with old ones, and give wrong results.
    """
    package = Path(__file__).parents[1]
    digest = hashlib.blake2b(digest_size=8)
    for source in sorted(package.rglob("*.py")):
        digest.update(source.relative_to(package).as_posix().encode())
        digest.update(source.read_bytes())
    base = Path(config.CACHE_DIR or Path(__file__).parent / "__pycache__")
    config.CACHE_DIR = str(base / digest.hexdigest())
