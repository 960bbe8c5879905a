"""corpus.yaml: one file that describes a corpus."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationInfo,
    model_validator,
)

from schemas.amounts import Amount
from schemas.located import load, nearest, wrong
from schemas.policies import Name, Policy
from schemas.privacy import Privacy, Treatments
from schemas.recipes import Recipe
from schemas.scorers import TAKEN, Scorer
from schemas.scores import SCORE_UNITS
from schemas.sources import Source
from schemas.tables import PERMUTATIONS
from schemas.terms import Terms

Similarity = Annotated[float, Field(gt=0, lt=1)]


class Frozen(BaseModel):
    """A part of corpus.yaml: it cannot change, and a wrong key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


TEMPLATED: Mapping[str, float] = {"law": 0.9}
"""Kinds of source whose documents are filled-in templates, and the least threshold they have by
default. Measured: of 6,292 Taiwanese statutes 379 fall at .7 to a twin that is not their equal,
most of them the rules of a sister agency; at .9 90 do, the same but for a name or year and a few
words. Of 3,074 from the mainland 47 and 23, the 23 all but one revisions of their twin."""


class Dedup(Frozen):
    """How alike two documents must be to count as one."""

    threshold: float = Field(
        0.7, gt=0, lt=1, description="Jaccard similarity of folded character 5-grams."
    )
    thresholds: dict[Name, Similarity] = Field(
        {}, description="Kind of source -> its own threshold; law has 0.9 if nothing is said."
    )
    bands: int | None = Field(
        None, gt=0, description="Bands of a signature; chosen for the threshold if null."
    )
    rows: int | None = Field(
        None, gt=0, description="Minima in a band; chosen for the threshold if null."
    )
    shares: int = Field(
        1, gt=0, le=PERMUTATIONS, description="Runs the comparing is shared among, on a cluster."
    )
    common: int = Field(
        50, gt=1, description="How many kept documents must hold a line for it to be common."
    )

    def of(self, kind: str) -> float:
        """The threshold of documents from sources of this kind.

        >>> dedup = Dedup(thresholds={"forms": 0.95})
        >>> dedup.of("forms"), dedup.of("law"), dedup.of("web")
        (0.95, 0.9, 0.7)
        """
        return self.thresholds.get(kind, max(self.threshold, TEMPLATED.get(kind, 0)))

    @property
    def lowest(self) -> float:
        """The lowest threshold of any kind: that which signatures are cut into bands for."""
        return min([self.threshold, *self.thresholds.values()])

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.bands is None) != (self.rows is None):
            raise ValueError("bands and rows are given together, or neither")
        if self.bands and self.rows and self.bands * self.rows > PERMUTATIONS:
            raise ValueError(
                f"{self.bands} bands of {self.rows} rows need {self.bands * self.rows} minima; "
                f"a signature has {PERMUTATIONS}"
            )
        return self


class Standing(NamedTuple):
    """How a source's documents stand among their twins.

    Of two, the one of lower `priority` is kept, the place of its source in corpus.yaml; the other
    is dropped if it is as similar as its own `threshold` asks.
    """

    priority: int
    threshold: float


class Contamination(Frozen):
    """Exams that must stay out of the training data."""

    benchmarks: dict[str, str] = Field(
        {},
        description="Name -> file of exam items (JSON, JSONL, CSV, Parquet) or a folder of them, "
        "relative to corpus.yaml.",
    )
    allow: tuple[str, ...] = Field(
        (),
        description="Text files, or folders of them, of what everybody may quote (statutes, "
        "idioms, poems): what an item shares with them does not count.",
    )


class Language(Frozen):
    """How the language of a document is told."""

    model: str | None = Field(
        None,
        description="A fastText model of languages (lid.176, GlotLID, OpenLID; .bin or .ftz), "
        "relative to corpus.yaml; the bundled one if null.",
    )


class Storage(Frozen):
    """Where Dagster keeps its runs and events."""

    postgres_url_env: str | None = Field(
        None, description="The variable that holds a PostgreSQL URL; SQLite in the home if null."
    )


