"""`wenyuan inspect`: its contract, and what it takes."""

import base64
import csv
import gzip
import json
from pathlib import Path

import polars as pl
import pytest

from pipelines import inputs
from quality.scoring.linear import fit, save
from schemas.scores import SCORE_UNITS
from schemas.signals import SIGNAL_UNITS
from schemas.tables import FINDING_KINDS
from tests.pipelines.inspecting import PROSE, inspected, lines, objects, page

MOBILE = "13812345678"
KEYS: dict[str, type | tuple[type, ...]] = {
    "path": str,
    "id": object,
    "title": (str, type(None)),
    "author": (str, type(None)),
    "published_at": (str, type(None)),
    "text": (str, type(None)),
    "charset": (str, type(None)),
    "charset_confidence": (float, type(None)),
    "ai_label": (dict, type(None)),
    "language": (str, type(None)),
    "confidence": (float, type(None)),
    "languages": dict,
    "signals": dict,
    "scores": dict,
    "findings": list,
    "redacted": (str, type(None)),
    "verdict": dict,
    "rejected": (dict, type(None)),
}


# --- the contract -------------------------------------------------------------------------------


def test_every_object_has_the_keys_and_types_of_the_contract() -> None:
    given = lines({"id": 1, "text": PROSE}, {"id": 2, "html": page(PROSE).decode()}, [], {"id": 3})
    found = objects("-", given=given)
    assert [one["id"] for one in found] == [1, 2, None, 3]
    for one in found:
        assert list(one) == list(KEYS)
        for key, kind in KEYS.items():
            assert isinstance(one[key], kind), key
        assert list(one["verdict"]) == ["kept", "rule", "value", "threshold"]


def test_a_kept_document_has_its_measurements_and_no_rule() -> None:
    [found] = objects("-", given=lines({"id": "甲", "text": PROSE}))
    assert found["verdict"] == {"kept": True, "rule": None, "value": None, "threshold": None}
    assert found["text"] == found["redacted"] == PROSE
    assert found["language"] == "zh-Hans"
    assert 0 < found["confidence"] <= 1
    assert found["languages"] == {"zh-Hans": 1.0}
    assert list(found["signals"]) == ["han_ratio", *SIGNAL_UNITS]
    assert list(found["scores"]) == [*SCORE_UNITS, "industry", "industry_confidence"]
    assert found["signals"]["chars"] == len(PROSE)
    assert found["rejected"] is None


def test_the_label_of_ai_made_text_is_told_and_taken_off() -> None:
    labelled = f'---\nAIGC: {{"Label": "1", "ContentProducer": "{MOBILE}"}}\n---\n{PROSE}'
    [found] = objects("-", given=lines({"text": labelled}))
    assert found["text"] == PROSE
    assert found["ai_label"]["Label"] == "1"
    assert found["ai_label"]["ProduceID"] is None
    shown = inspected("-", given=lines({"text": labelled})).stdout
    assert "Label 1" in shown
    assert MOBILE not in shown


def test_a_dropped_document_says_rule_value_and_threshold_as_strings() -> None:
    [found] = objects("-", given=lines({"text": "暂无内容。"}))
    assert found["verdict"]["kept"] is False
    assert all(isinstance(found["verdict"][key], str) for key in ("rule", "value", "threshold"))


def test_findings_count_characters_of_the_text_even_beyond_the_basic_plane() -> None:
    [found] = objects("-", given=lines({"text": f"𠮷野家🍜的电话{MOBILE}，欢迎来电。"}))
    [one] = found["findings"]
    assert list(one) == ["kind", "start", "end", "rule", "confidence"]
    assert found["text"][one["start"] : one["end"]] == MOBILE
    assert MOBILE not in found["redacted"]
    assert "〔手机号〕" in found["redacted"]


@pytest.mark.parametrize(
    ("line", "stage", "reason"),
    [
        (b"{nothing", "read", "bad_json"),
        (b"[" * 100_000, "read", "bad_json"),
        (b'{"text": "\xff"}', "read", "bad_utf8"),
        (b"[1]", "read", "not_an_object"),
        (b'{"id": 5}', "read", "no_field"),
        (b'{"text": null}', "read", "no_field"),
        (b'{"html_b64": "*"}', "read", "bad_base64"),
        (b'{"text": "  "}', "extract", "no_text"),
        (b'{"html_b64": "AAECAwQFBgcICQ=="}', "extract", "binary"),
    ],
)
def test_a_rejected_record_has_no_text_and_says_why(line: bytes, stage: str, reason: str) -> None:
    before, found, after = objects("-", given=lines({"text": PROSE}) + line + b"\n" + lines({}))
    assert found["rejected"] == {"stage": stage, "reason": reason}
    assert found["text"] is found["redacted"] is found["language"] is None
    assert found["signals"] == found["languages"] == {}
    assert found["verdict"]["kept"] is False
    assert before["rejected"] is None
    assert after["rejected"]["reason"] == "no_field"


