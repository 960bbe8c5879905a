"""What is an exam item in a document, and what is only what exams quote."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
import pytest

from quality.contamination import ITEMS, LEAST_SHARE, contamination, index
from schemas.tables import CONTAMINATION

Item = Mapping[str, Any]

LAW = "人民法院审理行政案件，不适用调解。但是行政赔偿、补偿可以调解。"
POEM = "海内存知己，天涯若比邻。无为在歧路，儿女共沾巾。"
FERRY: Item = {
    "item": "1",
    "stem": "渡口镇在枯水季节停航的主要原因是（　　）",
    "options": ["上游水库集中蓄水发电", "河口海水倒灌", "两岸居民外出务工", "渡船需要年检"],
}
QUOTING: Item = {
    "item": "2",
    "stem": f"诗人写道：“{POEM}”这首诗主要表达了诗人什么样的感情？",
    "options": ["与友人惜别而不伤感", "久居他乡思念亲人", "怀才不遇寄情山水"],
}
STATUTE: Item = {
    "item": "3",
    "stem": "下列说法正确的是",
    "options": [LAW, "县长应当出庭应诉，不能委托他人", "起诉期限一律为三个月"],
}
SHORT: Item = {"item": "4", "stem": "对错题", "options": ["对", "错"]}


def exam(*items: Item) -> pl.DataFrame:
    rows = [{"benchmark": "demo", "passage": "", "answer": "", **item} for item in items]
    return pl.DataFrame(rows, schema=ITEMS)


def paper(item: Item, options: Iterable[int] = (0, 1, 2, 3)) -> str:
    texts = [item["options"][n] for n in options if n < len(item["options"])]
    lettered = (f"{letter}．{text}" for letter, text in zip("ABCD", texts, strict=False))
    return "\n".join([f"12．（3分）{item['stem']}", *lettered])


def measured(
    *texts: str | None, items: tuple[Item, ...] = (FERRY,), allow: Iterable[str] = ()
) -> pl.DataFrame:
    pages = pl.LazyFrame({"doc_id": [str(i) for i in range(len(texts))], "text": texts})
    return contamination(pages, index(exam(*items), allow)).collect()


def share(text: str, *items: Item, allow: Iterable[str] = ()) -> float:
    return float(measured(text, items=items or (FERRY,), allow=allow)["share"].item())


def test_the_table_has_the_schema_and_the_rows_in_order() -> None:
    table = measured("", None, paper(FERRY))
    assert table.schema == CONTAMINATION
    assert table["doc_id"].to_list() == ["0", "1", "2"]
    assert table["share"].to_list() == [0, 0, 1]


def test_a_document_without_any_item_has_share_zero_no_names_and_no_hits() -> None:
    table = measured("", None, "对错题", "今天天气很好，我们去公园散步。")
    assert table.drop("doc_id").rows() == [(None, None, 0, [])] * 4


@pytest.mark.parametrize(
    "text",
    [
        paper(FERRY).replace("，", ",").replace("．", "."),
        "\n".join(paper(FERRY)[at : at + 9] for at in range(0, 90, 9)),
        "渡口鎮在枯水季節停航的主要原因是（ ）①上游水庫集中蓄水發電②河口海水倒灌"
        "③兩岸居民外出務工④渡船需要年檢",
        paper(FERRY, (2, 0, 3, 1)),
        "<b>" + paper(FERRY).replace("\n", "</b>\n\n　　<b>") + "</b>",
    ],
    ids=["punctuation", "lines", "script and numbers", "order of options", "between tags"],
)
def test_an_item_is_found_however_it_is_written(text: str) -> None:
    assert share(f"公告：渡口今天照常开放。\n{text}\n答案见下页。") == 1


def test_the_place_of_a_hit_counts_characters_of_the_text() -> None:
    before = "𠀋 公告ﷺ\n"
    text = f"{before}{paper(FERRY)}\n答案：A"
    [[hit]] = measured(text)["hits"].to_list()
    found = text[hit["start"] : hit["end"]]
    assert (hit["benchmark"], hit["item"], hit["share"]) == ("demo", "1", 1)
    assert found == paper(FERRY).removeprefix("12．（3分）")


def test_the_stem_or_the_options_alone_are_part_of_the_item() -> None:
    stem, options = paper(FERRY).split("\n", 1)
    assert LEAST_SHARE < share(options) < 1
    assert share(stem) == 0  # 16 of 46 characters, and none of the half that is its own


def test_two_options_are_not_found_in_one_place() -> None:
    alike: Item = {
        "item": "5",
        "stem": "下列断句正确的一项是",
        "options": [
            POEM,
            POEM.replace("，", "/"),
            POEM.replace("。", "/"),
            POEM.replace("己", "／己"),
        ],
    }
    assert share(f"送杜少府之任蜀州\n{POEM}", alike) == 0
    assert share(paper(alike), alike) == 1


def test_what_an_item_quotes_is_no_item() -> None:
    assert share(f"送杜少府之任蜀州\n{POEM}", QUOTING) == 0
    assert share(paper(QUOTING), QUOTING) == 1
    assert share(f"唐诗三百首\n{POEM}\n作业\n{paper(QUOTING)}", QUOTING) == 1


def test_what_stands_first_in_a_stem_is_not_enough() -> None:
    report = (
        "今年春天渡口镇持续干旱，水位降到有记录以来的最低点，镇政府宣布停航并组织村民修渠引水。"
    )
    quoting: Item = {
        "item": "6",
        "stem": f"{report}镇政府的做法",
        "options": ["履行了社会建设的职能", "扩大了公民的民主权利", "提高了依法行政的水平"],
    }
    assert share(f"本报讯　{report}", quoting) == 0
    assert share(paper(quoting), quoting) == 1


def test_a_statute_that_one_option_repeats_is_no_item() -> None:
    assert share(f"行政诉讼法\n{LAW}\n人民法院依法独立行使审判权。", STATUTE) < 0.5


def test_what_everybody_may_quote_does_not_count() -> None:
    half = paper(STATUTE, (0,))
    statute = f"第一条　{LAW}\n第二条　人民法院依法独立行使审判权。"
    assert share(half, STATUTE, allow=[statute]) < share(half, STATUTE)
    assert share(paper(STATUTE), STATUTE, allow=[statute]) == 1
    idioms: Item = {
        "item": "7",
        "stem": "依次填入横线处的词语，恰当的一组是",
        "options": ["当仁不让", "责无旁贷"],
    }
    left_out = index(exam(idioms), ["当仁不让\n责无旁贷\n依次填入横线处的词语，恰当的一组是"])
    assert left_out.left_out.rows() == [("demo", "7")]


def test_all_items_of_a_document_are_listed_where_they_stand() -> None:
    table = measured(f"{paper(QUOTING)}\n{paper(FERRY)}\n", items=(FERRY, QUOTING))
    [hits] = table["hits"].to_list()
    assert [hit["item"] for hit in hits] == ["2", "1"]
    assert hits[0]["end"] <= hits[1]["start"]
    assert table["item"].to_list() == ["1"]  # of equal shares the first of the index


@pytest.mark.parametrize("between", ["\n", "\n" + "渡口今天停航。" * 40 + "\n"])
def test_an_item_that_stands_twice_is_two_hits(between: str) -> None:
    [hits] = measured(paper(FERRY) + between + paper(FERRY))["hits"].to_list()
    assert [hit["share"] for hit in hits] == [1, 1]
    assert hits[0]["end"] < hits[1]["start"]


def test_items_too_short_to_tell_are_left_out_and_told() -> None:
    built = index(exam(FERRY, SHORT))
    assert built.names.rows() == [("demo", "1")]
    assert built.left_out.rows() == [("demo", "4")]


def test_a_question_that_many_ask_is_left_out() -> None:
    same = [
        {"item": str(n), "stem": "根据上文可以得出以下哪项结论？", "options": []} for n in range(99)
    ]
    assert index(exam(*same)).left_out.height == 99
    assert index(exam(*same[:9])).left_out.height == 0


def test_an_answer_makes_a_short_question_long_enough() -> None:
    asked: Item = {"item": "8", "stem": "渡口镇的特产是？", "options": []}
    answer = {"answer": "用河滩芦苇编成的凉席和渔篓"}
    assert index(exam(asked)).left_out.height == 1
    assert share(f"{asked['stem']}　答：{answer['answer']}", {**asked, **answer}) == 1


@pytest.mark.parametrize("items", [(), (SHORT,)], ids=["no item", "no long item"])
def test_an_empty_index_finds_nothing(items: tuple[Item, ...]) -> None:
    table = measured(paper(FERRY), "", items=items)
    assert table.schema == CONTAMINATION
    assert table.drop("doc_id").rows() == [(None, None, 0, [])] * 2


def test_the_measure_does_not_depend_on_how_the_rows_are_cut() -> None:
    texts = [LAW[i:] + paper((FERRY, QUOTING, STATUTE)[i % 3]) for i in range(20)]
    frame = pl.DataFrame({"doc_id": [str(i) for i in range(20)], "text": texts})
    cut = pl.concat([frame.slice(i, 3) for i in range(0, 20, 3)], rechunk=False).lazy()
    items = (FERRY, QUOTING, STATUTE)
    found = contamination(cut, index(exam(*items))).collect(engine="streaming")
    assert found.equals(measured(*texts, items=items))


def test_a_seed_that_an_item_repeats_is_one() -> None:
    laughing = {**FERRY, "stem": "哈" * 90 + FERRY["stem"]}
    more = index(exam(laughing)).grams - index(exam(FERRY)).grams
    assert more == 1 + 7  # and those that reach from the laughter into the question
    assert share("哈" * 5_000, laughing) == 0
    assert share(f"{'哈' * 5_000}\n{paper(laughing)}", laughing) == 1


def test_the_size_of_an_index_is_stated() -> None:
    many = [{**FERRY, "item": str(n), "stem": f"{FERRY['stem']}{n}" * 3} for n in range(50)]
    built = index(exam(*many))
    assert 8 * built.grams < built.nbytes < 40 * built.grams
