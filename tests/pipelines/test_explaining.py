"""`wenyuan why` and `wenyuan trace`, as a person runs them."""

import json
from pathlib import Path

import pytest
import yaml

from pipelines.cli import explaining
from tests.pipelines import small
from tests.pipelines.running import answered, moved, wenyuan

# --- why ----------------------------------------------------------------------------------------


def test_why_tells_the_rule_the_value_and_where_the_twin_is(built: Path) -> None:
    [found] = answered("why", "notices/market.txt", "-c", built, "--json")
    assert found["verdict"]["rule"] == "duplicate"
    assert found["twin"]["source"] == "news"
    assert found["twin"]["uri"] == "news/2024-01.jsonl#0"
    assert {"rule": "duplicate", "passed": False} in [
        {key: rule[key] for key in ("rule", "passed")} for rule in found["rules"]
    ]
    assert found["document"]["raw_length"] > 0
    assert found["measured"]["language"] == "zh-Hans"
    assert found["measured"]["shares"] == [{"language": "zh-Hans", "share": 1.0}]
    shown = wenyuan("why", "notices/market.txt", "-c", built).stdout
    assert "dropped because of duplicate" in shown
    assert "news/2024-01.jsonl#0" in shown


def test_why_tells_how_alike_the_twin_is_and_how_that_is_known(built: Path) -> None:
    [found] = answered("why", "notices/market.txt", "-c", built, "--json")
    assert found["twin"]["batch"] == found["measured"]["twin_batch"] == "news-00000"
    assert found["measured"]["cluster_size"] == 2
    assert found["measured"]["common_ratio"] == 0
    assert found["measured"]["similarity_counted"] is False
    shown = wenyuan("why", "notices/market.txt", "-c", built).stdout
    assert f"similarity {found['measured']['similarity']:.3f}, estimated; 2 documents" in shown


def test_why_of_a_document_without_a_twin_says_nothing_of_one(built: Path) -> None:
    [found] = answered("why", "news/2024-01.jsonl#1", "-c", built, "--json")
    assert found["twin"] is None
    assert found["measured"]["cluster_size"] == 1
    assert "similarity_counted" not in found["measured"]
    assert "kept instead" not in wenyuan("why", "news/2024-01.jsonl#1", "-c", built).stdout


def test_why_before_pairs_are_there_still_tells_the_twin(built: Path, tmp_path: Path) -> None:
    path = moved(built, tmp_path)
    lake = small.lake_of(path)
    for table, name in (("pairs", "1-of-1"), ("documents", "news-00000")):
        lake.path(table, name).unlink()
    [found] = answered("why", "notices/market.txt", "-c", path, "--json")
    assert found["measured"]["similarity_counted"] is None
    assert found["twin"]["uri"] is None
    assert found["twin"]["doc_id"] == found["measured"]["twin"]


def test_why_takes_a_path_as_the_shell_completes_it(built: Path) -> None:
    [found] = answered("why", built.parent / "notices" / "market.txt", "-c", built, "--json")
    assert found["document"]["uri"] == "notices/market.txt"


def test_why_takes_the_beginning_of_an_id(built: Path) -> None:
    dropped = answered("status", "-c", built, "--json")["example_dropped"]
    [found] = answered("why", dropped[:6].upper(), "-c", built, "--json")
    assert found["document"]["doc_id"] == dropped
    assert found["verdict"]["kept"] is False


def test_five_digits_of_an_id_are_too_few(built: Path) -> None:
    dropped = answered("status", "-c", built, "--json")["example_dropped"]
    assert wenyuan("why", dropped[:5], "-c", built).exit_code == 3


def test_why_of_what_is_not_there(built: Path) -> None:
    result = wenyuan("why", "http://nowhere.example/", "-c", built)
    assert result.exit_code == 3
    assert "exact URL" in result.stderr


def test_why_of_a_record_that_could_not_be_read_says_the_reason(built: Path) -> None:
    [found] = answered("why", "news/2024-01.jsonl#5", "-c", built, "--json")
    assert found["rejected"]["reason"] == "bad_json"
    assert "rejected read: bad_json" in wenyuan("why", "news/2024-01.jsonl#5", "-c", built).stdout


def test_why_of_a_raw_file_shows_every_record_of_it(built: Path) -> None:
    found = answered("why", "news/2024-01.jsonl", "-c", built, "--json")
    uris = [one["document"]["uri"] for one in found if one["document"]]
    assert uris == [f"news/2024-01.jsonl#{number}" for number in range(5)]
    assert [one["rejected"]["reason"] for one in found if one["rejected"]] == ["bad_json"]


def test_why_of_a_long_raw_file_says_how_much_more_there_is(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explaining, "MOST_SHOWN", 2)
    shown = wenyuan("why", "news/2024-01.jsonl", "-c", built).stdout
    assert shown.count("rules, in order") == 2
    assert "4 more" in shown


def test_why_masks_personal_data_unless_asked_to_reveal_it(built: Path) -> None:
    for json_flag in ([], ["--json"]):
        hidden = wenyuan("why", "notices/clinic.txt", "-c", built, *json_flag).stdout
        assert small.MOBILE not in hidden
        assert "〔手机号〕" in hidden
    assert small.MOBILE in wenyuan("why", "notices/clinic.txt", "-c", built, "--reveal").stdout


def test_why_says_that_corpus_yaml_has_changed_since(built: Path, tmp_path: Path) -> None:
    path = moved(built, tmp_path)
    small.configure(path.parent, policies={"web": {"chars": {"min": 41}}})
    [found] = answered("why", "news/2024-01.jsonl#0", "-c", path, "--json")
    assert found["outdated"] is True
    assert "by now" in wenyuan("why", "news/2024-01.jsonl#0", "-c", path).stdout


