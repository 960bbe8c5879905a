"""A manifest: what a mixture is made of and made from, and the digest of every file of it."""

import hashlib
import json
from collections.abc import Iterable, Iterator

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

    `path` is relative to the manifest; `bytes` is the size of the file, `text_bytes` that of
    its texts in UTF-8.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    format: ShardFormat
    rows: int
    bytes: int
    text_bytes: int
    sha256: str


class Component(BaseModel):
    """What one source gave.

    `weight` is its share of the budget, 0 to 1; `wanted`, `available` and `tokens` (those taken)
    are in the recipe's tokens; `epochs` is taken over available; `documents` counts each
    document once, `rows` once an epoch.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    weight: float
    wanted: int
    available: int
    tokens: int
    epochs: float
    documents: int
    rows: int


class Manifest(Ingredients):
    """All there is to know of a mixture. No time of day: the same ingredients, the same bytes."""

    version: str = Field(description="16 hex digits over everything the bytes depend on.")
    recipe: Recipe
    writer: str = Field(description="The library and version that wrote the shards.")
    rows: int
    tokens: int
    components: dict[str, Component]
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


def card(manifest: Manifest) -> str:
    """The dataset card, in Chinese and English: what is in the mixture, and how to read it."""
    m = manifest
    unit = {"characters": "字符 characters", "bytes": "字节 bytes"}[m.recipe.tokenizer]
    return f"""---
configs:
  - config_name: default
    data_files: "{m.version}/*.{m.recipe.formats[0]}"
---

# {m.name}

文渊按配方生成的中文训练语料，个人信息已按隐私设置处理，每一行都可追溯到原始字节。

A training mixture that Wenyuan made from a recipe, with personal data treated as the privacy
settings say. Every row can be traced to the bytes it came from: `wenyuan trace SHARD#ROW`.

| | |
|---|---|
| 版本 version | `{m.version}` |
| 行 rows | {m.rows:,} |
| 词元 tokens ({unit}) | {m.tokens:,} |
| 分片文件 shard files | {len(m.shards):,} ({", ".join(m.recipe.formats)}) |
| 随机种子 seed | {m.recipe.seed} |
| 筛选规则 policies | `{m.policy_version}` |
| 程序 code | `{m.code_version}`, {m.writer} |

## 组成 Composition

| 来源 source | 权重 weight | 词元 tokens | 轮次 epochs | 文档 documents | 行 rows |
|---|--:|--:|--:|--:|--:|
{_lines(_component_cells(m))}

| 语言 language | 行 rows |
|---|--:|
{_lines((name, f"{rows:,}") for name, rows in m.languages.items())}

| 许可 licence | 行 rows |
|---|--:|
{_lines((name, f"{rows:,}") for name, rows in m.licences.items())}

## 字段 Columns

`doc_id` 文档编号 · `text` 正文 · `source` 来源 · `domain` 领域 · `language` 语言 (BCP 47) ·
`quality` 质量 (0–1) · `licence` 许可 · `batch` 批次 · `epoch` 第几轮，自 0 起 repetition, from 0

每个文件的 SHA-256 见 `manifest.json`。The SHA-256 of every file is in `manifest.json`.
"""


def _component_cells(manifest: Manifest) -> Iterator[tuple[str, ...]]:
    for name, part in manifest.components.items():
        counts = (f"{part.documents:,}", f"{part.rows:,}")
        yield name, f"{part.weight:.2%}", f"{part.tokens:,}", f"{part.epochs:.2f}", *counts


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    escaped = ([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in escaped)
