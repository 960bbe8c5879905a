"""The lineage of a mixture as a picture: what each source gave, and what became of the rest."""

from collections.abc import Iterator, Mapping
from html import escape

from pipelines.lineage.layout import Band, Flow, Layout, Node, laid_out
from schemas.lineage import ComponentLineage, Lineage, SourceLineage

WIDTH = 1280
BAR = 12
PLACES = (200, 450, 720, 1050)
"""Pixels: the width of the picture and of a bar, and where the bars of each column begin."""

MOST_LETTERS = 24
MOST_NAMED = 8
"""Reasons and rules that are drawn by name; the others are added up."""

THINNEST = 0.6
"""Pixels below which a flow could not be seen; only such a flow is drawn wider than it is."""

OUTCOMES = {
    "kept": "保留 kept",
    "dropped": "淘汰 dropped",
    "rejected": "未能读出 rejected",
    "undecided": "未决 undecided",
}
COLOURS = {"kept": "#2f9e63", "dropped": "#d9822b", "rejected": "#d64545", "undecided": "#8a8f98"}
MIXED = "mixed"
LEFT = {"not_chosen": "未选入 not chosen", "held_out": "留作验证 held out"}
HEADINGS = ("来源 sources", "处理 stages", "成分与原因 components, reasons", "混合 mixture")
_GOLDEN_ANGLE = 137.508
"""Degrees: hues so far apart that any number of neighbours differ."""


def picture(lineage: Lineage) -> str:
    """An SVG for a page that sets `--ground` and `--faint`; each flow tells its number."""
    layout = laid_out(*_graph(lineage))
    labels = _labels(lineage)
    drawn = [
        *(_band(band) for band in layout.bands),
        *(
            part
            for column, nodes in enumerate(layout.columns)
            for node in nodes
            for part in _node(node, column, labels[node.name], _colour(lineage, node.name))
        ),
        *_headings(layout),
    ]
    title = f"混合 {lineage.mixture} 的来历 Lineage of {lineage.mixture}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {layout.height:.0f}" '
        f'role="img" aria-labelledby="picture-title picture-told">\n'
        f'<title id="picture-title">{escape(title)}</title>\n'
        f'<desc id="picture-told">{escape(_told(lineage))}</desc>\n' + "\n".join(drawn) + "\n</svg>"
    )


def _graph(lineage: Lineage) -> tuple[list[list[str]], list[Flow]]:
    sources = [f"source {one.source}" for one in lineage.sources]
    components = [f"component {one.component}" for one in lineage.components]
    rules, reasons = _named(lineage.total.rules), _named(lineage.total.reasons)
    why = [*(f"rule {name}" for name in rules), *(f"reason {name}" for name in reasons)]
    flows = [flow for one in lineage.sources for flow in _of_source(lineage, one)]
    flows += [flow for one in lineage.components for flow in _of_component(lineage, one)]
    flows += [_left(lineage, one, left) for left in LEFT for one in lineage.sources]
    for of, kind, counts in (("dropped", "rule", rules), ("rejected", "reason", reasons)):
        for name, documents in counts.items():
            told = f"{OUTCOMES[of]} → {name}: {documents:,}"
            flows.append(Flow(of, f"{kind} {name}", documents, COLOURS[of], told))
    return [sources, list(OUTCOMES), [*components, *LEFT, *why], [MIXED]], flows


def _of_source(lineage: Lineage, one: SourceLineage) -> Iterator[Flow]:
    colour = _colour(lineage, f"source {one.source}")
    for outcome, shown in OUTCOMES.items():
        documents = getattr(one, outcome)
        told = f"{one.source} → {shown}: {documents:,} / {one.read:,}"
        yield Flow(f"source {one.source}", outcome, documents, colour, told)


def _of_component(lineage: Lineage, one: ComponentLineage) -> Iterator[Flow]:
    node = f"component {one.component}"
    for source, documents in one.sources.items():
        told = f"{source} → {one.component}: {documents:,}"
        yield Flow("kept", node, documents, _colour(lineage, f"source {source}"), told)
    told = f"{one.component} → {lineage.mixture}: {one.documents:,} 文档 documents, "
    told += f"{one.rows:,} 行 rows, {one.tokens:,} 词元 tokens"
    yield Flow(node, MIXED, one.documents, _colour(lineage, node), told)


