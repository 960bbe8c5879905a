"""Lines that many documents hold: what counts as one, and what is found of them where."""

from collections import Counter
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.dedup.lines import SHORTEST, boilerplate, lines
from quality.kernels.fold import fold
from schemas.tables import BOILERPLATE, LINES
from tests.shared import shared_data

NOTICE = "版权所有，未经渡口镇政府书面许可不得转载。"
TRADITIONAL = "　版權所有﹐未經渡口鎮政府書面許可不得轉載"
HEADING = "第十二章　法律责任"
SPEECH = "“他笑了。”"
FILLER = [NOTICE, TRADITIONAL, HEADING, SPEECH, "", "，。！", "渡口今天停航一天，请大家互相转告。"]


def documents(texts: Sequence[str | None]) -> pl.DataFrame:
    ids = [f"{n:032x}" for n in range(len(texts))]
    return pl.DataFrame(
        {"doc_id": ids, "text": texts}, schema={"doc_id": pl.String, "text": pl.String}
    )


def corpus(texts: list[str], kept: list[bool] | None = None) -> pl.LazyFrame:
    """What `boilerplate` reads of `texts`."""
    cut = lines(documents(texts).lazy()).collect()
    named = pl.Series([f"town-{n % 3:05}" for n in range(len(texts))], dtype=pl.String)
    told = pl.Series([True] * len(texts) if kept is None else kept, dtype=pl.Boolean)
    return cut.with_columns(batch=named, kept=told).lazy()


def common(texts: list[str], least: int, kept: list[bool] | None = None) -> list[list[int]]:
    return boilerplate(corpus(texts, kept), least)["common_lines"].to_list()


def test_the_table_of_lines_has_the_schema_and_numbers_lines_like_a_split() -> None:
    texts = ["甲\n乙丙\n", None, "", "\n\n甲", "甲\r\n乙丙\u2028丁"]
    table = lines(documents(texts).lazy()).collect()
    assert table.schema == LINES
    assert table["chars"].to_list() == [[1, 2, 0], [0], [0], [0, 0, 1], [1, 3]]
    assert table["hashes"].list.len().to_list() == [len((t or "").split("\n")) for t in texts]


def test_no_documents_give_empty_tables() -> None:
    assert lines(documents([]).lazy()).collect().schema == LINES
    table = boilerplate(corpus([]), 2)
    assert table.schema == BOILERPLATE
    assert table.is_empty()


def test_lines_do_not_depend_on_how_the_rows_are_cut() -> None:
    whole = documents([f"第{n}行\n{NOTICE}\n" * (n % 4) for n in range(20)])
    cut = pl.concat([whole.slice(n, 3) for n in range(0, 20, 3)], rechunk=False)
    streamed = lines(cut.lazy()).collect(engine="streaming")
    assert streamed.equals(lines(whole.lazy()).collect())


def test_a_line_is_common_from_the_asked_number_of_documents_on() -> None:
    texts = [f"渡口第{n}天停航。\n{NOTICE}" for n in range(4)]
    assert common(texts, 4) == [[1]] * 4
    assert common(texts, 5) == [[]] * 4


def test_a_line_in_another_width_or_script_is_the_same_line() -> None:
    assert common([NOTICE, f"正文\n{TRADITIONAL}"], 2) == [[0], [1]]


def test_a_line_repeated_in_one_document_counts_once() -> None:
    texts = ["\n".join([NOTICE] * 9), f"正文\n{NOTICE}"]
    assert common(texts, 3) == [[], []]
    assert common(texts, 2) == [list(range(9)), [1]]


@pytest.mark.parametrize("line", [HEADING, SPEECH, "第一章 总则", "且听下回分解。", "", "－－－－"])
def test_headings_and_speech_are_never_common(line: str) -> None:
    assert common([f"{line}\n第{n}个" for n in range(5)], 2) == [[]] * 5


