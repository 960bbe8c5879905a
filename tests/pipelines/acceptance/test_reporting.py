"""A report says what was planted, adds up, and judges by what was agreed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.acceptance import delivery
from pipelines.acceptance.delivery import Delivery
from pipelines.acceptance.reporting import reports
from schemas.acceptance import Place, Report
from schemas.corpus import load_corpus
from schemas.errors import IntegrityError, NotFoundError
from tests.pipelines import small
from tests.pipelines.acceptance.conftest import LIBRARY_AGAIN, SOURCES, TERMS, lay
from tests.pipelines.running import moved

STAGES = ("read", "rejected", "dropped", "undecided", "kept")


def of(path: Path, *sources: str) -> dict[str, Report]:
    return {one.source: one for one in reports(load_corpus(path), sources)}


def counts(one: Any) -> tuple[int, ...]:
    return tuple(getattr(one, stage) for stage in STAGES)


def records(whys: Any) -> dict[str, int]:
    return {name: why.records for name, why in whys.items()}


def text_at(path: Path, place: Place) -> str:
    """What the supplier finds where the report says."""
    assert place.offset is not None
    assert place.length is not None
    data = (path.parent / "news" / place.file).read_bytes()
    return data[place.offset : place.offset + place.length].decode()


def places(report: Report) -> Iterator[Place]:
    whys = [*report.reasons.values(), *report.rules.values()]
    for why in [*whys, report.own_copies, report.other_copies]:
        yield from why.examples


def test_every_number_is_the_one_planted(delivered: Path) -> None:
    found = of(delivered)
    news, notices = found["news"], found["notices"]
    assert list(found) == ["news", "notices"]
    assert (counts(news), counts(notices)) == ((11, 1, 3, 0, 7), (3, 0, 1, 0, 2))
    assert records(news.reasons) == {"bad_json": 1}
    assert records(news.rules) == {"chars": 1, "duplicate": 1, "language": 1}
    assert records(notices.rules) == {"duplicate": 1}
    assert (news.own_copies.records, news.other_copies.records) == (1, 0)
    assert (notices.own_copies.records, notices.other_copies.records) == (0, 1)
    assert (news.personal.documents, notices.personal.documents) == (0, 1)
    assert notices.personal.findings == {"mobile": 1}
    assert (news.files, notices.files, notices.licence) == (2, 3, "CC-BY-4.0")
    assert news.languages == {"zh-Hans": 9, "en": 1}


def test_everything_adds_up(delivered: Path) -> None:
    for one in of(delivered).values():
        assert one.read == one.rejected + one.dropped + one.undecided + one.kept
        assert sum(why.records for why in one.reasons.values()) == one.rejected
        assert sum(why.records for why in one.rules.values()) == one.dropped
        assert tuple(map(sum, zip(*map(counts, one.by_file), strict=True))) == counts(one)
        documents = one.read - one.rejected
        for spread in (one.languages, one.characters, one.quality):
            assert sum(spread.values()) == documents


def test_mixtures_get_the_tokens_that_their_manifests_count(delivered: Path) -> None:
    found = of(delivered)
    for name in load_corpus(delivered).mixtures:
        manifest = small.lake_of(delivered).manifest(name)
        assert manifest is not None
        given = [one for report in found.values() for one in report.mixtures if one.mixture == name]
        assert len(given) == len(found)
        assert not any(one.outdated for one in given)
        assert sum(one.tokens or 0 for one in given) == sum(
            part.tokens for part in manifest.components.values()
        )
        assert sum(one.rows for one in given) == manifest.rows
    whole = sum(one.mixtures[0].tokens or 0 for one in found.values())
    assert whole == sum(one.tokens for one in found.values())


@pytest.mark.parametrize("tokenizer", ["characters", "bytes"])
def test_repeated_documents_count_once_a_repetition(
    delivered: Path, tmp_path: Path, tokenizer: str
) -> None:
    path = moved(delivered, tmp_path)
    everything = {"all": {"kind": ["web", "government"], "weight": 1}}
    recipe: dict[str, Any] = {"components": everything, "upsample": {1: 3}, "validation": 0.3}
    recipe["tokenizer"] = tokenizer
    small.configure(path.parent, sources=SOURCES, mixtures={"general": recipe})
    small.build_here(path)
    manifest = small.lake_of(path).manifest("general")
    assert manifest is not None
    given = [one.mixtures[0] for one in of(path).values()]
    [part] = manifest.components.values()
    assert sum(one.tokens or 0 for one in given) == part.tokens
    assert sum(one.held_out for one in given) == part.held_out_documents > 0
    assert {one.tokenizer for one in given} == {tokenizer}


def test_a_supplier_finds_each_record_where_the_report_says(delivered: Path) -> None:
    news = of(delivered, "news")["news"]
    [broken] = news.reasons["bad_json"].examples
    assert (broken.file, text_at(delivered, broken).strip()) == ("2024-01.jsonl", "{这一行不是记录")
    [short] = news.rules["chars"].examples
    assert small.SHORT in text_at(delivered, short)
    [copy] = news.own_copies.examples
    assert copy.copy_of is not None
    twins = {text_at(delivered, copy), text_at(delivered, copy.copy_of)}
    assert all(any(text in twin for twin in twins) for text in (small.LIBRARY, LIBRARY_AGAIN))
    assert news.rules["chars"].asked == ">= 40"


def test_no_text_no_personal_data_and_no_other_supplier_is_told(delivered: Path) -> None:
    notices = of(delivered, "notices")["notices"]
    told = notices.model_dump_json()
    assert small.MOBILE not in told
    assert "news" not in told
    assert not any(text[:12] in told for text in small.NOTICES.values())
    assert any("〔手机号〕" in one.file for one in notices.by_file)
    assert notices.other_copies.examples[0].copy_of is None
    assert all(str(delivered.parent) not in place.file for place in places(notices))


def test_the_verdict_follows_from_the_terms(delivered: Path) -> None:
    found = of(delivered)
    news, notices = found["news"], found["notices"]
    assert [(one.term, one.met) for one in news.terms] == [
        ("max_rejected", True),
        ("max_own_copies", True),
        ("min_kept", True),
    ]
    assert news.terms[0].measured == pytest.approx(1 / 11)
    assert [(one.term, one.met) for one in notices.terms] == [
        ("max_own_copies", True),
        ("max_other_copies", False),
        ("max_personal", True),
        ("min_kept", True),
    ]
    assert (news.verdict, notices.verdict) == ("accepted", "not_accepted")


def test_without_terms_there_is_no_verdict(delivered: Path, tmp_path: Path) -> None:
    path = moved(delivered, tmp_path)
    small.configure(path.parent)
    assert {one.verdict for one in of(path).values()} == {"no_terms"}


def test_other_terms_need_no_build(delivered: Path, tmp_path: Path) -> None:
    path = moved(delivered, tmp_path)
    small.configure(path.parent, sources=SOURCES, acceptance={"min_tokens": "1M"})
    news = of(path, "news")["news"]
    assert (news.verdict, news.outdated) == ("not_accepted", False)
    assert news.terms[0].measured == news.tokens


def test_nothing_is_judged_before_it_is_decided(delivered: Path, tmp_path: Path) -> None:
    path = moved(delivered, tmp_path)
    lake = small.lake_of(path)
    for table in ("verdicts", "corpus"):
        lake.path(table, "news-00001").unlink()
    news = of(path, "news")["news"]
    assert (news.verdict, news.outdated, news.undecided) == ("open", True, 5)
    assert {one.file: one.undecided for one in news.by_file} == {
        "2024-01.jsonl": 0,
        "2024-02.jsonl": 5,
    }


def test_other_rules_make_a_report_outdated(delivered: Path, tmp_path: Path) -> None:
    path = moved(delivered, tmp_path)
    policies = {"web": {"chars": {"min": 41}}}
    small.configure(path.parent, sources=SOURCES, acceptance=TERMS, policies=policies)
    found = of(path)
    assert [one.verdict for one in found.values()] == ["open", "not_accepted"]


def test_tokens_that_are_no_longer_counted_are_not_known(delivered: Path, tmp_path: Path) -> None:
    path = moved(delivered, tmp_path)
    recipe = {"max_epochs": 1, "tokenizer": "characters"}
    small.configure(path.parent, sources=SOURCES, mixtures={"general": recipe})
    [news] = of(path, "news").values()
    assert (news.outdated, news.tokenizer, news.tokens) == (True, "characters", 0)
    assert [(one.outdated, one.tokens) for one in news.mixtures] == [(True, None)]


def test_a_source_that_has_delivered_nothing_is_open(tmp_path: Path) -> None:
    path = lay(tmp_path)
    for one in of(path).values():
        assert (one.verdict, one.read, one.by_file) == ("open", 0, ())
        assert all(term.measured is None for term in one.terms)


def test_only_the_worst_files_and_the_first_examples_are_named(
    delivered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "MOST_FILES", 1)
    monkeypatch.setattr(delivery, "EXAMPLES", 0)
    news = of(delivered, "news")["news"]
    assert [one.file for one in news.by_file] == ["2024-01.jsonl"]
    assert (news.files, list(places(news))) == (2, [])
    assert records(news.rules) == {"chars": 1, "duplicate": 1, "language": 1}


def test_counts_that_do_not_add_up_are_no_report(
    delivered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Delivery, "counts", lambda *_: {"chars": 9})
    with pytest.raises(IntegrityError, match="news do not add up"):
        of(delivered)


def test_a_source_that_is_not_there_is_not_found(delivered: Path) -> None:
    with pytest.raises(NotFoundError, match="did you mean 'notices'"):
        of(delivered, "notice")
