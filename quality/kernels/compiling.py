"""How kernels are compiled, and where Numba keeps them."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from numba import config, njit

P = ParamSpec("P")
R = TypeVar("R")

NUMBA: Any = config
"""Numba's settings, which it sets in a way that no type checker sees."""


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function compiled by Numba at its first call, with its types kept for the checker."""
    return cast("Callable[P, R]", njit(cache=True, nogil=True)(function))


def keep_apart() -> None:
    """Give this state of the kernels' sources a cache of its own.

    Numba asks only whether the file of a kernel has changed, and compiles the constants of other
    files into it: after an upgrade a kernel would go on with old ones, and give wrong results.
    """
    package = Path(__file__).parents[1]
    digest = hashlib.blake2b(digest_size=8)
    for source in sorted(package.rglob("*.py")):
        content = source.read_bytes()
        if "kernels" in source.parts or b"compiling import compiled" in content:
            digest.update(source.relative_to(package).as_posix().encode())
            digest.update(content)
    base = Path(NUMBA.CACHE_DIR or Path(__file__).parent / "__pycache__")
    NUMBA.CACHE_DIR = str(base / digest.hexdigest())
