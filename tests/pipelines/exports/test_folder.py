"""Whose folder it is, and what an export leaves alone."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from pipelines.exports.export import export
from pipelines.exports.files import Outputs
from pipelines.exports.jsonl import Jsonl
from pipelines.exports.mds import Mds
from schemas.errors import BusyError, ConfigError
from tests.pipelines.exports.publishing import check_record, move, shards_of
from tests.pipelines.mixed import build, contents, corpus


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
