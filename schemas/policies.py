"""What a document must measure to be kept, per kind of source."""

import functools
import hashlib
import importlib.resources
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    create_model,
    field_validator,
    model_validator,
)

from schemas.located import nearest, wrong
from schemas.scores import INDUSTRIES, SCORE_UNITS
from schemas.signals import SIGNAL_UNITS

DEFAULT = "default"
"""The key, among policies, of the kinds that have none of their own."""

Bound = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Tag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


def _industry(name: str) -> str:
    if name not in INDUSTRIES:
        raise wrong(f"no industry {name!r}; {nearest(name, INDUSTRIES)}")
    return name


Industry = Annotated[
    str, AfterValidator(_industry), Field(json_schema_extra={"enum": list(INDUSTRIES)})
]


class Range(BaseModel):
    """The values that pass, both ends included.

    >>> Range(min=0.6).model_dump(exclude_none=True)
    {'min': 0.6}
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    min: Bound | None = Field(None, description="The smallest value that passes.")
    max: Bound | None = Field(None, description="The largest value that passes.")

    @model_validator(mode="after")
    def _holds_something(self) -> "Range":
        if self.min is None and self.max is None:
            raise ValueError("a range needs min, max or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min:g} is above max {self.max:g}: nothing would pass")
        return self


def _signal(name: str) -> Any:
    return Field(None, description=f"Allowed {name}: {SIGNAL_UNITS[name]}.")


Action = Literal["drop", "cut", "flag"]


class Exams(Range):
    """The shares of an exam item that pass, and what is done with a document beyond them."""

    action: Action = Field(
        "drop",
        description="drop the document, cut the passages out of it, or flag: keep it as it is and "
        "count it.",
    )


class _Asked(BaseModel):
    """What a policy can ask beside the signals and the scores, in the order it is asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    preset: str | None = Field(
        None, description="Documented thresholds to start from; by default those of the kind."
    )
    language: tuple[Tag, ...] | None = Field(
        None, min_length=1, description="Allowed languages, BCP 47: zh-Hans, zh-Hant, yue, lzh, en."
    )
    confidence: Range | None = Field(
        None, description="Allowed confidence in the language, 0 to 1."
    )
    han_ratio: Range | None = Field(
        None, description="Allowed share of characters that are Han, 0 to 1."
    )
    duplicates: bool | None = Field(
        None, description="Whether to drop all but one of each cluster of near-duplicates."
    )
    contamination: Exams | None = Field(
        None, description="Allowed share of an exam item found in the document, 0 to 1."
    )
    cluster_size: Range | None = Field(
        None, description="Allowed documents that say the same, itself counted: 1 for a singleton."
    )
    common_ratio: Range | None = Field(
        None,
        description="Allowed share of characters in lines that many documents hold, 0 to 1.",
    )
    trim_common: bool | None = Field(
        None,
        description="Whether lines that many documents hold are cut out of the kept texts.",
    )
    industry: tuple[Industry, ...] | None = Field(
        None, min_length=1, description="Allowed industries, as `schemas.scores` names them."
    )
    own: dict[Name, Range] | None = Field(
        None, description="Allowed values of scorers of your own: name of the scorer -> range."
    )

    @field_validator("preset")
    @classmethod
    def _is_known(cls, name: str | None) -> str | None:
        known = presets().presets
        if name is not None and name not in known:
            raise wrong(f"no preset {name!r}; {nearest(name, known)}")
        return name


def _asked_of(unit: str, name: str) -> Any:
    return (Range | None, Field(None, description=f"Allowed {name}: {unit}."))


_Measured = create_model(
    "_Measured",
    __base__=_Asked,
    **{name: _asked_of(unit, name) for name, unit in (SIGNAL_UNITS | SCORE_UNITS).items()},
)


class Policy(_Measured):
    """The rules of one kind of source: a preset, and what is asked beyond or instead of it.

    A key that is given replaces the preset's; `null` removes the preset's rule.
    """


Policies = dict[str, Policy]
"""Policies by kind of source; `default` is for the kinds not named."""


class Presets(BaseModel):
    """The presets of presets.yaml, and which one each kind of source has by default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: dict[str, str]
    presets: dict[str, Policy]

    def of(self, kind: str) -> str:
        """The name of the preset of `kind`, or of the kinds not named."""
        return self.kinds.get(kind, self.kinds[DEFAULT])


@functools.cache
def presets() -> Presets:
    """The documented defaults, read from the package.

    >>> presets().of("news"), presets().of("law")
    ('web_zh', 'text_zh')
    """
    return Presets.model_validate(
        yaml.safe_load(importlib.resources.files(__package__).joinpath("presets.yaml").read_bytes())
    )


@dataclass(frozen=True)
class Rule:
    """One thing asked of a document: of a number its bounds, of a tag that it is allowed.

    A rule with neither asks that `column` is true.
    """

    name: str
    column: str
    minimum: float | None = None
    maximum: float | None = None
    allowed: tuple[str, ...] | None = None

    @property
    def is_flag(self) -> bool:
        """Whether the rule asks that its column is true."""
        return self.allowed is None and self.minimum is None and self.maximum is None

    @property
    def threshold(self) -> str:
        """What is asked, for people.

        >>> Rule("digit_ratio", "digit_ratio", maximum=0.3).threshold
        '<= 0.3'
        """
        if self.allowed is not None:
            return f"in {', '.join(self.allowed)}"
        bounds = [(">=", self.minimum), ("<=", self.maximum)]
        asked = [f"{sign} {bound:.10g}" for sign, bound in bounds if bound is not None]
        return " and ".join(asked) or "unique"


_FIRST = (
    "language",
    "confidence",
    "han_ratio",
    "duplicates",
    "contamination",
    "cluster_size",
    "common_ratio",
)
"""Rules are asked in this order; those of the signals, the scores, the industry and the scorers of
one's own come after them."""

