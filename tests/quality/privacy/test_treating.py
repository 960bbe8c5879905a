"""Which findings are hidden, and how many a document has."""

import polars as pl

from quality.privacy import counted, densities, find
from quality.privacy.treating import hidden, plain
from schemas.privacy import EVERYTHING_MASKED, MASK, Privacy, Treatment

KEEP = Treatment(action="keep", reason="a test")
TEXTS = pl.Series(
    ["姓名：王小明，电话13812345678", "渡口停航。", None, "QQ：282369262，QQ：28236926"]
)


def kinds(findings: pl.Series) -> list[list[str] | None]:
    return [one and [found["kind"] for found in one] for one in findings.to_list()]


def test_what_is_kept_is_not_hidden() -> None:
    privacy = Privacy({"default": MASK, "name": KEEP, "qq.cue": KEEP})
    assert kinds(hidden(find(TEXTS), EVERYTHING_MASKED))[3] == ["qq", "qq"]
    assert kinds(hidden(find(TEXTS), privacy)) == [["mobile"], [], None, []]


def test_findings_are_counted_by_kind_rule_and_action() -> None:
    privacy = Privacy({"default": MASK, "qq": KEEP})
    assert counted(find(TEXTS), privacy) == {
        ("mobile", "plan", "mask"): 1,
        ("name", "field", "mask"): 1,
        ("qq", "cue", "keep"): 2,
    }


def test_densities_are_findings_per_thousand_characters() -> None:
    drop = Treatment(action="drop_document", above=1)
    privacy = Privacy({"default": drop, "qq": drop, "name.field": drop, "mobile": KEEP})
    frame = pl.DataFrame({"findings": find(TEXTS), "chars": [100, 100, 0, 50]})
    asked = frame.select(**densities(privacy))
    assert asked["private_density"].to_list() == [10, 0, None, 40]
    assert asked["qq_density"].to_list() == [0, 0, None, 40]
    assert asked["name_field_density"].to_list() == [10, 0, None, 0]


def test_two_spellings_of_one_value_are_plainly_one() -> None:
    assert plain("（０１０）6234-5678") == plain("010 62345678") == "01062345678"
    assert plain("張偉·A") == plain("张偉a")
