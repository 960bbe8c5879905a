"""A mixture that cannot be made without what was withdrawn does not stand: it is taken off."""

import shutil
from pathlib import Path
from typing import Any

import pytest

import pipelines.io
from pipelines.lake import Lake
from pipelines.withdrawal.forgetting import verify
from pipelines.withdrawal.ledger import Ledger
from pipelines.withdrawal.revocation import revoked
from schemas.corpus import load_corpus
from schemas.errors import InfeasibleError, IntegrityError
from tests.pipelines import small
from tests.pipelines.light import Light
from tests.pipelines.running import answered, wenyuan
from tests.pipelines.withdrawal.making import describe, forget, lay, mixed

FERRY = "https://a.cn/ferry"
GENERAL = {"max_epochs": 1, "tokenizer": "characters"}
TOWN = {"components": {"notices": 1}} | GENERAL
RECIPES: dict[str, Any] = {"general": GENERAL | {"tokens": 330}, "town": TOWN}
"""Of the 345 characters there are 76 are the ferry's; the notices do not speak of it."""


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    light = lay(tmp_path_factory.mktemp("laid"))
    describe(light.path.parent, mixtures=RECIPES)
    light.build()
    return light.path.parent


@pytest.fixture
def light(laid: Path, tmp_path: Path) -> Light:
    return Light(Path(shutil.copytree(laid, tmp_path / "corpus")) / "corpus.yaml")


def left(light: Light, name: str = "general") -> list[str]:
    return sorted(path.name for path in small.lake_of(light.path).mixture(name).iterdir())


def test_it_is_taken_off_and_the_request_closed(light: Light) -> None:
    lake = small.lake_of(light.path)
    before = lake.manifest("general")
    assert before
    forget(light, urls=(FERRY,))
    with pytest.raises(InfeasibleError, match="short"):
        light.build()
    assert left(light) == ["revoked.jsonl"]
    told = light.taken_off["general"]
    assert "mixture general held 1 withdrawn documents" in told
    assert "was taken off; change the recipe and build: " in told
    assert "short" in told
    certificate = Ledger(lake).certificates[1].mixtures["general"]
    assert (certificate.before.version, certificate.after) == (before.version, None)
    listed = revoked(lake.mixture("general"))
    assert listed.select("version", "withdrawal").rows() == [(before.version, 1)]
    assert verify(load_corpus(light.path), lake)["mixtures"] == 1


def test_it_is_made_again_once_its_recipe_can_be_met(light: Light) -> None:
    forget(light, urls=(FERRY,))
    with pytest.raises(InfeasibleError):
        light.build()
    with pytest.raises(InfeasibleError):
        light.build()
    assert light.taken_off == {}
    describe(light.path.parent, mixtures=RECIPES | {"general": GENERAL})
    light.build()
    assert small.CLINIC.replace(small.MOBILE, "〔手机号〕") in mixed(light)
    assert {"manifest.json", "README.md", "revoked.jsonl"} < set(left(light))


def test_one_that_a_component_of_is_gone_is_taken_off(light: Light) -> None:
    forget(light, sources=("notices",))
    with pytest.raises(InfeasibleError):
        light.build()
    assert left(light, "town") == ["revoked.jsonl"]
    assert "no kept document of notices" in light.taken_off["town"]


def test_one_that_holds_nothing_withdrawn_stays(light: Light) -> None:
    describe(light.path.parent, mixtures=RECIPES | {"town": TOWN | {"tokens": 10_000}})
    forget(light, urls=("https://nobody.cn/",))
    with pytest.raises(InfeasibleError):
        light.build()
    assert light.taken_off == {}
    assert "manifest.json" in left(light, "town")
    assert Ledger(small.lake_of(light.path)).open == []


def test_one_that_corpus_yaml_no_longer_names_is_taken_off(light: Light) -> None:
    describe(light.path.parent, mixtures={"other": GENERAL})
    light.build()
    assert "manifest.json" in left(light)
    forget(light, urls=(FERRY,))
    light.build()
    assert "corpus.yaml no longer names it" in light.taken_off["general"]
    assert left(light) == ["revoked.jsonl"]
    assert "manifest.json" in left(light, "town")
    assert Ledger(small.lake_of(light.path)).certificates[1].mixtures["general"].after is None


def test_it_is_taken_off_though_the_request_was_closed_before(light: Light) -> None:
    """An old copy put back, for instance."""
    folder = small.lake_of(light.path).mixture("general")
    old = Path(shutil.copytree(folder, light.path.parent / "old"))
    describe(light.path.parent, mixtures=RECIPES | {"general": GENERAL})
    forget(light, urls=(FERRY,))
    light.build()
    listed = revoked(folder)
    shutil.copytree(old, folder, dirs_exist_ok=True)
    describe(light.path.parent, mixtures=RECIPES)
    with pytest.raises(InfeasibleError):
        light.build()
    assert left(light) == ["revoked.jsonl"]
    assert revoked(folder).equals(listed)


