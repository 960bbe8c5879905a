"""Finding documents again where addresses repeat, tables lag behind, and records are no lines."""

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
import yaml

from assets.reading import Reading
from pipelines import places, shards
from pipelines.batching import assign, placed
from pipelines.lake import Lake
from pipelines.lookup import find_document, shown
from pipelines.parquet import Origin
from pipelines.tracing import trace_row
from schemas.corpus import Corpus, load_corpus
from schemas.errors import ConfigError
from schemas.tables import LANGUAGE
from tests.pipelines import small
from tests.pipelines.light import Light

MOBILE = "13812345678"
SHARD = "train/00000.parquet"
TEXT = f"居民来电，询问电话{MOBILE}是否仍可预约。"
ORIGIN = Origin(code_version="", settings="", inputs={})


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Two pages at one address, a page's file, and a query: read, and not yet measured."""
    rows: list[dict[str, Any]] = [
        {"url": "http://town.example/[1]", "title": f"致电{MOBILE}", "text": TEXT}
    ]
    rows.append(rows[0] | {"text": "后来改过的公告。", "title": None})
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    with sqlite3.connect(tmp_path / "calls.db") as calls:
        calls.execute("create table calls (id integer, 姓名 text, content text)")
        calls.execute("insert into calls values (1, '王小明', ?)", (TEXT,))
    query = {"format": "sql", "url": "sqlite:///calls.db", "query": "select * from calls"}
    settings: dict[str, Any] = {
        "name": "town",
        "sources": {
            "news": {
                "format": "jsonl",
                "path": "a.jsonl",
                "fields": {"url": "url", "title": "title"},
            },
            "calls": query | {"fields": {"text": "content", "id": "id"}},
        },
        "mixtures": {"all": {}},
    }
    (tmp_path / "corpus.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True))
    loaded = load_corpus(tmp_path / "corpus.yaml")
    lake = Lake(loaded.home)
    for batch in assign(loaded, lake):
        reading = Reading(placed(loaded, batch), loaded.sources[batch.source], loaded.folder)
        lake.write("documents", batch.name, reading.documents(), ORIGIN)
        lake.write("rejects", batch.name, [reading.rejects()], ORIGIN)
    return loaded


def test_all_documents_of_one_address_are_shown_titles_masked(corpus: Corpus) -> None:
    first, second = find_document(corpus, "http://town.example/[1]")
    assert first.document["title"] == "致电〔手机号〕"
    assert second.document["title"] is None
    assert MOBILE not in first.model_dump_json()
    revealed = find_document(corpus, "http://town.example/[1]", reveal=True)[0]
    assert MOBILE in revealed.document["title"]
    assert MOBILE in revealed.excerpt


@pytest.mark.parametrize("damage", [lambda _: b"", lambda whole: whole[:-4], None])
def test_without_an_index_the_table_is_searched(
    corpus: Corpus, damage: Callable[[bytes], bytes] | None
) -> None:
    [call] = Lake(corpus.home).scan("documents", ["calls-00000"]).collect()["doc_id"]
    names = ["http://town.example/[1]", "a.jsonl", call[:7]]

    def ids(name: str) -> list[str]:
        return [one.document["doc_id"] for one in find_document(corpus, name)]

    before = [ids(name) for name in names]
    assert [len(one) for one in before] == [2, 2, 1]
    for file in Path(corpus.home).rglob("*.index"):
        if damage:
            file.write_bytes(damage(file.read_bytes()))
        else:
            file.unlink()
    assert [ids(name) for name in names] == before


def test_a_document_that_is_only_read_has_no_verdict_yet(corpus: Corpus) -> None:
    found = find_document(corpus, "http://town.example/[1]")[0]
    assert found.verdict is None
    assert found.rules == []
    assert not found.outdated


def test_rows_of_another_reading_are_not_taken_for_the_documents(corpus: Corpus) -> None:
    other = pl.DataFrame(
        {
            "doc_id": ["0" * 32] * 2,
            "language": ["yue"] * 2,
            "confidence": [1.0] * 2,
            "han_ratio": [1.0] * 2,
            "shares": [[]] * 2,
        },
        schema=LANGUAGE,
    )
    Lake(corpus.home).write("language", "news-00000", [other], ORIGIN)
    assert "language" not in find_document(corpus, "http://town.example/[1]")[0].measured


def test_a_table_of_an_earlier_version_is_passed_over(corpus: Corpus) -> None:
    lake = Lake(corpus.home)
    ids = lake.scan("documents", ["news-00000"]).select("doc_id").collect()
    lake.path("duplicates", "news-00000").parent.mkdir()
    earlier = ids.with_columns(twin=pl.lit("0" * 32), size=2)
    earlier.write_parquet(lake.path("duplicates", "news-00000"))
    assert find_document(corpus, "http://town.example/[1]")[0].twin is None


def test_a_beginning_that_several_ids_share_is_an_error_that_names_them(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_PREFIX", re.compile("x?"))
    with pytest.raises(ConfigError, match="begins 3 ids"):
        find_document(corpus, "")


@pytest.fixture
def row(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A row of a mixture made from the call, as it was published in clear."""
    documents = Lake(corpus.home).scan("documents", ["calls-00000"]).collect()
    kept = {"doc_id": documents["doc_id"][0], "source": "calls"}
    monkeypatch.setattr(shards, "find_shard", lambda *_: SimpleNamespace(path=f"v/{SHARD}"))
    monkeypatch.setattr(shards, "read_row", lambda *_: kept | {"text": TEXT})
    return kept


def test_a_row_of_a_query_leads_back_to_the_row_of_the_database(
    corpus: Corpus, row: dict[str, Any]
) -> None:
    traced = trace_row(corpus, f"all/{SHARD}", 0)
    assert traced.shard == f"all/v/{SHARD}"
    assert traced.document["doc_id"] == row["doc_id"]
    assert json.loads(traced.raw or "")["姓名"] == "〔姓名〕"
    for secret in (MOBILE, "王小明"):
        assert secret not in traced.model_dump_json(exclude={"raw_bytes"})
    revealed = trace_row(corpus, f"all/{SHARD}", 0, reveal=True)
    assert json.loads(revealed.raw_bytes)["姓名"] == "王小明"
    assert revealed.mixture_row["text"] == TEXT


def test_it_is_told_how_the_similarity_to_the_twin_is_known(tmp_path: Path) -> None:
    """Counted near the threshold, estimated far above it, certain where the texts are equal."""
    light = Light(small.lay(tmp_path))
    changed = [small.FERRY.replace("去年冬天", "前年春节"), small.KITE.replace("老师傅", "小师傅")]
    for number, text in enumerate([*changed, f"{small.LIBRARY}！！"]):
        small.notice(tmp_path, f"again{number}", text)
    light.build()
    found = [
        find_document(light.corpus, f"notices/again{number}.txt")[0].measured for number in range(3)
    ]
    assert [one["similarity_counted"] for one in found] == [True, False, True]
    assert 0.7 <= found[0]["similarity"] < found[1]["similarity"] < found[2]["similarity"] == 1


def test_an_author_is_a_name_and_masked() -> None:
    row = {"title": None, "author": "王建宏", "ai_label": None}
    assert shown(row, reveal=False)["author"] == "〔姓名〕"
    assert shown(row, reveal=True)["author"] == "王建宏"
    assert shown(row | {"author": None}, reveal=False)["author"] is None
