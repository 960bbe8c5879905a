"""Every record of a source is in a mixture, or it is said where it stayed."""

import shutil
from pathlib import Path

import pytest

from pipelines.lineage.counting import lineage
from schemas.corpus import load_corpus
from schemas.errors import NotFoundError
from schemas.lineage import Counts, Lineage
from tests.pipelines import small
from tests.pipelines.running import moved

HELD_OUT = {"validation": 0.4, "max_epochs": 2}


def of(path: Path, mixture: str) -> Lineage:
    return lineage(load_corpus(path), mixture)


def adds_up(counts: Counts) -> bool:
    read = counts.rejected + counts.dropped + counts.undecided + counts.kept
    chosen = counts.kept == counts.not_chosen + counts.held_out + counts.documents
    reasons = sum(counts.reasons.values()) == counts.rejected
    return (
        counts.read == read and chosen and reasons and sum(counts.rules.values()) == counts.dropped
    )


@pytest.mark.parametrize("mixture", ["general", "services"])
def test_everything_adds_up_source_by_source_and_in_all(built: Path, mixture: str) -> None:
    found = of(built, mixture)
    assert [one.source for one in found.sources] == ["news", "notices"]
    assert all(map(adds_up, (*found.sources, found.total)))
    assert found.total.read == sum(one.read for one in found.sources) > 0
    assert not found.outdated


def test_the_numbers_are_those_of_the_manifest_and_the_reasons(built: Path) -> None:
    manifest = small.lake_of(built).manifest("services")
    assert manifest is not None
    found = of(built, "services")
    assert (found.total.rows, found.tokens) == (manifest.rows, manifest.tokens)
    for one in found.components:
        part = manifest.components[one.component]
        assert (one.documents, one.rows, one.tokens) == (part.documents, part.rows, part.tokens)
        assert sum(one.sources.values()) == one.documents
    assert found.version == manifest.version
    [news, notices] = found.sources
    assert news.reasons == {"bad_json": 1}
    assert notices.rules == {"duplicate": 1}
    assert found.total.rules == {"chars": 1, "duplicate": 1, "language": 1}


def test_a_source_that_gives_nothing_is_kept_and_not_chosen(built: Path, tmp_path: Path) -> None:
    path = moved(built, tmp_path)
    small.configure(path.parent, mixtures={"general": {"components": {"news": 1}}})
    small.build_here(path)
    notices = of(path, "general").sources[1]
    assert notices.documents == notices.rows == 0
    assert notices.not_chosen == notices.kept > 0


@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_components_of_several_sources_count_each_document_once(
    built: Path, tmp_path: Path, form: str
) -> None:
    path = moved(built, tmp_path)
    chinese = {"language": ["zh-Hans"], "weight": 1}
    recipe = {"components": {"chinese": chinese}, "formats": [form], "upsample": {1: 2}}
    small.configure(path.parent, mixtures={"general": recipe})
    small.build_here(path)
    found = of(path, "general")
    [part] = found.components
    assert part.rows > part.documents == found.total.documents
    assert part.sources == {one.source: one.documents for one in found.sources}
    assert all(map(adds_up, (*found.sources, found.total)))


def test_what_is_held_out_is_counted_apart(built: Path, tmp_path: Path) -> None:
    path = moved(built, tmp_path)
    small.configure(path.parent, mixtures={"general": HELD_OUT})
    small.build_here(path)
    found = of(path, "general")
    assert 0 < found.total.held_out < found.total.kept
    assert found.total.held_out == sum(one.held_out for one in found.components)
    assert all(map(adds_up, (*found.sources, found.total)))


def test_a_corpus_that_has_changed_since_is_said_to_have(built: Path, tmp_path: Path) -> None:
    path = moved(built, tmp_path)
    lake = small.lake_of(path)
    # Another batch's rows: what the mixture was made from is no longer what is there.
    shutil.copy(lake.path("corpus", "notices-00000"), lake.path("corpus", "news-00001"))
    found = of(path, "general")
    assert found.outdated
    assert all(one.not_chosen >= 0 for one in found.sources)


def test_a_source_that_is_gone_is_told_by_what_it_gave(built: Path, tmp_path: Path) -> None:
    path = moved(built, tmp_path)
    sources = {"notices": small.SETTINGS["sources"]["notices"]}
    small.configure(
        path.parent, sources=sources, mixtures={"general": {"max_epochs": 1}}, policies={}
    )
    found = of(path, "general")
    assert [(one.source, one.kind) for one in found.sources] == [
        ("notices", "government"),
        ("news", None),
    ]
    assert found.sources[1].documents > 0
    assert found.outdated


def test_what_is_no_mixture_or_not_made_yet_is_not_found(built: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="general"):
        of(built, "genral")
    with pytest.raises(NotFoundError, match="wenyuan build"):
        of(small.lay(tmp_path), "general")
