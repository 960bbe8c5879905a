import numpy as np
import pytest

from quality.scoring.linear.tokens import CODE_POINTS, DIGIT, SYMBOL, token_table


def tokens(text: str) -> str:
    points = np.array([ord(character) for character in text])
    return "".join(chr(token) for token in token_table()[points] if token)


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("臺灣網絡", "台湾网络"),
        ("Ｗｉｋｉ：２０２５", "wiki:0000"),
        ("“好”，「好」、『好』", '"好","好","好"'),
        ("一　二 三", "一二三"),
        ("①壹", "0壹"),
        ("★🙂", "**"),
        ("∑＝＋", "∑=+"),
        ("a\u200bb\ufeff", "ab"),
    ],
)
def test_forms_of_the_same_are_one(text: str, alike: str) -> None:
    assert tokens(text) == tokens(alike) == alike


def test_rare_and_classical_characters_count_as_themselves() -> None:
    assert tokens("㐀𠮷龘〇") == "㐀𠮷龘〇"


def test_new_lines_count_and_numbers_are_one() -> None:
    assert tokens("甲\n乙") == "甲\n乙"
    assert {int(token_table()[ord(one)]) for one in "07９٣"} == {DIGIT}


def test_every_token_is_a_code_point() -> None:
    assert token_table().max() < CODE_POINTS
    assert token_table()[ord("☎")] == SYMBOL