class Killed(BaseException):
    """Stands for a kill: nothing may catch it."""


@pytest.mark.parametrize("step", range(1, 8))
def test_killed_at_any_step_it_is_whole_or_gone_and_the_next_build_ends_it(
    light: Light, step: int
) -> None:
    lake = small.lake_of(light.path)
    forget(light, urls=(FERRY,))
    with pytest.MonkeyPatch.context() as patch:
        kill_at(step, lake.mixture("general"), patch)
        with pytest.raises(Killed):
            light.build()
    assert (lake.manifest("general") is None) is (step > 1)
    shards = list(lake.mixture("general").glob("*/*/*.parquet"))
    assert step > 1 or shards
    assert Ledger(lake).open
    with pytest.raises(InfeasibleError):
        light.build()
    assert left(light) == ["revoked.jsonl"]
    assert verify(load_corpus(light.path), lake)["requests"] == 1


def kill_at(step: int, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """The `step`-th removal in `folder`, of a file or a tree, is not done, or not to its end."""
    count = 0
    unlink, rmtree = Path.unlink, shutil.rmtree

    def cut(path: Path) -> bool:
        nonlocal count
        count += path.parent == folder
        return path.parent == folder and count == step

    def one(path: Path, missing_ok: bool = False) -> None:
        if cut(path):
            raise Killed
        unlink(path, missing_ok=missing_ok)

    def tree(path: Path) -> None:
        if cut(path):
            unlink(next(path.rglob("*.parquet")))
            raise Killed
        rmtree(path)

    patch.setattr(Path, "unlink", one)
    patch.setattr(shutil, "rmtree", tree)


def test_what_a_kill_left_is_found_before_it_is_tidied_up(light: Light) -> None:
    lake = small.lake_of(light.path)
    forget(light, urls=("https://nobody.cn/",))
    light.build()
    (lake.mixture("gone") / ("0" * 16)).mkdir(parents=True)
    with pytest.raises(IntegrityError, match="a version that nobody publishes"):
        verify(load_corpus(light.path), lake)
    lake.sweep()
    verify(load_corpus(light.path), lake)


def test_a_failure_of_another_kind_takes_nothing_off(
    light: Light, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    describe(light.path.parent, mixtures={"general": GENERAL})
    forget(light, urls=(FERRY,))
    monkeypatch.setattr(pipelines.io, "pack", full)
    outcome = small.build_here(light.path)
    assert list(outcome.failures) == ["mixture_general"]
    assert outcome.infeasible == {}
    assert "manifest.json" in left(light)
    assert Ledger(small.lake_of(light.path)).open


# --- the commands -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def after(laid: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus after `wenyuan forget` has taken the mixture off."""
    folder = Path(shutil.copytree(laid, tmp_path_factory.mktemp("after") / "corpus"))
    path = folder / "corpus.yaml"
    result = wenyuan("forget", "--url", FERRY, "--reason", "x", "--json", "-c", path)
    assert result.exit_code == 4
    assert "mixture general held 1 withdrawn documents" in result.stderr
    assert '"rows": 1' in result.stdout
    assert '"shards": 0' in result.stdout
    assert (Lake(load_corpus(path).home).home / "withdrawals/00001.certificate.json").is_file()
    return path


def test_a_build_still_says_what_is_short(after: Path) -> None:
    result = wenyuan("build", "-c", after)
    assert (result.exit_code, "short" in result.stderr) == (4, True)
    assert answered("forget", "--verify", "--json", "-c", after)["mixtures"] == 1


@pytest.mark.parametrize(
    "command",
    [
        ["lineage", "general"],
        ["trace", "general/00000.parquet#0"],
        ["export", "general", "--format", "jsonl", "--to", "OUT"],
    ],
)
def test_who_asks_for_it_is_told(after: Path, tmp_path: Path, command: list[str]) -> None:
    given = [str(tmp_path / "out") if one == "OUT" else one for one in command]
    result = wenyuan(*given, "-c", after)
    assert (result.exit_code, "mixture general was taken off" in result.stderr) == (3, True)


def test_no_document_and_no_table_of_mixtures_names_it(after: Path) -> None:
    [found] = answered("why", "notices/water.txt", "-c", after, "--json")
    assert {use["mixture"] for use in found["mixtures"]} == {"town"}
    told = answered("status", "-c", after, "--json")
    assert [one["mixture"] for one in told["mixtures"]] == ["town"]
    assert told["to_do"]["mix"] == 1


def test_a_certificate_says_in_words_that_it_was_taken_off(laid: Path, tmp_path: Path) -> None:
    path = Path(shutil.copytree(laid, tmp_path / "corpus")) / "corpus.yaml"
    result = wenyuan("forget", "--url", FERRY, "--reason", "x", "-c", path)
    assert result.exit_code == 4
    assert "mixture general: 1 rows; taken off" in result.stdout
    assert "certificate: " in result.stdout
