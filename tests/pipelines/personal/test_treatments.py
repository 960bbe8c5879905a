"""What corpus.yaml says of personal data, as it comes out of a build."""

import re
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.lake import Lake
from schemas.corpus import load_corpus
from tests.pipelines import small
from tests.pipelines.running import answered

REPORT = "身份证号110101199003077475，手机13987654321，姓名：王小明。"
PRIVACY = {
    "government": {
        "mobile": "pseudonymise",
        "resident_id": {"action": "drop_document", "above": 2},
    }
}


def built(folder: Path, **more: Any) -> Path:
    small.notice(folder, "clinic", small.CLINIC)
    small.notice(folder, "report", small.WATER + REPORT)
    small.news(folder, "2024-01", small.FIRST)
    path = small.configure(folder, **({"privacy": PRIVACY} | more))
    assert not small.build_here(path).failures
    return path


def table(path: Path, name: str) -> pl.DataFrame:
    lake = Lake(load_corpus(path).home)
    return lake.scan(name, [one for one in lake.batches() if one.startswith("notices")]).collect()


def test_a_document_with_too_much_is_dropped_by_a_rule_that_says_so(tmp_path: Path) -> None:
    path = built(tmp_path)
    [dropped] = table(path, "verdicts").filter(~pl.col("kept")).to_dicts()
    assert dropped["rule"] == "resident_id_density"
    assert dropped["threshold"] == "<= 2"
    assert float(dropped["value"]) > 2
    [told] = answered("why", dropped["doc_id"], "-c", path, "--json")
    asked = {one["rule"]: one["passed"] for one in told["rules"]}
    assert asked["resident_id_density"] is False
    assert REPORT not in str(told)


def test_a_stand_in_is_the_same_in_every_build_and_in_no_other_lake(tmp_path: Path) -> None:
    def mobile(path: Path) -> str:
        [text] = table(path, "corpus")["text"]
        found = re.search(r"电话(154\d{8})", text)
        assert found is not None
        return found[1]

    path = built(tmp_path / "a")
    before = mobile(path)
    for file in (tmp_path / "a").glob("corpus/corpus/*.parquet"):
        file.unlink()
    assert not small.build_here(path).failures
    assert mobile(path) == before
    assert mobile(built(tmp_path / "b")) != before


def test_a_public_value_stays(tmp_path: Path) -> None:
    path = built(tmp_path, public_values=["139 8765 4321", small.MOBILE], privacy={})
    assert small.MOBILE in "".join(table(path, "corpus")["text"])
    assert "13987654321" in "".join(table(path, "corpus")["text"])
