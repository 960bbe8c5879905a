"""The lineage of a mixture as one HTML file that needs nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from pipelines.lineage.picture import picture
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
:root { color-scheme: light dark;
  --ground: #fff; --ink: #1d2129; --faint: #5d6675; --line: #d8dce3 }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14171c; --ink: #e8eaee; --faint: #a3abb8; --line: #363c47 } }
body { margin: 2rem auto; max-width: 1280px; padding: 0 1rem; background: var(--ground);
  color: var(--ink); font: 15px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC",
  "Microsoft YaHei", sans-serif }
h1 { font-size: 1.4rem; margin: 0 } p { color: var(--faint); margin: .3rem 0 1.2rem }
.outdated { color: inherit; border-left: 4px solid #d9822b; padding-left: .8rem }
.wide { overflow-x: auto } svg { width: 100%; min-width: 800px; height: auto; display: block }
svg text { fill: currentColor; font-size: 13px; paint-order: stroke; stroke: var(--ground);
  stroke-width: 3px; stroke-linejoin: round }
svg .count { fill: var(--faint); font-variant-numeric: tabular-nums }
svg .heading { font-weight: 600 } .flow { fill-opacity: .42 } .flow:hover { fill-opacity: .8 }
table { border-collapse: collapse; margin: 1.5rem 0; font-variant-numeric: tabular-nums }
caption { text-align: start; white-space: nowrap; font-weight: 600; padding-bottom: .4rem }
th, td { padding: .25rem .7rem; text-align: end; border-bottom: 1px solid var(--line) }
thead th { color: var(--faint); font-weight: 500; vertical-align: bottom }
th[scope=row], thead th:first-child { text-align: start; font-weight: 500 }
tfoot th, tfoot td { font-weight: 600; border-bottom: 0; border-top: 2px solid var(--line) }
""".strip()


def page(lineage: Lineage) -> str:
    """The picture, and below it the same numbers as tables. No script, no network."""
    name = escape(lineage.mixture)
    tokens = f"{lineage.tokens:,} 词元 tokens ({escape(lineage.tokenizer)})"
    outdated = f'<p class="outdated" role="note">{OUTDATED}</p>\n' if lineage.outdated else ""
    return f"""<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name} 的来历 · {escape(lineage.corpus)}</title>
<style>
{_STYLE}
</style>
</head>
<body>
<main>
<h1>混合 {name} 的来历 Lineage of {name}</h1>
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
{_reasons("淘汰所依的规则 rules that dropped documents", "规则 rule", lineage.total.rules)}
</main>
</body>
</html>
"""


def _sources(lineage: Lineage) -> str:
    head = "".join(f'<th scope="col">{shown}</th>' for shown in ("来源 source", *COLUMNS.values()))
    body = "\n".join(_row(one.source, one) for one in lineage.sources)
    return (
        "<table>\n<caption>各来源的记录 records by source</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n"
        f"<tfoot>\n{_row('合计 all', lineage.total)}\n</tfoot>\n</table>"
    )


def _components(lineage: Lineage) -> str:
    head = "".join(f'<th scope="col">{shown}</th>' for shown in ("成分 component", *TAKEN.values()))
    body = "\n".join(_row(one.component, one, TAKEN) for one in lineage.components)
    return (
        "<table>\n<caption>混合的成分 components of the mixture</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


def _row(name: str, counts: Counts | ComponentLineage, columns: Iterable[str] = COLUMNS) -> str:
    cells = "".join(f"<td>{getattr(counts, column):,}</td>" for column in columns)
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


def _reasons(caption: str, of: str, counts: Mapping[str, int]) -> str:
    if not counts:
        return ""
    return "\n".join(_lines(caption, of, counts.items()))


def _lines(caption: str, of: str, counts: Iterable[tuple[str, int]]) -> Iterator[str]:
    yield f"<table>\n<caption>{caption}</caption>"
    yield f'<thead><tr><th scope="col">{of}</th><th scope="col">记录 records</th></tr></thead>'
    yield "<tbody>"
    for name, count in counts:
        yield f'<tr><th scope="row">{escape(name)}</th><td>{count:,}</td></tr>'
    yield "</tbody>\n</table>"
