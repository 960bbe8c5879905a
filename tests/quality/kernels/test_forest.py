"""Trees against walking down each of them."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quality.kernels.forest import margins
from quality.text.train_main_text import forest_of

LEAF = st.floats(-2, 2, width=16).map(lambda value: {"leaf_value": value})
TREE = st.recursive(
    LEAF,
    lambda inner: st.fixed_dictionaries(
        {
            "split_feature": st.integers(0, 2),
            "threshold": st.floats(-1, 1, width=16),
            "left_child": inner,
            "right_child": inner,
        }
    ),
    max_leaves=8,
)


def slowly(tree: dict[str, Any], row: list[float]) -> float:
    while "split_feature" in tree:
        low = row[tree["split_feature"]] <= tree["threshold"]
        tree = tree["left_child" if low else "right_child"]
    return float(tree["leaf_value"])


@given(
    st.lists(TREE, min_size=1, max_size=5),
    st.lists(st.tuples(*[st.floats(-2, 2, width=16)] * 3), max_size=5),
)
def test_every_tree_adds_its_leaf(trees: list[dict[str, Any]], rows: list[list[float]]) -> None:
    found = margins(np.array(rows, np.float32).reshape(-1, 3), forest_of(trees))
    assert np.allclose(found, [sum(slowly(tree, row) for tree in trees) for row in rows])