def test_the_shortest_common_line_is_measured_folded() -> None:
    line = "，".join("一二三四五六七八九十"[:SHORTEST])
    assert common([line, line], 2) == [[0], [0]]
    assert common([line[:-1] + "！"] * 2, 2) == [[], []]


def test_copies_do_not_make_their_lines_common_but_lose_those_that_are() -> None:
    page = f"渡口今天停航一天，请大家互相转告。\n{NOTICE}"
    texts = [page, page, page, f"渡船票价没有变化。\n{NOTICE}"]
    assert common(texts, 2, [True, False, False, True]) == [[1], [1], [1], [1]]
    assert common(texts, 3, [True, False, False, True]) == [[], [], [], []]


def test_the_ratio_is_of_folded_characters() -> None:
    body = "渡口今天停航。"
    table = boilerplate(corpus([f"{body}\n\n{NOTICE}", NOTICE, body, "。"]), 2)
    assert table.schema == BOILERPLATE
    share = len(fold(NOTICE)) / len(fold(NOTICE + body))
    assert table["common_ratio"].to_list() == pytest.approx([share, 1, 0, 0])


def test_rows_stay_in_order_and_their_order_changes_nothing() -> None:
    texts = [f"{FILLER[n % 7]}\n第{n % 5}号渡船今天停航一天\n{FILLER[n % 3]}" for n in range(3000)]
    kept = [n % 4 > 0 for n in range(3000)]
    table = boilerplate(corpus(texts, kept), 300)
    assert table["doc_id"].to_list() == [f"{n:032x}" for n in range(3000)]
    assert table["batch"][4] == "town-00001"
    mixed = corpus(texts, kept).collect().sample(fraction=1, shuffle=True, seed=1)
    in_parts = pl.concat([mixed[:7], mixed[7:2000], mixed[2000:]], rechunk=False)
    other = boilerplate(in_parts.lazy(), 300)
    assert other["doc_id"].to_list() == mixed["doc_id"].to_list()
    assert other.sort("doc_id").equals(table)


TEXT = st.lists(st.sampled_from([*FILLER, "渡船票价没有变化", "一二三四五六七八九十"]), max_size=6)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(TEXT.map("\n".join), st.booleans()), max_size=12), st.integers(2, 4))
def test_boilerplate_equals_the_obvious_version(rows: list[tuple[str, bool]], least: int) -> None:
    folded = [[fold(line) for line in text.split("\n")] for text, _ in rows]
    held: Counter[str] = Counter()
    for mine, (_, kept) in zip(folded, rows, strict=True):
        held.update(set(mine) if kept else ())
    wanted = [
        [n for n, line in enumerate(mine) if held[line] >= least and len(line) >= SHORTEST]
        for mine in folded
    ]
    table = boilerplate(corpus([text for text, _ in rows], [kept for _, kept in rows]), least)
    assert table["common_lines"].to_list() == wanted
    for mine, numbers, ratio in zip(folded, wanted, table["common_ratio"], strict=True):
        common = sum(len(mine[n]) for n in numbers)
        assert ratio == pytest.approx(common / max(1, sum(map(len, mine))))


@pytest.mark.parametrize(
    "name",
    ["novel_classical_zh_hans", "cantonese_yue", "medical_zh_hans", "wiki_zh", "classical_lzh"],
)
def test_of_books_dialogues_and_entries_nothing_is_common(name: str) -> None:
    texts = pl.read_parquet(shared_data("bulk") / f"{name}.parquet", columns=["text"])["text"]
    table = boilerplate(corpus(texts.to_list()), 50)
    assert table["common_ratio"].max() == 0


def test_the_front_matter_of_documentation_is_common() -> None:
    file = shared_data("bulk") / "tech_docs_zh_hant.parquet"
    texts = pl.read_parquet(file, columns=["text"])["text"]
    table = boilerplate(corpus(texts.to_list()), 50)
    assert table["common_lines"].list.len().sum() > 5 * table.height
