import gzip
import hashlib
import html
import io
import itertools
import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import opencc
import polars as pl
import pypdfium2
import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from examples.city.generate import generate, main
from examples.city.people import luhn_check, resident_id_check
from examples.city.writing import jaccard, shingles
from schemas.corpus import load_corpus
from schemas.tables import FINDING_KINDS

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "city"

Row = dict[str, Any]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root: Path = tmp_path_factory.mktemp("city")
    generate(root)
    return root


@pytest.fixture(scope="module")
def truth(city: Path) -> list[Row]:
    lines = (city / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def digests(root: Path) -> dict[str, str]:
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {str(f.relative_to(root)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def of(truth: list[Row], file: str) -> list[Row]:
    return [row for row in truth if row["file"] == file]


def kept_numbers(truth: list[Row], file: str) -> list[str]:
    return [row["uri"].partition("#")[2] for row in of(truth, file) if not row["reject"]]


def test_the_same_bytes_come_out_every_time(city: Path, tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 0
    assert digests(tmp_path) == digests(city)


def test_the_destination_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "DEST" in capsys.readouterr().err


def test_every_raw_file_but_the_exam_has_truth(city: Path, truth: list[Row]) -> None:
    written = {str(path.relative_to(city)) for path in (city / "raw").rglob("*") if path.is_file()}
    assert written - {"raw/exams/exam.jsonl"} == {row["file"] for row in truth}


def test_addresses_are_unique(truth: list[Row]) -> None:
    assert max(Counter(row["uri"] for row in truth).values()) == 1


def test_there_are_over_500_documents_of_meaningful_length(truth: list[Row]) -> None:
    texts = [row["text"] for row in truth if row["text"]]
    assert len(texts) > 550
    assert sum(150 <= len(text) <= 1200 for text in texts) > 0.9 * len(texts)


@pytest.mark.parametrize(
    ("language", "least"),
    [("zh-Hans", 400), ("zh-Hant", 30), ("yue", 25), ("lzh", 16), ("ja", 4), ("en", 4)],
)
def test_languages_are_varied(truth: list[Row], language: str, least: int) -> None:
    assert sum(row["language"] == language for row in truth) >= least


@pytest.mark.parametrize(
    ("defect", "least"),
    [
        ("spam", 12),
        ("exact_duplicate", 8),
        ("near_duplicate", 25),
        ("short", 5),
        ("repetition", 3),
        ("contaminated", 7),
        ("mojibake", 3),
        ("unreadable", 15),
    ],
)
def test_defects_are_planted(truth: list[Row], defect: str, least: int) -> None:
    assert sum(row["defect"] == defect for row in truth) >= least


def test_unrelated_documents_share_little_text(truth: list[Row]) -> None:
    grams = [shingles(row["text"]) for row in truth if row["text"] and not row["defect"]]
    assert len(grams) > 500
    assert max(jaccard(*pair) for pair in itertools.combinations(grams, 2)) < 0.4


def test_copies_resemble_the_original_they_name(truth: list[Row]) -> None:
    by_uri = {row["uri"]: row for row in truth}
    to_simplified = opencc.OpenCC("t2s").convert
    copies = [row for row in truth if row["twin"]]
    assert copies
    for copy in copies:
        original = by_uri[copy["twin"]]
        assert original["twin"] is None
        left, right = (shingles(to_simplified(row["text"])) for row in (copy, original))
        least = 1.0 if copy["defect"] == "exact_duplicate" else 0.7
        assert jaccard(left, right) >= least, copy["uri"]


def test_traditional_editions_are_the_same_words(truth: list[Row]) -> None:
    by_uri = {row["uri"]: row for row in truth}
    editions = [row for row in truth if row["twin"] and row["language"] == "zh-Hant"]
    assert len(editions) == 4
    for row in editions:
        original = by_uri[row["twin"]]
        told = f"{original['title']}\n{original['text']}"
        assert opencc.OpenCC("tw2s").convert(row["text"]).replace("著", "着") == told


def records(root: Path) -> Iterator[Any]:
    """Each record of the archives; those fastwarc cannot read are passed over."""
    for path in sorted((root / "raw/crawl").glob("*.warc.gz")):
        rest = path.read_bytes()
        while rest:
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            data = member.decompress(rest)
            rest = member.unused_data
            try:
                yield from ArchiveIterator(io.BytesIO(data))
            except OSError:
                continue


def planted(truth: list[Row]) -> Iterator[tuple[str, str]]:
    for row in truth:
        for finding in row["pii"]:
            yield finding["kind"], finding["value"]


def test_personal_data_stands_in_the_text(truth: list[Row]) -> None:
    for row in truth:
        for finding in row["pii"] + row["public"]:
            assert row["text"] is None or finding["value"] in row["text"]


def test_personal_data_is_of_many_known_kinds(truth: list[Row]) -> None:
    kinds = {kind for kind, _ in planted(truth)}
    assert kinds <= set(FINDING_KINDS)
    assert len(kinds) >= 15


def test_resident_ids_are_valid_and_of_no_one(truth: list[Row]) -> None:
    values = {value for kind, value in planted(truth) if kind == "resident_id"}
    assert len(values) >= 10
    for value in values:
        assert resident_id_check(value[:17]) == value[17]
        assert value[14:17] == "000"


def test_bank_cards_pass_the_luhn_test(truth: list[Row]) -> None:
    values = {value for kind, value in planted(truth) if kind == "bank_card"}
    assert len(values) >= 5
    for value in values:
        assert luhn_check(value[:-1]) == value[-1]


def test_personal_data_is_glued_to_han_text(truth: list[Row]) -> None:
    text = "".join(row["text"] or "" for row in truth)
    glued = sum(
        "一" <= text[text.index(value) - 1] <= "龥"
        for kind, value in set(planted(truth))
        if kind != "name"
    )
    assert glued > 40


def test_exam_items_are_given_away_where_the_truth_says(city: Path, truth: list[Row]) -> None:
    lines = (city / "raw/exams/exam.jsonl").read_text(encoding="utf-8").splitlines()
    exams = {item["id"]: item for item in map(json.loads, lines)}
    assert len(exams) == 12
    leaks = [row for row in truth if row["exam"]]
    for row in truth:
        given = {
            number for number, item in exams.items() if item["question"] in (row["text"] or "")
        }
        assert given == {row["exam"]} - {None}
    assert len({row["exam"] for row in leaks}) == 7


def test_archives_are_read_by_fastwarc(city: Path, truth: list[Row]) -> None:
    wanted = (WarcRecordType.response, WarcRecordType.revisit)
    met = [r.headers["WARC-Target-URI"] for r in records(city) if r.record_type in wanted]
    readable = {row["uri"] for row in truth if row["source"] == "crawl" and not row["reject"]}
    assert len(met) == len(set(met))
    assert readable <= set(met)


def test_a_crawl_was_cut_off_and_a_header_is_broken(city: Path, truth: list[Row]) -> None:
    reasons = {row["reject"]: row["file"] for row in truth if row["source"] == "crawl"}
    cut = city / reasons["read/truncated"]
    with pytest.raises(EOFError):
        gzip.decompress(cut.read_bytes())
    whole = gzip.decompress((city / reasons["read/broken_header"]).read_bytes())
    assert whole.count(b"Content-Length: about ") == 1


def test_pages_are_in_the_encoding_the_truth_names(city: Path, truth: list[Row]) -> None:
    pages = {row["uri"]: row for row in truth if row["source"] == "crawl" and row["text"]}
    seen = set()
    for record in records(city):
        row = pages.get(record.headers.get("WARC-Target-URI"))
        if row is None or record.record_type != WarcRecordType.response:
            continue
        record.parse_http()
        if record.http_headers.get("Transfer-Encoding"):
            continue
        body = record.reader.read()
        if record.http_headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        assert row["title"] in html.unescape(body.decode(row["charset"]))
        seen.add(row["charset"])
    assert seen == {"utf-8", "gb18030", "big5", "shift_jis"}


def test_pdf_text_can_be_extracted(city: Path, truth: list[Row]) -> None:
    rows = [row for row in truth if row["source"] == "gazette" and row["text"]]
    assert rows
    for row in rows:
        document = pypdfium2.PdfDocument(city / row["file"])
        pages = [page.get_textpage().get_text_range() for page in document]
        text = "".join("".join(pages).split())
        assert text == "".join(row["text"].split())


def test_the_locked_pdf_asks_for_a_password(city: Path) -> None:
    with pytest.raises(pypdfium2.PdfiumError, match="password"):
        pypdfium2.PdfDocument(city / "raw/archive/locked.pdf")


def test_word_documents_open(city: Path, truth: list[Row]) -> None:
    rows = [row for row in truth if row["source"] == "minutes" and row["text"]]
    assert rows
    for row in rows:
        document = docx.Document(str(city / row["file"]))
        assert "\n".join(paragraph.text for paragraph in document.paragraphs) == row["text"]


def test_tables_and_databases_hold_what_the_truth_says(city: Path, truth: list[Row]) -> None:
    for name in ("filings", "comments"):
        file = f"raw/finance/{name}.parquet"
        table = pl.read_parquet(city / file).filter(pl.col("body").is_not_null())
        assert table["no"].to_list() == kept_numbers(truth, file)
    calls = sqlite3.connect(city / "raw/hotline.sqlite")
    numbers = calls.execute("select id from calls where content is not null order by id")
    assert [str(n) for (n,) in numbers] == kept_numbers(truth, "raw/hotline.sqlite")
    calls.close()


def test_medical_records_have_three_bad_lines(city: Path, truth: list[Row]) -> None:
    file = "raw/medicine/records.jsonl.gz"
    good = []
    for line in gzip.decompress((city / file).read_bytes()).splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if "content" in record:
            good.append(record["docid"])
    assert good == kept_numbers(truth, file)
    assert sum(bool(row["reject"]) for row in of(truth, file)) == 3


def test_one_classical_text_is_no_utf8(city: Path, truth: list[Row]) -> None:
    rows = [row for row in truth if row["source"] == "classical" and row["charset"] == "gb18030"]
    assert len(rows) == 1
    data = (city / rows[0]["file"]).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode()
    assert rows[0]["text"].split("\n")[0] in data.decode("gb18030")


def test_corpus_yaml_names_every_source_and_finds_its_files(city: Path, truth: list[Row]) -> None:
    (city / "corpus.yaml").write_bytes((SAMPLE / "corpus.yaml").read_bytes())
    corpus = load_corpus(city / "corpus.yaml")
    assert set(corpus.sources) == {row["source"] for row in truth}
    assert {row["kind"] for row in truth} == {source.kind for source in corpus.sources.values()}
    for source in corpus.sources.values():
        patterns = source.path if isinstance(source.path, tuple) else (source.path,)
        for pattern in filter(None, patterns):
            relative = pattern.removeprefix(f"{city.resolve()}/")
            assert list(city.resolve().glob(relative)), pattern
