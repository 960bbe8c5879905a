"""What an asset's page shows: short enough to stand there, and no word of a document."""

import base64
import re

import dagster as dg
import polars as pl
import pytest

from assets.show import (
    ALIKE,
    SHOWN_INLINE,
    column_lineage,
    plot,
    show,
    show_bands,
    show_mixture,
)
from pipelines.lake import TABLES
from schemas.columns import MIXED
from schemas.corpus import Dedup
from schemas.manifest import Contribution, Manifest, Part, Shard
from schemas.recipes import Recipe
from schemas.tables import EXAM_HITS

SECRET = "张小凡的电话是13812345678"


def svg(markdown: str) -> str:
    return base64.b64decode(markdown.rsplit(",", 1)[1].rstrip(")")).decode()


def labels(markdown: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg(markdown))


def test_a_plot_tells_each_count() -> None:
    assert labels(plot("languages", {"zh-Hans": 12345, "yue": 1})) == ["zh-Hans: 12,345", "yue: 1"]


def test_bars_are_as_long_as_their_counts_and_the_smallest_is_seen() -> None:
    lengths = re.findall(
        r"h(\d+)", re.findall(r'd="([^"]*)"', svg(plot("x", {"a": 1000, "b": 500, "c": 1})))[0]
    )
    assert [int(one) for one in lengths] == [150, 75, 1]


def test_what_does_not_fit_is_added_up_so_that_nothing_is_left_out() -> None:
    counts = {f"duplicate_{n}gram_ratio_and_more": 10.0**6 + n for n in range(40)}
    drawn = plot("funnel", counts)
    assert len(drawn) < SHOWN_INLINE
    told = labels(drawn)
    assert told[-1].startswith("…: ")
    assert sum(int(one.rpartition(": ")[2].replace(",", "")) for one in told) == sum(
        counts.values()
    )


@pytest.mark.parametrize("counts", [{}, {"nothing": 0}, {"<&>": 2}])
def test_odd_counts_are_still_a_plot(counts: dict[str, float]) -> None:
    drawn = plot("odd", counts)
    assert svg(drawn).endswith("</svg>")
    assert len(drawn) < SHOWN_INLINE


def rows(table: str) -> pl.LazyFrame:
    """Three rows of any table; every text in it is a secret."""
    fill: dict[str, object] = {"kind": "mobile", "doc_id": "0" * 32}
    closed = {
        "media_type": "text/html",
        "extractor": "html",
        "language": "zh-Hans",
        "rule": "chars",
    }
    closed |= {"stage": "read", "reason": "bad_json", "batch": "news-00001"}
    closed |= {"twin_batch": "laws-00000", "kind": "law", "industry": "sports"}
    columns = {}
    for name, dtype in TABLES[table].items():
        if dtype == pl.String:
            value: object = closed.get(name, SECRET)
        elif name == "findings":
            value = [
                {"kind": "mobile", "start": 0, "end": 1, "rule": "plan", "sensitive": ["PIPL"]}
            ]
        elif name == "hits":
            exam = {"benchmark": "gaokao", "item": SECRET, "share": 0.9}
            value = [exam | {"start": 0, "end": 9}]
        elif name == "repairs":
            value = [{"kind": "space", "count": 1}]
        elif dtype == pl.List(pl.UInt64) or dtype == pl.List(pl.UInt32):
            value = [3, 3]
        elif dtype == pl.Boolean:
            value = False
        elif dtype.is_numeric():
            value = 3
        else:
            value = fill.get(name)
        columns[name] = pl.Series([value] * 3, dtype=dtype)
    return pl.LazyFrame(columns)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_shows_counts_and_plots_and_no_word_of_a_document(table: str) -> None:
    shown = show(table, rows(table))
    assert shown["rows"] == 3
    plots = {
        name: value for name, value in shown.items() if isinstance(value, dg.MarkdownMetadataValue)
    }
    assert plots
    for name, value in plots.items():
        assert len(value.value) < SHOWN_INLINE, name
        count = 0 if name == "counted similarity" else 3
        assert any(label.endswith(f": {count}") for label in labels(value.value)), name
        assert SECRET not in svg(value.value)
    assert SECRET not in str(shown)


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_can_be_shown_too(table: str) -> None:
    assert show(table, rows(table).head(0))["rows"] == 0


def test_the_funnel_tells_what_was_read_rejected_kept_and_dropped_by_each_rule() -> None:
    verdicts = pl.LazyFrame(
        {"kept": [True, False, False, False], "rule": [None, "chars", "duplicate", "duplicate"]}
    )
    told = labels(show("verdicts", verdicts, rejected=2)["funnel"].value)
    assert told == ["read: 6", "rejected: 2", "kept: 1", "duplicate: 2", "chars: 1"]


def test_a_spread_counts_what_lies_between_its_edges_and_no_null() -> None:
    none = pl.Series("hits", [[]] * 4, dtype=EXAM_HITS)
    shares = pl.LazyFrame({"share": [None, 0.7, 0.1, 0.75], "hits": none})
    told = labels(show("contamination", shares)["share of an exam item"].value)
    assert [one for one in told if not one.endswith(": 0")] == ["≥ 0.1: 1", "≥ 0.7: 2"]


