"""What other projects expect of a finder, read as data from the shared folder."""

import ast
import re

import polars as pl
import pytest

from quality.privacy import find
from tests.shared import shared_data

RECOGNISERS = {
    "test_recognize_phone": {"mobile"},
    "test_recognize_id_card": {"resident_id"},
    "test_recognize_bank_card": {"bank_card"},
    "test_recognize_passport": {"passport", "permit"},
    "test_recognize_email": {"email"},
}
OF_PUBLIC_PEOPLE = ["byline", "citation", "repeat", "mention", "whole", "spaced"]


def kinds(text: str) -> list[str]:
    return [finding["kind"] for finding in find(pl.Series([text])).to_list()[0]]


def is_found_whole(value: str, wanted: set[str], cue: str = "") -> bool:
    found = find(pl.Series([f"{cue}{value}。"])).to_list()[0]
    span = (len(cue), len(cue) + len(value))
    return any(f["kind"] in wanted and (f["start"], f["end"]) == span for f in found)


def listed(source: str, name: str) -> list[str]:
    block = re.search(rf"\b{name}: \[(.*?)\],\n", source, re.DOTALL)
    assert block is not None
    return re.findall(r"'([^']*)'", block[1])


def test_sentences_of_an_anonymiser_have_the_count_it_expects() -> None:
    folder = shared_data("pii-cn-anonymization") / "tests" / "unit"
    tree = ast.parse((folder / "test_recognizers.py").read_text("utf-8"))
    judged = [
        sum(kind in RECOGNISERS[node.name] for kind in kinds(text)) == expected
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name in RECOGNISERS
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and len(decorator.args) == 2
        for text, expected in ast.literal_eval(decorator.args[1])
    ]
    assert len(judged) == 41
    assert all(judged)


@pytest.mark.parametrize(
    ("section", "wanted", "cue", "missed", "taken"),
    [
        # One begins with 2354, which was never a prefecture.
        (("zh-CN", 0), {"resident_id"}, "", 1, 0),
        (("zh-TW", 0), {"tw_id"}, "", 0, 0),
        (("zh-HK", 0), {"hk_id"}, "身份證", 0, 0),
        # Six begin with 9 after the country code: no plan issues them. Four of the forms it
        # calls invalid are a valid number with one hyphen after the country code, and one is
        # a valid number behind the trunk prefix 0.
        (("zh-CN", 1), {"mobile"}, "手机", 6, 5),
        (("zh-TW", 1), {"mobile"}, "手機：", 0, 0),
    ],
)
def test_values_of_a_validator_are_judged_as_explained(
    section: tuple[str, int], wanted: set[str], cue: str, missed: int, taken: int
) -> None:
    source = (shared_data("pii-validatorjs") / "test" / "validators.test.js").read_text("utf-8")
    locale, nth = section
    block = [part[:6000] for part in source.split(f"locale: '{locale}',\n")[1:]][nth]
    valid, invalid = listed(block, "valid"), listed(block, "invalid")
    assert len(valid) > 3
    assert sum(not is_found_whole(value, wanted, cue) for value in valid) == missed
    assert sum(is_found_whole(value, wanted, cue) for value in invalid) == taken


@pytest.mark.parametrize(
    ("title", "wanted", "cue"),
    [
        ("统一社会信用代码'", {"credit_code"}, ""),
        ("车牌号(新能源)", {"plate"}, ""),
        ("车牌号(非新能源)", {"plate"}, ""),
        ("车牌号(新能源+非新能源)", {"plate"}, ""),
        ("手机号(mobile phone)中国(严谨)", {"mobile"}, ""),
        ("qq号格式正确", {"qq"}, "QQ"),
        ("微信号(wx)", {"wechat"}, "微信号"),
        ("护照（包含香港、澳门）", {"passport"}, "护照"),
        ("台湾身份证 ", {"tw_id"}, ""),
        ("中文姓名", {"name"}, "姓名："),
    ],
)
def test_examples_of_a_rule_collection_are_found(title: str, wanted: set[str], cue: str) -> None:
    path = shared_data("pii-any-rule") / "packages" / "www" / "src" / "RULES.js"
    block = path.read_text("utf-8").split(f"title: '{title}")[1]
    examples = re.findall(r"[^\s',\[\]]+", block.split("examples: [")[1].split("]")[0])
    assert examples
    assert [value for value in examples if not is_found_whole(value, wanted, cue)] == []


def test_fixed_numbers_begin_with_2_or_more() -> None:
    found = [is_found_whole(v, {"landline"}, "电话") for v in ("0936-4211235", "89076543")]
    assert all(found)
    assert not is_found_whole("010-12345678-1234", {"landline"}, "电话")


@pytest.mark.parametrize(
    ("folder", "limit"),
    [("law_zh_hans", 0.1), ("law_zh_hant", 0.1), ("medical_zh_hans", 0.4), ("news_zh_hans", 6.0)],
)
def test_public_text_has_few_findings_per_megabyte(folder: str, limit: float) -> None:
    text = pl.read_parquet(shared_data("bulk") / f"{folder}.parquet", columns=["text"])["text"]
    some = text.filter(text.str.len_bytes().cum_sum() < 8_000_000)
    rules = find(some).explode(empty_as_null=False).struct.field("rule")
    findings = int((~rules.is_in(OF_PUBLIC_PEOPLE)).sum())
    assert findings / (int(some.str.len_bytes().sum()) / 1e6) < limit
