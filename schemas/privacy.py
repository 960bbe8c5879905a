"""What is done with personal data: for each kind of finding, in each kind of source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from schemas.located import nearest, wrong
from schemas.policies import Rule
from schemas.tables import FINDING_KINDS

DEFAULT = "default"
"""The key, among treatments, of all kinds of finding that are not named."""

RULES: Mapping[str, tuple[str, ...]] = {
    "name": (
        *("field", "role", "title", "column", "repeat"),
        *("byline", "citation", "mention", "spaced", "whole"),
    ),
    "address": ("chain", "public"),
    "birth_date": ("field", "party", "column", "prose"),
    "email": ("at", "hidden_at", "public"),
    "credit_code": ("gb32100", "sole_trader"),
}
"""The rules that a treatment may name beside the kind, as in `name.byline`."""


class Treatment(BaseModel):
    """What is done with a finding."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    action: Literal["mask", "pseudonymise", "keep", "drop_document"] = Field(
        description="mask: 〔手机号〕; pseudonymise: a stand-in, the same for the same value of a "
        "document; keep: left as it is; drop_document: masked, and the document dropped where "
        "there are too many."
    )
    reason: str | None = Field(
        None, min_length=1, description="Why it is kept: recorded with what is kept."
    )
    above: float | None = Field(
        None,
        ge=0,
        allow_inf_nan=False,
        description="drop_document: findings per 1,000 characters that a document may have.",
    )

    @model_validator(mode="after")
    def _says_all(self) -> Self:
        if self.action == "keep" and self.reason is None:
            raise ValueError("say why it is kept: {action: keep, reason: …}")
        if (self.action == "drop_document") != (self.above is not None):
            raise ValueError(
                "drop_document needs above, in findings per 1,000 characters, and nothing else does"
            )
        return self


MASK = Treatment(action="mask")

_PUBLISHED = frozenset({"web", "news", "books", "classical", "encyclopedia", "law"})
"""Kinds of source that hold what was published: persons named in it are mostly public."""

_MENTIONED = Treatment(
    action="keep", reason="named in published prose, with no sign of a private context"
)
_OF_THE_PUBLISHED: Mapping[str, Treatment] = {
    "name.mention": _MENTIONED,
    "name.spaced": _MENTIONED,
    "name.whole": _MENTIONED,
    "name.byline": Treatment(action="keep", reason="who wrote it is part of what was published"),
    "name.citation": Treatment(action="keep", reason="a cited author is part of the citation"),
    "birth_date.prose": Treatment(action="keep", reason="told in published prose, of no field"),
    "address.public": Treatment(action="keep", reason="where a public body or company sits"),
}
_OF_ALL: Mapping[str, Treatment] = {
    "credit_code.gb32100": Treatment(
        action="keep", reason="identifies a company, not a person (GB 32100)"
    ),
}
"""What is kept unless a corpus says otherwise; everything else is masked."""


def _treatments(value: object) -> object:
    """`value` with what goes for all under `default`, and each word as a treatment."""
    if isinstance(value, str) or (isinstance(value, dict) and "action" in value):
        value = {DEFAULT: value}
    if not isinstance(value, dict):
        return value
    for key in value:
        _check_key(str(key))
    return {k: {"action": v} if isinstance(v, str) else v for k, v in value.items()}


def _check_key(key: str) -> None:
    kind, _, rule = key.partition(".")
    if kind not in FINDING_KINDS and key != DEFAULT:
        raise wrong(f"no such kind of finding; {nearest(kind, FINDING_KINDS)}", key)
    if "." in key and rule not in RULES.get(kind, ()):
        known = RULES.get(kind, ())
        hint = nearest(rule, known) if known else f"write {kind!r}"
        raise wrong(f"no rule of {kind} has this name; {hint}", key)


Treatments = Annotated[
    dict[str, Treatment],
    BeforeValidator(
        _treatments,
        json_schema_input_type=str | Treatment | dict[str, str | Treatment],
    ),
]
"""Kind of finding, or kind and rule (`name.byline`), or `default` -> what is done with it."""


@dataclass(frozen=True)
class Privacy:
    """What is done with each finding in documents of one kind of source.

    Findings whose value is one of `public`, however it is written, are kept whatever their kind.
    """

    treatments: Mapping[str, Treatment]
    public: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        levels: Mapping[str, Mapping[str, Treatment]],
        kind: str,
        public: Iterable[str] = (),
    ) -> "Privacy":
        """For sources of `kind`: what is said of them, over `default`, over what is built in.

        What a level says of a kind of finding goes for all rules of it that the level does not
        name, and its `default` for all it does not name at all.

        >>> privacy = Privacy.of({"web": {"name": Treatment(action="pseudonymise")}}, "web")
        >>> privacy.treatment("name", "mention").action, privacy.treatment("qq", "cue").action
        ('pseudonymise', 'mask')
        """
        built_in = {**_OF_ALL, **(_OF_THE_PUBLISHED if kind in _PUBLISHED else {})}
        treatments: dict[str, Treatment] = {DEFAULT: MASK, **built_in}
        for level in (levels.get(DEFAULT, {}), levels.get(kind, {})):
            if DEFAULT in level:
                treatments = {}
            replaced = {key for key in treatments if key.partition(".")[0] in level}
            treatments = {k: v for k, v in treatments.items() if k not in replaced} | dict(level)
        return cls(treatments, frozenset(public))

    def treatment(self, kind: str, rule: str) -> Treatment:
        """What is done with findings of `kind` that `rule` decided."""
        for key in (f"{kind}.{rule}", kind):
            if key in self.treatments:
                return self.treatments[key]
        return self.treatments[DEFAULT]

    @property
    def kept(self) -> dict[str, Treatment]:
        """What is kept, by `kind`, `kind.rule` or `default`, with the reasons."""
        return {k: v for k, v in self.treatments.items() if v.action == "keep"}

    def settings(self) -> dict[str, object]:
        """What decides how texts are redacted, less the reasons."""
        actions = {key: one.action for key, one in sorted(self.treatments.items())}
        return {"actions": actions, "public": sorted(self.public)}

    @property
    def pseudonymises(self) -> bool:
        """Whether any finding gets a stand-in."""
        return any(one.action == "pseudonymise" for one in self.treatments.values())

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that drop documents with too much personal data."""
        return tuple(
            Rule(density(key), density(key), maximum=above) for key, above in self._above()
        )

    def _above(self) -> Iterator[tuple[str, float]]:
        for key, treatment in self.treatments.items():
            if treatment.above is not None:
                yield key, treatment.above


EVERYTHING_MASKED = Privacy({DEFAULT: MASK})
"""For screens: nothing is shown that was found."""


def density(key: str) -> str:
    """The column, and the rule, that counts findings of `key` per 1,000 characters.

    >>> density("default"), density("name.field")
    ('private_density', 'name_field_density')
    """
    return "private_density" if key == DEFAULT else f"{key.replace('.', '_')}_density"
