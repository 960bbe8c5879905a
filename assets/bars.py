"""Bar charts as SVG."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

BAR, LABEL, LONGEST, WIDTH = 16, 200, 150, 360
"""Pixels: of a bar's height, where bars begin, of the longest bar, of the whole plot."""


def svg(bars: Mapping[str, float]) -> bytes:
    """The chart, all bars in one path: every letter counts."""
    longest = max(bars.values(), default=1) or 1
    lengths = [max(1, round(LONGEST * value / longest)) for value in bars.values()]
    middles = range(BAR // 2, BAR * len(bars), BAR)
    path = "".join(f"M{LABEL} {y}h{x}" for y, x in zip(middles, lengths, strict=True))
    labels = "".join(
        f'<text y="{y + 4}">{escape(name)}: {value:,.0f}</text>'
        for y, (name, value) in zip(middles, bars.items(), strict=True)
    )
    size = f'width="{WIDTH}" height="{BAR * len(bars)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Arial" font-size="11"'
        f' fill="#4f43dd"><path d="{path}" stroke="#4f43dd" stroke-width="11"/>{labels}</svg>'
    ).encode()
