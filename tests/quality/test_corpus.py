"""The last step to the corpus: what is kept is redacted, and a leak stops everything."""

from collections.abc import Mapping

import polars as pl
import pytest

import quality.corpus
from quality.corpus import Cleaning
from quality.privacy import find
from schemas.errors import IntegrityError
from schemas.tables import CORPUS, FINDING_KINDS

MOBILE = "13812345678"
TEXTS = [f"预约请拨打电话{MOBILE}。", "渡口今天停航。", f"已经过时的电话{MOBILE}。"]
MASK = dict.fromkeys(FINDING_KINDS, "mask")


def measured(texts: list[str], kept: list[bool]) -> pl.LazyFrame:
    """Documents, annotations and verdicts together."""
    count = len(texts)
    told = {"source": "town", "domain": "web", "language": "zh-Hans", "licence": "unknown"}
    return pl.LazyFrame(
        {
            "doc_id": [f"{n:032x}" for n in range(count)],
            "text": texts,
            "batch": ["town-00000"] * count,
            "quality": pl.Series([0.5] * count, dtype=pl.Float32),
            "findings": find(pl.Series(texts, dtype=pl.String)),
            "kept": pl.Series(kept, dtype=pl.Boolean),
            "title": ["不在此列"] * count,
            **{name: [value] * count for name, value in told.items()},
        }
    )


def cleaned(actions: Mapping[str, str]) -> list[str]:
    frames = list(Cleaning(measured(TEXTS, [True, True, False]), actions).frames())
    assert all(frame.schema == CORPUS for frame in frames)
    return [text for frame in frames for text in frame["text"]]


def test_kept_documents_are_redacted_in_order_and_counted() -> None:
    cleaning = Cleaning(measured(TEXTS, [True, True, False]), MASK)
    [frame] = cleaning.frames()
    assert frame["text"].to_list() == ["预约请拨打电话〔手机号〕。", "渡口今天停航。"]
    assert (cleaning.documents, cleaning.kept, cleaning.dropped) == (3, 2, 1)
    assert (cleaning.redacted, cleaning.survivors) == (1, 0)


def test_actions_decide_kind_by_kind() -> None:
    assert cleaned(MASK | {"mobile": "keep"})[0] == TEXTS[0]
    assert cleaned(MASK | {"mobile": "pseudonymise"})[0] == "预约请拨打电话〔手机号1〕。"
    assert cleaned({})[0] == "预约请拨打电话〔手机号〕。"


def test_a_batch_of_nothing_kept_is_an_empty_corpus() -> None:
    cleaning = Cleaning(measured(TEXTS, [False] * 3), MASK)
    assert sum(frame.height for frame in cleaning.frames()) == 0
    assert (cleaning.documents, cleaning.dropped) == (3, 3)


@pytest.mark.parametrize("actions", [MASK, {}])
def test_a_leak_is_an_error_and_nothing_of_it_comes_out(
    monkeypatch: pytest.MonkeyPatch, actions: Mapping[str, str]
) -> None:
    monkeypatch.setattr(quality.corpus, "redact", lambda text, *_: text)
    cleaning = Cleaning(measured(TEXTS, [True, True, False]), actions)
    came_out: list[pl.DataFrame] = []
    with pytest.raises(IntegrityError) as error:
        came_out.extend(cleaning.frames())
    assert came_out == []
    assert cleaning.survivors == 1
    assert MOBILE not in str(error.value)


def test_what_is_kept_in_clear_on_purpose_is_no_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality.corpus, "redact", lambda text, *_: text)
    assert cleaned(MASK | {"mobile": "keep"})[0] == TEXTS[0]


def test_the_order_of_a_large_batch_is_kept() -> None:
    many = measured([f"第{n}条消息。" for n in range(30_000)], [n % 3 > 0 for n in range(30_000)])
    text = [one for frame in Cleaning(many, MASK).frames() for one in frame["text"]]
    assert text == [f"第{n}条消息。" for n in range(30_000) if n % 3 > 0]
