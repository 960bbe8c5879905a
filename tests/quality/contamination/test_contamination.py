import polars as pl
import pytest

from quality.contamination import contamination, index
from quality.contamination.exams import ITEMS
from schemas.tables import CONTAMINATION

LAW = "人民法院审理行政案件，不适用调解。但是行政赔偿、补偿可以调解。"
EXAM = pl.DataFrame(
    [
        ("civics", "1", "下列关于行政诉讼的说法，正确的是\n人民法院审理行政案件，不适用调解"),
        ("civics", "2", "对错题"),
        ("poems", "1", "海內存知己，天涯若比鄰。無為在歧路，兒女共沾巾。"),
    ],
    schema=ITEMS,
    orient="row",
)


def measured(*texts: str | None, items: pl.DataFrame = EXAM) -> pl.DataFrame:
    pages = pl.LazyFrame({"doc_id": [str(i) for i in range(len(texts))], "text": texts})
    return contamination(pages, index(items)).collect()


def test_the_table_has_the_schema_and_the_rows_in_order() -> None:
    table = measured("", None, LAW)
    assert table.schema == CONTAMINATION
    assert table["doc_id"].to_list() == ["0", "1", "2"]


def test_a_document_without_any_item_has_share_zero_and_no_names() -> None:
    assert (
        measured("", None, "对错题", "今天天气很好，我们去公园散步。").drop("doc_id").rows()
        == [(None, None, 0)] * 4
    )


def test_an_item_is_found_in_the_other_script_and_punctuation() -> None:
    page = "作业：海内存知己天涯若比邻　无为在歧路儿女共沾巾！（默写）"
    assert measured(page).drop("doc_id").rows() == [("poems", "1", 1)]


def test_the_share_is_of_the_distinct_grams_of_the_item() -> None:
    # Of the 30 folded characters of the item the statute's sentence is 15, however often it comes.
    table = measured(LAW + LAW)
    assert table.drop("doc_id").rows()[0][:2] == ("civics", "1")
    folded, shared = 30, 15
    assert table["share"].item() == pytest.approx((shared - 12) / (folded - 12))


def test_of_two_items_the_more_covered_is_named() -> None:
    assert measured(LAW + EXAM["text"][2]).drop("doc_id").rows() == [("poems", "1", 1)]


def test_items_too_short_for_a_gram_are_not_indexed() -> None:
    assert index(EXAM).names.rows() == [("civics", "1"), ("poems", "1")]


@pytest.mark.parametrize("items", [EXAM.clear(), EXAM[1:2]], ids=["no item", "no long item"])
def test_an_empty_index_finds_nothing(items: pl.DataFrame) -> None:
    table = measured(LAW, "", items=items)
    assert table.schema == CONTAMINATION
    assert table.drop("doc_id").rows() == [(None, None, 0)] * 2


def test_the_measure_does_not_depend_on_how_the_rows_are_cut() -> None:
    texts = [LAW[i:] + EXAM["text"][i % 3] for i in range(20)]
    frame = pl.DataFrame({"doc_id": [str(i) for i in range(20)], "text": texts})
    cut = pl.concat([frame.slice(i, 3) for i in range(0, 20, 3)], rechunk=False).lazy()
    found = contamination(cut, index(EXAM)).collect(engine="streaming")
    assert found.equals(measured(*texts))


def test_the_size_of_an_index_is_stated() -> None:
    many = pl.concat([EXAM.with_columns(pl.col("text") + str(i) * 20) for i in range(50)])
    built = index(many)
    grams = built.postings.hashes.size
    assert 20 * grams < built.nbytes < 60 * grams
