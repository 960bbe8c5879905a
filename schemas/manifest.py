"""A manifest: what a mixture is made of and made from, and the digest of every file of it."""

import hashlib
import json

from pydantic import BaseModel, ConfigDict, Field, field_validator

from schemas.recipes import Recipe, ShardFormat


class Ingredients(BaseModel):
    """What a mixture is made from, besides its recipe; the same ingredients, the same bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(description="The mixture's name.")
    inputs: tuple[str, ...] = Field(description="The digest of every input file, in order.")
    code_version: str
    policy_version: str

    @field_validator("inputs")
    @classmethod
    def _order_says_nothing(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(value))


class Shard(BaseModel):
    """One file of a mixture.

    `path` is relative to the manifest; `part` is the part it belongs to, and `number` its range
    of keys among the part's; `bytes` is the size of the file, `text_bytes` that of its texts in
    UTF-8. `content` digests what its rows are: equal ones mean equal files.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    format: ShardFormat
    part: str
    number: int
    rows: int
    bytes: int
    text_bytes: int
    content: str
    sha256: str


class Contribution(BaseModel):
    """What one component gave.

    `weight` is its share of the budget, 0 to 1; `wanted`, `available` (in one epoch, up-sampled)
    and `tokens` (those taken) are in the recipe's tokens; `epochs` is taken over available;
    `documents` counts each document once, `rows` once a repetition; `ai_tokens` are those of
    documents labelled as AI-made. What is held out is counted apart.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    weight: float
    wanted: int
    available: int
    tokens: int
    epochs: float
    documents: int
    rows: int
    ai_tokens: int
    held_out_documents: int
    held_out_tokens: int


class Part(BaseModel):
    """A part of a mixture: for training, a stage of it, or held out.

    `shards` counts ranges of keys, each a file in every format; `components` are tokens of each.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: int
    tokens: int
    text_bytes: int
    shards: int
    components: dict[str, int]


class Manifest(Ingredients):
    """All there is to know of a mixture. No time of day: the same ingredients, the same bytes."""

    version: str = Field(description="16 hex digits over everything the bytes depend on.")
    recipe: Recipe
    writer: str = Field(description="The libraries and versions that wrote the shards.")
    rows: int
    tokens: int
    parts: dict[str, Part]
    components: dict[str, Contribution]
    languages: dict[str, int] = Field(description="Rows by language.")
    licences: dict[str, int] = Field(description="Rows by licence.")
    shards: tuple[Shard, ...]

    def to_json(self) -> str:
        """The manifest as indented JSON that ends in a new line; Chinese stays readable."""
        return self.model_dump_json(indent=2, ensure_ascii=False) + "\n"


def version_of(ingredients: Ingredients, recipe: Recipe, *more: str) -> str:
    """16 hex digits of SHA-256 over `ingredients`, `recipe` and whatever else decides the bytes.

    The order of the inputs, and of the components in the recipe, does not matter.

    >>> one = Ingredients(name="m", inputs=("b", "a"), code_version="1", policy_version="p")
    >>> two = Ingredients(name="m", inputs=("a", "b"), code_version="1", policy_version="p")
    >>> version_of(one, Recipe()) == version_of(two, Recipe())
    True
    """
    everything = [ingredients.model_dump(), recipe.model_dump(), *more]
    canonical = json.dumps(everything, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
