"""The command line, as a person and as a script meet it."""

import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from pipelines.cli.main import COMMANDS, main
from schemas.corpus import load_corpus
from schemas.errors import BusyError, IntegrityError, NotFoundError
from tests.pipelines import small

DOCS = Path(__file__).resolve().parents[2] / "docs"


def wenyuan(*arguments: object, given: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], input=given)


def answered(*arguments: object) -> Any:
    result = wenyuan(*arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def commands() -> list[tuple[str, click.Command]]:
    context = click.Context(main)
    found = [(name, main.get_command(context, name)) for name in main.list_commands(context)]
    return [(name, command) for name, command in found if command is not None]


# --- help ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"
    assert wenyuan(name, "--help").exit_code == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_in_the_docs(name: str) -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    section = page.partition(f"## wenyuan {name}")[2].partition("\n## ")[0]
    command = main.get_command(click.Context(main), name)
    assert section
    assert command is not None
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[-1]}`" in section, parameter.opts


def test_help_lists_every_command_with_what_its_own_help_begins_with() -> None:
    shown = " ".join(wenyuan("--help").stdout.split())
    for name, command in commands():
        assert f"{name} {COMMANDS[name][1]}" in shown
        assert " ".join((command.help or "").partition("\n\n")[0].split()) == COMMANDS[name][1]


def test_help_names_the_exit_codes_that_errors_have() -> None:
    shown = " ".join(wenyuan("--help").stdout.split())
    for code in range(6):
        assert f" {code} " in shown


def test_an_unknown_command_is_a_wrong_argument() -> None:
    assert wenyuan("biuld").exit_code == 2


@pytest.mark.parametrize(
    ("module", "not_needed"),
    [
        ("pipelines.cli.main", ("polars", "pydantic", "rich", "dagster", "numba")),
        ("pipelines.cli.starting", ("dagster", "numba", "rich")),
        ("pipelines.cli.inspecting", ("dagster",)),
        ("pipelines.cli.explaining", ("dagster",)),
    ],
)
def test_light_commands_start_without_heavy_parts(module: str, not_needed: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*[m for m in {not_needed!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


@pytest.mark.parametrize(
    ("error", "code"), [(NotFoundError("x"), 3), (IntegrityError("x"), 4), (BusyError("x"), 5)]
)
def test_what_goes_wrong_on_purpose_has_its_exit_code_and_no_traceback(
    error: Exception, code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    starting = importlib.import_module("pipelines.cli.starting")
    monkeypatch.setattr(starting, "json_schema", fail)
    result = wenyuan("init", tmp_path / "new")
    assert result.exit_code == code
    assert result.stderr == "x\n"


# --- init, schema, ui ---------------------------------------------------------------------------


def test_init_writes_a_starter_that_loads_and_its_schema(tmp_path: Path) -> None:
    result = wenyuan("init", tmp_path / "[new]")
    assert result.exit_code == 0
    assert "wenyuan build" in result.stdout
    assert load_corpus(tmp_path / "[new]" / "corpus.yaml").name == "my_corpus"
    assert json.loads((tmp_path / "[new]" / "corpus.schema.json").read_text())["properties"]
    assert (tmp_path / "[new]" / "raw").is_dir()


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "corpus.yaml").write_text("mine")
    result = wenyuan("init", tmp_path)
    assert result.exit_code == 2
    assert (tmp_path / "corpus.yaml").read_text() == "mine"


def test_init_into_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    assert wenyuan("init", tmp_path / "taken").exit_code == 2


def test_everything_the_starter_only_suggests_is_right_too(tmp_path: Path) -> None:
    wenyuan("init", tmp_path)
    lines = (tmp_path / "corpus.yaml").read_text(encoding="utf-8").splitlines()
    suggested = (
        line.replace("# ", "", 1) if line.lstrip().startswith(SUGGESTIONS) else line
        for line in lines
    )
    (tmp_path / "all.yaml").write_text("\n".join(suggested), encoding="utf-8")
    corpus = load_corpus(tmp_path / "all.yaml")
    assert set(corpus.sources) == {"articles", "crawl", "hotline"}
    assert corpus.contamination.benchmarks
    assert corpus.mixtures["general"].tokens == 200_000_000


SUGGESTIONS = (
    "# crawl:",
    "# hotline:",
    "#            query",
    "#            confidential",
    "# contamination:",
    "#   benchmarks:",
    "# tokens:",
    "# components:",
)


def test_schema_is_json_schema() -> None:
    assert "sources" in answered("schema")["properties"]


def test_ui_becomes_dagsters_server_on_this_corpus(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _program, words: started.append(words))
    monkeypatch.setattr(os, "environ", {})
    assert wenyuan("ui", "-c", built, "--port", "4000").exit_code == 0
    assert started[0][1:4] == ["-m", "dagster", "dev"]
    assert started[0][-1] == "4000"
    assert os.environ["WENYUAN_CORPUS"] == str(built)
    assert wenyuan("ui", "-c", built, "--port", "0").exit_code == 2


# --- build, status ------------------------------------------------------------------------------


def test_a_missing_corpus_yaml_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    for command in ("build", "status"):
        result = wenyuan(command, "-c", tmp_path / "corpus.yaml")
        assert result.exit_code == 2
        assert "wenyuan init" in result.stderr


def test_a_wrong_key_is_named_with_its_line(built: Path, tmp_path: Path) -> None:
    settings = yaml.safe_load(built.read_text(encoding="utf-8")) | {"mixturs": {}}
    (tmp_path / "corpus.yaml").write_text(yaml.safe_dump(settings))
    result = wenyuan("status", "-c", tmp_path / "corpus.yaml")
    assert result.exit_code == 2
    assert "mixtures" in result.stderr


def test_a_second_build_says_that_nothing_is_to_do(built: Path) -> None:
    result = wenyuan("build", "-c", built)
    assert result.exit_code == 0
    assert result.stdout.startswith("Nothing to do: small_town is up to date")


def test_build_json_has_the_same_keys_even_when_nothing_was_done(built: Path) -> None:
    counts = answered("build", "-c", built, "--json")
    assert counts.pop("seconds") >= 0
    assert counts == dict.fromkeys(BUILD_KEYS, 0)


BUILD_KEYS = (
    "new_batches",
    "annotate_runs",
    "deduplicate_runs",
    "decide_runs",
    "mix_runs",
    "failed",
)


def test_build_of_an_unknown_source_says_which_there_are(built: Path) -> None:
    result = wenyuan("build", "-c", built, "--source", "newz")
    assert result.exit_code == 2
    assert "'news'" in result.stderr


def test_status_json_accounts_for_every_record(built: Path) -> None:
    found = answered("status", "-c", built, "--json")
    assert set(found) == STATUS_KEYS
    assert [row["source"] for row in found["sources"]] == ["news", "notices"]
    for row in found["sources"]:
        counted = row["rejected"] + row["dropped"] + row["kept"] + row["undecided"]
        assert row["read"] == counted > 0
    assert found["reasons"] == {"bad_json": 1}
    assert found["rules"]["duplicate"] == 1
    assert [mixed["mixture"] for mixed in found["mixtures"]] == ["general", "services"]
    assert not any(found["to_do"].values())
    assert found["new_batches"] == 0


STATUS_KEYS = {
    "name",
    "sources",
    "reasons",
    "rules",
    "mixtures",
    "to_do",
    "new_batches",
    "problem",
    "example_dropped",
    "example_row",
}


def test_status_shows_the_funnel_and_that_all_is_done(built: Path) -> None:
    shown = wenyuan("status", "-c", built).stdout
    assert "from raw records to the corpus" in shown
    assert "duplicate 1" in shown
    assert "services" in shown
    assert "up to date" in shown


def test_status_before_the_first_build_says_what_there_is_to_read(tmp_path: Path) -> None:
    path = small.lay(tmp_path)
    found = answered("status", "-c", path, "--json")
    assert found["new_batches"] == 3
    assert found["mixtures"] == []
    assert "3 new or changed batches" in wenyuan("status", "-c", path).stdout


def test_status_without_raw_files_still_shows_the_corpus(built: Path, tmp_path: Path) -> None:
    path = moved(built, tmp_path)
    shutil.rmtree(path.parent / "news")
    found = answered("status", "-c", path, "--json")
    assert found["new_batches"] is None
    assert "news" in found["problem"]
    assert found["sources"][0]["kept"] > 0


def moved(built: Path, folder: Path) -> Path:
    """A copy of the corpus in another place, raw files and all."""
    return Path(shutil.copytree(built.parent, folder / "moved")) / "corpus.yaml"


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
    shown = wenyuan("why", "notices/market.txt", "-c", built).stdout
    assert "dropped because of duplicate" in shown
    assert "news/2024-01.jsonl#0" in shown


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
    by_path = answered("why", "news/2024-01.jsonl", "-c", built, "--json")
    assert [one["rejected"]["reason"] for one in by_path] == ["bad_json"]
    assert "rejected read: bad_json" in wenyuan("why", "news/2024-01.jsonl#5", "-c", built).stdout


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
