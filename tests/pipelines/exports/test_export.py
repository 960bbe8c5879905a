"""An export: shard by shard, the same bytes, and only what changed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.exports.export import Exported, export
from pipelines.exports.formats import Format
from pipelines.exports.jsonl import Jsonl
from pipelines.exports.mds import Mds
from pipelines.exports.retrieval import Retrieval
from pipelines.exports.webdataset import Webdataset
from pipelines.shards import load
from schemas.errors import IntegrityError, NotFoundError
from schemas.exports import ExportedFile
from tests.pipelines.exports.publishing import check_record, move, record, replaced, shards_of
from tests.pipelines.mixed import RECIPE, build, contents, corpus

FORMATS = [Jsonl(), Mds(), Webdataset(), Retrieval(20, 5)]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_same_mixture_is_the_same_bytes(mixture: Path, tmp_path: Path, form: Format) -> None:
    for name in ("one", "two"):
        done = export(mixture, form, tmp_path / name)
        assert done.written == len(shards_of(mixture))
        check_record(tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert record(tmp_path / "one").version == load(mixture).version


def test_when_all_shards_are_gone_so_are_their_files(mixture: Path, tmp_path: Path) -> None:
    export(mixture, Mds(), tmp_path / "out")
    replaced(mixture, lambda _: [])
    export(mixture, Mds(), tmp_path / "out")
    assert set(contents(tmp_path / "out")) == {"export.json", "index.json"}


def test_shards_in_arrow_alone_give_the_same_rows(tmp_path: Path) -> None:
    for name in ("parquet", "arrow"):
        recipe = RECIPE.model_copy(update={"formats": (name,)})
        build(tmp_path / name, corpus(), recipe)
        export(tmp_path / name, Webdataset(), tmp_path / f"of {name}")
    digests = [
        [file.sha256 for shard in record(tmp_path / one).shards for file in shard.files]
        for one in ("of parquet", "of arrow")
    ]
    assert digests[0] == digests[1]


def test_progress_counts_all_the_text(mixture: Path, tmp_path: Path) -> None:
    for _ in range(2):
        told: list[int] = []
        export(mixture, Jsonl(), tmp_path / "out", progress=told.append)
        assert sum(told) == sum(one.text_bytes for one in shards_of(mixture))


def test_a_second_export_writes_nothing(mixture: Path, tmp_path: Path) -> None:
    export(mixture, Mds(), tmp_path / "out")
    before = contents(tmp_path / "out")
    assert export(mixture, Mds(), tmp_path / "out").written == 0
    assert contents(tmp_path / "out") == before


def test_only_shards_that_changed_are_written_again(mixture: Path, tmp_path: Path) -> None:
    export(mixture, Mds(), tmp_path / "out")
    old = {one.sha256: one.files for one in record(tmp_path / "out").shards}
    build(tmp_path / "other", corpus(61))
    first = shards_of(tmp_path / "other")[0]
    (mixture / first.path).parent.mkdir(parents=True)
    (mixture / first.path).write_bytes((tmp_path / "other" / first.path).read_bytes())
    replaced(mixture, lambda shards: [first, *shards[1:-1]])
    assert export(mixture, Mds(), tmp_path / "out").written == 1
    check_record(tmp_path / "out")
    kept = record(tmp_path / "out").shards[1:]
    assert [one.files for one in kept] == [old[one.sha256] for one in kept]
    export(mixture, Mds(), tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_a_shard_that_moved_is_renamed_and_not_written_again(mixture: Path, tmp_path: Path) -> None:
    export(mixture, Mds(), tmp_path / "out")
    move(mixture)
    assert export(mixture, Mds(), tmp_path / "out").written == 0
    check_record(tmp_path / "out")
    export(mixture, Mds(), tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_a_damaged_file_is_written_again(mixture: Path, tmp_path: Path) -> None:
    export(mixture, Jsonl(), tmp_path / "out")
    before = contents(tmp_path / "out")
    first, second = sorted(one for one in before if one.startswith("train/"))[:2]
    (tmp_path / "out" / first).unlink()
    content = bytearray((tmp_path / "out" / second).read_bytes())
    content[10] ^= 1
    (tmp_path / "out" / second).write_bytes(content)
    assert export(mixture, Jsonl(), tmp_path / "out").written == 2
    assert contents(tmp_path / "out") == before


def test_other_options_are_other_files(mixture: Path, tmp_path: Path) -> None:
    export(mixture, Retrieval(20, 5), tmp_path / "out")
    done = export(mixture, Retrieval(30, 5), tmp_path / "out")
    assert done.written == len(shards_of(mixture))
    export(mixture, Retrieval(30, 5), tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


# --- the mixture ---------------------------------------------------------------------------------


def test_a_mixture_that_was_not_built_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="run 'wenyuan build'"):
        export(tmp_path / "none", Jsonl(), tmp_path / "out")


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"PAR1")])
def test_a_shard_that_is_not_what_the_manifest_says_is_not_exported(
    mixture: Path, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    damage(mixture / shards_of(mixture)[1].path)
    with pytest.raises(IntegrityError, match="not what the manifest says"):
        export(mixture, Jsonl(), tmp_path / "out")
    assert not (tmp_path / "out" / "export.json").exists()


@pytest.fixture
def in_parts(tmp_path: Path) -> Path:
    """Some documents are held out for validation."""
    build(tmp_path / "mixture", corpus(), RECIPE.model_copy(update={"validation": 0.3}))
    return tmp_path / "mixture"


def test_each_part_lies_in_a_folder_with_its_own_index(in_parts: Path, tmp_path: Path) -> None:
    done = export(in_parts, Mds(), tmp_path / "out")
    for name in ("train", "validation"):
        index = json.loads((tmp_path / "out" / name / "index.json").read_bytes())
        listed = [f"{name}/{one['raw_data']['basename']}" for one in index["shards"]]
        assert listed == [one.path for one in files_of(done) if one.path.startswith(name)]
        assert all((tmp_path / "out" / one).is_file() for one in listed)
    assert not (tmp_path / "out" / "index.json").exists()


def test_one_part_can_be_exported_alone(in_parts: Path, tmp_path: Path) -> None:
    export(in_parts, Mds(), tmp_path / "out")
    done = export(in_parts, Mds(), tmp_path / "out", part="validation")
    assert done.written == 0
    assert {one.path.split("/")[0] for one in files_of(done)} == {"validation"}
    assert not (tmp_path / "out" / "train").exists()


def test_a_part_that_is_not_there_is_named(in_parts: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no part 'dev'; parts: train, validation"):
        export(in_parts, Mds(), tmp_path / "out", part="dev")


def files_of(done: Exported) -> list[ExportedFile]:
    return [file for shard in done.export.shards for file in shard.files]
