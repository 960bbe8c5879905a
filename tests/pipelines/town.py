"""The small corpus, and builds of it in milliseconds.

The steps are replaced by quick ones that keep lines and compare them, so that only the planning
is on trial; what they return goes into a real lake by the real way.
"""

from collections import Counter
from collections.abc import Callable
from hashlib import md5
from pathlib import Path
from typing import Any, cast

import dagster as dg
import polars as pl

from pipelines.batching import assign, placed
from pipelines.build import to_do
from pipelines.graph import STAGES, asset_specs
from pipelines.io import LakeIOManager
from pipelines.lake import TABLES, Lake
from pipelines.memory import LakeMemory
from pipelines.plan import Plan
from quality.mixing import Mixture
from schemas.corpus import Corpus, load_corpus
from tests.pipelines import small
from tests.pipelines.light import Context
from tests.pipelines.mixed import selection

READ = ["documents", "rejects"]
MEASURED = ["language", "signals", "scores", "privacy", "signatures", "lines", "contamination"]
ANNOTATED = [*READ, *MEASURED]
COMPARED = {"compare 1-of-1": ["pairs"]}
CLUSTERED = {"deduplicate duplicates, boilerplate": ["duplicates", "boilerplate"]}
DECIDED = ["verdicts", "corpus", "inventory"]
MIXED = {f"mix mixture_{name}": [f"mixture_{name}"] for name in small.SETTINGS["mixtures"]}
EVERYTHING = (
    {f"annotate {batch}": ANNOTATED for batch in small.BATCHES}
    | COMPARED
    | CLUSTERED
    | {f"decide {batch}": DECIDED for batch in small.BATCHES}
    | MIXED
)


def table(name: str, ids: list[str], **columns: Any) -> pl.LazyFrame:
    """Rows of a table: these columns, and nothing in the others."""
    given = {"doc_id": ids, **columns}
    return pl.DataFrame(
        {column: given.get(column, [None] * len(ids)) for column in TABLES[name]},
        schema=TABLES[name],
    ).lazy()


class Steps:
    """Quick stand-ins for the assets: a document is a line, its id the digest of the line."""

    def __init__(self, corpus: Corpus, lake: Lake) -> None:
        self.corpus, self.lake = corpus, lake
        self.batches = Plan(corpus, lake, asset_specs(corpus)).batches

    def lines(self, batch: str) -> list[str]:
        return list(self.lake.scan("documents", [batch]).collect()["text"])

    def ids(self, batch: str) -> list[str]:
        return list(self.lake.scan("documents", [batch]).collect()["doc_id"])

    def documents(self, batch: str) -> pl.LazyFrame:
        files = placed(self.corpus, self.batches[batch]).files
        texts = [Path(file.path).read_text() for file in files]
        lines = [line for text in texts for line in text.splitlines()]
        return table("documents", [md5(line.encode()).hexdigest() for line in lines], text=lines)

    def rejects(self, batch: str) -> pl.LazyFrame:
        return pl.LazyFrame(schema=TABLES["rejects"])

    def pairs(self) -> pl.DataFrame:
        """A pair of itself for each line that is there more than once."""
        counts = Counter(one for batch in self.batches for one in self.ids(batch))
        several = sorted(int(one[:15], 16) for one, count in counts.items() if count > 1)
        rows = {"left": several, "right": several, "similarity": 1.0, "counted": True}
        return pl.DataFrame(rows, schema=TABLES["pairs"])

    def boilerplate(self) -> pl.DataFrame:
        parts = [
            table("boilerplate", self.ids(batch), batch=[batch] * len(self.ids(batch)))
            for batch in self.batches
        ]
        return pl.concat(parts).collect()

    def duplicates(self) -> pl.DataFrame:
        first: dict[str, str] = {}
        rows: dict[str, list[Any]] = {"doc_id": [], "batch": [], "kept": [], "twin": []}
        for batch in self.batches:
            for one in self.ids(batch):
                twin = first.setdefault(one, batch)
                values = (one, batch, twin == batch, None if twin == batch else twin)
                for column, value in zip(rows, values, strict=True):
                    rows[column].append(value)
        return table("duplicates", rows.pop("doc_id"), **rows).collect()

    def verdicts(self, batch: str) -> pl.LazyFrame:
        policy = self.corpus.policies.get(self.corpus.sources[self.batches[batch].source].kind)
        asked = getattr(policy, "chars", None)
        least = asked.min or 0 if asked else 0
        unique = self.lake.scan("duplicates", [batch]).collect()["kept"]
        long = [len(line) >= least for line in self.lines(batch)]
        kept = [a and b for a, b in zip(unique, long, strict=True)]
        return table(
            "verdicts", self.ids(batch), kept=kept, policy_version=[str(least)] * len(kept)
        )

    def corpus_(self, batch: str) -> pl.LazyFrame:
        kind = self.corpus.sources[self.batches[batch].source].kind
        action = self.corpus.treatments(kind).treatment("mobile", "plan").action
        lines = [line.replace(small.MOBILE, action) for line in self.lines(batch)]
        names = [self.batches[batch].source] * len(lines)
        kept = self.lake.scan("verdicts", [batch]).collect()["kept"]
        rows = table("corpus", self.ids(batch), text=lines, source=names).collect()
        return rows.filter(kept).lazy()

    def mixture(self, name: str) -> Mixture:
        recipe = self.corpus.mixtures[name]
        rows = self.lake.scan("corpus", self.batches)
        return Mixture(name, recipe, rows, selection(rows, recipe))

    def inventory(self, batch: str) -> pl.LazyFrame:
        return table("inventory", self.lake.scan("corpus", [batch]).collect()["doc_id"].to_list())

    def make(self, asset: str, partition: str | None) -> Any:
        if asset.startswith("mixture_"):
            return self.mixture(asset.removeprefix("mixture_"))
        if asset in MEASURED:
            return table(asset, self.ids(partition or ""))
        step: Callable[..., Any] = getattr(self, {"corpus": "corpus_"}.get(asset, asset))
        return step(partition) if partition in self.batches else step()


class Town:
    """The small corpus, and builds of it in milliseconds."""

    def __init__(self, path: Path) -> None:
        self.path, self.folder = path, path.parent
        self.versions: dict[str, str] = {}

    def plan(self) -> Plan:
        corpus = load_corpus(self.path)
        return Plan(corpus, Lake(corpus.home), self.specs(corpus))

    def specs(self, corpus: Corpus) -> list[dg.AssetSpec]:
        return [
            spec.replace_attributes(
                code_version=self.versions.get(spec.key.path[-1], spec.code_version)
            )
            for spec in asset_specs(corpus)
        ]

    def memory(self) -> LakeMemory:
        corpus = load_corpus(self.path)
        return LakeMemory(corpus, Lake(corpus.home), self.specs(corpus))

    def build(self, only: str | None = None) -> dict[str, list[str]]:
        """Do what a build does, or one phase of it; what was made, by phase and batch."""
        corpus = load_corpus(self.path)
        lake = Lake(corpus.home)
        assign(corpus, lake)
        steps, specs = Steps(corpus, lake), self.specs(corpus)
        keeper = LakeIOManager(corpus, lake, specs)
        done = {}
        for stage in [only] if only else STAGES:
            for task in to_do(Plan(corpus, lake, specs), stage):
                for asset in task.assets:
                    context = cast("dg.OutputContext", Context(dg.AssetKey(asset), task.partition))
                    keeper.handle_output(context, steps.make(asset, task.partition))
                done[f"{stage} {task.label}"] = list(task.assets)
        return done
