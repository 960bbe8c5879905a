"""corpus.yaml: what a user writes, and what is said when it is wrong."""

from pathlib import Path
from typing import Any

import pytest

from schemas.corpus import Dedup, json_schema, load_corpus
from schemas.errors import ConfigError
from tests.shared import ROOT

GOOD = """\
name: city
sources:
  crawl:
    kind: web
    format: jsonl
    path: raw/*.jsonl
  hotline:
    kind: government
    format: sql
    url_env: HOTLINE_DB
    query: select id, content from calls
policies:
  web: {preset: web_zh, han_ratio: {min: 0.6}}
privacy:
  default: mask
  government: {name: pseudonymise, address: {action: keep, reason: asked for}}
mixtures:
  general: {tokens: 200M, components: {crawl: 0.7, hotline: 0.3}}
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "corpus.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def complaint(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load_corpus(write(folder, text))
    return str(caught.value).removeprefix(f"{folder}/")


def test_paths_are_seen_from_the_folder_of_corpus_yaml(tmp_path: Path) -> None:
    corpus = load_corpus(write(tmp_path, GOOD))
    assert corpus.home == str(tmp_path / "corpus")
    assert corpus.sources["crawl"].path == (str(tmp_path / "raw/*.jsonl"),)
    assert corpus.folder == str(tmp_path)


def test_urls_stay_as_they_are(tmp_path: Path) -> None:
    corpus = load_corpus(write(tmp_path, GOOD.replace("raw/*.jsonl", "s3://bucket/raw/*.jsonl")))
    assert corpus.sources["crawl"].path == ("s3://bucket/raw/*.jsonl",)


def test_amounts_may_be_written_with_a_unit(tmp_path: Path) -> None:
    assert load_corpus(write(tmp_path, GOOD)).mixtures["general"].tokens == 200_000_000


def test_a_source_stands_by_its_place_and_the_threshold_of_its_kind(tmp_path: Path) -> None:
    asked = GOOD.replace("policies:", "dedup: {thresholds: {government: 0.8}}\npolicies:")
    standings = load_corpus(write(tmp_path, asked)).standings()
    assert standings == {"crawl": (0, 0.7), "hotline": (1, 0.8)}


@pytest.mark.parametrize(
    ("asked", "threshold"),
    [({}, 0.9), ({"threshold": 0.95}, 0.95), ({"thresholds": {"law": 0.7}}, 0.7)],
    ids=["0.9 by default", "never under that of all", "what is asked"],
)
def test_statutes_have_a_threshold_of_their_own(asked: dict[str, Any], threshold: float) -> None:
    assert Dedup.model_validate(asked).of("law") == threshold


def test_the_terms_of_a_source_lie_over_those_for_all(tmp_path: Path) -> None:
    general = "acceptance: {max_rejected: 2%, min_kept: 0.6, min_tokens: 1M}\npolicies:"
    own = "    kind: web\n    acceptance: {max_rejected: 29%, min_kept: null}\n"
    asked = GOOD.replace("policies:", general).replace("    kind: web\n", own)
    corpus = load_corpus(write(tmp_path, asked))
    assert corpus.terms("crawl").asked == {"max_rejected": 0.29, "min_tokens": 1_000_000}
    assert corpus.terms("hotline").asked == corpus.acceptance.asked
    assert len(corpus.acceptance.asked) == 3


def test_nothing_can_be_changed_after_loading(tmp_path: Path) -> None:
    corpus = load_corpus(write(tmp_path, GOOD))
    with pytest.raises(ValueError, match="frozen"):
        corpus.name = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "    kind: web\n",
            "    kidn: web\n",
            "corpus.yaml:4: sources.crawl.kidn: unknown key; did you mean 'kind'?",
        ),
        (
            "format: jsonl",
            "format: jsnl",
            "corpus.yaml:5: sources.crawl.format: input should be 'warc', 'html', 'jsonl'",
        ),
        (
            "han_ratio: {min",
            "han_raito: {min",
            "corpus.yaml:13: policies.web.han_raito: unknown key; did you mean 'han_ratio'?",
        ),
        (
            "{crawl: 0.7",
            "{crwal: 0.7",
            "corpus.yaml:18: mixtures.general.components.crwal: no source has this name; "
            "did you mean 'crawl'?",
        ),
        (
            "  web: {preset",
            "  wbe: {preset",
            "corpus.yaml:13: policies.wbe: no source is of this kind; did you mean 'web'?",
        ),
        (
            "{name: pseudo",
            "{nmae: pseudo",
            "corpus.yaml:16: privacy.government.nmae: no such kind of finding; "
            "did you mean 'name'?",
        ),
        (
            "{name: pseudo",
            "{name.byling: pseudo",
            "corpus.yaml:16: privacy.government.name.byling: no rule of name has this name; "
            "did you mean 'byline'?",
        ),
        (
            "{name: pseudonymise",
            "{name: keep",
            "corpus.yaml:16: privacy.government.name: say why it is kept: "
            "{action: keep, reason: …}",
        ),
        (
            "{name: pseudonymise",
            "{name: drop_document",
            "corpus.yaml:16: privacy.government.name: drop_document needs above, in findings per "
            "1,000 characters",
        ),
        ("name: city\n", "", "corpus.yaml:1: name: this key is missing"),
        (
            "    kind: web\n",
            "    kind: web\n    acceptance: {max_regected: 2%}\n",
            "corpus.yaml:5: sources.crawl.acceptance.max_regected: unknown key; "
            "did you mean 'max_rejected'?",
        ),
        (
            "policies:",
            "acceptance: {max_rejected: 2}\npolicies:",
            "corpus.yaml:12: acceptance.max_rejected: 2 is out of range: a share is 0 to 1",
        ),
        (
            "policies:",
            "acceptance: {min_kept: most}\npolicies:",
            "corpus.yaml:12: acceptance.min_kept: 'most' is not a share: write a percentage",
        ),
        ("tokens: 200M", "tokens: 200e9", "corpus.yaml:18: mixtures.general.tokens:"),
        ("    path: raw/*.jsonl\n", "", "corpus.yaml:3: sources.crawl: format jsonl needs path"),
        ("name: city", "name: city\nname: town", "corpus.yaml:2: name is there twice"),
        ("name: city", "name: [city", "corpus.yaml:2: not YAML"),
        ("default: mask", "default: hide", "corpus.yaml:15: privacy.default"),
        (
            "policies:",
            "dedup: {thresholds: {wbe: 0.8}}\npolicies:",
            "corpus.yaml:12: dedup.thresholds.wbe: no source is of this kind; did you mean 'web'?",
        ),
        (
            "policies:",
            "dedup: {bands: 20}\npolicies:",
            "corpus.yaml:12: dedup: bands and rows are given together",
        ),
        (
            "policies:",
            "dedup: {bands: 20, rows: 7}\npolicies:",
            "corpus.yaml:12: dedup: 20 bands of 7 rows need 140 minima; a signature has 128",
        ),
        (
            "policies:\n  web: {",
            "scorers: {style: {model: a.npz}}\npolicies:\n  web: {own: {stile: {min: 1}}, ",
            "corpus.yaml:14: policies.web.own.stile: no scorer has this name; "
            "did you mean 'style'?",
        ),
        (
            "policies:\n  web: {",
            "scorers: {spam: {model: a.npz}}\npolicies:\n  web: {own: {spam: {max: 1}}, ",
            "corpus.yaml:14: policies.web.own.spam: a bundled score is asked for by its name",
        ),
        (
            "policies:",
            "scorers: {industry: {model: a.npz}}\npolicies:",
            "corpus.yaml:12: scorers.industry: a scorer cannot have this name",
        ),
        (
            "policies:",
            "scorers: {style: {model: a.pt}}\npolicies:",
            "corpus.yaml:12: scorers.style.model: a scorer is a file .npz, .bin, .ftz or .onnx",
        ),
        (
            "policies:",
            "scorers: {style: {model: a.bin, tokenizer: tokenizer.json}}\npolicies:",
            "corpus.yaml:12: scorers.style.tokenizer: only an ONNX model has a tokenizer",
        ),
        (
            "policies:",
            "scorers: {style: {model: a.npz, segmented: characters}}\npolicies:",
            "corpus.yaml:12: scorers.style.segmented: only a fastText model",
        ),
    ],
)
def test_an_error_names_the_line_the_key_and_the_nearest_right_one(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    assert right in GOOD
    assert said in complaint(tmp_path, GOOD.replace(right, wrong, 1))


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    lines = complaint(tmp_path, GOOD.replace("kind: web", "kidn: web").replace("{min", "{mni"))
    assert "kidn" in lines
    assert "mni" in lines


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="wenyuan init"):
        load_corpus(tmp_path / "corpus.yaml")


def test_a_password_does_not_belong_in_the_file(tmp_path: Path) -> None:
    text = GOOD.replace("url_env: HOTLINE_DB", "url: postgresql://ann:hunter2@db/calls")
    said = complaint(tmp_path, text)
    assert "url_env" in said
    assert "hunter2" not in said


def test_the_committed_json_schema_is_current() -> None:
    committed = (ROOT / "docs" / "corpus.schema.json").read_text(encoding="utf-8")
    assert committed == json_schema(), "run: wenyuan schema > docs/corpus.schema.json"


@pytest.mark.parametrize("example", ["city", "shared"])
def test_the_examples_are_right(example: str) -> None:
    assert load_corpus(ROOT / "examples" / example / "corpus.yaml").mixtures


def test_a_recipe_may_be_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "recipes").mkdir()
    recipe = tmp_path / "recipes" / "law.yaml"
    recipe.write_text("tokens: 5M\ncomponents: {crawl: 1}\n", encoding="utf-8")
    asked = GOOD + "  law: recipes/law.yaml\n"
    assert load_corpus(write(tmp_path, asked)).mixtures["law"].tokens == 5_000_000
    recipe.write_text("tokenz: 5M\n", encoding="utf-8")
    assert "law.yaml:1: tokenz: unknown key; did you mean 'tokens'?" in complaint(tmp_path, asked)
    recipe.unlink()
    assert "law.yaml is not there" in complaint(tmp_path, asked)


def test_the_component_that_names_no_source_is_named_with_its_line(tmp_path: Path) -> None:
    said = complaint(tmp_path, GOOD.replace("hotline: 0.3}", "hotlin: 0.3}"))
    assert said.startswith("corpus.yaml:18: mixtures.general.components.hotlin: no source has")
    assert "did you mean 'hotline'?" in said


@pytest.mark.parametrize(
    ("source", "recipe", "why"),
    [
        ("confidential: true", "release: open", "it is confidential"),
        ("licence: CC-BY-NC-4.0", "release: open", "its licence is CC-BY-NC-4.0"),
        ("licence: MIT", "licences: [CC-BY-4.0]", "its licence is MIT"),
        ("tenant: bank", "tenant: clinic", "it is bank's"),
        ("tenant: bank", "seed: 1", "it is bank's"),
    ],
)
def test_a_mixture_that_may_not_hold_a_source_it_names_is_refused(
    tmp_path: Path, source: str, recipe: str, why: str
) -> None:
    asked = GOOD.replace("path: raw/*.jsonl", f"path: raw/*.jsonl\n    {source}")
    assert why in complaint(tmp_path, asked.replace("{tokens: 200M,", f"{{{recipe}, tokens: 200M,"))


def test_sources_a_mixture_may_not_hold_stay_out_where_none_is_named(tmp_path: Path) -> None:
    asked = GOOD.replace("path: raw/*.jsonl", "path: raw/*.jsonl\n    tenant: bank")
    asked = asked.replace("components: {crawl: 0.7, hotline: 0.3}", "seed: 1")
    corpus = load_corpus(write(tmp_path, asked))
    recipe = corpus.mixtures["general"]
    assert corpus.sources_for(recipe) == ["hotline"]
    theirs = recipe.model_copy(update={"tenant": "bank"})
    assert corpus.sources_for(theirs) == ["crawl", "hotline"]
