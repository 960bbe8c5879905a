"""What is known from before saves work and changes nothing."""

from random import Random

import numpy as np
import pytest

from quality.dedup.candidates import texts_of
from quality.kernels.buckets import CROWD, band_keys
from tests.quality.dedup.arriving import Lake, arrived, library, rebuilt
from tests.quality.dedup.making import PAGE, documents

ORDERS = 100
"""Of arrival; the benchmarks take more."""


def test_the_library_has_what_is_hard() -> None:
    everything = library()
    found, clusters = rebuilt(everything, everything["batch"].unique().to_list())
    texts = texts_of(everything.lazy(), [])
    keys = band_keys(texts.sketches, 0, 25, 5)
    sizes = np.concatenate([np.unique(band, return_counts=True)[1] for band in keys])
    assert (sizes > CROWD).sum() > 5
    assert ((sizes > CROWD // 2) & (sizes <= CROWD)).sum() > 5
    assert 0.2 * clusters.height < clusters["kept"].sum() < 0.7 * clusters.height
    assert found["counted"].any()
    assert not found["counted"].all()


def test_any_order_of_arrival_gives_what_a_rebuild_gives() -> None:
    everything = library()
    pairs_then, clusters_then = rebuilt(everything, everything["batch"].unique().to_list())
    for seed in range(ORDERS):
        found, clusters = arrived(everything, seed)
        assert found.equals(pairs_then)
        assert clusters.equals(clusters_then)


@pytest.mark.parametrize("seed", range(20))
def test_a_batch_that_leaves_leaves_nothing_behind(seed: int) -> None:
    everything, draw = library(seed), Random(seed)
    names = sorted(everything["batch"].unique())
    lake = Lake(everything)
    for size in [8, 5, 7, 2, 8]:
        here = draw.sample(names, size)
        clusters = lake.update(here)
        pairs_then, clusters_then = rebuilt(everything, here)
        assert lake.known.pairs.equals(pairs_then)
        assert clusters.equals(clusters_then)


def test_the_next_of_a_cluster_is_promoted() -> None:
    three = {"a": PAGE[:395], "b": PAGE, "c": PAGE[:390]}
    batches = [f"b-{i:05}" for i in range(3)]
    lake = Lake(documents(three, batch=batches))
    assert lake.update(batches).filter("kept")["doc_id"].to_list() == ["b"]
    after = lake.update([batches[0], batches[2]])
    assert after.filter("kept")["doc_id"].to_list() == ["a"]
    assert after["twin"].to_list() == [None, "a"]


def test_what_was_counted_is_not_read_again() -> None:
    everything = library()
    names = sorted(everything["batch"].unique())
    lake = Lake(everything)
    lake.update(names)
    first = lake.read
    lake.update(names)
    assert lake.read == 0
    lake.update(names[1:])
    assert lake.read < first / 2