def _left(lineage: Lineage, one: SourceLineage, left: str) -> Flow:
    documents = getattr(one, left)
    told = f"{one.source} → {LEFT[left]}: {documents:,}"
    return Flow("kept", left, documents, _colour(lineage, f"source {one.source}"), told)


def _named(counts: Mapping[str, int]) -> dict[str, int]:
    """The largest of them, and what the others add up to."""
    named = dict(list(counts.items())[:MOST_NAMED])
    rest = sum(counts.values()) - sum(named.values())
    return named | ({"其他 others": rest} if rest else {})


def _labels(lineage: Lineage) -> dict[str, tuple[str, int]]:
    """What stands beside each node, and its number."""
    total = lineage.total
    labels = {f"source {one.source}": (one.source, one.read) for one in lineage.sources}
    labels |= {name: (shown, getattr(total, name)) for name, shown in OUTCOMES.items()}
    labels |= {f"rule {name}": (name, n) for name, n in _named(total.rules).items()}
    labels |= {f"reason {name}": (name, n) for name, n in _named(total.reasons).items()}
    labels |= {
        f"component {one.component}": (one.component, one.documents) for one in lineage.components
    }
    labels |= {name: (shown, getattr(total, name)) for name, shown in LEFT.items()}
    labels[MIXED] = (lineage.mixture, total.documents)
    return labels


def _colour(lineage: Lineage, node: str) -> str:
    kind, _, name = node.partition(" ")
    if kind == "source":
        number = [one.source for one in lineage.sources].index(name)
        return f"hsl({(210 + number * _GOLDEN_ANGLE) % 360:.0f} 55% 52%)"
    outcome = {"rule": "dropped", "reason": "rejected", "component": "kept", MIXED: "kept"}
    outcome |= dict.fromkeys(LEFT, "undecided")
    return COLOURS[outcome.get(kind, kind)]


def _band(band: Band) -> str:
    left, right = PLACES[band.columns[0]] + BAR, PLACES[band.columns[1]]
    middle, width = (left + right) / 2, max(band.width, THINNEST)
    y0, y1 = band.left, band.right
    path = (
        f"M{left} {y0:.1f}C{middle:.0f} {y0:.1f} {middle:.0f} {y1:.1f} {right} {y1:.1f}"
        f"v{width:.1f}C{middle:.0f} {y1 + width:.1f} {middle:.0f} {y0 + width:.1f}"
        f" {left} {y0 + width:.1f}z"
    )
    told = escape(band.flow.told)
    return f'<path class="flow" d="{path}" fill="{band.flow.colour}"><title>{told}</title></path>'


def _node(node: Node, column: int, label: tuple[str, int], colour: str) -> Iterator[str]:
    name, count = label
    x, y, size = PLACES[column], node.top, max(node.size, THINNEST)
    shown = name if len(name) <= MOST_LETTERS else name[: MOST_LETTERS - 1] + "…"
    told = f"<title>{escape(name)}: {count:,}</title>"
    place = f'x="{x}" y="{y:.1f}" width="{BAR}" height="{size:.1f}"'
    yield f'<rect {place} fill="{colour}">{told}</rect>'
    at, anchor = (x - 8, "end") if column == 0 else (x + BAR + 8, "start")
    yield (
        f'<text x="{at}" y="{y + size / 2:.1f}" dy=".35em" text-anchor="{anchor}">{told}'
        f'{escape(shown)} <tspan class="count">{count:,}</tspan></text>'
    )


def _headings(layout: Layout) -> Iterator[str]:
    for column, heading in enumerate(HEADINGS):
        if layout.columns[column]:
            first = column == 0
            x = PLACES[column] + (BAR if first else 0)
            anchor = "end" if first else "start"
            yield f'<text class="heading" x="{x}" y="16" text-anchor="{anchor}">{heading}</text>'


def _told(lineage: Lineage) -> str:
    total = lineage.total
    return (
        f"读取 {total.read:,} 条记录：未能读出 {total.rejected:,}，淘汰 {total.dropped:,}，"
        f"保留 {total.kept:,}，其中入选 {total.documents:,}。 Of {total.read:,} records "
        f"{total.rejected:,} were rejected, {total.dropped:,} dropped and {total.kept:,} kept; "
        f"{total.documents:,} documents are in the mixture."
    )