def _recipe_of_file(value: object, info: ValidationInfo) -> object:
    """What the file says, where a recipe is given as the path of one."""
    if not isinstance(value, str):
        return value
    return load(Path(absolute(value, Path((info.context or {}).get("folder", ".")))), Recipe)


RecipeOrFile = Annotated[
    Recipe, BeforeValidator(_recipe_of_file, json_schema_input_type=Recipe | str)
]


class Corpus(Frozen):
    """One corpus: what goes in, what is decided, what comes out."""

    name: Name
    home: str = Field("./corpus", description="The lake: a folder, relative to corpus.yaml.")
    sources: dict[Name, Source] = Field(min_length=1)
    policies: dict[Name, Policy] = Field(
        {}, description="Kind of source (or 'default') -> thresholds, over that kind's preset."
    )
    dedup: Dedup = Dedup()
    privacy: dict[Name, Treatments] = Field(
        {},
        description="Kind of source (or 'default') -> what is done with personal data: one action, "
        "or one for each kind of finding (mobile) or each rule of a kind (name.byline).",
    )
    public_values: tuple[str, ...] = Field(
        (),
        description="Numbers, mailboxes and names that are public, and stay wherever they are "
        "found: a hotline, the mayor.",
    )
    contamination: Contamination = Contamination()
    language: Language = Language()
    scorers: dict[Name, Scorer] = Field(
        {},
        description="Name -> a model of your own. Under the name of a bundled score (education, "
        "spam, toxicity, perplexity, volatility) it takes its place; else it is a score beside "
        "them, which policies ask for under `own`.",
    )
    mixtures: dict[Name, RecipeOrFile] = Field(
        min_length=1, description="Name -> recipe, or the YAML file it is in."
    )
    acceptance: Terms = Field(
        Terms(), description="What is agreed with every supplier, where a source says nothing else."
    )
    batch_bytes: Amount = Field(2**30, description="About how many raw bytes make a batch.")
    executor: Literal["local", "ray"] = Field("local", description="Where steps run.")
    concurrency: int | None = Field(None, gt=0, description="Batches at once; one a core if null.")
    schedule: str = Field("0 2 * * *", description="When the scheduled build starts (cron).")
    storage: Storage = Storage()

    _folder: str = PrivateAttr("")

    @property
    def folder(self) -> str:
        """Where corpus.yaml lies. Paths in the tables are relative to it, so it can move."""
        return self._folder

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        kinds = {source.kind for source in self.sources.values()} | {"default"}
        _known(self.policies, kinds, "no source is of this kind", "policies")
        _known(self.dedup.thresholds, kinds, "no source is of this kind", "dedup", "thresholds")
        _known(self.privacy, kinds, "no source is of this kind", "privacy")
        for kind, policy in self.policies.items():
            own, where = policy.own or {}, ("policies", kind, "own")
            for name in own.keys() & SCORE_UNITS.keys():
                raise wrong("a bundled score is asked for by its name, not under own", *where, name)
            _known(own, self.own, "no scorer has this name", *where)
        for name in TAKEN.intersection(self.scorers):
            raise wrong("a scorer cannot have this name: another column has it", "scorers", name)
        for name, recipe in self.mixtures.items():
            for component, why in self.unfit(recipe):
                raise wrong(why, "mixtures", name, "components", component)
        return self

    def unfit(self, recipe: Recipe) -> Iterator[tuple[str, str]]:
        """The components that name a source which is not there, or barred, and what is wrong."""
        for component, source in recipe.sources_named():
            if source not in self.sources:
                hint = nearest(source, self.sources)
                yield component, f"no source has this name; {hint}"
            elif why := self.barred(source, recipe):
                yield component, f"{source}: {why}"

    def barred(self, source: str, recipe: Recipe) -> str | None:
        """Why a mixture of `recipe` may not hold the source; null if it may."""
        of = self.sources[source]
        if of.tenant is not None and of.tenant != recipe.tenant:
            return f"it is {of.tenant}'s, and the mixture is not (tenant: {of.tenant})"
        if recipe.release == "open" and of.confidential:
            return "it is confidential, and the mixture is for an open release"
        if recipe.allowed_licences is not None and of.licence not in recipe.allowed_licences:
            return f"its licence is {of.licence}, which the mixture does not allow"
        return None

    def sources_for(self, recipe: Recipe) -> list[str]:
        """The sources that a mixture of `recipe` may hold, by whose they are and their licence."""
        return [name for name in self.sources if self.barred(name, recipe) is None]

    @property
    def own(self) -> list[str]:
        """The scorers that take no bundled score's place, in order of their names."""
        return sorted(set(self.scorers) - set(SCORE_UNITS))

    @property
    def tokenizers(self) -> list[str]:
        """The tokenizers that recipes name and that have to be run, in order of their names."""
        named = {recipe.tokenizer for recipe in self.mixtures.values()}
        return sorted(named - {"characters", "bytes"})

    def treatments(self, kind: str) -> Privacy:
        """What is done with personal data in documents of sources of this kind."""
        return Privacy.of(self.privacy, kind, self.public_values)

    def terms(self, source: str) -> Terms:
        """What was agreed with the supplier of this source."""
        return self.sources[source].acceptance.over(self.acceptance)

    def standings(self) -> dict[str, Standing]:
        """How documents of each source stand among their twins."""
        return {
            name: Standing(place, self.dedup.of(source.kind))
            for place, (name, source) in enumerate(self.sources.items())
        }


