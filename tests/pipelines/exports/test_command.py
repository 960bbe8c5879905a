"""`wenyuan export`, as a person and as a script meet it."""

from pathlib import Path

import pytest

from pipelines.exports.folder import RECORD
from schemas.exports import Export
from tests.pipelines.exports.making import tokenizer_file
from tests.pipelines.mixed import contents
from tests.pipelines.running import answered, wenyuan


def test_an_export_says_what_it_wrote(built: Path, tmp_path: Path) -> None:
    arguments = ("export", "services", "--format", "jsonl", "--to", tmp_path / "out", "-c", built)
    told = answered(*arguments, "--json")
    seconds = told.pop("seconds")
    record = Export.model_validate_json((tmp_path / "out" / RECORD).read_bytes())
    assert seconds >= 0
    assert told == {
        "mixture": "services",
        "version": record.version,
        "format": "jsonl",
        "folder": str(tmp_path / "out"),
        "shards": 1,
        "written": 1,
        "files": 1,
        "bytes": record.shards[0].files[0].bytes,
    }
    again = wenyuan(*arguments)
    assert again.exit_code == 0
    assert "holds services as jsonl: 1 files" in again.stdout
    assert "0 shards were written" in again.stdout


@pytest.mark.parametrize("form", ["jsonl", "mds", "webdataset", "retrieval"])
def test_every_format_is_a_choice(built: Path, tmp_path: Path, form: str) -> None:
    for name in ("one", "two"):
        to = ("--format", form, "--to", tmp_path / name)
        assert answered("export", "general", *to, "-c", built, "--json")["written"] == 1
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize("form", ["megatron", "nanotron"])
def test_token_ids_need_a_tokenizer(built: Path, tmp_path: Path, form: str) -> None:
    arguments = ("export", "general", "--format", form, "--to", tmp_path / "out", "-c", built)
    refused = wenyuan(*arguments)
    assert refused.exit_code == 2
    assert "name a tokenizer.json with --tokenizer" in refused.stderr
    assert not (tmp_path / "out").exists()
    told = answered(*arguments, "--tokenizer", tokenizer_file(tmp_path), "--json")
    assert told["written"] == 1


def test_chunks_are_as_long_as_asked(built: Path, tmp_path: Path) -> None:
    to = ("--format", "retrieval", "--to", tmp_path / "out", "-c", built)
    few = answered("export", "general", *to, "--json")
    many = answered("export", "general", *to, "--chars", 40, "--overlap", 0, "--json")
    assert (few["written"], many["written"]) == (1, 1)
    record = Export.model_validate_json((tmp_path / "out" / RECORD).read_bytes())
    assert {"chars": 40, "overlap": 0}.items() <= record.options.items()


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("genral", "--format", "jsonl"), 2, "did you mean 'general'?"),
        (("general", "--format", "jsonl", "--chars", 5), 2, "--chars says nothing to jsonl"),
        (("general", "--format", "mds", "--end", "x"), 2, "only to megatron and nanotron"),
        (("general", "--format", "retrieval", "--chars", 9), 2, "the overlap must be less"),
        (("general", "--format", "jsonl", "--part", "dev"), 3, "no part 'dev'"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_written(
    built: Path, tmp_path: Path, options: tuple[object, ...], code: int, told: str
) -> None:
    refused = wenyuan("export", *options, "--to", tmp_path / "out", "-c", built)
    assert refused.exit_code == code
    assert told in refused.stderr
    assert not (tmp_path / "out").exists()


def test_an_address_is_no_folder(built: Path, tmp_path: Path) -> None:
    refused = wenyuan("export", "general", "--format", "jsonl", "--to", "s3://b/c", "-c", built)
    assert refused.exit_code == 2
    assert "a folder of this machine" in refused.stderr
