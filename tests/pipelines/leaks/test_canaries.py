"""Nothing leaks: no planted value is anywhere but in `documents`, addresses where addresses are.

Values of records (texts, titles, authors, columns, headers) may lie in `documents` alone. Addresses
(URLs, ids, the names of files) lie in `documents`, `rejects` and `batches` too, and are printed by
`why` and `trace`, as docs/cli.md says.
"""

import base64
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest

from pipelines.lake import Lake
from tests.pipelines import small
from tests.pipelines.leaks.canaries import EVERY_KIND, Hit
from tests.pipelines.leaks.laying import Raw
from tests.pipelines.leaks.recording import recorded
from tests.pipelines.leaks.searching import surfaces
from tests.pipelines.lineage.telling import into
from tests.pipelines.running import wenyuan

BESIDES = ("rejects/", "batches/")
"""Where addresses lie, besides `documents`."""

TABLES = ("lines", "sheets", "tables", "calls")
"""The sources whose records have named fields, and one for each way in which they are dropped."""

EXPORTS = ("jsonl", "webdataset", "mds", "retrieval")


class Caged(NamedTuple):
    """A corpus with canaries, built; what the build said; and what others are given of it."""

    raw: Raw
    path: Path
    lake: Lake
    said: Path
    given: Path

    def hits(self, folder: Path) -> list[Hit]:
        return [hit for place, data in surfaces(folder) for hit in self.raw.cage.seen(place, data)]

    def heard(self, *arguments: object) -> list[Hit]:
        """The canaries in what a command prints."""
        result = wenyuan(*arguments, "-c", self.path)
        assert result.exit_code in {0, 4, 6}, result.output
        return list(self.raw.cage.seen(" ".join(map(str, arguments)), result.output.encode()))


@pytest.fixture(scope="session")
def caged(tmp_path_factory: pytest.TempPathFactory) -> Caged:
    """The corpus, and all that is made of it for others. Change nothing in it."""
    folder = tmp_path_factory.mktemp("caged")
    raw = Raw(folder / "town")
    path = raw.lay()
    said, given = folder / "said" / "build.txt", folder / "given"
    with pytest.MonkeyPatch.context() as patch, recorded(said):
        into(folder / "said" / "lineage.jsonl", patch)
        assert not small.build_here(path).failures
    for form in EXPORTS:
        result = wenyuan("export", "everything", "--format", form, "--to", given / form, "-c", path)
        assert result.exit_code == 0, result.output
    assert wenyuan("acceptance", "--to", given / "reports", "-c", path).exit_code == 0
    for name in ("sample", "report"):
        file = given / f"{name}.{'csv' if name == 'sample' else 'html'}"
        result = wenyuan("privacy", name, "--to", file, "-c", path)
        assert result.exit_code == 0, result.output
    page = given / "lineage.html"
    assert wenyuan("lineage", "everything", "--html", page, "-c", path).exit_code == 0
    return Caged(raw, path, small.lake_of(path), said, given)


def leaks(hits: list[Hit], allowed: Callable[[Hit], bool] = lambda _: False) -> list[str]:
    """The hits that are not allowed, a few of them."""
    return sorted({str(hit) for hit in hits if not allowed(hit)})[:20]


def is_address(hit: Hit) -> bool:
    """Whether the value was planted in an address; one that is coded can only be of a URL."""
    return hit.canary.address if hit.canary else hit.form == "a URL"


def at_home(hit: Hit) -> bool:
    """Whether the value lies where it may."""
    if hit.place.startswith("documents/"):
        return ".index" not in hit.place
    return hit.place.startswith(BESIDES) and is_address(hit) and not hit.place.endswith(":detail")


def test_the_search_finds_what_lies_in_documents(caged: Caged) -> None:
    hits = caged.hits(caged.lake.home / "documents")
    found = {(hit.canary.origin, hit.canary.kind) for hit in hits if hit.canary}
    fields = ("text", "title", "too short", "exam", "common line", "beside common lines")
    texts = [f"{source}: {field}" for source in TABLES for field in fields]
    texts += ["lines: escaped", "lines: AI label", "chats: message", "chats: role"]
    texts += ["notes: GB18030", "notes: UTF-16", "notes: heading", "pages: title", "pages: author"]
    texts += ["crawl: body", "crawl: title", "crawl: author", "letters: text"]
    assert [origin for origin in texts if (origin, "name") not in found] == []
    assert not {("pages: body", kind) for kind in EVERY_KIND} - found
    assert {("papers: text", "mobile"), ("papers: text", "email")} <= found
    assert {(f"{source}: file name", "mobile") for source in ("notes", "pages")} <= found


