import gzip
from pathlib import Path

import pytest

from assets.sources import raw_record
from schemas.errors import IntegrityError, NotFoundError
from tests.assets.sources.making import http, put, read_all, source_of, traced, warc_record

JSONL = source_of("jsonl")


def test_a_changed_record_is_noticed(tmp_path: Path) -> None:
    path = put(tmp_path / "x.jsonl", b'{"text": "a"}\n')
    row = read_all(JSONL, path).row(0, named=True)
    put(path, b'{"text": "b"}\n')
    assert raw_record(JSONL, path, 0, 13) == b'{"text": "b"}'
    with pytest.raises(IntegrityError, match="has changed"):
        traced(JSONL, row)


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_a_record_that_is_gone_is_not_found(compress: type[bytes], tmp_path: Path) -> None:
    path = put(tmp_path / "x.jsonl", compress(b'{"text": "a"}\n'))
    row = read_all(JSONL, path).row(0, named=True)
    put(path, compress(b"{}"))
    with pytest.raises(NotFoundError):
        traced(JSONL, row)
    Path(path).unlink()
    with pytest.raises(NotFoundError, match="is gone"):
        traced(JSONL, row)


def test_a_changed_archive_is_noticed(tmp_path: Path) -> None:
    source = source_of("warc")
    path = put(tmp_path / "x.warc", warc_record(http(b"<p>a")))
    row = read_all(source, path).row(0, named=True)
    put(path, warc_record(http(b"<p>b")))
    with pytest.raises(IntegrityError):
        traced(source, row)
    put(path, b"")
    with pytest.raises(NotFoundError):
        traced(source, row)
