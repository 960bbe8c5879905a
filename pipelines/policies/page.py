"""The report on rules as one HTML file that opens without anything else."""

from html import escape

from pipelines.pages import document, table
from schemas.weighing import PolicyReport, RuleWeight, SourceWeights

_STYLE = """
body { max-width: 72rem }
h2 { font-size: 1.05rem; margin: 1.6rem 0 .2rem; border-top: 1px solid var(--line);
  padding-top: 1.2rem }
table { margin: .6rem 0 1rem }
th[scope=row], td { vertical-align: top }
.rules :is(td, th):last-child { text-align: start; max-width: 22rem }
.bar { display: block; width: 9rem; height: .7rem; margin-top: .3rem; border-radius: .15rem;
  background: color-mix(in srgb, #4f78c9 25%, transparent) }
.bar i { display: block; height: 100%; border-radius: .15rem; background: #4f78c9 }
""".strip()

OTHERS = 4
"""Other rules that are named beside each."""


def page(report: PolicyReport) -> str:
    """Every source and what each of its rules drops. No text of a document, no script."""
    name = escape(report.corpus)
    left_out = (
        f"<p>{report.unmeasured} 个批次尚未测完，未计入。Batches not measured yet, left out.</p>"
        if report.unmeasured
        else ""
    )
    body = f"""<h1>规则 Rules: {name}</h1>
<p>按 corpus.yaml 现在的门槛。“独因此条”指去掉这一条就会保留。
By the thresholds corpus.yaml has now. What a rule drops alone would be kept without it.</p>
{left_out}{"".join(map(_source, report.sources))}"""
    return document(f"规则 {name}", _STYLE, body)


def _source(one: SourceWeights) -> str:
    share = one.kept.documents / max(1, one.read.documents)
    told = (
        f"类别 kind {escape(one.kind)} · 保留 kept {one.kept.documents:,} / "
        f"{one.read.documents:,} ({share:.1%}) · {one.kept.characters:,} / "
        f"{one.read.characters:,} 字 characters"
    )
    heads = (
        *("规则 rule", "要求 asked", "不合 failed", "独因此条 alone", "独弃字数 characters"),
        *("深色为独因此条 dark: alone", "同时不合 fails with"),
    )
    rows = [_row(rule, one.read.documents) for rule in one.rules if rule.failed.documents]
    shown = f'<div class="wide rules">{table("", heads, rows)}</div>' if rows else ""
    return f"<section>\n<h2>{escape(one.source)}</h2>\n<p>{told}</p>\n{shown}\n</section>\n"


def _row(rule: RuleWeight, read: int) -> tuple[str, ...]:
    wide = 100 * rule.failed.documents / max(1, read)
    dark = 100 * rule.alone.documents / max(1, rule.failed.documents)
    bar = f'<span class="bar" style="width:{wide * 0.09:.2f}rem"><i style="width:{dark:.1f}%">'
    others = list(rule.with_others.items())
    named = [f"{escape(name)} {count:,}" for name, count in others[:OTHERS]]
    return (
        escape(rule.rule),
        escape(rule.threshold),
        f"{rule.failed.documents:,} ({wide:.1f}%)",
        f"{rule.alone.documents:,}",
        f"{rule.alone.characters:,}",
        f"{bar}</i></span>",
        " · ".join(named) + (" …" if len(others) > OTHERS else ""),
    )
