"""`wenyuan mixture plan`: the budget before anything is written."""

from pathlib import Path

import pytest

from pipelines.lake import Lake
from schemas.corpus import load_corpus
from tests.pipelines import small
from tests.pipelines.light import Light
from tests.pipelines.running import answered, wenyuan


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = small.lay(tmp_path_factory.mktemp("town"))
    Light(path).build()
    return path


def recipe(folder: Path, text: str) -> Path:
    return small.put(folder / "wish.yaml", text)


def test_what_is_planned_is_what_the_manifest_says(built: Path) -> None:
    found = answered("mixture", "plan", "services", "-c", built, "--json")
    manifest = Lake(load_corpus(built).home).manifest("services")
    assert manifest is not None
    assert {one["component"]: (one["available"], one["wanted"]) for one in found["components"]} == {
        name: (part.available, part.wanted) for name, part in manifest.components.items()
    }
    assert found["shortage"] is None
    assert found["barred"] == {}
    assert sum(one["wanted"] for one in found["components"]) >= found["tokens"]


def test_a_recipe_needs_no_place_in_corpus_yaml_to_be_planned(built: Path, tmp_path: Path) -> None:
    stages = "stages: {first: {share: 3}, then: {share: 1}}"
    file = recipe(tmp_path, f"components: {{news: 1}}\nmax_epochs: 2\n{stages}\n")
    [news] = answered("mixture", "plan", file, "-c", built, "--json")["components"]
    assert list(news["parts"]) == ["first", "then"]
    assert news["parts"]["first"] == pytest.approx(0.75 * news["wanted"], abs=1)
    shown = wenyuan("mixture", "plan", file, "-c", built)
    assert shown.exit_code == 0
    assert "first" in shown.stdout


def test_what_cannot_be_met_is_shown_with_what_would_do(built: Path, tmp_path: Path) -> None:
    file = recipe(tmp_path, "tokens: 5M\ncomponents: {news: 0.5, notices: 0.5}\n")
    asked = wenyuan("mixture", "plan", file, "-c", built)
    assert asked.exit_code == 2
    assert "notices" in asked.stdout
    assert "news wants 2,500,000" in asked.stderr
    assert "the largest total is" in asked.stderr


def test_many_repetitions_are_warned_of(built: Path, tmp_path: Path) -> None:
    file = recipe(tmp_path, "components: {news: 1}\nmax_epochs: 9\n")
    assert "news is repeated 9.0 times" in wenyuan("mixture", "plan", file, "-c", built).stderr


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("components: {newz: 1}", "did you mean 'news'?"),
        ("components: {news: {kind: poems, weight: 1}}", "no kept document of news"),
        ("tokenizer: mine.json", "mine.json tokens are not counted in this corpus"),
        ("toknes: 5", "did you mean 'tokens'?"),
    ],
)
def test_a_recipe_that_does_not_fit_is_refused(
    built: Path, tmp_path: Path, text: str, why: str
) -> None:
    asked = wenyuan("mixture", "plan", recipe(tmp_path, text), "-c", built)
    assert asked.exit_code == 2
    assert why in asked.stderr


def test_an_unknown_mixture_is_named_with_the_nearest(built: Path) -> None:
    asked = wenyuan("mixture", "plan", "servises", "-c", built)
    assert asked.exit_code == 2
    assert "did you mean 'services'?" in asked.stderr


def test_a_corpus_not_built_yet_says_what_to_do(tmp_path: Path) -> None:
    path = small.lay(tmp_path)
    asked = wenyuan("mixture", "plan", "general", "-c", path)
    assert asked.exit_code != 0
    assert "wenyuan build" in asked.stderr