def _known(names: Iterable[str], known: Iterable[str], what: str, *where: str) -> None:
    for name in names:
        if name not in known:
            raise wrong(f"{what}; {nearest(name, known)}", *where, name)


def load_corpus(path: str | Path) -> Corpus:
    """The corpus that the file `path` describes, its paths made absolute.

    Raises:
        ConfigError: as `schemas.located.load` says.
    """
    file = Path(path).resolve()
    corpus = load(file, Corpus)
    base = file.parent

    def source(of: Source) -> Source:
        paths = (of.path,) if isinstance(of.path, str) else of.path
        placed = tuple(absolute(one, base) for one in paths) if paths else None
        url = of.url and re.sub(r"^(sqlite:///)(?!/)", rf"\g<1>{base}/", of.url)
        return of.model_copy(update={"path": placed, "url": url})

    corpus._folder = str(base)
    model = corpus.language.model
    exams = corpus.contamination
    return corpus.model_copy(
        update={
            "home": absolute(corpus.home, base),
            "sources": {name: source(of) for name, of in corpus.sources.items()},
            "contamination": Contamination(
                benchmarks={name: absolute(file, base) for name, file in exams.benchmarks.items()},
                allow=tuple(absolute(file, base) for file in exams.allow),
            ),
            "scorers": {name: _placed(of, base) for name, of in corpus.scorers.items()},
            "language": Language(model=model and absolute(model, base)),
        }
    )


def _placed(scorer: Scorer, base: Path) -> Scorer:
    tokenizer = scorer.tokenizer and absolute(scorer.tokenizer, base)
    return scorer.model_copy(update={"model": absolute(scorer.model, base), "tokenizer": tokenizer})


def relative(path: str, base: Path) -> str:
    """`path` as told from the folder `base` where it lies below it; else as it is.

    >>> relative("/data/raw/a.txt", Path("/data")), relative("/other/a.txt", Path("/data"))
    ('raw/a.txt', '/other/a.txt')
    """
    return path.removeprefix(f"{base}/")


def absolute(path: str, base: Path) -> str:
    """`path` seen from the folder `base`; a URL stays as it is.

    >>> absolute("raw/*.txt", Path("/data")), absolute("s3://bucket/raw", Path("/data"))
    ('/data/raw/*.txt', 's3://bucket/raw')
    """
    return path if "://" in path else str(base / path)


def json_schema() -> str:
    """The JSON schema of corpus.yaml.

    >>> json.loads(json_schema())["required"]
    ['name', 'sources', 'mixtures']
    """
    described = Corpus.model_json_schema()
    described["title"] = "corpus.yaml"
    return json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
