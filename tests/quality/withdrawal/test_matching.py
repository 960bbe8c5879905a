"""Documents are matched against tombstones by every way there is to tell them again."""

import random
from typing import Any

import polars as pl
import pytest

from quality.dedup import signatures
from quality.dedup.candidates import estimate
from quality.withdrawal import (
    Tombstones,
    asked,
    copies,
    joined,
    margin,
    of_request,
    of_texts,
    snippet_of,
)
from schemas.tables import SIGNATURES
from schemas.withdrawals import Request
from tests.pipelines import small

KEY = b"k" * 32
DOCUMENTS = pl.LazyFrame(
    {
        "doc_id": ["a", "b", "c", "d"],
        "uri": ["https://a.cn/1", "https://a.cn.example/2", None, "raw/x.jsonl#3"],
        "source": ["crawl", "crawl", "books", "books"],
        "text": [small.CLINIC, small.MARKET, small.MARKET_AGAIN, None],
    }
)


def request(**named: Any) -> Request:
    return Request(reason="为了测试", **named)


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ({"docs": ("b", "z")}, ["b"]),
        ({"urls": ("https://a.cn/1",)}, ["a"]),
        ({"prefixes": ("https://a.cn/",)}, ["a"]),
        ({"prefixes": ("https://a.cn",)}, ["a", "b"]),
        ({"prefixes": (".*",)}, []),
        ({"sources": ("books",)}, ["c", "d"]),
        ({"snippets": (snippet_of("就诊的时候请带好医保卡", KEY),)}, ["a"]),
        ({"docs": ("d",), "sources": ("crawl",)}, ["a", "b", "d"]),
    ],
)
def test_a_request_names_documents(named: dict[str, Any], found: list[str]) -> None:
    assert asked(DOCUMENTS, of_request(request(**named), 1), KEY)["doc_id"].to_list() == found


def test_no_text_is_read_where_no_passage_is_looked_for() -> None:
    named = of_request(request(urls=("https://a.cn/1",)), 1)
    assert asked(DOCUMENTS.drop("text"), named)["doc_id"].to_list() == ["a"]


def test_the_first_request_counts() -> None:
    parts = [
        of_request(request(docs=("a",)), 2),
        of_request(request(sources=("crawl",), docs=("a", "c")), 5),
        of_request(request(sources=("crawl",)), 6),
    ]
    assert dict(asked(DOCUMENTS, joined(parts)).iter_rows()) == {"a": 2, "b": 5, "c": 5}


def signed(*texts: str | None) -> pl.LazyFrame:
    return signatures(pl.LazyFrame({"doc_id": [str(i) for i in range(len(texts))], "text": texts}))


def stones(*texts: str | None) -> Tombstones:
    rows = signed(*texts).filter(pl.col("folded_chars") > 0).collect()
    return of_texts(rows.select("exact", "sketch").unique("exact"), 1)


def found(texts: list[str | None], gone: list[str | None], threshold: float = 0.7) -> list[str]:
    return copies(signed(*texts), stones(*gone), margin(threshold))["doc_id"].to_list()


def test_a_copy_is_found_in_another_script_and_edited() -> None:
    other = "城南菜市場今天重新開門。" + small.MARKET[12:]
    assert found([small.FERRY, other, small.MARKET_AGAIN], [small.MARKET]) == ["1", "2"]


def test_texts_that_fold_to_nothing_are_nobodys_copies() -> None:
    assert found(["", "！！", None, small.FERRY], ["", "…", None]) == []


def test_a_text_too_short_for_a_sketch_is_found_by_its_hash() -> None:
    assert found(["暂无", "暫無。", "暂有"], ["暂无"]) == ["0", "1"]


def test_where_copies_stay_no_text_is_looked_for() -> None:
    assert copies(signed(small.MARKET), Tombstones(), 0.6).is_empty()


def test_what_is_found_is_what_all_comparisons_would_find() -> None:
    """Bands lose 2 in 100 at the margin itself; of what is well above it, nothing."""
    chance = random.Random(5)
    letters = [chr(0x4E00 + chance.randrange(3000)) for _ in range(400)]

    def revised() -> str:
        some = list(letters)
        for place in chance.sample(range(400), chance.randrange(60)):
            some[place] = chr(0x4E00 + chance.randrange(3000))
        return "".join(some)

    texts, gone = [revised() for _ in range(300)], [revised() for _ in range(3)]
    rows = [
        [list(one) for one in signed(*some).select("sketch").collect()["sketch"]]
        for some in (texts, gone)
    ]
    best = [
        max(
            float(estimate(sum(a == b for a, b in zip(one, other, strict=True))))
            for other in rows[1]
        )
        for one in rows[0]
    ]
    hits = {int(one) for one in found(list(texts), list(gone))}
    low = margin(0.7)
    assert {i for i, value in enumerate(best) if value >= low + 0.1} <= hits
    assert hits <= {i for i, value in enumerate(best) if value >= low}
    assert 20 < len(hits) < 280


def test_signatures_are_what_the_ledger_keeps() -> None:
    assert SIGNATURES["sketch"] == stones(small.MARKET).sketches.schema["sketch"]
