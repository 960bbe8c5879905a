"""A recipe: which sources a mixture is made of, in what proportion, and how much of them."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, field_validator

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

Tokenizer = Literal["characters", "bytes"]
ShardFormat = Literal["parquet", "arrow"]


class Recipe(BaseModel):
    """What a mixture is made of: the value under `mixtures.<name>` in corpus.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tokens: Amount | None = Field(
        None, description="The budget; without one, as much as the weights and epochs allow."
    )
    tokenizer: Tokenizer = Field(
        "characters",
        description="What a token is counted as: a character (code point) or a UTF-8 byte. "
        "A Han character is one character and three or four bytes.",
    )
    components: dict[str, Annotated[float, Field(gt=0, allow_inf_nan=False)]] = Field(
        default_factory=dict,
        description="Source name to weight; weights are shares of their sum. "
        "Without any, every source at its natural share.",
    )
    max_epochs: int = Field(
        4,
        ge=1,
        le=255,
        description="How often a document may be repeated; up to 4 times costs almost nothing.",
    )
    seed: int = Field(0, ge=0, lt=2**64, description="Another seed, another choice and order.")
    formats: tuple[ShardFormat, ...] = Field(
        ("parquet",), min_length=1, description="Every shard is written in each of these."
    )
    shard_bytes: Amount = Field(
        256 * 2**20, description="Bytes of text per shard; one holds at most a document more."
    )

    @field_validator("components", mode="before")
    @classmethod
    def _none_is_every_source(cls, value: Any) -> Any:
        return {} if value is None else value

    @field_validator("formats")
    @classmethod
    def _each_once(cls, value: tuple[ShardFormat, ...]) -> tuple[ShardFormat, ...]:
        if len(set(value)) < len(value):
            raise ValueError("a format is named twice")
        return value

    def unknown_sources(self, names: Iterable[str]) -> tuple[str, ...]:
        """The components that are not among the sources `names`, in the recipe's order."""
        known = set(names)
        return tuple(name for name in self.components if name not in known)
