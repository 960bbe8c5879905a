"""The lineage of a mixture as one HTML file that needs nothing else."""

from collections.abc import Iterable, Mapping
from html import escape

from pipelines.lineage.picture import picture
from pipelines.pages import document, table
from schemas.lineage import ComponentLineage, Counts, Lineage

COLUMNS = {
    "read": "读取 read",
    "rejected": "未能读出 rejected",
    "dropped": "淘汰 dropped",
    "undecided": "未决 undecided",
    "kept": "保留 kept",
    "not_chosen": "未选入 not chosen",
    "held_out": "留作验证 held out",
    "documents": "入选文档 documents",
    "rows": "行 rows",
}
TAKEN = {
    "documents": "文档 documents",
    "rows": "行 rows",
    "tokens": "词元 tokens",
    "held_out": "留作验证 held out",
}
OUTDATED = (
    "语料在生成此混合之后已有变化，请运行 wenyuan build。 "
    "The corpus has changed since this mixture was made: run wenyuan build."
)

_STYLE = """
svg { width: 100%; min-width: 800px; height: auto; display: block }
svg text { fill: currentColor; font-size: 13px; paint-order: stroke; stroke: var(--ground);
  stroke-width: 3px; stroke-linejoin: round }
svg .count { fill: var(--faint); font-variant-numeric: tabular-nums }
svg .heading { font-weight: 600 } .flow { fill-opacity: .42 } .flow:hover { fill-opacity: .8 }
""".strip()


def page(lineage: Lineage) -> str:
    """The picture, and below it the same numbers as tables. No script, no network."""
    name = escape(lineage.mixture)
    tokens = f"{lineage.tokens:,} 词元 tokens ({escape(lineage.tokenizer)})"
    outdated = f'<p class="outdated" role="note">{OUTDATED}</p>\n' if lineage.outdated else ""
    body = f"""<h1>混合 {name} 的来历 Lineage of {name}</h1>
<p>语料 corpus {escape(lineage.corpus)} · 版本 version {lineage.version} · {tokens}</p>
{outdated}<div class="wide">
{picture(lineage)}
</div>
<div class="wide">
{_sources(lineage)}
</div>
<div class="wide">
{_components(lineage)}
</div>
{_reasons("未能读出的原因 why records were rejected", "原因 reason", lineage.total.reasons)}
{_reasons("淘汰所依的规则 rules that dropped documents", "规则 rule", lineage.total.rules)}"""
    return document(f"{name} 的来历 · {escape(lineage.corpus)}", _STYLE, body)


def _sources(lineage: Lineage) -> str:
    return table(
        "各来源的记录 records by source",
        ("来源 source", *COLUMNS.values()),
        (_row(one.source, one) for one in lineage.sources),
        _row("合计 all", lineage.total),
    )


def _components(lineage: Lineage) -> str:
    return table(
        "混合的成分 components of the mixture",
        ("成分 component", *TAKEN.values()),
        (_row(one.component, one, TAKEN) for one in lineage.components),
    )


def _row(
    name: str, counts: Counts | ComponentLineage, columns: Iterable[str] = COLUMNS
) -> list[str]:
    return [escape(name), *(f"{getattr(counts, column):,}" for column in columns)]


def _reasons(caption: str, of: str, counts: Mapping[str, int]) -> str:
    if not counts:
        return ""
    rows = ((escape(name), f"{count:,}") for name, count in counts.items())
    return table(caption, (of, "记录 records"), rows)
