"""The command line, as a person and as a script meet it."""

import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from pipelines.cli.main import COMMANDS, main
from schemas.corpus import load_corpus
from schemas.errors import BusyError, IntegrityError, NotFoundError
from tests.pipelines import small
from tests.pipelines.running import answered, moved, wenyuan

DOCS = Path(__file__).resolve().parents[2] / "docs"


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
    for code in range(7):
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
    "compare_runs",
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
