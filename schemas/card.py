"""The dataset card of a mixture, in Chinese and English: what is in it, and how to read it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from schemas.manifest import Manifest
from schemas.recipes import SAFE_EPOCHS

_COMPONENT = (
    *("成分 component", "权重 weight", "词元 tokens", "轮次 epochs"),
    *("文档 documents", "行 rows", "留出 held out"),
)
FUNNEL, COMPOSITION = "funnel.svg", "composition.svg"

UNITS = {"characters": "字符 characters", "bytes": "字节 bytes", "bpe": "自带 BPE bundled BPE"}


class Fate(NamedTuple):
    """What became of a source's records: `read` = `rejected` + `dropped` + `kept`."""

    read: int
    rejected: int
    dropped: int
    kept: int


Funnel = Mapping[str, Fate]
"""By source, in the order of corpus.yaml."""


def card(manifest: Manifest, funnel: Funnel) -> str:
    """The card as Markdown, with the front matter that Hugging Face reads splits from.

    It shows the pictures `FUNNEL` and `COMPOSITION` that lie beside it.
    """
    m = manifest
    unit = UNITS.get(m.recipe.tokenizer, m.recipe.tokenizer)
    return f"""---
language: [{", ".join(_languages(m))}]
configs:
  - config_name: default
    data_files:
{_splits(m)}
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
| 发布范围 release | {_release(m)} |
| 筛选规则 policies | `{m.policy_version}` |
| 程序 code | `{m.code_version}`, {m.writer} |

## 漏斗 Funnel

| 来源 source | 读入 read | 未能读出 rejected | 淘汰 dropped | 保留 kept |
|---|--:|--:|--:|--:|
{_lines((name, *(f"{count:,}" for count in fate)) for name, fate in funnel.items())}

![从记录到语料 from records to the corpus]({FUNNEL})

## 组成 Composition

![各成分的词元 tokens by component]({COMPOSITION})

| 部分 part | 词元 tokens | 行 rows | 分片 shards |
|---|--:|--:|--:|
{_lines(_part_cells(m))}

{_lines([_COMPONENT])}
|---|--:|--:|--:|--:|--:|--:|
{_lines(_component_cells(m))}
{_warnings(m)}
| 语言 language | 行 rows |
|---|--:|
{_lines((name, f"{rows:,}") for name, rows in m.languages.items())}

| 许可 licence | 行 rows |
|---|--:|
{_lines((name, f"{rows:,}") for name, rows in m.licences.items())}

## 字段 Columns

`doc_id` 文档编号 · `text` 正文 · `source` 来源 · `domain` 来源类别 kind of source · `language` 语言
(BCP 47) · `quality` 质量 (0–1) · `licence` 许可 · `component` 配方成分 · `epoch` 第几轮，自 0 起
repetition, from 0

每个文件的 SHA-256 见 `manifest.json`。The SHA-256 of every file is in `manifest.json`.
"""


def _languages(manifest: Manifest) -> list[str]:
    """The languages as Hugging Face lists them: without script, each once."""
    return list(dict.fromkeys(name.partition("-")[0] for name in manifest.languages))


def _splits(manifest: Manifest) -> str:
    form = manifest.recipe.formats[0]
    return "\n".join(
        f'      - split: {name}\n        path: "{manifest.version}/{name}/*.{form}"'
        for name, part in manifest.parts.items()
        if part.rows
    )


def _release(manifest: Manifest) -> str:
    recipe = manifest.recipe
    word = {"open": "可公开 open", "internal": "内部 internal"}[recipe.release]
    return word + (f", {recipe.tenant}" if recipe.tenant else "")


def _part_cells(manifest: Manifest) -> Iterator[tuple[str, ...]]:
    for name, part in manifest.parts.items():
        yield name, f"{part.tokens:,}", f"{part.rows:,}", f"{part.shards:,}"


def _component_cells(manifest: Manifest) -> Iterator[tuple[str, ...]]:
    for name, part in manifest.components.items():
        counts = (part.documents, part.rows, part.held_out_documents)
        shown = (f"{count:,}" for count in counts)
        yield name, f"{part.weight:.2%}", f"{part.tokens:,}", f"{part.epochs:.2f}", *shown


def _warnings(manifest: Manifest) -> str:
    """A line for what is repeated so often that it may do harm."""
    often = [k for k, part in manifest.components.items() if part.epochs > SAFE_EPOCHS]
    if not often:
        return ""
    return f"\n超过 {SAFE_EPOCHS} 轮 repeated over {SAFE_EPOCHS} times: {', '.join(often)}\n"


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    escaped = ([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in escaped)
