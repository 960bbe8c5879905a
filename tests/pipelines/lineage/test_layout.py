"""Flows are as wide as they are large, and lie side by side in their nodes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.lineage.layout import HEIGHT, TOP, Flow, laid_out

COLUMNS = [["a", "b"], ["c", "d"], ["e", "f"]]
ENDS = st.sampled_from([("a", "c"), ("a", "d"), ("b", "c"), ("c", "e"), ("d", "f"), ("b", "d")])
FLOWS = st.lists(
    st.builds(
        lambda ends, count: Flow(ends[0], ends[1], count, "", ""), ENDS, st.integers(0, 10**9)
    ),
    max_size=12,
)


@given(FLOWS)
def test_the_width_of_a_flow_is_its_share(flows: list[Flow]) -> None:
    layout = laid_out(COLUMNS, flows)
    assert len(layout.bands) == sum(flow.documents > 0 for flow in flows)
    widths = {band.width / band.flow.documents for band in layout.bands}
    if widths:
        assert max(widths) == pytest.approx(min(widths))
    for nodes in layout.columns:
        assert sum(node.size for node in nodes) <= HEIGHT * 1.0001


@given(FLOWS)
def test_flows_stay_within_their_nodes_and_beside_each_other(flows: list[Flow]) -> None:
    layout = laid_out(COLUMNS, flows)
    nodes = {node.name: node for column in layout.columns for node in column}
    for end, side in (("start", "left"), ("end", "right")):
        for name, node in nodes.items():
            mine = [band for band in layout.bands if getattr(band.flow, end) == name]
            tops = [getattr(band, side) for band in mine]
            for (top, band), (following, _) in pairwise(zip(tops, mine, strict=True)):
                assert following == pytest.approx(top + band.width)
            if mine:
                assert tops[0] == pytest.approx(node.top)
                assert tops[-1] + mine[-1].width <= node.top + node.size + 1e-3


@given(FLOWS)
def test_nodes_do_not_overlap_and_end_above_the_bottom(flows: list[Flow]) -> None:
    layout = laid_out(COLUMNS, flows)
    for column in layout.columns:
        for one, following in pairwise(column):
            assert one.top + one.size < following.top
        assert all(TOP <= node.top <= node.top + node.size < layout.height for node in column)


def test_nothing_is_drawn_of_nothing() -> None:
    layout = laid_out(COLUMNS, [Flow("a", "c", 0, "", "")])
    assert layout.columns == ((), (), ())
    assert layout.bands == ()
