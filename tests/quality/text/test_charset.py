"""Charset decisions: bytes before declarations, and a lost character before a lost page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.text.charset import REPLACEMENT, decode
from quality.text.encodings import characters, known
from tests.shared import shared_data

SIMPLIFIED = "我们在这里说明，这个网页的内容是真实的，没有任何改动。"
TRADITIONAL = "我們在這裡說明，這個網頁的內容是真實的，沒有任何改動。"


def decided(
    payload: bytes, declared: str | None = None, *, html: bool = False
) -> tuple[str, str, int] | None:
    """What `decode` finds, its confidence aside."""
    found = decode(payload, declared, html=html)
    return found[:3] if found else None


@pytest.mark.parametrize("declared", [None, "utf-8", "gb2312", "GBK", "big5", "iso-8859-1", "nope"])
@pytest.mark.parametrize(
    ("text", "codec", "charset"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "big5", "big5-hkscs"),
        (TRADITIONAL, "gbk", "gb18030"),
    ],
)
def test_bytes_win_over_a_wrong_declaration(
    text: str, codec: str, charset: str, declared: str | None
) -> None:
    assert decided(text.encode(codec), declared) == (text, charset, 0)


def test_gb2312_means_gb18030_and_big5_means_hkscs() -> None:
    rare = SIMPLIFIED + "𠀀㐀镕"
    assert decided(rare.encode("gb18030"), "gb2312") == (rare, "gb18030", 0)
    cantonese = TRADITIONAL + "佢哋喺度嘅嘢冇咩𡃁"
    assert decided(cantonese.encode("big5hkscs"), "big5") == (cantonese, "big5-hkscs", 0)


def test_meta_charset_is_heard_only_in_html() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>電' + "</p>"
    assert decided(page.encode("big5"), html=True) == (page, "big5-hkscs", 0)
    found = decode('<meta charset="shift_jis"><p>カナ'.encode("shift_jis"), html=True)
    assert found is not None
    assert found.charset == "shift_jis"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(codec: str) -> None:
    found = decode(SIMPLIFIED.encode(codec), "gbk")
    assert found is not None
    assert (found.text, found.lost) == (SIMPLIFIED, 0)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5"])
def test_a_truncated_sequence_loses_one_character(codec: str) -> None:
    text = TRADITIONAL if codec == "big5" else SIMPLIFIED
    found = decode((text * 3 + "文").encode(codec)[:-1], codec)
    assert found is not None
    assert found.text.startswith(text * 3)
    assert found.lost == found.text.count(REPLACEMENT) == 1


def test_a_damaged_byte_in_the_middle_costs_little() -> None:
    payload = (SIMPLIFIED * 40).encode()
    found = decode(payload[:300] + b"\xff" + payload[300:])
    assert found is not None
    assert (found.charset, found.lost) == ("utf-8", 1)
    assert found.text.replace(REPLACEMENT, "") == SIMPLIFIED * 40


@pytest.mark.parametrize(
    "payload",
    [b"\x00\x01\x02\x03" * 50, bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"],
)
def test_binary_is_no_text(payload: bytes) -> None:
    assert decode(payload, "utf-8") is None


def test_seven_bit_chinese_needs_its_declaration() -> None:
    assert decided(SIMPLIFIED.encode("hz"), "hz-gb-2312") == (SIMPLIFIED, "hz-gb-2312", 0)
    assert decided(b"plain ascii", "hz-gb-2312") == ("plain ascii", "hz-gb-2312", 0)
    assert decided(b"plain ascii", "gbk") == ("plain ascii", "utf-8", 0)


def test_short_gbk_that_happens_to_be_valid_utf8_follows_its_declaration() -> None:
    accident = "一条".encode("gbk")
    assert decided(b"\xd2\xbb" * 2, "gbk") == ("一一", "gb18030", 0)
    assert decided(accident, "gbk") == ("一条", "gb18030", 0)
    assert decided("é".encode(), "gbk") != ("é", "gb18030", 0)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_always_comes_back_whole(text: str) -> None:
    found = decode(text.encode(), "utf-8")
    assert found is not None
    assert found.text == text.removeprefix("\ufeff")


@given(st.binary(max_size=200), st.sampled_from([None, "gbk", "big5", "utf-8", "utf-16", "hz"]))
def test_no_bytes_are_too_strange(payload: bytes, declared: str | None) -> None:
    found = decode(payload, declared, html=True)
    assert found is None or found.text.encode("utf-8") is not None


@pytest.mark.parametrize("header", [None, "utf-8", "iso-8859-1", "big5"])
def test_gb_news_pages_are_read_without_loss(header: str | None) -> None:
    for page in sorted((shared_data("html-163-gbk") / "RawHtml").iterdir()):
        payload = page.read_bytes()
        assert decided(payload, header, html=True) == (payload.decode("gb18030"), "gb18030", 0)


def test_pages_of_two_decades_get_their_charset() -> None:
    decided = [
        decode(page.read_bytes(), html=True)
        for page in sorted((shared_data("html-cwce") / "original").iterdir())
    ]
    charsets = [found.charset for found in decided if found]
    assert (charsets.count("utf-8"), charsets.count("gb18030")) == (13, 26)
    assert sum(found.lost for found in decided if found) <= 12


def test_undeclared_gbk_books_are_read_without_loss() -> None:
    for book in sorted(shared_data("text-tcm-gbk-files").glob("*.txt")):
        assert decided(book.read_bytes()) == (book.read_bytes().decode("gb18030"), "gb18030", 0)


@pytest.mark.parametrize(
    ("label", "charset"),
    [
        ("x-gbk", "gb18030"),
        ("GB_2312-80", "gb18030"),
        ("cn-gb", "gb18030"),
        ("cn-big5", "big5-hkscs"),
        ("x-x-big5", "big5-hkscs"),
        ("windows-31j", "shift_jis"),
        ("ks_c_5601-1987", "euc-kr"),
        ("latin1", "windows-1252"),
        ("koi8", "koi8-r"),
        ("unicode", "utf-16le"),
        ("replacement", None),
        ("iso-2022-cn", None),
        ("iso-2022-kr", None),
        ("utf-7", None),
    ],
)
def test_labels_mean_what_the_standard_says(label: str, charset: str | None) -> None:
    assert known(label) == charset


def test_replacement_encodings_are_never_decoded() -> None:
    assert decode(b"\x1b$)C\x0e1W\x0f plain", "iso-2022-kr") is None
    assert decided(SIMPLIFIED.encode("gbk"), "iso-2022-cn") == (SIMPLIFIED, "gb18030", 0)


def test_a_page_that_can_be_read_is_not_utf16_whatever_it_says() -> None:
    page = '<meta charset="utf-16"><p>' + SIMPLIFIED
    assert decided(page.encode(), html=True) == (page, "utf-8", 0)


def test_an_xml_declaration_is_heard() -> None:
    page = '<?xml version="1.0" encoding="big5"?><html><p>一'
    assert decided(page.encode("big5"), html=True) == (page, "big5-hkscs", 0)


@pytest.mark.parametrize(
    ("code", "label", "text"),
    [
        (b"\x80\xa2\xe3", "gb18030", "€€"),
        (b"\xfe\x59\xa6\xd9\xa3\xa0", "gb18030", "\u9fb4︐\u3000"),
        (b"\x95\x32\x82\x36", "gb18030", "𠀀"),
        (b"\xfb\x48\xfd\xbb\xa3\xe1", "big5-hkscs", "嘅港€"),
        (b"\xa1\x45\xf9\xfe", "big5-hkscs", "‧￭"),
        (b"a\xd6 b", "gb18030", "a\ufffd b"),
        (b"\xa4<p>", "big5-hkscs", "\ufffd<p>"),
        (b"\x93a\x81\x94", "windows-1252", "“a\x81”"),
    ],
)
def test_codes_that_python_reads_otherwise(code: bytes, label: str, text: str) -> None:
    assert characters(code, label).text == text


@pytest.mark.parametrize(
    ("name", "label", "apart"),
    [("gb18030", "gb18030", []), ("big5", "big5-hkscs", ["∕", "﹨"])],
)
def test_every_code_of_the_standard_is_read(name: str, label: str, apart: list[str]) -> None:
    folder = shared_data("mojibake-encoding-rs") / "tests" / "test_data"
    codes = (folder / f"{name}_in.txt").read_bytes().split(b"\n")
    wanted = (folder / f"{name}_in_ref.txt").read_bytes().decode().split("\n")
    pairs = zip(codes, wanted, strict=True)
    assert [text for code, text in pairs if characters(code, label).text != text] == apart


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", [None, "utf-8", "gbk"])
def test_utf16_without_a_mark_is_recognised(codec: str, declared: str | None) -> None:
    label = codec.replace("16-", "16")
    assert decided(TRADITIONAL.encode(codec), declared) == (TRADITIONAL, label, 0)
    assert decided("plain\ntext".encode(codec), declared) == ("plain\ntext", label, 0)


def test_a_fragment_in_another_encoding_costs_nothing() -> None:
    menu, body = "<ul><li>我们的首页</li></ul>", f"<p>{SIMPLIFIED}</p>" * 5
    payload = menu.encode() + body.encode("gbk")
    assert decided(payload, html=True) == (menu + body, "gb18030", 0)
    payload = menu.encode("gbk") + body.encode()
    assert decided(payload, html=True) == (menu + body, "utf-8", 0)
    payload = f"<li>{TRADITIONAL}</li>".encode("big5") + body.encode()
    assert decided(payload, html=True) == (f"<li>{TRADITIONAL}</li>" + body, "utf-8", 0)


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        ("Le café est fermé, désolé.", "latin-1", "windows-1252"),
        ("Widzieliśmy się wczoraj późno.", "cp1250", "windows-1250"),
        ("В гимназии он не был в числе первых", "koi8-r", "koi8-r"),
        ("В гимназии он не был в числе первых", "cp1251", "windows-1251"),
        ("日本語のテキストをここに書きます。", "shift_jis", "shift_jis"),
        ("日本語のテキストをここに書きます。", "euc_jp", "euc-jp"),
        ("우리는 이 글을 여기에 쓰고 있습니다.", "euc_kr", "euc-kr"),
    ],
)
def test_other_languages_are_not_read_as_chinese(text: str, codec: str, label: str) -> None:
    assert decided(text.encode(codec)) == (text, label, 0)


def test_confidence_grows_with_the_evidence() -> None:
    found = [decode(SIMPLIFIED[:size].encode("gbk")) for size in (1, 4, 20)]
    sure = [one.confidence if one else 0 for one in found]
    assert sure == sorted(sure)
    assert sure[0] < 0.95
    assert sure[2] > 0.999


@given(st.text(alphabet="我們在這裡說明這個網頁內容是真實的沒有任何改動，。", min_size=10))
@pytest.mark.parametrize("codec", ["gb18030", "big5", "utf-16-le", "utf-8"])
def test_chinese_comes_back_from_every_encoding(codec: str, text: str) -> None:
    assert (decided(text.encode(codec)) or ("",))[0] == text
