"""Benchmark files of every shape give the parts of their items, or an error that says where."""

import io
import json
from typing import Any

import polars as pl
import pytest

from quality.contamination import ITEMS, exam_items
from schemas.errors import ConfigError

QUESTIONS: list[dict[str, Any]] = [
    {"passage": "渡口停航。", "question": "谁停航？", "options": ["(A)甲", "(B)乙"], "label": "A"},
    {"id": "bj-7", "question": "默写\u2028名句", "answer": ["海内存知己"], "score": 6},
]
PARTS = [
    ("0", "渡口停航。", "谁停航？", ["甲", "乙"], ""),
    ("bj-7", "", "默写\u2028名句", [], "海内存知己"),
]


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def parts(payload: bytes | str, ending: str = ".json") -> list[tuple[Any, ...]]:
    items = exam_items(
        payload.encode() if isinstance(payload, str) else payload, "exam", "", ending
    )
    assert items.schema == ITEMS
    assert (items["benchmark"] == "exam").all()
    return items.drop("benchmark").rows()


@pytest.mark.parametrize(
    "payload",
    [
        as_json(QUESTIONS),
        as_json({"keywords": "2022", "example": QUESTIONS}),
        "\n".join(map(as_json, QUESTIONS)),
        "\ufeff" + "\r\n\r\n".join(map(as_json, QUESTIONS)) + "\n",
    ],
    ids=["array", "object with a list", "lines", "lines with a mark and gaps"],
)
def test_each_form_of_json_gives_the_same_items(payload: str) -> None:
    assert parts(payload) == PARTS


def test_a_single_object_or_line_is_one_item() -> None:
    assert parts(as_json(QUESTIONS[1])) == PARTS[1:]
    assert parts(as_json(QUESTIONS[0]) + "\n") == PARTS[:1]


def test_notes_and_letters_are_no_part_of_an_item() -> None:
    entry = {
        "year": "2010",
        "question": "题干",
        "answer": "B",
        "analysis": "解析",
        "other": {"a": "卷"},
    }
    assert parts(as_json([entry])) == [("0", "", "题干", [], "")]


def test_fields_with_unknown_names_are_one_stem() -> None:
    assert parts(as_json([{"甲": "上联", "乙": ["下联"], "id": 3}])) == [
        ("3", "", "上联\n下联", [], "")
    ]


CEVAL = 'id,question,A,B,C,D,answer,explanation\r\n7,"谁,停航",甲,乙,丙,丁,C,"因为\n枯水"\r\n'
CMMLU = ",Question,A,B,C,D,Answer\n0,谁停航,甲,乙,丙,丁,C\n"


@pytest.mark.parametrize(
    ("payload", "ending", "item", "stem"),
    [
        (CEVAL, ".csv", "7", "谁,停航"),
        (CMMLU, ".csv", "0", "谁停航"),
        (CMMLU.replace(",", "\t"), ".tsv", "0", "谁停航"),
    ],
    ids=["C-Eval", "CMMLU", "tabs"],
)
def test_tables_name_their_options(payload: str, ending: str, item: str, stem: str) -> None:
    assert parts(payload, ending) == [(item, "", stem, ["甲", "乙", "丙", "丁"], "")]


def test_parquet_gives_what_csv_gives() -> None:
    written = io.BytesIO()
    pl.read_csv(CEVAL.encode()).write_parquet(written)
    assert parts(written.getvalue(), ".parquet") == parts(CEVAL, ".csv")


def lines(*entries: object) -> str:
    return "\n".join(map(as_json, entries))


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (
            {"sentence1": "怎么过江", "sentence2": "过江的办法", "label": "1"},
            ("", "怎么过江", ["过江的办法"]),
        ),
        (
            {"label": "102", "label_desc": "news", "sentence": "渡口停航", "keywords": "船"},
            ("", "渡口停航", []),
        ),
        (
            {"id": 5, "abst": "摘要。", "keyword": ["渡口", "水位"], "label": "1"},
            ("", "摘要。", ["渡口", "水位"]),
        ),
        (
            {
                "target": {"span1_text": "船", "span2_text": "它"},
                "text": "船停了，它旧了。",
                "label": "true",
            },
            ("", "船停了，它旧了。", []),
        ),
        (
            {"premise": "水位下降", "choice1": "停航", "choice2": "开航"},
            ("", "水位下降", ["停航", "开航"]),
        ),
        (
            {
                "flores_passage": "渡口。",
                "question": "为何？",
                "mc_answer1": "枯水",
                "mc_answer2": "结冰",
            },
            ("渡口。", "为何？", ["枯水", "结冰"]),
        ),
    ],
    ids=["afqmc", "tnews", "csl", "wsc", "xcopa", "belebele"],
)
def test_json_lines_of_clue_and_others(entry: dict[str, Any], found: tuple[Any, ...]) -> None:
    [(_, passage, stem, options, _)] = parts(lines(entry, entry))[:1]
    assert (passage, stem, options) == found