TRADITIONAL = (
    "河岸的小鎮每年春天都辦一次燈會，紙燈從橋頭一直掛到渡口，遠處的人也趕來觀看。"
    "今年的燈會由鎮上的老師和學生一起準備，他們用竹子做了一百盞魚燈，放在水上漂流。"
)


@pytest.mark.parametrize(
    ("text", "charset", "told"),
    [
        (PROSE, "utf-8", "utf-8"),
        (PROSE, "gb18030", "gb18030"),
        (PROSE, "utf-16", "utf-16le"),
        (TRADITIONAL, "big5", "big5-hkscs"),
    ],
)
def test_bytes_of_a_page_may_be_in_any_charset(text: str, charset: str, told: str) -> None:
    encoded = base64.b64encode(page(text, title="水上", charset=charset)).decode()
    [found] = objects("-", given=lines({"html_b64": encoded}))
    assert found["title"] == "水上"
    assert found["text"] == text
    assert found["charset"] == told
    assert found["charset_confidence"] > 0.9


def test_a_page_says_who_wrote_it_and_when() -> None:
    markup = f"<h1>灯会</h1><p>2024年5月16日 17:02 作者：王建宏</p><p>{PROSE}</p>"
    [found] = objects("-", given=lines({"html": markup}))
    assert found["author"] == "王建宏"
    assert found["published_at"] == "2024-05-16T09:02:00+00:00"


def test_what_is_said_of_a_record_does_not_depend_on_its_neighbours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    records = [{"id": n, "html": page(f"第{n}号。{PROSE[n:]}").decode()} for n in range(12)]
    together = objects("-", given=lines(*records))
    monkeypatch.setattr(inputs, "CHUNK_ROWS", 1)
    assert objects("-", given=lines(*records)) == together


def test_odd_ids_come_back_as_they_are() -> None:
    ids = ["half \ud83d", "a\u2028b", {"a": [1.5, None]}, 10**30, True]
    given = b"".join(json.dumps({"id": one, "text": PROSE}).encode() + b"\n" for one in ids)
    assert [one["id"] for one in objects("-", given=given)] == ids


def test_the_docs_name_every_key_signal_and_kind() -> None:
    docs = Path(__file__).resolve().parents[2] / "docs" / "inspect.md"
    told = docs.read_text(encoding="utf-8")
    for name in (*KEYS, *FINDING_KINDS):
        assert f"`{name}`" in told
    for name, unit in (SIGNAL_UNITS | SCORE_UNITS).items():
        assert f"| `{name}` | {unit} |" in told


def test_the_example_in_the_docs_is_what_comes_out() -> None:
    docs = Path(__file__).resolve().parents[2] / "docs" / "inspect.md"
    shown = json.loads(docs.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0])
    [found] = objects(
        "-", given=lines({"id": 7, "html": page(shown["text"], shown["title"]).decode()})
    )
    for some in ("signals", "scores"):
        assert shown.pop(some).items() <= found.pop(some).items()
    assert shown.pop("confidence") == pytest.approx(found.pop("confidence"), abs=0.2)
    assert shown == found


