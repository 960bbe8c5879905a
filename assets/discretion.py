"""What is said of an error that was raised while data was at hand.

Libraries quote the values that they fail on. Errors end in run logs, on pages and on terminals, so
of those that are not ours the kind is told and where it was raised, and no word of the message.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import isgeneratorfunction
from typing import Any, ParamSpec, TypeVar, cast

from quality.privacy import masked
from schemas.errors import IntegrityError, WenyuanError

Given = ParamSpec("Given")
Made = TypeVar("Made")

WITHHELD = "its message is withheld, it may quote data"


@contextmanager
def discretion(doing: str) -> Iterator[None]:
    """Whatever is raised within comes out as `told` tells it, with nothing of it behind it.

    Raises:
        WenyuanError, OSError, ImportError: what was raised, told anew.
        IntegrityError: in place of any other error.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whichever library failed, it has seen data
        raise told(error, doing).with_traceback(error.__traceback__) from None


def discreet(step: Callable[Given, Made]) -> Callable[Given, Made]:
    """The function of an asset, which raises and yields under `discretion`."""
    name = getattr(step, "__name__", "a step")

    @wraps(step)
    def once(*args: Given.args, **kwargs: Given.kwargs) -> Any:
        with discretion(name):
            return step(*args, **kwargs)

    @wraps(step)
    def streamed(*args: Given.args, **kwargs: Given.kwargs) -> Any:
        with discretion(name):
            yield from cast("Iterator[Any]", step(*args, **kwargs))

    return streamed if isgeneratorfunction(step) else once  # Dagster asks which of the two it is


def told(error: BaseException, doing: str) -> Exception:
    """`error` as it may be told: ours with what is personal masked, of others the kind.

    >>> told(ValueError("王小明"), "privacy")
    IntegrityError('privacy: ValueError; its message is withheld, it may quote data')
    >>> told(FileNotFoundError(2, "No such file", "a/13812345678.txt"), "read")
    FileNotFoundError(2, 'No such file')
    """
    if isinstance(error, WenyuanError):
        return type(error)(masked(str(error)))
    if isinstance(error, ImportError):
        return error
    if isinstance(error, OSError) and error.errno is not None:
        name = masked(str(error.filename)) if error.filename is not None else None
        return OSError(error.errno, error.strerror, name)
    return IntegrityError(f"{doing}: {type(error).__name__}; {WITHHELD}")