@pytest.mark.parametrize(
    "coded",
    [
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("gb18030"),
        lambda text: json.dumps({"a": text}).encode(),
        lambda text: json.dumps(json.dumps(text)).encode(),
        lambda text: quote(text).encode(),
        lambda text: base64.b64encode(b"1" + text.encode()),
    ],
    ids=["UTF-16", "GB18030", "JSON", "JSON in JSON", "URL", "base64"],
)
def test_the_search_sees_through_codes(caged: Caged, coded: Callable[[str], bytes]) -> None:
    value = next(one for one in caged.raw.cage.planted.values() if one.kind == "name").value
    assert list(caged.raw.cage.seen("here", coded(f"姓名：{value}。")))


def test_the_corpus_has_documents_of_every_fate(caged: Caged) -> None:
    verdicts = caged.lake.scan("verdicts", caged.lake.batches()).collect()
    rejects = caged.lake.scan("rejects", caged.lake.batches()).collect()
    assert {None, "chars", "duplicate", "contamination"} == set(verdicts["rule"])
    assert verdicts["kept"].sum() > 25
    assert {
        *("bad_json", "bad_utf8", "not_an_object", "no_field", "too_large", "bad_messages"),
        *("field_count", "stray_quote", "broken_parquet", "binary", "no_text", "broken_pdf"),
        *("http_status", "media_type", "content_encoding", "revisit", "truncated", "not_a_zip"),
    } <= set(rejects["reason"])


def test_the_home_holds_values_in_documents_alone(caged: Caged) -> None:
    assert not leaks(caged.hits(caged.lake.home), at_home)


def test_what_others_are_given_holds_none(caged: Caged) -> None:
    hits = caged.hits(caged.given)
    assert not leaks(hits)
    assert (caged.given / "reports" / "lines.html").is_file()


def test_a_build_says_none(caged: Caged) -> None:
    assert (caged.said.parent / "lineage.jsonl").stat().st_size > 10_000
    assert not leaks(caged.hits(caged.said.parent))


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["to read", "JSON"])
@pytest.mark.parametrize(
    "command",
    [
        *(("status",), ("acceptance",), ("lineage", "everything"), ("privacy", "report")),
        *(("mixture", "plan", "everything"), ("build",)),
        ("forget", "--url-prefix", "http://lines.cn/", "--dry-run"),
        ("forget", "--source", "calls", "--dry-run"),
    ],
    ids=" ".join,
)
def test_commands_about_the_whole_print_none(
    caged: Caged, command: tuple[str, ...], form: tuple[str, ...]
) -> None:
    assert not leaks(caged.heard(*command, *form))


def raw_files(caged: Caged) -> Iterator[str]:
    for name in caged.lake.batches():
        yield from (file.path for file in caged.lake.batch(name).files)


@pytest.mark.parametrize("options", [(), ("--json", "--repairs")], ids=["to read", "JSON"])
def test_why_prints_addresses_and_masks_the_rest(caged: Caged, options: tuple[str, ...]) -> None:
    hits = [hit for path in raw_files(caged) for hit in caged.heard("why", path, *options)]
    assert hits
    assert not leaks(hits, is_address)


def test_trace_prints_addresses_and_masks_the_rest(caged: Caged) -> None:
    manifest = caged.lake.manifest("everything")
    assert manifest is not None
    seen: set[str] = set()
    for row in range(manifest.rows):
        name = f"everything/{manifest.shards[0].path}#{row}"
        hits = caged.heard("trace", name)
        seen |= {hit.canary.origin for hit in hits if hit.canary}
        assert not leaks(hits, is_address)
    assert seen


def test_a_card_of_inspect_shows_addresses_and_masks_the_rest(caged: Caged) -> None:
    for source in ("lines", "sheets", "tables", "notes", "pages", "crawl", "papers", "letters"):
        for options in ((), ("--json",)):
            result = wenyuan("inspect", caged.raw.folder / source, *options)
            assert result.exit_code == 0, result.output
            hits = list(caged.raw.cage.seen(f"inspect {source}", result.output.encode()))
            assert hits
            assert options or not leaks(hits, is_address)


def test_only_their_owner_may_read_what_is_not_for_others(caged: Caged) -> None:
    for folder in caged.lake.home.iterdir():
        if folder.is_dir() and folder.name != "mixtures":
            assert folder.stat().st_mode & 0o777 == 0o700, folder
    for table in ("documents", "rejects", "batches"):
        files = list((caged.lake.home / table).iterdir())
        assert files
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_a_folder_that_stood_open_is_closed_by_the_next_build(caged: Caged, tmp_path: Path) -> None:
    home = Path(shutil.copytree(caged.lake.home, tmp_path / "home"))
    for folder in ("documents", "rejects", "batches"):
        (home / folder).chmod(0o755)
    Lake(str(home)).sweep()
    assert (home / "documents").stat().st_mode & 0o077 == 0
    assert (home / "rejects").stat().st_mode & 0o077 == 0
    assert (home / "batches").stat().st_mode & 0o077 == 0
