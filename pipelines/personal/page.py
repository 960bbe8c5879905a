"""The report on personal data as one HTML file that opens without anything else."""

from collections.abc import Mapping
from html import escape

from pipelines.pages import document, table
from schemas.personal import PersonalReport, RuleCount, SourceFindings
from schemas.tables import FINDING_KINDS

ACTIONS = {
    "mask": "遮盖 masked",
    "pseudonymise": "化名 stand-in",
    "keep": "保留 kept",
    "drop_document": "遮盖，过密则弃文 masked; documents with too many dropped",
}

_STYLE = """
:root { --bar: #4f78c9; --kept: #d9822b }
body { max-width: 68rem }
h2 { font-size: 1.05rem; margin: 1.6rem 0 .2rem; border-top: 1px solid var(--line);
  padding-top: 1.2rem }
table { margin: .6rem 0 1rem } th[scope=row], td { vertical-align: top }
.bar { display: block; width: 9rem } .bar i { display: block; height: .7rem; margin-top: .45rem;
  border-radius: .15rem; background: var(--bar); min-width: 1px }
.kept { color: var(--kept) } .rules :is(td, th):last-child { text-align: start; max-width: 22rem }
.several { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 0 2rem }
.several table { align-self: start }
""".strip()


def page(report: PersonalReport) -> str:
    """Every source by kind, then source by source. No value, no script, no network."""
    name = escape(report.corpus)
    body = f"""<h1>个人信息 Personal data: {name}</h1>
<p>只有数目和位置，没有任何原值。Counts and places alone; no value is stored or shown.</p>
{_matrix(report)}
{"".join(map(_source, report.sources))}"""
    return document(f"个人信息 {name}", _STYLE, body)


def _matrix(report: PersonalReport) -> str:
    """Findings per 100,000 characters, kind by source."""
    kinds = [kind for kind in FINDING_KINDS if any(_of(one, kind) for one in report.sources)]
    rows = [
        (_label(kind), *(_rate(_of(one, kind), one.characters) for one in report.sources))
        for kind in kinds
    ]
    heads = ("类别 kind", *(escape(one.source) for one in report.sources))
    caption = "每十万字的发现数 Findings per 100,000 characters"
    return f'<div class="wide">{table(caption, heads, rows)}</div>' if rows else ""


def _of(source: SourceFindings, kind: str) -> int:
    return sum(one.findings for one in source.rules if one.kind == kind)


def _rate(findings: int, characters: int) -> str:
    return f"{findings * 100_000 / max(1, characters):,.1f}" if findings else "–"


def _label(kind: str) -> str:
    return f"{FINDING_KINDS[kind]} {kind}"


def _source(one: SourceFindings) -> str:
    told = (
        f"类别 kind {escape(one.kind)} · {one.concerned:,} / {one.documents:,} 篇含个人信息 "
        f"documents concerned · {one.findings:,} 处 findings · {one.characters:,} 字 characters"
    )
    rules = _rules(one)
    bars = _bars("每千字发现数 findings per 1,000 characters", "文档 documents", one.density)
    bars += _bars("敏感 sensitive by", "处 findings", one.sensitive)
    return f"""<section>
<h2>{escape(one.source)}</h2>
<p>{told}</p>
{rules}
<div class="several">{bars}</div>
</section>
"""


def _rules(source: SourceFindings) -> str:
    longest = max((one.findings for one in source.rules), default=1)
    rows = [
        (
            f"{_label(one.kind)} <small>{escape(one.rule)}</small>",
            f"{one.findings:,}",
            _bar(one.findings / longest),
            f"{one.documents:,}",
            f"{one.confidence:.3f}",
            _done(one),
        )
        for one in source.rules
    ]
    heads = (
        "类别与规则 kind, rule",
        "处 findings",
        "",
        "文档 documents",
        "置信 confidence",
        "处理 done",
    )
    if not rows:
        return ""
    return f'<div class="wide">{table("", heads, rows)}</div>'.replace(
        "<table>", '<table class="rules">'
    )


def _done(one: RuleCount) -> str:
    if one.reason is None:
        return ACTIONS[one.action]
    return f'<span class="kept">{ACTIONS[one.action]}</span>: {escape(one.reason)}'


def _bars(of: str, unit: str, counts: Mapping[str, int]) -> str:
    longest = max(counts.values(), default=0) or 1
    rows = [(escape(k), f"{count:,}", _bar(count / longest)) for k, count in counts.items()]
    return table("", (of, unit, ""), rows) if rows else ""


def _bar(share: float) -> str:
    return f'<span class="bar"><i style="width:{share:.1%}"></i></span>' if share else ""
