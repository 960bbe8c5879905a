"""Pages damaged in every way: each becomes text or a reject, and none takes long."""

import time

import polars as pl
import pytest

from quality.text import Repeats, convert, survey
from schemas.tables import RECORDS
from tests.quality.text.mutating import damaged, pages_of
from tests.shared import shared_data

REASONS = {"binary", "no_text", "too_many_tags"}


def records(payloads: list[bytes]) -> pl.DataFrame:
    empty = dict.fromkeys(RECORDS)
    page = {"media_type": "text/html", "uri": "http://a.cn/"}
    return pl.DataFrame([empty | page | {"payload": one} for one in payloads], schema=RECORDS)


def test_damaged_pages_become_text_or_rejects() -> None:
    pages = pages_of(shared_data("html-cwce").parent)
    frame = records(list(damaged(pages, 800, seed=1)))
    repeats = Repeats()
    survey(frame, repeats)
    found = convert(frame, repeats)
    assert found.height == frame.height
    assert set(found["reason"].drop_nulls()) <= REASONS
    assert (found["text"].is_null() == found["reason"].is_not_null()).all()
    assert found.filter(pl.col("reason").is_null()).height >= 600
    assert not found["text"].str.contains("[\x00-\x08\x0b-\x1f]").any()


@pytest.mark.parametrize(
    "page",
    [
        b"<div>" * 200_000 + b"x",
        b"<table><tr><td>" * 60_000 + b"x",
        ("<p>" + "长文。" * 100).encode() * 40_000,
        b"<p>" * 2_000_000,
        b"<a href=x>" * 100_000,
        b"<td>x" * 100_000,
        b"<ul><li>x" * 80_000,
        ("<b>" * 400 + "<p>文</p>").encode() * 400,
    ],
    ids=["divs", "tables", "36 MB of prose", "2,000,000 tags", "links", "cells", "lists", "bold"],
)
def test_a_pathological_page_takes_seconds_at_most(page: bytes) -> None:
    convert(records([b"<p>x"]))
    started = time.process_time()
    found = convert(records([page, b"<p>\xe6\x96\x87</p>"]))
    assert time.process_time() - started < 20
    assert found["text"][1] == "文"
