"""What is said of a text does not depend on what else is judged with it."""

import polars as pl
import pytest

from quality.scoring import BUNDLED, scores
from schemas.scores import SCORES
from tests.shared import shared_data

SETS = ("wiki_zh", "news_zh_hans", "tw_web_zh_hant", "medical_zh_hans", "classical_lzh")


def judged(texts: pl.Series) -> pl.DataFrame:
    frame = pl.DataFrame({"doc_id": [""] * texts.len(), "text": texts})
    found = scores(frame.lazy(), BUNDLED).collect()
    assert found.schema == SCORES
    return found


@pytest.mark.parametrize("set_", SETS)
def test_a_text_has_the_same_scores_alone_and_in_company_to_the_last_bit(set_: str) -> None:
    bulk = shared_data("bulk")
    texts = pl.read_parquet(bulk / f"{set_}.parquet", columns=["text"])["text"].head(41)
    together = judged(texts)
    for size in (1, 7):
        parts = [judged(texts[at : at + size]) for at in range(0, texts.len(), size)]
        assert pl.concat(parts).equals(together)


def test_a_text_without_anything_to_judge_has_no_score() -> None:
    found = judged(pl.Series(["", " \n", None], dtype=pl.String))
    assert found.drop("doc_id", "own").null_count().sum_horizontal().to_list() == [21]