def test_exams_are_counted_by_their_hits() -> None:
    place = {"item": "1", "share": 0.9, "start": 0, "end": 9}
    hits = [[{"benchmark": "gaokao", **place}] * 2, [], [{"benchmark": "ceval", **place}]]
    rows = pl.LazyFrame({"share": [0.9, 0, 0.9], "hits": pl.Series(hits, dtype=EXAM_HITS)})
    told = labels(show("contamination", rows)["hits by exam"].value)
    assert told == ["gaokao: 2", "ceval: 1"]


def test_pairs_are_told_apart_by_how_their_similarity_is_known() -> None:
    pairs = pl.LazyFrame({"similarity": [0.71, 0.92, 0.97], "counted": [True, False, False]})
    shown = show("pairs", pairs)
    for name, bars in {
        "counted similarity": ["≥ 0.7: 1"],
        "estimated similarity": ["≥ 0.9: 1", "≥ 0.95: 1"],
    }.items():
        told = labels(shown[name].value)
        assert [one for one in told if not one.endswith(": 0")] == bars


def test_duplicates_tell_which_source_was_kept_and_which_was_dropped() -> None:
    dropped = [("statutes-00012", "crawl-00000"), ("statutes-00000", "crawl-00001")]
    dropped.append(("encyclopedia_articles-00000", "encyclopedia_comments-00000"))
    rows = pl.LazyFrame(
        {
            "kept": [True, False, False, False],
            "twin_batch": [None, *(twin for twin, _ in dropped)],
            "batch": ["crawl-00000", *(batch for _, batch in dropped)],
            "cluster_size": 2,
            "similarity": 0.9,
        }
    )
    told = labels(show("duplicates", rows)["source kept → source dropped"].value)
    assert told == ["statutes → crawl: 2", "encyclop… → encyclop…: 1"]


@pytest.mark.parametrize("dedup", [Dedup(), Dedup(threshold=0.9), Dedup(bands=128, rows=1)])
def test_bands_show_how_likely_two_texts_meet(dedup: Dedup) -> None:
    (curve,) = (shown.value for shown in show_bands(dedup).values())
    assert len(curve) < SHOWN_INLINE
    told = [int(one.partition(": ")[2]) for one in labels(curve)]
    assert len(told) == len(ALIKE)
    assert told == sorted(told)
    assert told[-1] == 100


def test_the_curve_of_25_bands_of_5_is_the_one_of_the_formula() -> None:
    shown = show_bands(Dedup())
    wanted = [round(100 * (1 - (1 - alike**5) ** 25)) for alike in ALIKE]
    name = "% of pairs that meet in 25 bands of 5, by similarity"
    assert labels(shown[name].value) == [
        f"{alike:g}: {percent}" for alike, percent in zip(ALIKE, wanted, strict=True)
    ]


def test_labels_cut_to_the_same_letters_are_added_up() -> None:
    counts = {"duplicate_10gram_ratio_a": 2.0, "duplicate_10gram_ratio_b": 3.0}
    assert labels(plot("x", counts)) == ["duplicate_10gram_ratio: 5"]


def test_a_mixture_shows_its_size_version_and_composition() -> None:
    given = Contribution(
        weight=1,
        wanted=10,
        available=5,
        tokens=10,
        epochs=2,
        documents=1,
        rows=2,
        ai_tokens=0,
        held_out_documents=0,
        held_out_tokens=0,
    )
    part = Part(rows=2, tokens=10, text_bytes=9, shards=1, components={"hotline": 10})
    shard = Shard(
        path="v/train/0.parquet",
        format="parquet",
        part="train",
        number=0,
        rows=2,
        bytes=9,
        text_bytes=9,
        content="1",
        sha256="0",
    )
    manifest = Manifest(
        name="services",
        inputs=(),
        code_version="1",
        policy_version="p",
        version="0123456789abcdef",
        recipe=Recipe(),
        writer="w",
        rows=2,
        tokens=10,
        parts={"train": part},
        components={"hotline": given},
        languages={},
        licences={},
        shards=(shard,),
    )
    shown = show_mixture(manifest)
    assert (shown["rows"], shown["tokens"], shown["shards"]) == (2, 10, 1)
    assert labels(shown["tokens by component (×epochs)"].value) == ["hotline ×2.00: 10"]
    assert shown["dagster/column_lineage"] == column_lineage(MIXED)


def test_the_corpus_says_where_its_columns_come_from() -> None:
    deps = show("corpus", rows("corpus"))["dagster/column_lineage"].deps_by_column
    assert set(deps) == set(TABLES["corpus"])
    assert {(one.asset_key.path[-1], one.column_name) for one in deps["text"]} == {
        ("documents", "text"),
        ("privacy", "findings"),
        ("boilerplate", "common_lines"),
    }
    assert "dagster/column_lineage" not in show("documents", rows("documents"))
