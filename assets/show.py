"""What an asset's page shows: counts, schema and small plots; never a word of a document."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg
import polars as pl

from assets.bars import svg
from assets.counts import GRADES, LENGTHS, TENTHS, Counts, by, findings, spread
from quality.dedup import bands_of, s_curve
from quality.weighing import patterns, weights
from schemas.columns import COLUMNS, MIXED
from schemas.corpus import Dedup
from schemas.manifest import Manifest
from schemas.policies import Rule

MOST_BARS, MOST_LETTERS = 12, 22
SHOWN_INLINE = 1_000
"""Characters of Markdown that Dagster still shows in place; beyond, one has to ask for it."""


def show(table: str, rows: pl.LazyFrame, *, rejected: int = 0) -> Mapping[str, Any]:
    """The metadata of one file of `table`; `rejected` records go into the funnel of verdicts."""
    counted = {name: counts(rows) for name, counts in _PLOTS[table].items()}
    if table == "verdicts":
        counted["funnel"] = funnel(rows, rejected)
    plots: dict[str, Any] = {
        name: dg.MetadataValue.md(plot(name, counts)) for name, counts in counted.items()
    }
    columns = [dg.TableColumn(name, str(kind)) for name, kind in rows.collect_schema().items()]
    if table in COLUMNS:
        plots["dagster/column_lineage"] = column_lineage(table)
    return {
        "rows": rows.select(pl.len()).collect().item(),
        "dagster/column_schema": dg.TableSchema(columns=columns),
        **plots,
    }


def show_mixture(manifest: Manifest) -> Mapping[str, Any]:
    """The metadata of a mixture: size, version and composition."""
    shares = {
        f"{name} ×{part.epochs:.2f}": float(part.tokens)
        for name, part in manifest.components.items()
    }
    return {
        "rows": manifest.rows,
        "tokens": manifest.tokens,
        "shards": len(manifest.shards),
        "version": manifest.version,
        "dagster/column_lineage": column_lineage(MIXED),
        "tokens by component (×epochs)": dg.MetadataValue.md(plot("tokens", shares)),
    }


def column_lineage(table: str) -> dg.TableColumnLineage:
    """From which columns of which assets those of `table` come (`schemas.columns`)."""
    deps = {
        column: [dg.TableColumnDep(dg.AssetKey(one.table), one.name) for one in origins]
        for column, origins in COLUMNS[table].items()
    }
    return dg.TableColumnLineage(deps)


def show_rules(measured: pl.LazyFrame, rules: Sequence[Rule]) -> Mapping[str, Any]:
    """The metadata of deciding: how many documents fail each rule, and how many no other."""
    found = weights(patterns(measured, rules), rules)
    counts = {
        "documents that fail a rule": {one.rule: one.failed.documents for one in found},
        "documents that fail it alone": {one.rule: one.alone.documents for one in found},
    }
    return {title: dg.MetadataValue.md(plot(title, _falling(of))) for title, of in counts.items()}


def _falling(counts: Mapping[str, int]) -> dict[str, float]:
    some = ((name, float(count)) for name, count in counts.items() if count)
    return dict(sorted(some, key=lambda one: -one[1]))


def show_bands(dedup: Dedup) -> Mapping[str, Any]:
    """The metadata of comparing: how likely two texts meet, by how alike they are."""
    count, width = bands_of(dedup)
    found = dict(zip(ALIKE, s_curve(count, width, ALIKE) * 100, strict=True))
    title = f"% of pairs that meet in {count} bands of {width}, by similarity"
    curve = plot(title, {f"{alike:g}": percent for alike, percent in found.items()})
    return {title: dg.MetadataValue.md(curve)}


def plot(title: str, counts: Mapping[str, float]) -> str:
    """A horizontal bar chart as inline Markdown; what does not fit is added up under "…".

    >>> plot("language", {"zh-Hans": 3, "yue": 1}).startswith("![language](data:image/svg+xml")
    True
    """
    drawn = (_markdown(title, _bars(counts, most)) for most in range(MOST_BARS, 0, -1))
    return next((one for one in drawn if len(one) < SHOWN_INLINE), _markdown(title, {}))


def _bars(counts: Mapping[str, float], most: int) -> dict[str, float]:
    bars: dict[str, float] = {}
    for name, value in list(counts.items())[:most]:
        shown = name[:MOST_LETTERS]
        bars[shown] = bars.get(shown, 0) + value
    if rest := sum(list(counts.values())[most:]):
        bars["…"] = rest
    return bars


def _markdown(title: str, bars: Mapping[str, float]) -> str:
    return f"![{title}](data:image/svg+xml;base64,{base64.b64encode(svg(bars)).decode()})"


def funnel(verdicts: pl.LazyFrame, rejected: int) -> dict[str, float]:
    """What was read, rejected and kept, and what each rule dropped, in records.

    >>> kept = pl.LazyFrame({"kept": [True, False], "rule": [None, "chars"]})
    >>> funnel(kept, rejected=1)
    {'read': 3.0, 'rejected': 1.0, 'kept': 1.0, 'chars': 1.0}
    """
    dropped = by("rule")(verdicts.filter(~pl.col("kept")))
    kept = float(verdicts.select(pl.col("kept").sum()).collect().item() or 0)
    read = rejected + kept + sum(dropped.values())
    return {"read": read, "rejected": float(rejected), "kept": kept} | dropped


def _alike(*, counted: bool) -> Counts:
    """How alike pairs are whose similarity was `counted`, or not."""

    def counts(rows: pl.LazyFrame) -> dict[str, float]:
        return spread("similarity", NEAR)(rows.filter(pl.col("counted") == counted))

    return counts


def _exams(rows: pl.LazyFrame) -> dict[str, float]:
    """How many hits there are of each benchmark, whatever their share."""
    hits = rows.select(pl.col("hits").explode()).drop_nulls().unnest("hits")
    return by("benchmark")(hits)


def _instead(rows: pl.LazyFrame) -> dict[str, float]:
    """How many documents of a source were dropped for one of a source: "kept → dropped"."""
    names = (_source(name).alias(name) for name in ("twin_batch", "batch"))
    dropped = rows.filter(~pl.col("kept")).select(*names)
    pair = pl.concat_str("twin_batch", "batch", separator=" → ")
    return by("pair")(dropped.select(pair.alias("pair")))


def _source(batch: str) -> pl.Expr:
    """The source of a batch, cut so that two of them are a label."""
    name = pl.col(batch).str.replace(r"-\d+$", "")
    long = name.str.len_chars() > MOST_LETTERS // 2 - 2
    return pl.when(long).then(name.str.head(MOST_LETTERS // 2 - 3) + "…").otherwise(name)


NEAR = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]
ALIKE = [0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9, 1.0]
RATIOS = [0.01, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9]
COUNTS = [2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1_000.0]
PERPLEXITIES = [20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 5_000.0]
SIZES = [2.0, 3.0, 5.0, 10.0, 100.0, 1_000.0]

_PLOTS: Mapping[str, Mapping[str, Counts]] = {
    "documents": {"media types": by("media_type"), "extractors": by("extractor")},
    "rejects": {"reasons": by("stage", "reason")},
    "language": {"languages": by("language")},
    "signals": {"characters": spread("chars", LENGTHS), "prose": spread("prose_ratio", TENTHS)},
    "scores": {
        "education": spread("education", GRADES),
        "industries": by("industry"),
        "volatility": spread("volatility", TENTHS),
        "spam": spread("spam", TENTHS),
        "toxicity": spread("toxicity", TENTHS),
        "perplexity": spread("perplexity", PERPLEXITIES),
    },
    "privacy": {
        "findings": findings("kind"),
        "findings by rule": findings("kind", "rule"),
        "sensitive by standard": findings("sensitive"),
        "documents by findings": spread("findings", COUNTS),
    },
    "signatures": {"folded characters": spread("folded_chars", LENGTHS)},
    "lines": {"lines": spread("hashes", COUNTS)},
    "contamination": {
        "share of an exam item": spread("share", TENTHS),
        "hits by exam": _exams,
    },
    "pairs": {
        "counted similarity": _alike(counted=True),
        "estimated similarity": _alike(counted=False),
    },
    "duplicates": {
        "documents by cluster size": spread("cluster_size", SIZES),
        "similarity to the one kept": spread("similarity", NEAR),
        "source kept → source dropped": _instead,
    },
    "boilerplate": {"share of common lines": spread("common_ratio", RATIOS)},
    "verdicts": {},
    "corpus": {"languages": by("language"), "quality": spread("quality", TENTHS)},
    "inventory": {"industries": by("industry"), "kinds of source": by("kind")},
}
