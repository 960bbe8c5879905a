"""Amounts and shares as people write them: 200_000, 1.5B, 256MiB; 2%, 0.6."""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

UNITS: dict[str, int] = {
    "": 1,
    "K": 10**3,
    "M": 10**6,
    "B": 10**9,
    "T": 10**12,
    "KiB": 2**10,
    "MiB": 2**20,
    "GiB": 2**30,
}
"""What an amount may be counted in: powers of ten, as budgets of tokens are quoted, and the
powers of two of IEC 80000-13 for bytes."""

_AMOUNT = re.compile(r"(?P<number>\d[\d_]*(\.\d+)?) ?(?P<unit>[A-Za-z]*)", re.ASCII)
_PERCENT = re.compile(r"(?P<number>\d+(\.\d+)?) ?%", re.ASCII)
_UNITS = {unit.casefold(): size for unit, size in UNITS.items()}
_LARGEST = 2**63 - 1


def amount(value: object) -> int:
    """The whole number that `value` stands for: an int, or digits with a unit of `UNITS`.

    Raises ValueError, with how to write it, for anything else.

    >>> amount("1.5B"), amount("200_000"), amount("256MiB")
    (1500000000, 200000, 268435456)
    """
    if isinstance(value, int) and not isinstance(value, bool):
        whole = value
    else:
        match = _AMOUNT.fullmatch(value.strip()) if isinstance(value, str) else None
        unit = _UNITS.get(match["unit"].casefold()) if match else None
        if match is None or unit is None:
            raise ValueError(
                f"{value!r} is not an amount: write a whole number such as 200_000, "
                f"or a number with one of {', '.join(filter(None, UNITS))}, such as 1.5B"
            )
        exact = Decimal(match["number"].replace("_", "")) * unit
        whole = int(exact)
        if whole != exact:
            raise ValueError(f"{value!r} is not a whole number of things")
    if not 0 < whole <= _LARGEST:
        raise ValueError(f"{value!r} is out of range: an amount is 1 to {_LARGEST}")
    return whole


def share(value: object) -> float:
    """The share, 0 to 1, that `value` stands for: such a number, or a percentage.

    Raises ValueError, with how to write it, for anything else.

    >>> share("2%"), share("0.5 %"), share(0.6), share(1)
    (0.02, 0.005, 0.6, 1.0)
    """
    match = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is not None:
        found = float(Decimal(match["number"]) / 100)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = float(value)
    else:
        raise ValueError(f"{value!r} is not a share: write a percentage such as 2%, or 0 to 1")
    if not 0 <= found <= 1:
        raise ValueError(f"{value!r} is out of range: a share is 0 to 1, or 0% to 100%")
    return found


Share = Annotated[
    float,
    BeforeValidator(share),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 1},
                {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)? ?%$"},
            ]
        }
    ),
]
"""A share, written as a number from 0 to 1 or as a percentage."""

Amount = Annotated[
    int,
    BeforeValidator(amount),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1},
                {
                    "type": "string",
                    "pattern": r"^[0-9][0-9_]*(\.[0-9]+)? ?([KkMmBbTt]|[KkMmGg][Ii][Bb])?$",
                },
            ]
        }
    ),
]
"""A whole number above 0, written as a number or with a unit of `UNITS`, in any letter case."""
