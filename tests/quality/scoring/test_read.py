"""The passages that classifiers are judged by: their labels are sound, and they can be found."""

import pytest

from tests.quality.scoring.read import (
    INDUSTRIES,
    Label,
    Second,
    cut,
    digest,
    find,
    labelled,
    labels,
)
from tests.shared import shared_data

SECOND = Second(3, "other", 0, 0, 0)
TEXT = "春天来了。小草发芽了，燕子也飞回来了。"


def label_of(start: int, end: int) -> Label:
    return Label("set", "id", start, end, digest(TEXT[start:end]), *SECOND, SECOND)


def test_every_grade_is_on_its_scale_and_no_passage_is_labelled_twice() -> None:
    for label in labels():
        for read in (label, label.second):
            assert read.education in range(6)
            assert read.volatility in range(3)
            assert {read.spam, read.toxic} <= {0, 1}
            assert read.industry in INDUSTRIES
        assert label.start < label.end
    places = [(label.set, label.digest) for label in labels()]
    assert len(set(places)) == len(places)


def test_every_industry_and_grade_has_passages() -> None:
    assert {label.industry for label in labels()} == set(INDUSTRIES)
    assert {label.education for label in labels()} == set(range(6))
    assert {label.volatility for label in labels()} == set(range(3))


def test_the_passages_of_small_sets_lie_where_the_labels_say() -> None:
    data = shared_data("html-cwce").parent
    sets = ("html-cwce", "html-trafilatura", "quality-cold", "text-tcm-gbk-files")
    some = [label for label in labels() if label.set in sets]
    found = list(labelled(data, some))
    assert len(found) == len(some)
    assert all(digest(text) == label.digest for label, text in found)


def test_a_passage_is_found_after_its_text_has_moved() -> None:
    assert find(label_of(5, 11), "标题\n" + TEXT) == TEXT[5:11]


def test_a_passage_that_is_gone_is_an_error_that_shows_no_text() -> None:
    with pytest.raises(LookupError, match="the passage at 5 of id is gone") as error:
        find(label_of(5, 11), "没有。" * 9)
    assert "没有" not in str(error.value)


def test_passages_cover_a_text_and_end_with_its_sentences() -> None:
    text = "这是一句话。" * 300
    cuts = list(cut(text))
    assert "".join(text[start:end] for start, end in cuts) == text
    assert all(text[start:end].endswith("。") for start, end in cuts)