def test_why_shows_what_repair_changed(built: Path) -> None:
    [found] = answered("why", "notices/clinic.txt", "-c", built, "--repairs", "--json")
    [space] = found["mended"]
    assert space["kind"] == "space"
    [edit] = space["excerpts"]
    assert edit["before"] == edit["after"] + "\n"
    assert found["unmended"] is None
    shown = wenyuan("why", "notices/clinic.txt", "-c", built, "--repairs").stdout
    assert "⏎" in shown
    [unasked] = answered("why", "notices/clinic.txt", "-c", built, "--json")
    assert unasked["mended"] is None


def test_why_says_so_where_the_raw_record_is_no_longer_there(built: Path, tmp_path: Path) -> None:
    path = moved(built, tmp_path)
    raw = path.parent / "notices" / "clinic.txt"
    raw.write_text("改", encoding="utf-8")
    shown = wenyuan("why", "notices/clinic.txt", "-c", path, "--repairs")
    assert "has changed since it was read" in shown.stdout
    raw.unlink()
    [found] = answered("why", "notices/clinic.txt", "-c", path, "--repairs", "--json")
    assert found["mended"] is None
    assert "is gone" in found["unmended"]


# --- trace --------------------------------------------------------------------------------------


def row_of(built: Path, source: str, text: str) -> str:
    """The row of the mixture `services` that holds `text`."""
    for row in range(100):
        traced = wenyuan("trace", f"services/00000.parquet#{row}", "-c", built, "--json")
        found = json.loads(traced.stdout)
        if found["document"]["source"] == source and text in found["mixture_row"]["text"]:
            return f"services/00000.parquet#{row}"
    raise AssertionError("no such row")


def test_trace_leads_from_a_row_to_the_place_of_its_bytes(built: Path) -> None:
    found = answered("trace", "general/00000.parquet#0", "-c", built, "--json")
    assert set(found) == TRACE_KEYS
    document = found["document"]
    raw = (built.parent / document["raw_path"]).read_bytes()
    place = slice(document["raw_offset"], document["raw_offset"] + document["raw_length"])
    shown = wenyuan("trace", "general/00000.parquet#0", "-c", built, "--reveal")
    assert shown.stdout_bytes == raw[place]
    assert document["raw_digest"] in shown.stderr
    assert found["raw_length"] == document["raw_length"]


TRACE_KEYS = {
    "shard",
    "row",
    "mixture_row",
    "document",
    "raw",
    "withheld",
    "revealed",
    "raw_length",
}


def test_trace_masks_personal_data_in_the_raw_record(built: Path) -> None:
    row = row_of(built, "notices", "社区门诊")
    for json_flag in ([], ["--json"]):
        hidden = wenyuan("trace", row, "-c", built, *json_flag).stdout
        assert small.MOBILE not in hidden
        assert "〔手机号〕" in hidden
    assert small.MOBILE in wenyuan("trace", row, "-c", built, "--reveal").stdout


def test_trace_takes_a_path_and_either_format(built: Path) -> None:
    [arrow] = (built.parent / "corpus" / "mixtures" / "services").rglob("*.arrow")
    by_path = answered("trace", f"{arrow}#2", "-c", built, "--json")
    by_name = answered("trace", "services/00000.parquet#2", "-c", built, "--json")
    assert by_path["document"] == by_name["document"]


def test_trace_of_a_shard_of_another_version_is_not_answered_from_this_one(built: Path) -> None:
    result = wenyuan("trace", "general/0123456789abcdef/00000.parquet#0", "-c", built)
    assert result.exit_code == 3


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("general/00000.parquet", 2),
        ("general/00000.parquet#-1", 2),
        ("general/00000.parquet#一", 2),
        ("general/00000.parquet#100000", 3),
        ("general/00007.parquet#0", 3),
        ("genral/00000.parquet#0", 3),
    ],
)
def test_trace_of_what_is_no_row(built: Path, row: str, code: int) -> None:
    assert wenyuan("trace", row, "-c", built).exit_code == code


def test_trace_works_where_the_corpus_has_moved_to(built: Path, tmp_path: Path) -> None:
    path = moved(built, tmp_path)
    assert wenyuan("trace", "general/00000.parquet#0", "-c", path).exit_code == 0


def test_trace_notices_that_the_raw_bytes_have_changed(built: Path, tmp_path: Path) -> None:
    path = moved(built, tmp_path)
    found = answered("trace", "general/00000.parquet#0", "-c", path, "--json")["document"]
    raw = path.parent / found["raw_path"]
    data = bytearray(raw.read_bytes())
    data[found["raw_offset"] + 12 : found["raw_offset"] + 15] = "改".encode()
    raw.write_bytes(data)
    assert wenyuan("trace", "general/00000.parquet#0", "-c", path).exit_code == 4
    raw.unlink()
    assert wenyuan("trace", "general/00000.parquet#0", "-c", path).exit_code == 3


def test_trace_of_a_source_that_corpus_yaml_no_longer_names(built: Path, tmp_path: Path) -> None:
    path = moved(built, tmp_path)
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    del settings["sources"]["news"], settings["policies"], settings["mixtures"]["services"]
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    codes = {
        wenyuan("trace", f"general/00000.parquet#{row}", "-c", path).exit_code
        for row in (0, 1, 2, 3, 4)
    }
    assert 3 in codes
    assert codes <= {0, 3}
