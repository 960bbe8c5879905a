"""The labels of lid.176, GlotLID and OpenLID as tags."""

import pytest

from quality.language.labels import tag_of


@pytest.mark.parametrize(
    ("labels", "tag"),
    [
        (("zh", "zho", "zho_Hans", "zho_Hant", "cmn_Hani", "cmn_Hans", "zh-cn", "zh-TW"), "zh"),
        (("yue", "yue_Hant", "yue_Hani"), "yue"),
        (("lzh_Hani",), "lzh"),
        (("wuu", "wuu_Hani"), "wuu"),
        (("nan_Hani",), "nan"),
        (("nan_Latn",), "nan-Latn"),
        (("ja", "jpn_Jpan"), "ja"),
        (("ko", "kor_Hang", "kor_Kore"), "ko"),
        (("en", "eng_Latn"), "en"),
        (("vi", "vie_Latn"), "vi"),
        (("arb_Arab", "ar"), "ar"),
        (("arb_Latn",), "ar-Latn"),
        (("srp_Cyrl", "sr"), "sr"),
        (("srp_Latn",), "sr-Latn"),
        (("als",), "als"),
        (("als_Latn", "sq"), "sq"),
        (("ace_Arab",), "ace-Arab"),
        (("spam", "other", "1", "en_or_de_"), "und"),
    ],
)
def test_labels_of_one_language_have_one_tag(labels: tuple[str, ...], tag: str) -> None:
    assert {tag_of(f"__label__{label}") for label in labels} == {tag}
