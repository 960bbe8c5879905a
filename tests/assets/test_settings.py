"""Which part of corpus.yaml each asset depends on: a change re-runs what it must and no more."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from assets.settings import settings
from schemas.corpus import Corpus, load_corpus

SETTINGS: Mapping[str, Any] = {
    "name": "town",
    "sources": {
        "news": {"kind": "web", "format": "jsonl", "path": "news"},
        "laws": {"kind": "law", "format": "text", "path": "laws"},
    },
    "policies": {"web": {"chars": {"min": 55}}},
    "privacy": {"default": "mask"},
    "contamination": {"benchmarks": {"exam": "exam.json"}},
    "mixtures": {"general": {}, "services": {"components": {"laws": 1}}},
}
KEEP = {"action": "keep", "reason": "a test"}
FEW = {"action": "drop_document", "above": 5}
ASSETS = (
    "documents",
    "rejects",
    "language",
    "signals",
    "scores",
    "privacy",
    "signatures",
    "contamination",
    "lines",
    "pairs",
    "duplicates",
    "boilerplate",
    "verdicts",
    "corpus",
    "mixture_general",
    "mixture_services",
)
READING = {"documents news", "rejects news"}


def corpus_of(folder: Path, changes: Mapping[str, Any]) -> Corpus:
    (folder / "exam.json").touch()
    (folder / "corpus.yaml").write_text(yaml.safe_dump({**SETTINGS, **changes}, sort_keys=False))
    return load_corpus(folder / "corpus.yaml")


def news(**more: object) -> Mapping[str, Any]:
    """The sources, with `more` said of the news."""
    sources = SETTINGS["sources"]
    return {"sources": {**sources, "news": {**sources["news"], **more}}}


def everything(corpus: Corpus) -> dict[str, Any]:
    """The settings of every asset for every source, and for all together."""
    for_all = {asset: settings(asset, corpus) for asset in ASSETS}
    each = {
        f"{asset} {source}": settings(asset, corpus, source)
        for asset in ("documents", "rejects", "verdicts", "corpus")
        for source in corpus.sources
    }
    return {name: for_all[name] for name in ASSETS if f"{name} news" not in each} | each


@pytest.mark.parametrize(
    ("changes", "affected"),
    [
        ({"policies": {"web": {"chars": {"min": 60}}}}, {"verdicts news"}),
        ({"policies": {"default": {"chars": {"min": 9}}}}, {"verdicts news", "verdicts laws"}),
        ({"privacy": {"default": "mask", "law": KEEP}}, {"corpus laws"}),
        ({"privacy": {"default": "mask", "law": FEW}}, {"corpus laws", "verdicts laws"}),
        ({"public_values": ["12345"]}, {"corpus news", "corpus laws"}),
        ({"privacy": {"default": "pseudonymise"}}, {"corpus news", "corpus laws"}),
        ({"policies": {"web": {"chars": {"min": 55}, "trim_common": True}}}, {"corpus news"}),
        ({"dedup": {"threshold": 0.8}}, {"pairs", "duplicates"}),
        ({"dedup": {"bands": 20, "rows": 6}}, {"pairs"}),
        ({"dedup": {"shares": 2}}, {"pairs"}),
        ({"dedup": {"common": 9}}, {"boilerplate"}),
        ({"contamination": {}}, {"contamination"}),
        ({"mixtures": {**SETTINGS["mixtures"], "general": {"seed": 1}}}, {"mixture_general"}),
        (news(fields={"text": "body"}), READING),
        (news(licence="CC0-1.0"), READING),
        (news(max_record_bytes=1), READING),
        ({**news(kind="news"), "policies": {}}, {*READING, "verdicts news"}),
        (news(path="more"), set()),
        (news(confidential=True), set()),
        (news(acceptance={"min_kept": "60%"}), set()),
        ({"acceptance": {"max_rejected": 0.02}}, set()),
        ({"name": "city"}, set()),
        ({"home": "elsewhere"}, set()),
        ({"batch_bytes": "2GiB"}, set()),
        ({"concurrency": 1, "executor": "ray", "schedule": "0 3 * * *"}, set()),
    ],
)
def test_a_change_reaches_what_depends_on_it_and_nothing_else(
    tmp_path: Path, changes: Mapping[str, Any], affected: set[str]
) -> None:
    before = everything(corpus_of(tmp_path, {}))
    after = everything(corpus_of(tmp_path, changes))
    assert {name for name in after if after[name] != before[name]} == affected


def test_the_order_of_the_sources_decides_which_twin_is_kept(tmp_path: Path) -> None:
    before = everything(corpus_of(tmp_path, {}))
    turned = dict(reversed(SETTINGS["sources"].items()))
    after = everything(corpus_of(tmp_path, {"sources": turned}))
    assert {name for name in after if after[name] != before[name]} == {"pairs", "duplicates"}


def test_the_content_of_an_exam_counts_and_not_its_name(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, {})
    before = settings("contamination", corpus)
    (tmp_path / "exam.json").write_text("[]")
    assert settings("contamination", corpus) != before


def test_the_corpus_may_move(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    here, there = (everything(corpus_of(tmp_path / name, {})) for name in ("here", "there"))
    assert here == there
