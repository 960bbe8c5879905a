"""A recipe: what a mixture is made of, in what proportion, how much of it, and for whom."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from schemas.amounts import Amount
from schemas.located import nearest, wrong
from schemas.policies import Industry, Range, Tag

ShardFormat = Literal["parquet", "arrow"]
Method = Literal["weights", "temperature", "unimax"]

TRAIN, VALIDATION = "train", "validation"
"""The parts of a mixture without stages."""

SAFE_EPOCHS = 4
"""Up to so many repetitions cost almost nothing (Muennighoff et al. 2023)."""

MOST_EPOCHS = 255

FINEWEB2: Mapping[int, int] = {1: 1, 2: 2, 3: 3, 5: 5, 100: 8, 1000: 1}
"""How often a document is taken an epoch, from this cluster size on: FineWeb2's up-sampling."""

REDISTRIBUTABLE: frozenset[str] = frozenset(
    {
        *("public-domain", "CC0-1.0", "PDDL-1.0", "ODC-By-1.0", "ODbL-1.0", "MulanPSL-2.0"),
        *("MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "GFDL-1.3-or-later"),
        *(f"CC-BY-{version}" for version in ("2.0", "2.5", "3.0", "4.0")),
        *(f"CC-BY-SA-{version}" for version in ("2.0", "2.5", "3.0", "4.0")),
    }
)
"""Licences (SPDX identifiers, and `public-domain`) under which an edited text may be passed on,
also for money. Those with NC or ND are not among them."""

Weight = Annotated[float, Field(gt=0, allow_inf_nan=False)]
_OneOrMore = (
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
    Field(min_length=1),
)
Names = Annotated[tuple[str, ...], *_OneOrMore]
Industries = Annotated[tuple[Industry, ...], *_OneOrMore]
"""One name or several."""

Label = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Frozen(BaseModel):
    """A part of a recipe: it cannot change, and a wrong key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Period(Frozen):
    """Dates, both ends included."""

    min: date | None = Field(None, description="The first day.")
    max: date | None = Field(None, description="The last day.")


class Component(Frozen):
    """Which documents a component takes, and how much of them.

    A document must meet everything that is asked; what is measured nowhere meets nothing. It
    belongs to the first component that takes it.
    """

    source: Names | None = Field(None, description="Names of sources.")
    kind: Names | None = Field(None, description="Kinds of source.")
    language: tuple[Tag, ...] | None = Field(None, min_length=1, description="BCP 47 tags.")
    licence: Names | None = Field(None, description="Licences, as the sources have them.")
    industry: Industries | None = Field(
        None, description="Industries, as `schemas.scores.INDUSTRIES` names them."
    )
    quality: Range | None = Field(
        None, description="How much lasting knowledge or skill it gives, 0 to 1."
    )
    volatility: Range | None = Field(
        None, description="How far a text is bound to its moment, 0 (lasting) to 1."
    )
    cluster_size: Range | None = Field(None, description="How many documents say the same.")
    chars: Range | None = Field(None, description="Characters of the text.")
    published: Period | None = Field(None, description="When it was published.")
    weight: Weight | None = Field(None, description="Its share of the sum of all weights.")
    tokens: Amount | None = Field(None, description="A budget of its own, in place of a weight.")
    max_epochs: int | None = Field(
        None, ge=1, le=MOST_EPOCHS, description="A cap of its own on repetitions."
    )

    @property
    def asked(self) -> dict[str, Any]:
        """The conditions, by the name of the column they are about."""
        amounts = {"weight", "tokens", "max_epochs"}
        given = {
            name: getattr(self, name) for name in type(self).model_fields if name not in amounts
        }
        return {name: value for name, value in given.items() if value is not None}

    @model_validator(mode="after")
    def _asks_something(self) -> "Component":
        if not self.asked:
            raise ValueError("a component needs a condition, such as source: NAME")
        if self.weight is not None and self.tokens is not None:
            raise ValueError("a component has a weight or tokens, not both")
        return self


class Stage(Frozen):
    """A stretch of the curriculum: its share of the budget, and its own weights."""

    share: Weight = Field(description="Its share of the sum of all stages' shares.")
    components: dict[str, Weight] = Field(
        default_factory=dict, description="Component -> weight here; the recipe's where none is."
    )


class Recipe(Frozen):
    """What a mixture is made of: the value under `mixtures.<name>` in corpus.yaml, or a file."""

    tokens: Amount | None = Field(
        None, description="The budget; without one, as much as the weights and epochs allow."
    )
    tokenizer: str = Field(
        "bpe",
        pattern=r"^(bpe|characters|bytes|.+\.json)$",
        description="What a token is: one of the bundled byte-pair encoding, a character, a UTF-8 "
        "byte, or one of the `tokenizers` JSON file at this path, relative to corpus.yaml.",
    )
    components: dict[str, Component] = Field(
        default_factory=dict,
        description="Name -> what it takes; a number alone is the weight of the source of that "
        "name. Without any, every source at its natural share.",
    )
    method: Method = Field(
        "weights",
        description="How the budget is shared: by the weights given (natural shares if none are), "
        "by size to the power of alpha, or evenly under the cap on epochs (UniMax).",
    )
    alpha: float = Field(
        0.3, ge=0, le=1, description="For method temperature: 1 is natural, 0 even; mT5 has 0.3."
    )
    max_epochs: int = Field(
        SAFE_EPOCHS,
        ge=1,
        le=MOST_EPOCHS,
        description="How often a document may be repeated; up to 4 times costs almost nothing.",
    )
    upsample: Annotated[
        dict[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1, le=MOST_EPOCHS)]],
        BeforeValidator(lambda value: dict(FINEWEB2) if value == "fineweb2" else value),
    ] = Field(
        default_factory=dict,
        description="From this cluster size on -> how often a document is taken each epoch; "
        "'fineweb2' is FineWeb2's table.",
    )
    stages: dict[Label, Stage] = Field(
        default_factory=dict, description="A curriculum: its stages in order, each a part."
    )
    validation: float = Field(
        0,
        ge=0,
        le=0.5,
        description="Share of each component held out as the part `validation`; near-duplicates "
        "are held out together.",
    )
    release: Literal["internal", "open"] = Field(
        "internal",
        description="An open one takes no confidential source and only redistributable licences.",
    )
    licences: Names | None = Field(
        None, description="Licences that may be in it; for an open release in place of the usual."
    )
    tenant: Label | None = Field(
        None, description="Whose mixture this is: only that tenant's own sources may join others."
    )
    max_ai_share: float = Field(
        1, ge=0, le=1, description="Largest share of each component's tokens labelled as AI-made."
    )
    fold_width: bool = Field(
        False,
        description="Write full-width digits and Latin letters at half width; byte-pair tokens are "
        "counted before.",
    )
    seed: int = Field(0, ge=0, lt=2**64, description="Another seed, another choice and order.")
    formats: tuple[ShardFormat, ...] = Field(
        ("parquet",), min_length=1, description="Every shard is written in each of these."
    )
    shard_bytes: Amount = Field(
        256 * 2**20, description="Bytes of text a shard should hold; on average it is 67 to 100%."
    )

    @property
    def allowed_licences(self) -> frozenset[str] | None:
        """The licences that may be in the mixture; null where any may."""
        if self.licences is not None:
            return frozenset(self.licences)
        return REDISTRIBUTABLE if self.release == "open" else None

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts for training, in order."""
        return tuple(self.stages) or (TRAIN,)

    def epochs_of(self, component: str) -> int:
        """How often a document of `component` may be repeated."""
        part = self.components.get(component)
        return (part and part.max_epochs) or self.max_epochs

    def sources_named(self) -> Iterator[tuple[str, str]]:
        """Every (component, source) that the recipe names."""
        for name, part in self.components.items():
            for source in part.source or ():
                yield name, source

    @field_validator("components", mode="before")
    @classmethod
    def _numbers_are_weights(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return {} if value is None else value
        return {
            name: {"source": name, "weight": part} if isinstance(part, int | float) else part
            for name, part in value.items()
        }

    @field_validator("formats")
    @classmethod
    def _each_once(cls, value: tuple[ShardFormat, ...]) -> tuple[ShardFormat, ...]:
        if len(set(value)) < len(value):
            raise ValueError("a format is named twice")
        return value

    @model_validator(mode="after")
    def _weights_are_whole(self) -> "Recipe":
        if self.method == "weights":
            weighed = [one.weight is not None for one in self.components.values() if not one.tokens]
            if any(weighed) and not all(weighed):
                raise ValueError("either every component has a weight (or tokens), or none")
        else:
            for name, one in self.components.items():
                if one.weight is not None or one.tokens is not None:
                    reason = f"method {self.method} sets the weights itself"
                    raise wrong(reason, "components", name)
        return self

    @model_validator(mode="after")
    def _stages_fit(self) -> "Recipe":
        for name, stage in self.stages.items():
            if name == VALIDATION:
                raise wrong("this name is for what is held out", "stages", name)
            if stage.components and self.method != "weights":
                raise wrong(f"method {self.method} sets the weights itself", "stages", name)
            for one in stage.components:
                if one not in self.components:
                    hint = nearest(one, self.components)
                    raise wrong(f"no component; {hint}", "stages", name, "components", one)
                if self.components[one].tokens is not None:
                    raise wrong("it has tokens", "stages", name, "components", one)
        return self

    @model_validator(mode="after")
    def _epochs_fit(self) -> "Recipe":
        if self.method == "unimax" and self.tokens is None:
            raise ValueError("method unimax needs tokens")
        highest = max([self.max_epochs, *map(self.epochs_of, self.components)])
        if highest * max(self.upsample.values(), default=1) > MOST_EPOCHS:
            raise ValueError(f"max_epochs times upsample is over {MOST_EPOCHS}")
        return self