def test_c3_writes_questions_beside_their_passage() -> None:
    asked = [
        {"question": "船为何停了？", "choice": ["枯水", "结冰"], "answer": "枯水"},
        {"question": "何时再开？", "choice": ["五月", "六月"], "answer": "五月"},
    ]
    assert parts(as_json([[["甲：船停了。", "乙：五月再开。"], asked, "25-7"]])) == [
        ("25-7.1", "甲：船停了。\n乙：五月再开。", "船为何停了？", ["枯水", "结冰"], ""),
        ("25-7.2", "甲：船停了。\n乙：五月再开。", "何时再开？", ["五月", "六月"], ""),
    ]


@pytest.mark.parametrize("form", ["squad", "flat"])
def test_cmrc_nests_questions_in_their_passage(form: str) -> None:
    if form == "squad":
        asked = [
            {
                "id": "D1_Q1",
                "question": "谁停航？",
                "answers": [{"text": "渡船", "answer_start": 0}],
            }
        ]
        paragraphs = [{"id": "D1", "context": "渡船停航。", "qas": asked}]
        payload = as_json(
            {"version": "v1.0", "data": [{"title": "渡船", "paragraphs": paragraphs}]}
        )
    else:
        flat = [{"query_id": "D1_Q1", "query_text": "谁停航？", "answers": ["渡船"]}]
        payload = as_json([{"context_id": "D1", "context_text": "渡船停航。", "qas": flat}])
    assert parts(payload) == [("D1_Q1", "渡船停航。", "谁停航？", [], "渡船")]


def test_chid_asks_several_contents_about_the_same_candidates() -> None:
    entry = {
        "content": ["他#idiom01#地走了。", "她#idiom02#。"],
        "candidates": ["一言不发", "心安理得"],
    }
    assert parts(lines(entry, entry))[:2] == [
        ("0.1", "", "他地走了。", ["一言不发", "心安理得"], ""),
        ("0.2", "", "她。", ["一言不发", "心安理得"], ""),
    ]


PAPER = (
    "阅读下面的文字，完成各题。\n渡口建于明代，2010．5月重修。\n"
    "1．（3分）渡口建于（　　）\nA．明代　 B．清代\n"
    "（2）〔2 分〕下列说法正确的是\nＡ、重修过两次\nＢ、修于2010年"
)


def test_options_and_questions_are_taken_out_of_a_text() -> None:
    passage = "阅读下面的文字，完成各题。\n渡口建于明代，2010．5月重修。"
    assert parts(as_json([{"question": PAPER}])) == [
        ("0.1", passage, "渡口建于（　　）", ["明代", "清代"], ""),
        ("0.2", passage, "下列说法正确的是", ["重修过两次", "修于2010年"], ""),
    ]


def test_a_file_among_several_stands_before_its_items() -> None:
    items = exam_items(as_json(QUESTIONS).encode(), "exam", "val/law")
    assert items["item"].to_list() == ["val/law/0", "val/law/bj-7"]


@pytest.mark.parametrize(
    ("payload", "ending", "message"),
    [
        (b'{"question": "a"}\n{"question": ', ".jsonl", r"'exam', line 2: not JSON"),
        (b'{"question": "a"}\n7', ".jsonl", r"'exam', line 2: no object, but int"),
        ("题".encode("gb18030"), ".json", r"'exam' is not UTF-8 \(byte 0\)"),
        (b'["a", "b"]', ".json", r"'exam' holds no list of objects"),
        (b"7", ".json", r"'exam' holds no list of objects, but int"),
        (b'[{"question": "a"}, {"label": "A"}]', ".json", r"'exam', entry 2: there is no text"),
        (b"id,question\n1,a\n2,b,c\n", ".csv", r"'exam', line 3: 3 values under 2 names"),
        (b'id,question\n1,"a', ".csv", r"'exam', line 2: "),
        (b"PAR1", ".parquet", r"'exam' is not a Parquet file"),
    ],
)
def test_other_files_are_refused_with_the_place_and_without_their_content(
    payload: bytes, ending: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        exam_items(payload, "exam", "", ending)
