"""An export killed at any moment: the old or the new, and the next one goes on."""

import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from pipelines.exports.export import export
from pipelines.exports.files import Outputs
from pipelines.exports.folder import Folder
from pipelines.exports.mds import Mds
from tests.pipelines.exports.publishing import check_record, record, shards_of
from tests.pipelines.mixed import build, contents, corpus


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