# --- inputs -------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.html").write_bytes(page(PROSE, charset="gb18030"))
    (tmp_path / "a.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(lines({"id": "in gz", "text": PROSE})))
    (tmp_path / "below").mkdir()
    pl.DataFrame({"text": [PROSE, "短"]}).write_parquet(tmp_path / "below" / "d.parquet")
    with (tmp_path / "below" / "e.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["no", "text"], ["1", PROSE]])
    (tmp_path / "program.exe").write_bytes(b"MZ")
    (tmp_path / ".hidden.txt").write_text(PROSE, encoding="utf-8")
    return tmp_path


def test_a_folder_gives_every_known_file_in_order_of_path(folder: Path) -> None:
    found = objects(folder)
    names = [str(Path(one["path"]).relative_to(folder)) for one in found]
    assert names == [
        "a.txt",
        "b.html",
        "below/d.parquet",
        "below/d.parquet",
        "below/e.csv",
        "c.jsonl.gz",
    ]
    assert [one["id"] for one in found[2:4]] == [
        f"{folder}/below/d.parquet#{row}" for row in (0, 1)
    ]
    assert found[-1]["id"] == "in gz"
    assert all(one["text"] for one in found)


def test_ids_and_paths_are_told_as_they_were_given(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    found = objects("b.html", "./below/e.csv")
    assert [(one["path"], one["id"]) for one in found] == [
        ("b.html", "b.html"),
        ("./below/e.csv", "./below/e.csv#0"),
    ]


def test_files_are_inspected_in_the_order_they_are_named(folder: Path) -> None:
    given = [folder / "c.jsonl.gz", folder / "b.html", folder / "a.txt", folder / "b.html"]
    assert [one["path"] for one in objects(*given)] == [str(one) for one in given]


def test_a_missing_file_ends_with_3_before_anything_is_inspected(folder: Path) -> None:
    result = inspected(folder / "a.txt", folder / "nowhere.txt", "--json")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "nowhere.txt is not there" in result.stderr


def test_an_unknown_suffix_ends_with_2_and_says_what_to_do(folder: Path) -> None:
    result = inspected(folder / "program.exe")
    assert result.exit_code == 2
    assert "--format" in result.stderr
    [found] = objects(folder / "program.exe", "--format", "text")
    assert found["text"] == "MZ"


def test_a_folder_with_nothing_to_inspect_ends_with_3(tmp_path: Path) -> None:
    (tmp_path / "program.exe").write_bytes(b"MZ")
    assert inspected(tmp_path).exit_code == 3


def test_a_csv_without_the_column_text_says_which_it_has(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("编号,正文\n1,好\n", encoding="utf-8")
    result = inspected(tmp_path / "x.csv")
    assert result.exit_code == 2
    assert "正文" in result.stderr


def test_damaged_and_unreadable_files_are_answers_too(tmp_path: Path) -> None:
    whole = gzip.compress(lines({"id": 1, "text": PROSE}, {"id": 2, "text": PROSE[::-1]}))
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[:-12])
    (tmp_path / "no.pdf").write_bytes(b"%PDF-1.7 no more")
    (tmp_path / "no.docx").write_bytes(b"no zip")
    (tmp_path / "empty.txt").write_bytes(b"")
    reasons = [one["rejected"] and one["rejected"]["reason"] for one in objects(tmp_path)]
    assert reasons[-3:] == ["empty_file", "not_a_zip", "broken_pdf"]
    assert reasons[-4] == "truncated"


def test_standard_input_may_be_a_page(folder: Path) -> None:
    [found] = objects("-", "--format", "html", given=(folder / "b.html").read_bytes())
    assert found["title"] == "灯会"
    assert found["charset"] == "gb18030"
    assert found["id"] is None
    assert inspected("-", "--format", "parquet", given=b"").exit_code == 2


def test_kind_and_corpus_decide_about_thresholds_and_privacy(tmp_path: Path) -> None:
    (tmp_path / "corpus.yaml").write_text(
        "name: strict\n"
        "sources: {news: {kind: news, format: text, path: x}}\n"
        "policies: {news: {chars: {min: 5000}}}\n"
        "privacy: {news: {mobile: {action: keep, reason: a test}}}\n"
        "mixtures: {all: {}}\n"
    )
    given = lines({"text": PROSE + f"电话{MOBILE}"})
    options = ("-c", tmp_path / "corpus.yaml", "--kind", "news")
    [found] = objects("-", *options, given=given)
    assert found["verdict"]["threshold"] == ">= 5000"
    assert MOBILE in found["redacted"]
    card = inspected("-", *options, given=given).stdout
    assert MOBILE not in card
    assert inspected("-", "--kind", "News", given=given).exit_code == 2


# --- the card -----------------------------------------------------------------------------------


def test_a_card_shows_no_personal_data_not_even_in_the_title() -> None:
    given = page(f"{PROSE}电话{MOBILE}", title=f"联系电话{MOBILE}")
    shown = inspected("-", "--format", "html", given=given).stdout
    assert MOBILE not in shown
    assert shown.count("〔手机号〕") == 2
    assert "mobile ×1" in shown


def test_brackets_and_control_characters_of_a_page_are_only_shown() -> None:
    title = "[重要][red]通知[/red]:smile:"
    given = lines({"id": "x\x1b[2J\x9b", "html": page(f"[/]{PROSE}", title=title).decode()})
    shown = inspected("-", given=given).stdout
    assert title in shown
    assert f"[/]{PROSE}" in shown
    assert "\x1b" not in shown
    assert "\x9b" not in shown


def test_a_card_of_a_rejected_record_says_why() -> None:
    assert "rejected read: bad_json" in inspected("-", given=b"{").stdout


# --- streaming ----------------------------------------------------------------------------------


def test_scorers_of_ones_own_are_asked_and_decide(tmp_path: Path) -> None:
    texts = ["，".join(["加微信", "领红包"] * 3), PROSE] * 20
    save(fit(texts, ["ad", "good"] * 20, ("ad", "good"), seed=1), str(tmp_path / "style.npz"))
    corpus = {
        "name": "town",
        "sources": {"pages": {"kind": "web", "format": "html", "path": "none"}},
        "scorers": {"style": {"model": "style.npz", "label": "good"}},
        "policies": {"web": {"preset": "none", "own": {"style": {"min": 0.5}}}},
        "mixtures": {"all": {}},
    }
    (tmp_path / "corpus.yaml").write_text(json.dumps(corpus), encoding="utf-8")
    given = lines({"id": 1, "text": PROSE}, {"id": 2, "text": "加微信，领红包！"})
    kept, dropped = objects("-", "-c", tmp_path / "corpus.yaml", given=given)
    assert kept["scores"]["style"] > 0.5 > dropped["scores"]["style"]
    assert kept["verdict"]["kept"]
    assert dropped["verdict"]["rule"] == "own.style"
    assert dropped["verdict"]["threshold"] == ">= 0.5"
