"""What is asked to be forgotten goes, its copies with it, and stays out."""

import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.lake import Lake
from pipelines.lookup import find_document
from pipelines.survey import survey
from pipelines.withdrawal.checking import require_checked
from pipelines.withdrawal.forgetting import verify
from pipelines.withdrawal.ledger import Ledger
from pipelines.withdrawal.revocation import ids_in, revoked
from schemas.batches import EVERYTHING
from schemas.corpus import load_corpus
from schemas.errors import IntegrityError, NotFoundError
from tests.pipelines import small
from tests.pipelines.light import Light
from tests.pipelines.withdrawal.making import describe, forget, lay, mixed, pages, state, texts

MARKET_URL = "https://a.cn/market"


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built corpus: copy it before changing anything."""
    light = lay(tmp_path_factory.mktemp("laid"))
    light.build()
    return light.path.parent


@pytest.fixture
def light(laid: Path, tmp_path: Path) -> Light:
    """A built corpus of one's own."""
    return Light(Path(shutil.copytree(laid, tmp_path / "corpus")) / "corpus.yaml")


def id_of(light: Light, uri: str) -> str:
    lake = small.lake_of(light.path)
    rows = lake.scan("documents", lake.batches()).filter(pl.col("uri") == uri)
    return str(rows.collect()["doc_id"][0])


@pytest.mark.parametrize(
    ("named", "gone"),
    [
        ({"urls": (MARKET_URL,)}, {small.MARKET, small.MARKET_AGAIN}),
        ({"urls": (MARKET_URL,), "twins": False}, {small.MARKET}),
        ({"prefixes": ("https://a.cn/",)}, {small.MARKET, small.MARKET_AGAIN, small.FERRY}),
        ({"prefixes": ("https://a.cn/",), "twins": False}, {small.MARKET, small.FERRY}),
        ({"sources": ("notices",)}, {small.CLINIC, small.WATER}),
        ({"contains": "恢复供水后，先放掉浑水"}, {small.WATER}),
        (
            {"contains": "摊位從四十個增加到六十個", "twins": False},
            {small.MARKET, small.MARKET_AGAIN},
        ),
        ({"urls": ("https://nobody.cn/",)}, set()),
    ],
)
def test_what_is_named_is_in_no_table_and_no_mixture(
    light: Light, named: dict[str, Any], gone: set[str]
) -> None:
    before = set(texts(light, "documents"))
    entry = forget(light, **named)
    assert sum(entry.found.values()) == len(gone)
    light.build()
    assert set(texts(light, "documents")) == before - gone
    assert not gone.intersection(mixed(light))
    assert verify(load_corpus(light.path), small.lake_of(light.path))["requests"] == 1


def test_the_next_of_a_cluster_is_kept_where_copies_may_stay(light: Light) -> None:
    assert small.MARKET not in texts(light)
    forget(light, docs=(id_of(light, "https://b.cn/market"),), twins=False)
    light.build()
    assert small.MARKET in mixed(light)


def test_every_record_is_still_accounted_for(light: Light) -> None:
    one = id_of(light, MARKET_URL)
    forget(light, docs=(one,))
    light.build()
    lake = small.lake_of(light.path)
    rejects = lake.scan("rejects", lake.batches()).collect()
    assert set(rejects["reason"]) == {"withdrawn"}
    assert rejects.height + len(texts(light, "documents")) == 6
    (found,) = find_document(load_corpus(light.path), one[:8])
    assert found.rejected
    assert found.rejected["withdrawn"] == "by request 1: 权利人要求"
    assert found.rejected["uri"] == MARKET_URL


@pytest.mark.parametrize(
    ("twins", "url", "text", "stays_out"),
    [
        (True, "https://mirror.cn/9", small.MARKET, True),
        (True, "https://mirror.cn/9", small.MARKET.replace("冷柜", "冰柜"), True),
        (True, "https://mirror.cn/9", small.ORCHARD, False),
        (True, MARKET_URL, small.ORCHARD, True),
        (False, MARKET_URL, small.ORCHARD, True),
        (False, MARKET_URL, small.MARKET, True),
        (False, "https://mirror.cn/9", small.MARKET, False),
    ],
)
def test_what_comes_in_again_is_told_again(
    light: Light, twins: bool, url: str, text: str, stays_out: bool
) -> None:
    forget(light, docs=(id_of(light, MARKET_URL),), twins=twins)
    light.build()
    pages(light.path.parent, "3", {url: text, "https://c.cn/kite": small.KITE})
    light.build()
    assert small.KITE in mixed(light)
    lake = small.lake_of(light.path)
    arrived = lake.scan("documents", ["crawl-00002"]).collect()
    assert (url not in arrived["uri"].to_list()) is stays_out
    assert set(lake.batch("crawl-00002").withdrawn.values()) == ({1} if stays_out else set())


def test_a_passage_is_looked_for_in_what_arrives(light: Light) -> None:
    forget(light, contains="做风筝的老师傅只用三年生的竹子")
    light.build()
    pages(light.path.parent, "3", {"https://c.cn/kite": "转载：" + small.KITE})
    light.build()
    assert not any("风筝" in text for text in texts(light, "documents"))


def test_new_files_of_a_withdrawn_source_never_come_in(light: Light) -> None:
    forget(light, sources=("notices",))
    light.build()
    small.notice(light.path.parent, "zz", small.KITE)
    light.build()
    lake = small.lake_of(light.path)
    name = lake.batches()[-1]
    assert lake.batch(name).withdrawn == {EVERYTHING: 1}
    assert lake.scan("documents", [name]).collect().is_empty()
    assert lake.scan("rejects", [name]).collect()["reason"].to_list() == ["withdrawn"]


