"""Which raw files make which batch, and that they stay there."""

import os
from pathlib import Path

import pytest

from pipelines.batching import assign, current_batches, new_batches, placed
from pipelines.lake import Lake
from schemas.batches import Batch
from schemas.corpus import Corpus, load_corpus
from schemas.errors import ConfigError
from tests.pipelines import small


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small.lay(tmp_path)


def opened(path: Path) -> tuple[Corpus, Lake]:
    corpus = load_corpus(path)
    return corpus, Lake(corpus.home)


def held(path: Path) -> dict[str, list[str]]:
    """The names of the files in each batch of the corpus."""
    return {name: names(batch) for name, batch in current_batches(*opened(path)).items()}


def names(batch: Batch) -> list[str]:
    return [Path(file.path).stem for file in batch.files]


def test_files_of_one_source_become_batches_by_size(path: Path) -> None:
    assign(*opened(path))
    assert held(path) == {
        "news-00000": ["2024-01"],
        "news-00001": ["2024-02"],
        "notices-00000": ["clinic", "market", "water"],
    }


def test_a_larger_limit_makes_fewer_batches(path: Path) -> None:
    assign(*opened(small.configure(path.parent, batch_bytes="1GiB")))
    assert held(path)["news-00000"] == ["2024-01", "2024-02"]


def test_a_smaller_limit_gives_every_file_its_own_batch(path: Path) -> None:
    assign(*opened(small.configure(path.parent, batch_bytes=1)))
    assert [files for files in held(path).values() if len(files) > 1] == []
    assert len(held(path)) == 5


def test_nothing_new_makes_no_batch(path: Path) -> None:
    assert len(assign(*opened(path))) == 3
    assert assign(*opened(path)) == []


def test_looking_for_new_batches_writes_nothing(path: Path) -> None:
    assert len(new_batches(*opened(path))) == 3
    assert held(path) == {}


def test_new_files_never_move_the_old_ones(path: Path) -> None:
    assign(*opened(path))
    before = held(path)
    small.news(path.parent, "2023-12", ["一篇更早的文章。"])
    small.notice(path.parent, "a", "一则排在最前面的通知。")
    small.notice(path.parent, "z", "一则排在最后面的通知。")
    assign(*opened(path))
    after = held(path)
    assert {name: after.pop(name) for name in before} == before
    assert after == {"news-00002": ["2023-12"], "notices-00001": ["a", "z"]}


def test_another_limit_regroups_nothing_that_is_assigned(path: Path) -> None:
    assign(*opened(path))
    before = held(path)
    assert assign(*opened(small.configure(path.parent, batch_bytes=1))) == []
    assert held(path) == before


def test_a_changed_file_stays_in_its_batch(path: Path) -> None:
    assign(*opened(path))
    before = held(path)
    small.notice(path.parent, "water", "停水的时间改到了周日。")
    [changed] = assign(*opened(path))
    assert changed.name == "notices-00000"
    assert held(path) == before
    sizes = {Path(file.path).stem: file.size for file in changed.files}
    assert sizes["water"] == (path.parent / "notices/water.txt").stat().st_size


def test_a_touched_file_is_seen(path: Path) -> None:
    assign(*opened(path))
    os.utime(path.parent / "notices/water.txt", (1, 1))
    assert [batch.name for batch in assign(*opened(path))] == ["notices-00000"]


def test_a_vanished_file_keeps_its_place(path: Path) -> None:
    """What was read from it stays in the corpus until someone takes it out."""
    assign(*opened(path))
    (path.parent / "notices/water.txt").unlink()
    assert assign(*opened(path)) == []
    assert held(path)["notices-00000"] == ["clinic", "market", "water"]


def test_a_source_without_any_file_is_an_error(path: Path) -> None:
    for file in (path.parent / "notices").iterdir():
        file.unlink()
    with pytest.raises(ConfigError, match="notices"):
        assign(*opened(path))


def test_batches_of_a_source_taken_out_are_left_out(path: Path) -> None:
    assign(*opened(path))
    sources = dict(small.SETTINGS["sources"])
    notices = sources.pop("notices")
    small.configure(path.parent, sources=sources, mixtures={"general": {}})
    assert list(held(path)) == ["news-00000", "news-00001"]
    small.configure(path.parent, sources={**sources, "notices": notices})
    assert assign(*opened(path)) == []
    assert list(held(path)) == small.BATCHES


def test_sources_whose_names_begin_alike_are_not_mixed_up(path: Path) -> None:
    more = {"new": {"format": "text", "path": "notices/*.txt"}, **small.SETTINGS["sources"]}
    assign(*opened(small.configure(path.parent, sources=more)))
    assert list(held(path)) == ["new-00000", *small.BATCHES]
    assert assign(*opened(path)) == []


def test_the_same_files_found_by_two_patterns_are_held_once(path: Path) -> None:
    sources = small.SETTINGS["sources"]
    twice = {**sources["notices"], "path": ["notices", "notices/*.txt"]}
    assign(*opened(small.configure(path.parent, sources={**sources, "notices": twice})))
    assert held(path)["notices-00000"] == ["clinic", "market", "water"]


def test_a_corpus_that_moved_with_its_files_has_nothing_new(path: Path) -> None:
    assign(*opened(path))
    before = held(path)
    moved = path.parent.with_name("elsewhere")
    path.parent.rename(moved)
    assert new_batches(*opened(moved / path.name)) == []
    assert held(moved / path.name) == before


def test_a_batch_tells_paths_from_its_corpus_and_is_placed_where_that_lies(path: Path) -> None:
    assign(*opened(path))
    corpus, lake = opened(path)
    batch = lake.batch("news-00000")
    assert not Path(batch.files[0].path).is_absolute()
    assert Path(placed(corpus, batch).files[0].path).is_file()
