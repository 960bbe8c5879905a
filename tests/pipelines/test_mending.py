"""What repair changed: found again in the raw record, whatever its format, and masked."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assets.reading import Reading
from assets.sources.discovery import discover
from pipelines.mending import Mending, mendings
from schemas.batches import Batch
from schemas.corpus import Corpus
from schemas.errors import IntegrityError, NotFoundError
from schemas.recipes import Recipe
from schemas.sources import Source

MOBILE = "13812345678"
DAMAGED = "渡口的班船&nbsp;在雾天停航\u200b，\r\n船工们出現(xiàn)在岸边。"
"""Edits of the kinds entity, newline, zero_width, pinyin and space."""
KINDS = ["entity", "newline", "zero_width", "pinyin", "space"]


def corpus_of(folder: Path, form: str, path: str, **fields: str) -> Corpus:
    source = Source.model_validate(
        {"format": form, "path": str(folder / path), "fields": fields, "kind": "news"}
    )
    corpus = Corpus(name="c", sources={"s": source}, mixtures={"m": Recipe()})
    return corpus.model_copy(update={"folder": str(folder)})


def documents(corpus: Corpus) -> list[dict[str, Any]]:
    source = corpus.sources["s"]
    batch = Batch(name="s-00000", source="s", files=tuple(discover(source, corpus.folder)))
    frames = Reading(batch, source, corpus.folder).documents()
    return [row for frame in frames for row in frame.iter_rows(named=True)]


def text_file(folder: Path, text: str) -> Corpus:
    (folder / "x.txt").write_bytes(text.encode())
    return corpus_of(folder, "text", "*.txt")


def mended(corpus: Corpus, *, at: int = 0, reveal: bool = False) -> list[Mending]:
    document = documents(corpus)[at]
    found = mendings(corpus, document, reveal=reveal)
    assert {one.kind for one in found} == {edit["kind"] for edit in document["repairs"]}
    return found


def put(folder: Path, form: str) -> Corpus:
    """A source of this format with two records, of which the second is damaged."""
    rows = [{"text": "完好。" * 9, "id": 1}, {"text": DAMAGED, "id": 2}]
    if form == "jsonl":
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / "x.jsonl").write_text("".join(lines), encoding="utf-8")
    elif form == "csv":
        cells = "".join(f'{row["id"]},"{row["text"]}"\n' for row in rows)
        (folder / "x.csv").write_bytes(f"id,text\n{cells}".encode())
    else:
        pq.write_table(pa.Table.from_pylist(rows), folder / "x.parquet")
    return corpus_of(folder, form, f"x.{form}", id="id")


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_edits_are_found_again_in_records_of_every_kind(tmp_path: Path, form: str) -> None:
    found = mended(put(tmp_path, form), at=1)
    assert [one.kind for one in found] == KINDS
    [gloss] = found[3].excerpts
    assert "出現(xiàn)在" in gloss.before
    assert "出現在岸边" in gloss.after


def test_edits_of_a_page_are_found_in_its_text(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text(f"<p>{'渡口的班船停航。' * 9}\u200b出現(xiàn)</p>")
    found = mended(corpus_of(tmp_path, "html", "*.html"))
    assert {"zero_width", "pinyin"} <= {one.kind for one in found}


def test_a_few_of_many_edits_are_shown_each_with_what_is_around(tmp_path: Path) -> None:
    [entity] = mended(text_file(tmp_path, "左右上下前后东西南北&mdash;大小多少高低长短快慢" * 90))
    assert len(entity.excerpts) == 3
    for excerpt in entity.excerpts:
        assert "&mdash;" in excerpt.before
        assert "北—大" in excerpt.after
        assert len(excerpt.before) <= 60


def test_long_edits_are_cut_and_lost_characters_shown(tmp_path: Path) -> None:
    label = f'AIGC: {{"Label": "1", "ContentProducer": "{"长" * 500}"}}\n'
    corpus = text_file(tmp_path, label + "正文" * 30)
    [front] = mended(corpus)
    assert front.kind == "ai_label"
    assert front.excerpts[0].before.startswith("AIGC")
    assert len(front.excerpts[0].before) < 120
    (tmp_path / "x.txt").write_bytes("渡口的班船在雾天停航。".encode() * 9 + b"\xe6\xb8 end of it.")
    lost = mended(corpus)[0]
    assert lost.kind == "decode"
    assert "\ufffd" in lost.excerpts[0].after


@pytest.mark.parametrize(
    "damaged",
    [
        f"联系电话{MOBILE}&nbsp;转办公室",
        f"联系电话{MOBILE[:4]}\u200b{MOBILE[4:]}，请拨打",
        f"联系电话&nbsp;{MOBILE[:4]}\u200b{MOBILE[4:]}，请拨打",
        f"联系电话{MOBILE[:4]}&#8203;{MOBILE[4:]}\u200b，请拨打",
        f"联系电话{MOBILE[:7]}\u00ad{MOBILE[7:]}\r\n請出現(xiàn)",
    ],
)
def test_no_excerpt_shows_personal_data(tmp_path: Path, damaged: str) -> None:
    corpus = text_file(tmp_path, damaged)
    shown = "".join(one.model_dump_json() for one in mended(corpus))
    digits = "".join(char for char in shown if char.isdecimal())
    assert MOBILE not in digits
    assert MOBILE[-4:] not in digits
    clear = "".join(one.model_dump_json() for one in mended(corpus, reveal=True))
    assert MOBILE[-4:] in clear


def test_a_record_that_is_gone_or_another_is_an_error(tmp_path: Path) -> None:
    corpus = put(tmp_path, "jsonl")
    document = documents(corpus)[1]
    path = tmp_path / "x.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("岸边", "船边"), encoding="utf-8")
    with pytest.raises(IntegrityError, match="has changed"):
        mendings(corpus, document, reveal=False)
    path.write_text(json.dumps({"text": "短"}), encoding="utf-8")
    with pytest.raises(NotFoundError, match="no such record"):
        mendings(corpus, document, reveal=False)
    path.unlink()
    with pytest.raises(NotFoundError, match="is gone"):
        mendings(corpus, document, reveal=False)