def test_nothing_else_is_made_again(light: Light) -> None:
    forget(light, urls=("https://a.cn/ferry",))
    made = light.build()
    apart = [one for one in made if one.startswith(("documents", "signals", "verdicts", "corpus"))]
    assert apart == ["verdicts crawl-00000", "corpus crawl-00000"]
    assert light.build() == []


def test_a_build_without_requests_leaves_no_trace(light: Light) -> None:
    before = state(light)
    light.build()
    assert state(light) == before
    assert not (small.lake_of(light.path).home / "withdrawals").exists()


def test_holders_of_a_mixture_learn_what_to_take_out(light: Light) -> None:
    folder = small.lake_of(light.path).mixture("general")
    manifest = small.lake_of(light.path).manifest("general")
    assert manifest
    copy = Path(shutil.copytree(folder, light.path.parent / "copy"))
    one, other = id_of(light, "https://a.cn/ferry"), id_of(light, "notices/water.txt")
    forget(light, docs=(one,))
    light.build()
    forget(light, docs=(other,))
    light.build()
    listed = revoked(folder)
    assert listed["doc_id"].to_list() == [one, other]
    assert listed["withdrawal"].to_list() == [1, 2]
    assert listed["version"][0] == manifest.version
    theirs = ids_in(copy, manifest).collect()
    left = theirs.join(listed, on="doc_id", how="anti")
    now = small.lake_of(light.path).manifest("general")
    assert now
    assert set(left["doc_id"]) == set(ids_in(folder, now).collect()["doc_id"])


def test_the_certificate_says_what_was_replaced(light: Light) -> None:
    lake = small.lake_of(light.path)
    before = lake.manifest("general")
    entry = forget(light, urls=("https://a.cn/ferry",))
    light.build()
    certificate = Ledger(lake).certificates[1]
    told = certificate.mixtures["general"]
    after = lake.manifest("general")
    assert before
    assert after
    assert told.after
    assert (told.before.version, told.before.rows) == (before.version, 1)
    assert told.after.version == after.version
    assert set(told.after.shards.values()) == {shard.sha256 for shard in after.shards}
    assert told.rewritten == len(after.shards)
    assert (certificate.found, certificate.raw_files) == ({"crawl": 1}, 1)
    places = Ledger(lake).read(entry, "documents").row(0, named=True)
    raw = (light.path.parent / places["raw_path"]).read_bytes()
    record = raw[places["raw_offset"] :][: places["raw_length"]]
    assert small.FERRY in record.decode()


def test_the_ledger_holds_no_text(light: Light) -> None:
    forget(light, contains="恢复供水后，先放掉浑水")
    forget(light, docs=(id_of(light, MARKET_URL),))
    light.build()
    for file in (small.lake_of(light.path).home / "withdrawals").iterdir():
        data = file.read_bytes()
        for text in ("浑水", "摊位", "豆腐"):
            assert text.encode() not in data, file.name


@pytest.mark.parametrize("named", [{"docs": ("0" * 32,)}, {"sources": ("nothing",)}])
def test_a_slip_of_the_pen_is_no_request(light: Light, named: dict[str, Any]) -> None:
    with pytest.raises(NotFoundError):
        forget(light, **named)
    assert Ledger(small.lake_of(light.path)).entries == []


def test_a_document_is_withdrawn_once(light: Light) -> None:
    one = id_of(light, MARKET_URL)
    forget(light, docs=(one,))
    light.build()
    with pytest.raises(NotFoundError, match="withdrawn by request 1 already"):
        forget(light, docs=(one,))


def test_a_source_that_corpus_yaml_no_longer_names_is_emptied(light: Light) -> None:
    crawl = {"kind": "web", "format": "jsonl", "path": "crawl/*.jsonl", "fields": {"url": "url"}}
    describe(light.path.parent, sources={"crawl": crawl})
    light.build()
    assert small.WATER in texts(light, "documents")
    forget(light, contains="恢复供水后，先放掉浑水")
    light.build()
    assert small.WATER not in texts(light, "documents")
    assert small.CLINIC in texts(light, "documents")
    describe(light.path.parent)
    light.build()
    assert small.WATER not in texts(light, "documents")


def test_no_mixture_is_made_from_what_was_not_checked(light: Light) -> None:
    lake = small.lake_of(light.path)
    require_checked(lake, lake.batches())
    forget(light, urls=("https://a.cn/ferry",))
    with pytest.raises(IntegrityError, match="not checked"):
        require_checked(lake, lake.batches())
    light.build()
    require_checked(lake, lake.batches())


def test_status_tells_what_is_still_to_be_done(light: Light) -> None:
    corpus = load_corpus(light.path)
    assert "withdraw" not in survey(corpus).to_do
    forget(light, urls=("https://a.cn/ferry",))
    assert survey(corpus).to_do["withdraw"] == 1
    light.build()
    assert not any(survey(corpus).to_do.values())


def test_what_is_left_is_found(light: Light) -> None:
    lake = small.lake_of(light.path)
    forget(light, urls=("https://a.cn/ferry",))
    old = Path(shutil.copytree(lake.home / "documents", light.path.parent / "old"))
    light.build()
    shutil.rmtree(lake.home / "documents")
    shutil.copytree(old, lake.home / "documents")
    with pytest.raises(IntegrityError, match=r"documents.*crawl-00000.*1 documents"):
        verify(load_corpus(light.path), Lake(str(lake.home)))
