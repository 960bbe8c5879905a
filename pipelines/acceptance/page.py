"""An acceptance report as one HTML file that its supplier can open without anything else."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from pipelines.acceptance.judging import number
from pipelines.acceptance.words import ENTERED, NOTE, STAGES, TERMS, VERDICTS, asked
from pipelines.pages import document, table
from schemas.acceptance import FileCounts, Judged, Place, Report, Why
from schemas.tables import FINDING_KINDS

_STYLE = """
:root { --kept: #2f9e63; --dropped: #d9822b; --rejected: #d64545; --undecided: #8a8f98;
  --bar: #4f78c9 }
body { max-width: 60rem } h1, th[scope=row], .places { overflow-wrap: anywhere }
h2 { font-size: 1.05rem; margin: 1.6rem 0 .2rem; border-top: 1px solid var(--line);
  padding-top: 1.2rem }
table { margin: .6rem 0 1rem } th[scope=row], td { vertical-align: top }
th[scope=row] { min-width: 6.5rem } th span, .places span { color: var(--faint); font-weight: 400 }
.verdict { display: inline-block; padding: .15rem .8rem; border-radius: .3rem; color: #fff;
  font-weight: 600; font-size: 1.1rem; margin: .6rem 0 .2rem; background: #5d6675 }
.accepted { background: #21794a } .not_accepted { background: #b93232 }
.open { background: #96570f }
.met { color: var(--kept) } .missed { color: var(--rejected); font-weight: 600 }
.met, .missed { white-space: nowrap }
.parts { display: flex; height: 1.6rem; border-radius: .3rem; overflow: hidden; gap: 1px;
  margin: .8rem 0 0; background: var(--line) }
.parts i { min-width: 2px } .key { display: inline-block; width: .7rem; height: .7rem;
  border-radius: .15rem; margin-inline-end: .5rem }
.several { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 0 2rem }
.several table { width: 100%; align-self: start; table-layout: fixed }
.several th:first-child { width: 32% } .bar { width: 35% }
.several thead th { font-size: .85rem } .several :is(th, td) { padding-inline: .35rem }
.bar i { display: block; height: .7rem; margin-top: .45rem; border-radius: .15rem;
  background: var(--bar); min-width: 1px }
.places { margin: 0; padding: 0; list-style: none; text-align: start; font-size: .85rem }
.places li + li { margin-top: .25rem }
.told { width: 100% } .told td:last-child, .told thead th:last-child { text-align: start }
.told td:last-child { width: 55% }
@media (max-width: 40rem) {
  body { margin: 1rem auto } th, td { padding: .25rem .35rem } .told thead { display: none }
  .told tr { display: flex; flex-wrap: wrap; border-bottom: 1px solid var(--line) }
  .met, .missed { white-space: normal } .told th, .told td { border: 0 } .told th { flex: 1 }
  .told td:last-child { width: 100% } }
@media print { body { max-width: none } tr { break-inside: avoid } }
""".strip()


def page(report: Report) -> str:
    """The verdict, then everything that was counted. No script, no network."""
    name = escape(report.source)
    shown, meaning = VERDICTS[report.verdict]
    body = f"""<h1>验收报告 Acceptance report: {name}</h1>
<p>{_about(report)}</p>
<div class="verdict {report.verdict}">{shown}</div>
<p>{meaning}</p>
{_sections(report)}
<p>{NOTE}</p>"""
    return document(f"验收报告 {name} · {escape(report.corpus)}", _STYLE, body)


def _about(report: Report) -> str:
    parts = (
        f"语料 corpus {report.corpus}",
        f"类别 kind {report.kind}",
        f"许可 licence {report.licence}",
        *(["保密 confidential"] if report.confidential else []),
        f"{report.files:,} 个文件 files",
        f"{report.raw_bytes:,} 字节 bytes",
        f"保留 {report.tokens:,} 词元 tokens kept ({report.tokenizer})",
    )
    return " · ".join(map(escape, parts))


def _sections(report: Report) -> str:
    sections = {
        "约定 Terms": _terms(report.terms),
        "去向 What became of it": _parts(report),
        "未能读出 Rejected": _whys("原因 reason", report.reasons),
        "淘汰 Dropped": _whys("规则 rule", report.rules),
        "重复 Copies": _copies(report),
        "个人信息 Personal data": _personal(report),
        "语言、长度与质量 Language, length and quality": _spreads(report),
        "入选 What entered the mixtures": _mixtures(report),
        "文件 Files": _files(report),
    }
    return "\n".join(
        f"<section>\n<h2>{heading}</h2>\n{html}\n</section>"
        for heading, html in sections.items()
        if html
    )


def _terms(terms: Iterable[Judged]) -> str:
    rows = [(TERMS[one.term], asked(one), *_measured(one)) for one in terms]
    headings = ("项目 term", "约定 asked", "实测 measured", "")
    return _wide(table("", headings, rows)) if rows else ""


def _measured(one: Judged) -> tuple[str, str]:
    mark = ("met", "✓ 达到 met") if one.met else ("missed", "✗ 未达到 missed")
    return number(one.measured), f'<span class="{mark[0]}">{mark[1]}</span>'


def _parts(report: Report) -> str:
    counts = {stage: getattr(report, stage) for stage in STAGES}
    told = {stage: count for stage, count in counts.items() if count}
    bar = "".join(
        f'<i style="flex:{count} 1 0;background:var(--{stage})"></i>'
        for stage, count in told.items()
    )
    rows = [
        (f"{_key(stage)}{STAGES[stage]}", f"{count:,}", _of(count, report.read))
        for stage, count in told.items()
    ]
    headings = ("去向 outcome", "记录 records", "占比 share")
    whole = ("读取 read", f"{report.read:,}", _of(report.read, report.read))
    return f'<div class="parts" aria-hidden="true">{bar}</div>\n{table("", headings, rows, whole)}'


def _key(stage: str) -> str:
    return f'<i class="key" style="background:var(--{stage})"></i>'


def _of(count: int, read: int) -> str:
    return number(count / read) if read else "–"


def _whys(of: str, whys: Mapping[str, Why]) -> str:
    rows = [
        (_named(name, why), f"{why.records:,}", _places(why.examples)) for name, why in whys.items()
    ]
    return _told(table("", (of, "记录 records", "例子 examples"), rows)) if rows else ""


def _named(name: str, why: Why) -> str:
    asked = f" <span>{escape(why.asked)}</span>" if why.asked else ""
    return f"{escape(name)}{asked}"


def _copies(report: Report) -> str:
    kinds = {
        TERMS["max_own_copies"]: report.own_copies,
        TERMS["max_other_copies"]: report.other_copies,
    }
    rows = [
        (name, f"{why.records:,}", _of(why.records, report.read), _places(why.examples))
        for name, why in kinds.items()
        if why.records
    ]
    headings = ("重复 copies", "文档 documents", "占比 share", "例子 examples")
    return _told(table("", headings, rows)) if rows else ""


def _places(places: Iterable[Place]) -> str:
    items = "".join(f"<li>{_place(one)}</li>" for one in places)
    return f'<ul class="places">{items}</ul>'


def _place(place: Place) -> str:
    told = f"{escape(place.file)} <span>{_where(place)}</span>"
    if place.copy_of is not None:
        told += f"<br>＝ {_place(place.copy_of)}"
    return told


def _where(place: Place) -> str:
    if place.offset is None:
        return ""
    if place.length is None:
        return f"行 row {place.offset:,}"
    return f"字节 bytes {place.offset:,}–{place.offset + place.length:,}"


def _personal(report: Report) -> str:
    found = report.personal
    if not found.documents:
        return ""
    told = (
        f"{found.documents:,} 篇文档含个人信息（占比 "
        f"{_of(found.documents, report.read)}），其中敏感 {found.sensitive:,} 处。 "
        f"Found in {found.documents:,} documents; {found.sensitive:,} findings are sensitive."
    )
    counts = {f"{FINDING_KINDS.get(kind, kind)} {kind}": n for kind, n in found.findings.items()}
    return f'<p>{told}</p>\n<div class="several">{_bars("类别 kind", "处 findings", counts)}</div>'


def _spreads(report: Report) -> str:
    spreads = {
        "语言 language": report.languages,
        "字数 characters": report.characters,
        "质量 quality": report.quality,
    }
    tables = (_bars(name, "文档 documents", counts) for name, counts in spreads.items() if counts)
    return f'<div class="several">\n{"".join(tables)}</div>' if report.languages else ""


def _bars(of: str, unit: str, counts: Mapping[str, int]) -> str:
    """A table with a bar beside each number; the longest fills its cell."""
    longest = max(counts.values(), default=0) or 1
    lines = "\n".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{count:,}</td>'
        f'<td class="bar">{_bar(count / longest)}</td></tr>'
        for name, count in counts.items()
    )
    head = f'<th scope="col">{of}</th><th scope="col">{unit}</th><td class="bar"></td>'
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table>\n"


def _bar(share: float) -> str:
    return f'<i style="width:{share:.1%}"></i>' if share else ""


def _mixtures(report: Report) -> str:
    rows = [
        (escape(one.mixture), *(number(getattr(one, name)) for name in ENTERED))
        for one in report.mixtures
    ]
    return _wide(table("", ("混合 mixture", *ENTERED.values()), rows)) if rows else ""


def _files(report: Report) -> str:
    rows = list(_file_rows(report))
    headings = ("文件 file", "读取 read", *STAGES.values())
    return _wide(table("", headings, rows)) if rows else ""


def _file_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """The files that lost most, and what all others come to."""
    for one in report.by_file:
        yield _file(one)
    if rest := report.files - len(report.by_file):
        sums = {
            name: getattr(report, name) - sum(getattr(one, name) for one in report.by_file)
            for name in ("read", *STAGES)
        }
        yield _file(FileCounts(file=f"其余 {rest:,} 个 others", **sums))


def _file(one: FileCounts) -> tuple[str, ...]:
    counts = (getattr(one, name) for name in ("read", *STAGES))
    return escape(one.file), *(f"{count:,}" for count in counts)


def _wide(html: str) -> str:
    return f'<div class="wide">\n{html}\n</div>'


def _told(html: str) -> str:
    return html.replace("<table>", '<table class="told">', 1)