_OWN = "own."

UNCUT = "uncut_share"
"""The measured column that the rule asks about where exam passages are cut: the share of an item
at which a document is an exam paper, of which cutting would leave nothing but its numbers."""

_NAMED = {
    "duplicates": ("duplicate", "duplicate_kept"),
    "contamination": ("contamination", "share"),
}
"""The rule and the measured column of the keys of a policy that are neither themselves."""


def rules(policies: Mapping[str, Policy], kind: str) -> tuple[Rule, ...]:
    """The rules for documents of `kind`, in the order they are asked.

    The policy is the kind's own, or else `default`, or else empty; the preset is the one it
    names, or else the kind's.

    >>> web = Policy.model_validate({"preset": "none", "han_ratio": {"min": 0.6}})
    >>> [(rule.name, rule.threshold) for rule in rules({"web": web}, "web")]
    [('han_ratio', '>= 0.6')]
    """
    asked = _asked(policies, kind)
    keys = (*_FIRST, *SIGNAL_UNITS, *SCORE_UNITS, "industry")
    made = (_rule(key, asked.get(key)) for key in keys)
    own = (_rule(own_column(key), value) for key, value in (asked.get("own") or {}).items())
    return tuple(rule for rule in (*made, *own) if rule is not None)


def own_column(scorer: str) -> str:
    """The rule, and the measured column, of a scorer of corpus.yaml.

    >>> own_column("style")
    'own.style'
    """
    return f"{_OWN}{scorer}"


def scorer_of(column: str) -> str | None:
    """The scorer of corpus.yaml that a measured column is of; null if it is of none.

    >>> scorer_of("own.style"), scorer_of("spam")
    ('style', None)
    """
    return column.removeprefix(_OWN) if column.startswith(_OWN) else None


def exams(policies: Mapping[str, Policy], kind: str) -> Exams | None:
    """What is asked of exam items in documents of `kind`, and what is done with those beyond.

    >>> exams({"web": Policy.model_validate({"contamination": {"max": 0.5}})}, "web").action
    'drop'
    """
    asked: Exams | None = _asked(policies, kind).get("contamination")
    return asked


def trims(policies: Mapping[str, Policy], kind: str) -> bool:
    """Whether common lines are cut out of kept documents of `kind`; asked like a rule, but none.

    >>> trims({"default": Policy(trim_common=True)}, "news"), trims({}, "news")
    (True, False)
    """
    return bool(_asked(policies, kind).get("trim_common"))


def without(some: tuple[Rule, ...], *names: str) -> tuple[Rule, ...]:
    """`some` rules less those named, for a table that lacks what they ask about.

    >>> without((Rule("duplicate", "duplicate_kept"), Rule("lines", "lines", 1)), "duplicate")
    (Rule(name='lines', column='lines', minimum=1, maximum=None, allowed=None),)
    """
    return tuple(rule for rule in some if rule.name not in names)


def policy_version(some: tuple[Rule, ...]) -> str:
    """A digest of rules, 12 hex digits: the same for the same rules in the same order.

    >>> policy_version(()) == policy_version(()) != policy_version((Rule("lines", "lines", 1),))
    True
    """
    text = json.dumps([asdict(rule) for rule in some], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _asked(policies: Mapping[str, Policy], kind: str) -> dict[str, Any]:
    policy = policies.get(kind) or policies.get(DEFAULT) or Policy()
    preset = presets().presets[policy.preset or presets().of(kind)]
    return _given(preset) | _given(policy)


def _given(policy: Policy) -> dict[str, Any]:
    return {key: getattr(policy, key) for key in policy.model_fields_set if key != "preset"}


def _rule(key: str, value: Range | bool | tuple[str, ...] | None) -> Rule | None:
    name, column = _NAMED.get(key, (key, key))
    if value is None or value is False or (isinstance(value, Exams) and value.action == "flag"):
        return None
    if isinstance(value, Exams) and value.action == "cut":
        column = UNCUT
    if isinstance(value, Range):
        return Rule(name, column, value.min, value.max)
    return Rule(name, column, allowed=value if isinstance(value, tuple) else None)
