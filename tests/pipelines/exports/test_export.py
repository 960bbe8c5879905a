"""An export: shard by shard, only what changed, old or new, in a folder of its own."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from pipelines.exports.export import Exported, export
from pipelines.exports.files import Outputs
from pipelines.exports.folder import Folder
from pipelines.exports.formats import Format
from pipelines.exports.jsonl import Jsonl
from pipelines.exports.mds import Mds
from pipelines.exports.retrieval import Retrieval
from pipelines.exports.webdataset import Webdataset
from pipelines.shards import MANIFEST, load
from schemas.errors import BusyError, ConfigError, IntegrityError, NotFoundError
from schemas.exports import Export, ExportedFile
from schemas.manifest import Shard
from tests.pipelines.mixed import RECIPE, build, contents, corpus

FORMATS = [Jsonl(), Mds(), Webdataset(), Retrieval(20, 5)]


@pytest.fixture
def mixture(tmp_path: Path) -> Path:
    build(tmp_path / "mixture", corpus())
    return tmp_path / "mixture"


def shards_of(folder: Path) -> list[Shard]:
    return [one for one in load(folder).shards if one.format == "parquet"]


def replaced(folder: Path, change: Callable[[list[Shard]], list[Shard]]) -> None:
    """Publish the mixture again with other shards; the manifest is changed as a build would."""
    manifest = load(folder)
    shards = tuple(change([one for one in manifest.shards if one.format == "parquet"]))
    new = manifest.model_copy(update={"shards": shards, "version": "f" * 16})
    (folder / MANIFEST).write_text(new.to_json(), encoding="utf-8")


def move(folder: Path) -> None:
    """Publish the mixture again with its shards numbered otherwise."""
    old = shards_of(folder)
    paths = [f"{one.path[:16]}/train/{90 + number:05d}.parquet" for number, one in enumerate(old)]
    new = [one.model_copy(update={"path": path}) for one, path in zip(old, paths, strict=True)]
    for one, path in zip(old, paths, strict=True):
        (folder / one.path).rename(folder / path)
    replaced(folder, lambda _: new)


def record(folder: Path) -> Export:
    return Export.model_validate_json((folder / "export.json").read_bytes())


def check_record(folder: Path) -> None:
    """`export.json` says of every file what is true, and nothing else lies there."""
    there = contents(folder)
    files = [file for shard in record(folder).shards for file in shard.files]
    assert {one.path: one.sha256 for one in files}.items() <= there.items()
    assert set(there) - {one.path for one in files} <= {"export.json", "train/index.json"}
    for one in files:
        assert (folder / one.path).stat().st_size == one.bytes


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


# --- kills --------------------------------------------------------------------------------------


class Killed(BaseException):
    """What a kill is to this process: nothing catches it."""


class Dying(Mds):
    """Dies in the shard `left`, after its first file."""

    def __init__(self, left: int) -> None:
        self.left = left

    def write(self, groups: Iterator[pl.DataFrame], outputs: Outputs) -> None:
        self.left -= 1
        if self.left < 0:
            with outputs.open("-0000.mds") as sink:
                sink.write(b"half")
                raise Killed
        super().write(groups, outputs)


@pytest.mark.parametrize("left", [0, 1, 3])
def test_a_killed_export_goes_on_where_it_stopped(mixture: Path, tmp_path: Path, left: int) -> None:
    with pytest.raises(Killed):
        export(mixture, Dying(left), tmp_path / "out")
    assert not (tmp_path / "out" / "export.json").exists()
    done = export(mixture, Mds(), tmp_path / "out")
    assert done.written == len(shards_of(mixture)) - left
    export(mixture, Mds(), tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


@pytest.mark.parametrize("moment", ["write", "publish", "_remove"])
def test_a_kill_while_changing_leaves_the_old_or_the_new(
    mixture: Path, tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    export(mixture, Mds(), out)
    old = record(out)
    build(mixture, corpus(70))

    def die(*_: object) -> None:
        raise Killed

    owner = Mds if moment == "write" else Folder
    with monkeypatch.context() as patch:
        patch.setattr(owner, moment, die)
        with pytest.raises(Killed):
            export(mixture, Mds(), out)
    assert (record(out) == old) is (moment != "_remove")
    there = contents(out)
    for file in (file for shard in record(out).shards for file in shard.files):
        assert there[file.path] == file.sha256
    index = json.loads((out / "train" / "index.json").read_bytes())
    for one in index["shards"]:
        assert there[f"train/{one['raw_data']['basename']}"] == one["raw_data"]["hashes"]["sha256"]
    export(mixture, Mds(), out)
    export(mixture, Mds(), tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")


def test_a_journal_cut_off_in_its_last_line_is_read_to_there(mixture: Path, tmp_path: Path) -> None:
    with pytest.raises(Killed):
        export(mixture, Dying(2), tmp_path / "out")
    journal = tmp_path / "out" / "export.partial.jsonl"
    journal.write_bytes(journal.read_bytes()[:-5])
    assert export(mixture, Mds(), tmp_path / "out").written == len(shards_of(mixture)) - 1
    check_record(tmp_path / "out")


# --- whose folder it is --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "there", ["notes.txt", "index.json", "manifest.json", "00000-0123456789abcdef.tar"]
)
def test_a_folder_that_holds_something_else_is_left_alone(
    mixture: Path, tmp_path: Path, there: str
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / there).write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match="something else"):
        export(mixture, Jsonl(), tmp_path / "out")
    assert [one.name for one in (tmp_path / "out").iterdir()] == [there]


def test_a_folder_with_another_export_is_left_alone(mixture: Path, tmp_path: Path) -> None:
    export(mixture, Jsonl(), tmp_path / "out")
    before = contents(tmp_path / "out")
    with pytest.raises(ConfigError, match="services_l2 as jsonl"):
        export(mixture, Mds(), tmp_path / "out")
    assert contents(tmp_path / "out") == before


def test_a_record_of_another_program_is_named(mixture: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "export.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigError, match="not of this program"):
        export(mixture, Jsonl(), tmp_path / "out")


def test_a_file_in_place_of_the_folder_is_named(mixture: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be made a folder"):
        export(mixture, Jsonl(), tmp_path / "out")


def test_what_a_user_puts_beside_the_files_stays(mixture: Path, tmp_path: Path) -> None:
    export(mixture, Jsonl(), tmp_path / "out")
    mine = [tmp_path / "out" / name for name in ("notes.txt", "index.json", "mine/index.json")]
    for one in mine:
        one.parent.mkdir(exist_ok=True)
        one.write_text("mine", encoding="utf-8")
    build(mixture, corpus(70))
    export(mixture, Jsonl(), tmp_path / "out")
    assert {one.read_text(encoding="utf-8") for one in mine} == {"mine"}


def test_two_exports_into_one_folder_at_once_are_refused(mixture: Path, tmp_path: Path) -> None:
    class Slow(Jsonl):
        """Another export begins while this one writes."""

        def write(self, groups: Iterator[pl.DataFrame], outputs: Outputs) -> None:
            with pytest.raises(BusyError, match="another export"):
                export(mixture, Jsonl(), tmp_path / "out")
            super().write(groups, outputs)

    export(mixture, Slow(), tmp_path / "out")
    check_record(tmp_path / "out")


def test_where_a_file_cannot_have_two_names_it_is_written_again(
    mixture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    export(mixture, Mds(), tmp_path / "out")
    move(mixture)
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert export(mixture, Mds(), tmp_path / "out").written == len(shards_of(mixture))
    check_record(tmp_path / "out")


# --- the mixture ---------------------------------------------------------------------------------


def test_a_mixture_that_was_not_built_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="build the mixture first"):
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
