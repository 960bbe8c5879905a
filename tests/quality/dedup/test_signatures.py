from random import Random

import numpy as np
import polars as pl
import pytest
from datasketch import LeanMinHash, MinHash, MinHashLSH

from quality.dedup import signatures
from quality.kernels.fold import fold
from schemas.tables import SIGNATURES
from tests.quality.kernels.reference import gram_hash, grams

LAW = "第一条　为了规范城市生活垃圾的分类、投放、收集、运输和处理，改善人居环境，制定本条例。"
POEM = "床前明月光，疑是地上霜。舉頭望明月，低頭思故鄉。"


def signed(*texts: str | None) -> pl.DataFrame:
    frame = pl.LazyFrame({"doc_id": [f"{i:032x}" for i in range(len(texts))], "text": texts})
    return signatures(frame).collect()


def test_the_table_has_the_schema_and_the_rows_in_order() -> None:
    table = signed(LAW, None, POEM, "")
    assert table.schema == SIGNATURES
    assert table["doc_id"].to_list() == [f"{i:032x}" for i in range(4)]
    assert table["folded_chars"].to_list() == [len(fold(LAW)), 0, 20, 0]


def test_no_documents_give_an_empty_table() -> None:
    assert (
        signatures(pl.LazyFrame(schema={"doc_id": pl.String, "text": pl.String})).collect().schema
        == SIGNATURES
    )


@pytest.mark.parametrize(
    "copy",
    [
        "床前明月光疑是地上霜举头望明月低头思故乡",
        "床前明月光、疑是地上霜;\n舉頭望明月、低頭思故鄉 !",
    ],
    ids=["simplified", "punctuated otherwise"],
)
def test_a_copy_in_another_dress_has_the_same_signature(copy: str) -> None:
    one, other = signed(POEM, copy).drop("doc_id").rows()
    assert one == other


def test_a_text_too_short_for_a_shingle_has_no_minhash() -> None:
    table = signed("天地玄黃", "天地玄黃宇", "。，！、；：")
    assert table["minhash"].is_null().to_list() == [True, False, True]
    assert table["exact"].n_unique() == 3


def test_the_bytes_do_not_depend_on_how_the_rows_are_cut() -> None:
    texts = [LAW[i:] + POEM for i in range(20)]
    whole = signed(*texts)
    frame = pl.DataFrame({"doc_id": whole["doc_id"], "text": texts})
    parts = [frame.slice(i, 3) for i in range(0, 20, 3)]
    cut = signatures(pl.concat(parts, rechunk=False).lazy()).collect(engine="streaming")
    assert cut.equals(whole)


def test_datasketch_finds_our_signatures_with_its_own_sketches() -> None:
    table = signed(LAW, POEM, LAW[:8] + POEM[::-1])
    index = MinHashLSH(threshold=0.7, num_perm=128)
    for doc_id, minhash in table.select("doc_id", "minhash").iter_rows():
        minima = np.frombuffer(minhash, np.uint32)
        index.insert(doc_id, LeanMinHash(seed=1, hashvalues=minima, scheme="affine32"))
    query = MinHash(num_perm=128, seed=1, scheme="affine32", hashfunc=int)
    query.update_batch([gram_hash(gram) >> 32 for gram in grams(fold("「" + POEM + "」"), 5)])
    assert index.query(query) == [f"{1:032x}"]
    assert index.query(LeanMinHash(query)) == [f"{1:032x}"]


@pytest.mark.parametrize("shingles", [1, 2, 5, 50])
def test_sketches_of_unlike_texts_agree_by_chance_only(shingles: int) -> None:
    draw = Random(shingles)
    letters = [chr(point) for point in range(0x4E00, 0x9F00)]
    texts = ["".join(draw.choices(letters, k=shingles + 4)) for _ in range(2_000)]
    sketch = np.array([list(one) for one in signed(*texts)["sketch"]])
    agreeing = (sketch[:1_000] == sketch[1_000:]).sum(axis=1)
    assert agreeing.max() < 10
    assert agreeing.mean() == pytest.approx(128 / 256, abs=0.1)
