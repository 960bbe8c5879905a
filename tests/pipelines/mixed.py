"""A small corpus to pack, and what a packed folder holds."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import polars as pl

from pipelines.shards import load, pack
from quality.inventory import inventory
from quality.mixing import Mixture, Selection, choose, members, names
from quality.tokens import BUNDLED, bundled
from schemas.card import Fate
from schemas.manifest import Ingredients, Manifest
from schemas.recipes import Recipe
from schemas.tables import AI_LABEL, CORPUS, TIME

MADE_FROM = Ingredients(
    name="services_l2", inputs=("sha256:b", "sha256:a"), code_version="1", policy_version="p1"
)
FUNNEL = {"crawl": Fate(30, 1, 9, 20), "statutes": Fate(40, 0, 0, 40)}
RECIPE = Recipe.model_validate(
    {
        "components": {"crawl": 0.6, "statutes": 0.4},
        "tokenizer": "characters",
        "max_epochs": 3,
        "formats": ["parquet", "arrow"],
        "shard_bytes": 2000,
    }
)


def corpus(documents: int = 60) -> pl.DataFrame:
    """Kept documents of two sources, with every kind of character and every null there may be."""
    return pl.DataFrame(
        {
            "doc_id": [hashlib.md5(str(i).encode()).hexdigest() for i in range(documents)],
            "text": [f"第{i}号𠮷卷，" * (i % 17) for i in range(documents)],
            "source": ["statutes" if i % 3 else "crawl" for i in range(documents)],
            "domain": ["law" if i % 3 else "web" for i in range(documents)],
            "language": [("zh-Hans", "zh-Hant", "yue", None)[i % 4] for i in range(documents)],
            "quality": [None if i % 5 == 0 else i / documents for i in range(documents)],
            "licence": [("unknown", "public-domain", None)[i % 3] for i in range(documents)],
            "batch": ["b1"] * documents,
        },
        schema=CORPUS,
    )


def build(
    folder: Path, rows: pl.DataFrame, recipe: Recipe = RECIPE, made_from: Ingredients = MADE_FROM
) -> Manifest:
    return pack(mixture(rows.lazy(), recipe), folder, made_from, FUNNEL)


def mixture(rows: pl.LazyFrame, recipe: Recipe) -> Mixture:
    """What `recipe` makes of `rows`."""
    return Mixture("services_l2", recipe, rows, selection(rows, recipe))


def selection(rows: pl.LazyFrame, recipe: Recipe) -> Selection:
    """What `recipe` chooses of `rows`, each document a family and cluster of its own."""
    beside = rows.with_columns(
        published_at=pl.lit(None, TIME),
        ai_label=pl.lit(None, AI_LABEL),
        industry=pl.lit("other"),
        volatility=pl.lit(0.0),
        cluster_size=pl.lit(1),
        family="doc_id",
    )
    found = sorted(rows.select("source").unique().collect().to_series())
    named = [recipe.tokenizer] if recipe.tokenizer == BUNDLED else []
    listed = inventory(beside, [bundled() for _ in named])
    taken = members(listed, recipe, found, named)
    return choose(taken, names(recipe, found), recipe)


def contents(folder: Path) -> dict[str, str]:
    """Every file under `folder` and the digest of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def table(folder: Path, form: str = "parquet") -> pl.DataFrame:
    """The whole mixture in its order."""
    read: Callable[[Path], pl.DataFrame] = pl.read_parquet if form == "parquet" else pl.read_ipc
    return pl.concat(read(folder / one.path) for one in load(folder).shards if one.format == form)
