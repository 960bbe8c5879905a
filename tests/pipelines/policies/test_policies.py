"""`wenyuan policy`: what each rule drops, and what others would, on a corpus that is built."""

from pathlib import Path
from typing import Any

import polars as pl
import yaml

from tests.pipelines import small
from tests.pipelines.running import answered, wenyuan


def rules_of(found: dict[str, Any], source: str) -> dict[str, Any]:
    (one,) = [one for one in found["sources"] if one["source"] == source]
    return {rule["rule"]: rule for rule in one["rules"]}


def test_the_report_agrees_with_the_verdicts(built: Path) -> None:
    found = answered("policy", "report", "-c", built, "--json")
    lake = small.lake_of(built)
    for one in found["sources"]:
        verdicts = lake.scan(
            "verdicts", [name for name in small.BATCHES if name.startswith(one["source"])]
        ).collect()
        assert one["read"]["documents"] == verdicts.height
        assert one["kept"]["documents"] == verdicts["kept"].sum()
        first = {rule["rule"]: rule["first"]["documents"] for rule in one["rules"]}
        for name, count in verdicts.filter(~pl.col("kept")).group_by("rule").len().iter_rows():
            assert first[name] == count


def test_what_a_rule_drops_alone_is_kept_without_it(built: Path, tmp_path: Path) -> None:
    told = rules_of(answered("policy", "report", "-c", built, "--json"), "notices")["duplicate"]
    assert told["alone"]["documents"] == 1
    settings = yaml.safe_load(built.read_text("utf-8"))
    settings["home"] = str(built.parent / "corpus")
    settings["policies"]["government"] = {"duplicates": None}
    other = small.put(tmp_path / "other.yaml", yaml.safe_dump(settings, allow_unicode=True))
    found = answered("policy", "compare", "current", other, "notices", "-c", built, "--json")
    (notices,) = found["sources"]
    assert notices["only_b"] == told["alone"]
    (change,) = notices["changes"]
    assert (change["kept_by"], change["rule"]) == ("b", "duplicate")
    assert float(change["examples"][0]["value"]) > 0.7


def test_a_threshold_that_is_not_built_yet_counts(built: Path, tmp_path: Path) -> None:
    settings = yaml.safe_load(built.read_text("utf-8"))
    settings["home"] = str(built.parent / "corpus")
    settings["policies"] = {"default": {"chars": {"min": 10_000}}}
    path = small.put(tmp_path / "corpus.yaml", yaml.safe_dump(settings, allow_unicode=True))
    for name in ("news", "notices"):
        (tmp_path / name).symlink_to(built.parent / name)
    found = answered("policy", "report", "-c", path, "--json")
    kept = {one["source"]: one["kept"]["documents"] for one in found["sources"]}
    assert kept == dict.fromkeys(kept, 0)


def test_no_personal_data_is_shown(built: Path, tmp_path: Path) -> None:
    page = tmp_path / "rules.html"
    shown = wenyuan("policy", "compare", "current", "none", "-c", built, "--examples", 50).output
    shown += wenyuan("policy", "compare", "none", "chinese_only", "-c", built).output
    shown += wenyuan("policy", "report", "-c", built, "--to", page).output + page.read_text("utf-8")
    assert small.MOBILE not in shown
    assert "<script" not in page.read_text("utf-8")


def test_a_policy_that_is_not_there_is_told(built: Path) -> None:
    result = wenyuan("policy", "compare", "current", "web_hz", "-c", built)
    assert result.exit_code == 2
    assert "did you mean 'web_zh'?" in result.stderr


def test_a_source_that_is_not_there_is_told(built: Path) -> None:
    result = wenyuan("policy", "report", "notises", "-c", built)
    assert result.exit_code == 3
    assert "did you mean 'notices'?" in result.stderr


def test_nothing_measured_says_how_to_begin(tmp_path: Path) -> None:
    small.news(tmp_path, "2024-01", small.FIRST)
    result = wenyuan("policy", "report", "-c", small.configure(tmp_path))
    assert result.exit_code == 3
    assert "wenyuan build" in result.stderr
