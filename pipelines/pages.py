"""HTML pages that need nothing else: no script, no network; light and dark, on paper and phones."""

from collections.abc import Iterable, Sequence

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
.wide { overflow-x: auto }
table { border-collapse: collapse; margin: 1.5rem 0; font-variant-numeric: tabular-nums }
caption { text-align: start; white-space: nowrap; font-weight: 600; padding-bottom: .4rem }
th, td { padding: .25rem .7rem; text-align: end; border-bottom: 1px solid var(--line) }
thead th { color: var(--faint); font-weight: 500; vertical-align: bottom }
th[scope=row], thead th:first-child { text-align: start; font-weight: 500 }
tfoot th, tfoot td { font-weight: 600; border-bottom: 0; border-top: 2px solid var(--line) }
""".strip()


def document(title: str, style: str, body: str) -> str:
    """A whole page; everything given is HTML, and `style` comes on top of what pages share."""
    return f"""<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{_STYLE}
{style}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def table(
    caption: str,
    headings: Iterable[str],
    rows: Iterable[Sequence[str]],
    foot: Sequence[str] | None = None,
) -> str:
    """A table of cells that are HTML; the first of each row names it. It may have no caption."""
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    body = "\n".join(map(_row, rows))
    named = f"<caption>{caption}</caption>\n" if caption else ""
    last = f"<tfoot>\n{_row(foot)}\n</tfoot>\n" if foot else ""
    return (
        f"<table>\n{named}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n{last}</table>"
    )


def _row(cells: Sequence[str]) -> str:
    name, *others = cells
    return f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>'
