"""The ready recipes: each one is planned and made on the sample, and is what it says."""

import shutil
from pathlib import Path

import polars as pl
import pytest
import yaml

import examples
from examples.city.generate import main as generate
from pipelines.acceptance.reporting import reports
from pipelines.lake import Lake
from pipelines.outlook import outlook_of
from schemas.corpus import Corpus, load_corpus
from tests.pipelines.small import build_here

HERE = Path(examples.__file__).parent / "recipes"
NAMES = sorted(path.stem for path in HERE.glob("*.yaml") if path.stem != "corpus")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("examples")
    shutil.copytree(HERE, folder / "recipes", ignore=shutil.ignore_patterns("corpus"))
    generate([str(folder / "city")])
    path = folder / "recipes" / "corpus.yaml"
    outcome = build_here(path)
    assert not outcome.failures
    return load_corpus(path)


def rows(corpus: Corpus, name: str) -> pl.DataFrame:
    folder = Lake(corpus.home).mixture(name)
    manifest = Lake(corpus.home).manifest(name)
    assert manifest is not None
    return pl.concat(pl.read_parquet(folder / one.path) for one in manifest.shards)


def test_every_recipe_is_in_the_corpus() -> None:
    written = yaml.safe_load((HERE / "corpus.yaml").read_text(encoding="utf-8"))
    assert sorted(written["mixtures"]) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_what_was_planned_is_what_is_made(built: Corpus, name: str) -> None:
    planned = outlook_of(built, name)
    made = Lake(built.home).manifest(name)
    assert made is not None
    assert planned.shortage is None
    assert {one.component: one.wanted for one in planned.components} == {
        component: part.wanted for component, part in made.components.items()
    }
    assert all(part.tokens >= part.wanted for part in made.components.values())
    assert outlook_of(built, str(HERE / f"{name}.yaml")) == planned


def test_an_open_release_holds_nothing_that_may_not_be_passed_on(built: Corpus) -> None:
    released = rows(built, "open_release")
    assert set(released["licence"]) <= {"public-domain", "CC-BY-4.0"}
    assert not {"medicine", "hotline"} & set(released["source"])


def test_stable_knowledge_is_trained_on_and_the_rest_retrieved(built: Corpus) -> None:
    trained, retrieved = rows(built, "finance_l2"), rows(built, "finance_retrieval")
    assert retrieved.height > 5
    assert not set(trained["doc_id"]) & set(retrieved["doc_id"])


def test_a_scenario_comes_after_its_domain(built: Corpus) -> None:
    manifest = Lake(built.home).manifest("finance_l3")
    assert manifest is not None
    assert list(manifest.parts) == ["domain", "scenario"]
    assert set(manifest.parts["domain"].components) == {"filings"}
    assert set(manifest.parts["scenario"].components) == {"filings", "dialogue"}


def test_nine_tenths_are_chinese(built: Corpus) -> None:
    manifest = Lake(built.home).manifest("telecom_zh90")
    assert manifest is not None
    assert manifest.components["chinese"].weight == pytest.approx(0.9, abs=0.001)


def test_suppliers_are_judged_by_their_terms(built: Corpus) -> None:
    verdicts = {one.source: one.verdict for one in reports(built)}
    assert verdicts["finance"] == verdicts["medicine"] == "accepted"
    assert verdicts["letters"] == verdicts["crawl"] == "not_accepted"
    assert set(verdicts.values()) == {"accepted", "not_accepted"}
    [crawl] = reports(built, ["crawl"])
    assert [one.term for one in crawl.terms if not one.met] == ["max_other_copies"]


def test_suppliers_share_evenly_as_far_as_they_go(built: Corpus) -> None:
    planned = outlook_of(built, "partners_pool").components
    level = max(one.wanted for one in planned)
    assert all(one.wanted in (level, level - 1, one.most) for one in planned)
    assert sum(one.wanted for one in planned) >= 40_000
