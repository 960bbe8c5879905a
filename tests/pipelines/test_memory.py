"""What comparing may take over from an earlier run, and what it must not."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from pipelines.batching import assign
from quality.dedup import NOTHING_KNOWN
from schemas.corpus import load_corpus
from tests.pipelines import small
from tests.pipelines.town import Town

SOURCES = small.SETTINGS["sources"]
MORE = {"format": "text", "path": "more/*.txt"}
THERE = frozenset(small.BATCHES)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A corpus that is up to date, two of whose lines are the same."""
    folder = tmp_path / "town"
    small.lay(folder)
    small.put(folder / "news/2024-02.jsonl", f"{small.WATER}\n{small.KITE}\n")
    small.put(folder / "more/a.txt", small.BRIDGE)
    new = Town(folder / "corpus.yaml")
    new.build()
    yield new
    new.build()
    assert new.memory().known("1-of-1").batches == new.plan().batches.keys()


def compared(town: Town) -> frozenset[str]:
    """The batches that need not meet each other again; their pairs are known in any case."""
    known = town.memory().known("1-of-1")
    assert known.pairs.height == 1
    return known.batches


def read(town: Town) -> None:
    """As far as a build goes before it compares."""
    town.build(only="annotate")


def test_before_the_first_build_nothing_is_known(tmp_path: Path) -> None:
    town = Town(small.lay(tmp_path))
    assert town.memory().known("1-of-1") is NOTHING_KNOWN


def test_what_was_compared_is_known(town: Town) -> None:
    assert compared(town) == THERE


def test_a_new_batch_leaves_the_others_compared(town: Town) -> None:
    small.news(town.folder, "2024-03", [small.SCHOOL])
    read(town)
    assert "news-00002" in town.plan().batches
    assert compared(town) == THERE


def test_a_new_source_leaves_the_others_compared_wherever_it_stands(town: Town) -> None:
    orders = (
        {**SOURCES, "more": MORE},
        {"more": MORE, **SOURCES},
        {"news": SOURCES["news"], "more": MORE, "notices": SOURCES["notices"]},
    )
    for sources in orders:
        small.configure(town.folder, sources=sources)
        read(town)
        assert len(town.plan().batches) == 4
        assert compared(town) == THERE


def test_another_order_of_sources_compares_all_again(town: Town) -> None:
    small.configure(town.folder, sources=dict(reversed(SOURCES.items())))
    assert compared(town) == frozenset()


def test_a_changed_batch_compares_all_again(town: Town) -> None:
    small.notice(town.folder, "water", small.ORCHARD)
    read(town)
    assert compared(town) == frozenset()


def test_a_source_taken_out_compares_all_again(town: Town) -> None:
    mixtures = {"general": {"max_epochs": 1}}
    small.configure(town.folder, sources={"news": SOURCES["news"]}, mixtures=mixtures)
    assert compared(town) == frozenset()


@pytest.mark.parametrize("dedup", [{"threshold": 0.8}, {"bands": 16, "rows": 8}])
def test_other_settings_compare_all_again(town: Town, dedup: dict[str, float]) -> None:
    small.configure(town.folder, dedup=dedup)
    assert compared(town) == frozenset()


def test_how_many_make_a_line_common_does_not_concern_pairs(town: Town) -> None:
    small.configure(town.folder, dedup={"common": 7})
    assert compared(town) == THERE


def test_other_code_forgets_everything(town: Town) -> None:
    town.versions["pairs"] = "raised"
    assert town.memory().known("1-of-1") is NOTHING_KNOWN


def test_half_a_file_is_nothing_known(town: Town) -> None:
    file = town.plan().lake.path("pairs", "1-of-1")
    file.write_bytes(file.read_bytes()[:-9])
    assert town.memory().known("1-of-1") is NOTHING_KNOWN


def test_texts_are_found_by_number_in_the_order_of_the_batches(town: Town) -> None:
    plan = town.plan()
    whole = plan.lake.scan("documents", plan.batches).collect()["text"].to_list()
    some = np.array([0, 3, len(whole) - 1])
    found = [text for part in town.memory().texts()(some) for text in part]
    assert found == [whole[place] for place in some]


def test_raw_files_that_are_only_found_leave_everything_known(town: Town) -> None:
    """Batches are written down before they are read."""
    small.news(town.folder, "2024-03", [small.SCHOOL])
    assign(load_corpus(town.path), town.plan().lake)
    assert compared(town) == THERE
