import os
from pathlib import Path

import pytest

from assets.sources import discover
from schemas.errors import ConfigError
from schemas.sources import Source
from tests.assets.sources.making import put, read_all, source_of, traced


@pytest.fixture
def base(tmp_path: Path) -> str:
    for name in ("b.jsonl", "a.jsonl.gz", "sub/c.ndjson", "sub/deep/d.JSONL.zst", "readme.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"{}")
    return str(tmp_path)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("b.jsonl", ["b.jsonl"]),
        ("readme.txt", ["readme.txt"]),
        ("*.jsonl*", ["a.jsonl.gz", "b.jsonl"]),
        ("**/*.ndjson", ["sub/c.ndjson"]),
        (".", ["a.jsonl.gz", "b.jsonl", "sub/c.ndjson", "sub/deep/d.JSONL.zst"]),
        (("sub", "b.jsonl", "*.jsonl"), ["b.jsonl", "sub/c.ndjson", "sub/deep/d.JSONL.zst"]),
    ],
)
def test_files_folders_patterns_and_lists(
    path: str | tuple[str, ...], names: list[str], base: str
) -> None:
    files = discover(Source(format="jsonl", path=path), base)
    assert [os.path.relpath(file.path, base) for file in files] == names
    assert {file.size for file in files} == {2}


def test_a_version_changes_with_the_file(base: str) -> None:
    source = Source(format="jsonl", path="b.jsonl")
    before = discover(source, base)
    assert discover(source, base) == before
    os.utime(f"{base}/b.jsonl", ns=(1, 1))
    assert discover(source, base)[0].version == "1" != before[0].version


def test_urls_are_kept_as_urls_and_can_be_read() -> None:
    source = Source(format="jsonl", path="memory://crawl/2024/*.jsonl")
    put("memory://crawl/2024/a.jsonl", '{"text": "云上"}\n'.encode())
    files = discover(source, "/nowhere")
    assert [file.path for file in files] == ["memory:///crawl/2024/a.jsonl"]
    row = read_all(source_of("jsonl"), files[0].path).row(0, named=True)
    assert row["text"] == "云上"
    assert traced(source, row) == '{"text": "云上"}'.encode()


def test_a_file_url_is_a_local_path(base: str) -> None:
    files = discover(Source(format="jsonl", path=f"file://{base}/b.jsonl"), "/nowhere")
    assert [file.path for file in files] == [f"{base}/b.jsonl"]


@pytest.mark.parametrize("path", ["gone.jsonl", "*.nothing", "empty"])
def test_no_match_says_what_was_looked_for(path: str, base: str) -> None:
    Path(base, "empty").mkdir()
    with pytest.raises(ConfigError, match=r"names ending in \.jsonl, \.jsonl\.gz") as caught:
        discover(Source(format="jsonl", path=path), base)
    assert f"{base}/{path}" in str(caught.value)


def test_without_a_base_paths_are_relative_to_the_working_folder(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(base)
    files = discover(Source(format="jsonl", path="b.jsonl"), "")
    assert [file.path for file in files] == [f"{base}/b.jsonl"]


def test_a_query_is_one_file_whose_version_is_its_digest() -> None:
    queries = ("select 1", "select 2", "select 1")
    files = [discover(Source(format="sql", url_env="X", query=query), "")[0] for query in queries]
    assert files[0] == files[2] != files[1]
    assert files[0].path == "sql"
