import json

import pytest

from quality.contamination import exam_items
from schemas.errors import ConfigError

QUESTIONS = [
    {
        "passage": None,
        "question": "下列各句中没有语病的是",
        "options": ["(A)甲", "(B)乙"],
        "label": "A",
    },
    {"id": "bj-7", "question": "默写\u2028名句", "answer": ["海内存知己"], "score": 6},
]
ITEMS = [
    ("exam", "0", "下列各句中没有语病的是\n(A)甲\n(B)乙\nA"),
    ("exam", "bj-7", "默写\u2028名句\n海内存知己"),
]


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


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
def test_each_form_of_file_gives_the_same_items(payload: str) -> None:
    assert exam_items(payload.encode(), "exam").rows() == ITEMS


def test_a_single_line_is_one_item() -> None:
    assert exam_items(as_json(QUESTIONS[1]).encode(), "exam").rows() == ITEMS[1:]


def test_notes_about_an_item_are_not_its_text() -> None:
    entry = {"year": "2010", "question": "题干", "analysis": "解析", "other": {"source": "卷"}}
    assert exam_items(as_json([entry]).encode(), "exam")["text"].to_list() == ["题干"]


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (b'{"question": "a"}\n{"question": ', r"'exam', line 2: not JSON"),
        ("题".encode("gb18030"), r"'exam' is not UTF-8 \(byte 0\)"),
        (b'["a", "b"]', r"'exam' holds no list of objects"),
        (b"7", r"'exam' holds no list of objects, but int"),
    ],
)
def test_other_files_are_refused_without_their_content(payload: bytes, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        exam_items(payload, "exam")
