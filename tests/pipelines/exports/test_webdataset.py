"""WebDataset: the tar file that Python's own tarfile would have written."""

import io
import json
import tarfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given

from pipelines.exports.webdataset import Webdataset
from schemas.errors import IntegrityError
from tests.pipelines.exports.making import TEXTS, read, rows_of, written


def slowly(rows: pl.DataFrame) -> bytes:
    """The same members, one by one."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for row in rows.to_dicts():
            text = row.pop("text")
            about = rows.filter(
                (pl.col("doc_id") == row["doc_id"]) & (pl.col("epoch") == row["epoch"])
            ).select(pl.struct(pl.exclude("text")).struct.json_encode())
            for name, value in (("json", about.item()), ("txt", text)):
                member = tarfile.TarInfo(f"{row['doc_id']}-{row['epoch']}.{name}")
                member.size = len(value.encode())
                tar.addfile(member, io.BytesIO(value.encode()))
    return file.getvalue()


@given(TEXTS)
def test_the_bytes_are_those_of_tarfile(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder, rows = tmp_path_factory.mktemp("tar"), rows_of(texts)
    files = written(Webdataset(), rows, folder)
    assert read(folder, files, ".tar") == slowly(rows)


def test_a_sample_is_the_text_and_what_is_known_of_it(tmp_path: Path) -> None:
    rows = rows_of(["文渊" * 300, "", "𠮷"])
    files = written(Webdataset(), rows, tmp_path)
    with tarfile.open(tmp_path / files[0].path) as tar:
        members = {one.name: tar.extractfile(one) for one in tar}
    assert [name.partition(".")[2] for name in members] == ["json", "txt"] * 3
    with tarfile.open(tmp_path / files[0].path) as tar:
        about = tar.extractfile(next(iter(members)))
        assert about is not None
        known = json.loads(about.read())
    assert known == {k: v for k, v in rows.row(0, named=True).items() if k != "text"}


@pytest.mark.parametrize("doc_id", ["九" * 32, "0" * 99])
def test_an_id_that_is_no_name_of_a_member_is_refused(tmp_path: Path, doc_id: str) -> None:
    rows = rows_of(["一"]).with_columns(doc_id=pl.lit(doc_id))
    with pytest.raises(IntegrityError, match="no name"):
        written(Webdataset(), rows, tmp_path)
