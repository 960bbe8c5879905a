"""One pass over a batch: every record is a document or a reject, under an id that lasts."""

import json
import shutil
from pathlib import Path

import polars as pl

from assets.reading import Reading, doc_id
from assets.sources import discover
from schemas.batches import Batch
from schemas.sources import Source
from schemas.tables import DOCUMENTS, REJECTS

ARTICLES = ["山口的茶馆换了新招牌。", "山口的茶馆换了新招牌。", "溪水涨了两尺，木桥还在。"]


def lay(folder: Path) -> Path:
    (folder / "raw").mkdir(parents=True)
    lines = [json.dumps({"text": text}, ensure_ascii=False) for text in ARTICLES]
    (folder / "raw" / "a.jsonl").write_text("\n".join([*lines, "{", ""]), encoding="utf-8")
    return folder


def reading(folder: Path, base: str | None = None, **more: object) -> Reading:
    """A reading of the articles under `folder`, its paths relative to `base` (or `folder`)."""
    source = Source.model_validate(
        {"kind": "news", "format": "jsonl", "path": "raw/*.jsonl", "licence": "CC0-1.0"} | more
    )
    files = tuple(discover(source, str(folder)))
    batch = Batch(name="town-00000", source="town", files=files)
    return Reading(batch, source, str(folder) if base is None else base)


def documents(of: Reading) -> pl.DataFrame:
    return pl.concat([DOCUMENTS.to_frame(), *of.documents()])


def test_every_record_read_is_a_document_or_a_reject(tmp_path: Path) -> None:
    one = reading(lay(tmp_path))
    found = documents(one)
    assert found.schema == DOCUMENTS
    assert one.rejects().schema == REJECTS
    assert one.read == 4
    assert one.kept == found.height == 3
    assert one.rejected == one.rejects().height == 1
    assert one.rejects()["reason"].to_list() == ["bad_json"]


def test_a_document_says_where_it_comes_from(tmp_path: Path) -> None:
    first = documents(reading(lay(tmp_path))).row(0, named=True)
    assert (first["batch"], first["source"], first["domain"]) == ("town-00000", "town", "news")
    assert first["licence"] == "CC0-1.0"
    assert first["raw_path"] == "raw/a.jsonl"
    assert first["uri"] == "raw/a.jsonl#0"
    raw = (tmp_path / first["raw_path"]).read_bytes()
    assert json.loads(raw[first["raw_offset"] :][: first["raw_length"]])["text"] == first["text"]


def test_the_same_text_at_two_places_is_two_documents(tmp_path: Path) -> None:
    found = documents(reading(lay(tmp_path)))
    assert found["text"][0] == found["text"][1]
    assert found["doc_id"].n_unique() == 3


def test_ids_stay_when_the_corpus_moves(tmp_path: Path) -> None:
    before = documents(reading(lay(tmp_path / "here")))
    shutil.move(tmp_path / "here", tmp_path / "there")
    assert documents(reading(tmp_path / "there")).equals(before)


def test_paths_outside_the_corpus_stay_as_they_are(tmp_path: Path) -> None:
    lay(tmp_path / "elsewhere")
    for base in ("", str(tmp_path / "corpus"), str(tmp_path / "else")):
        found = documents(reading(tmp_path / "elsewhere", base))
        assert found["raw_path"].unique().to_list() == [str(tmp_path / "elsewhere/raw/a.jsonl")]


def test_a_record_met_twice_is_rejected_the_second_time(tmp_path: Path) -> None:
    lay(tmp_path)
    page = {"url": "http://town.example/", "text": "同一页抓了两次。"}
    lines = [json.dumps(page, ensure_ascii=False)] * 2
    lines.append(json.dumps(page | {"text": "这一次内容变了。"}, ensure_ascii=False))
    (tmp_path / "raw" / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    one = reading(tmp_path, fields={"url": "url"})
    assert documents(one)["text"].to_list() == ["同一页抓了两次。", "这一次内容变了。"]
    [again] = one.rejects().to_dicts()
    assert (again["stage"], again["reason"], again["uri"]) == ("read", "repeated", page["url"])
    assert one.read == one.kept + one.rejected == 3


def test_a_file_that_has_gone_is_accounted_for(tmp_path: Path) -> None:
    one = reading(lay(tmp_path))
    (tmp_path / "raw" / "a.jsonl").unlink()
    assert documents(one).is_empty()
    [gone] = one.rejects().to_dicts()
    assert (gone["raw_path"], gone["reason"]) == ("raw/a.jsonl", "missing_file")


def test_an_id_depends_on_source_address_and_bytes_and_on_where_they_part() -> None:
    ids = {
        doc_id("a", "b", "c"),
        doc_id("ab", "", "c"),
        doc_id("a", "bc", ""),
        doc_id("a", "b", "d"),
    }
    assert len(ids) == 4
    assert doc_id("a", "b", "c") == doc_id("a", "b", "c")


def test_what_a_site_repeats_is_told_by_the_whole_batch(tmp_path: Path) -> None:
    slogan = "云州是一座美丽的城市，欢迎各地朋友前来做客。"
    (tmp_path / "raw").mkdir()
    for number in range(7):
        text = f"第{number}号公告：{ARTICLES[2] * 3}{number}"
        page = f"<div><p>{slogan}</p><p>{text}</p></div>"
        (tmp_path / "raw" / f"{number}.html").write_text(page, encoding="utf-8")
    whole = documents(reading(tmp_path, format="html", path="raw/*.html"))
    assert whole["text"].str.contains("号公告").sum() == 7
    assert not whole["text"].str.contains(slogan).any()
    few = documents(reading(tmp_path, format="html", path="raw/[0-3].html"))
    assert few["text"].str.contains(slogan).all()
