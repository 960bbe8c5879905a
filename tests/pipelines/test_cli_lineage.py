"""`wenyuan lineage`, as a person runs it."""

from pathlib import Path

import pytest

from tests.pipelines.running import answered, wenyuan


def test_the_object_has_the_documented_keys(built: Path) -> None:
    found = answered("lineage", "general", "-c", built, "--json")
    top = ["corpus", "mixture", "version", "tokenizer", "tokens", "outdated", "sources"]
    top += ["components", "total"]
    counts = ["read", "rejected", "dropped", "undecided", "kept", "not_chosen", "held_out"]
    counts += ["documents", "rows"]
    assert list(found) == top
    assert set(found["total"]) == {*counts, "reasons", "rules"}
    assert set(found["sources"][0]) == {*found["total"], "source", "kind"}
    taken = {"component", "documents", "rows", "tokens", "held_out", "sources"}
    assert set(found["components"][0]) == taken


def test_the_table_shows_each_source_and_all(built: Path) -> None:
    shown = wenyuan("lineage", "services", "-c", built).stdout
    assert all(name in shown for name in ("news", "notices", "all", "not chosen"))
    assert "bad_json 1" in shown


def test_the_page_is_written_whole(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "new" / "lineage.html"
    assert str(file) in wenyuan("lineage", "general", "-c", built, "--html", file).stdout
    assert file.read_text(encoding="utf-8").endswith("</html>\n")
    found = answered("lineage", "general", "-c", built, "--html", file, "--json")
    assert found["mixture"] == "general"
    assert [one.name for one in file.parent.iterdir()] == ["lineage.html"]


def test_a_page_that_cannot_be_written_is_an_error(built: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = wenyuan("lineage", "general", "-c", built, "--html", tmp_path / "file" / "x.html")
    assert result.exit_code == 2


@pytest.mark.parametrize("name", ["genral", ""])
def test_of_what_is_no_mixture(built: Path, name: str) -> None:
    assert wenyuan("lineage", name, "-c", built).exit_code == 3
