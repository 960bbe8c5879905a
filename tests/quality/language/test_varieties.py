"""Which variety a text is in, on sentences written for the purpose."""

from importlib import resources

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.language import han_ratio, identify, language
from schemas.tables import LANGUAGE

SENTENCES = {
    "zh-Hans": [
        "我们今天下午要去图书馆还书，然后一起去吃晚饭。",
        "这个软件的安装步骤很简单，下载以后双击就可以运行了。",
        "市政府将于下周召开会议，讨论老旧小区的改造方案。",
        "老板说话算数，昨天买的手机今天就寄到了，质量不错！",
    ],
    "zh-Hant": [
        "我們今天下午要去圖書館還書，然後一起去吃晚飯。",
        "這個軟體的安裝步驟很簡單，下載以後按兩下就可以執行了。",
        "捷運站旁邊新開了一間麵包店，聽說他們的蛋塔很好吃。",
    ],
    "yue": [
        "你哋琴晚去咗邊度食飯呀？我搵咗你哋好耐都搵唔到。",
        "佢話呢間舖頭啲嘢好平，不過唔知係咪真嘅。",
        "你哋今日仲未食饭？咁不如一齐去楼下饮茶啦。",
    ],
    "lzh": [
        "昔有樵者，入山采薪，见二叟对弈，乃置斧而观之。",
        "昔有樵者，入山採薪，見二叟對弈，乃置斧而觀之。",
        "夫治国者，必先安其民；民安则国富，国富则兵强矣。",
        "王曰：善。遂遣使者赍金帛，往聘之，三往而后许焉。",
    ],
    "nan": ["伊講明仔載欲佮阮做伙去市場買菜，毋過我無閒通去。"],
    "ja": [
        "昨日は友達と一緒に映画を見てから、駅前の喫茶店でコーヒーを飲みました。",
        "株式会社設立登記申請書類提出期限延長の件",
        "ｶﾀｶﾅは半角でも書けます。",
    ],
    "ko": ["어제 친구와 함께 도서관에 가서 책을 읽었습니다."],
    "en": ["The weather was lovely, so we walked to the river and had lunch there."],
    "vi": ["Hôm qua chúng tôi đi chợ mua rau và nấu cơm cho cả nhà."],
    "de": ["Wir haben gestern mit den Kindern eine Reise in die Berge gemacht und es war schön."],
    "fr": ["Nous avons mangé dans un petit restaurant qui est près de la gare avec des amis."],
    "es": ["Ayer fuimos al mercado con los niños y compramos fruta para la semana."],
    "pt": ["Ontem não fomos à praia porque o tempo estava muito ruim para as crianças."],
    "it": [
        "Ieri siamo andati al mercato con gli amici, ma non abbiamo comprato il pane che volevo."
    ],
    "ru": ["Вчера мы ходили в магазин, но там не было того, что мы искали."],
    "uk": ["Вчора ми ходили до крамниці, але там не було того, що ми шукали, і це сумно."],
    "ar": ["ذهبنا أمس إلى السوق مع الأصدقاء ولم نجد ما كنا نبحث عنه في هذا المكان."],
    "el": ["Χθες πήγαμε στην αγορά με τα παιδιά."],
    "th": ["เมื่อวานเราไปตลาดกับเพื่อน"],
}


def tags(texts: list[str | None]) -> list[str]:
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    found = frame.select(identify(pl.col("text")).struct.field("language"))
    return found["language"].to_list()


@pytest.mark.parametrize(
    ("tag", "sentence"), [(tag, text) for tag, texts in SENTENCES.items() for text in texts]
)
def test_each_variety_is_told_from_the_others(tag: str, sentence: str) -> None:
    assert tags([sentence]) == [tag]


@pytest.mark.parametrize("text", [None, "", "   \n", "2024-05-01 12:30", "。，！《》", "🙂🙂"])
def test_a_text_without_letters_is_undetermined(text: str | None) -> None:
    row = pl.select(identify(pl.lit(text, pl.String))).to_series().struct.unnest().row(0)
    assert row == ("und", 0.0, 0.0, [{"language": "und", "share": 1.0}] if text else [])


def test_one_character_is_answered_by_its_script_without_confidence() -> None:
    frame = pl.DataFrame({"text": ["车", "車", "ひ", "가", "ж"]})
    found = frame.select(identify(pl.col("text"))).unnest("text")
    assert found["language"].to_list()[2:] == ["ja", "ko", "ru"]
    assert (found["confidence"] < 0.5).all(ignore_nulls=False)


def test_spaces_between_words_do_not_matter() -> None:
    spaced = "你 哋 琴晚 去 咗 邊度 食飯 呀"
    frame = pl.DataFrame({"text": [spaced, spaced.replace(" ", "")]})
    found = frame.select(identify(pl.col("text"))).unnest("text")
    assert found["confidence"].n_unique() == found["language"].n_unique() == 1


def test_the_script_of_a_page_full_of_code_is_the_script_of_its_prose() -> None:
    code = "\n".join(f"const value{n} = parseInt(input.slice({n}), 10);" for n in range(30))
    prose = "下面的代码把输入的每一段都转换成数字，再按顺序保存起来，供后面的程序使用。"
    hant = "下面的程式碼會把輸入的每一段都轉換成數字，再依順序儲存起來，供後面的程式使用。"
    assert tags([prose + code, hant + code]) == ["zh-Hans", "zh-Hant"]


def test_an_english_article_that_quotes_chinese_stays_english() -> None:
    text = "The word 学习 means to learn, and it is one of the first that most of us meet. "
    assert tags([text * 3]) == ["en"]


def test_a_few_kana_do_not_make_chinese_japanese() -> None:
    text = "这家叫“の物语”的奶茶店最近很火，排队的人从门口一直排到了马路对面，味道其实一般。"
    assert tags([text]) == ["zh-Hans"]


def test_a_japanese_title_does_not_make_traditional_chinese_japanese() -> None:
    text = "他最近在讀一本介紹「日本国憲法の話」的書，說內容寫得很深，讀起來卻不會覺得無聊。"
    assert tags([text]) == ["zh-Hant"]


def test_medical_classics_without_kana_are_never_japanese() -> None:
    recipe = "右六味，㕮咀，以水七升，煮取三升，去滓，温服一升，日三服。"
    herb = "黄连 味苦寒 主热气目痛 眦伤泣出 明目 肠澼腹痛下利 妇人阴中肿痛"
    assert "ja" not in tags([recipe, herb, "麻黄汤方 麻黄三两 桂枝二两 甘草一两"])


def test_the_table_has_the_rows_of_the_documents_in_their_order() -> None:
    texts = [*SENTENCES["yue"], None, "", *SENTENCES["lzh"], *SENTENCES["en"]]
    documents = pl.LazyFrame({"doc_id": [f"{n:032x}" for n in range(len(texts))], "text": texts})
    found = language(documents).collect()
    assert found.schema == LANGUAGE
    assert found["doc_id"].to_list() == documents.collect()["doc_id"].to_list()
    assert found["language"].to_list() == tags(texts)
    assert found.null_count().sum_horizontal().item() == 0


def test_no_documents_give_no_rows() -> None:
    documents = pl.LazyFrame(schema={"doc_id": pl.String, "text": pl.String})
    assert language(documents).collect().schema == LANGUAGE


def test_chunks_and_streaming_do_not_change_the_answer() -> None:
    texts = [text for group in SENTENCES.values() for text in group] * 40
    frame = pl.DataFrame({"doc_id": [str(n) for n in range(len(texts))], "text": texts})
    whole = language(frame.lazy()).collect()
    parts = [language(frame.slice(at, 7).lazy()).collect() for at in range(0, 70, 7)]
    pieces = pl.concat([frame[:301], frame[301:]], rechunk=False)
    assert pl.concat(parts).equals(whole[:70])
    assert language(pieces.lazy()).collect(engine="streaming").equals(whole)


@given(st.lists(st.none() | st.text(max_size=60), max_size=8))
def test_the_han_ratio_is_that_of_the_unicode_property(texts: list[str | None]) -> None:
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    text = pl.col("text").fill_null("")
    han = text.str.count_matches(r"\p{Han}") / text.str.len_chars().clip(1)
    found = frame.select(
        plain=han.cast(pl.Float32),
        ours=han_ratio(pl.col("text")),
        within=identify(pl.col("text")).struct.field("han_ratio"),
    )
    assert found["ours"].to_list() == found["within"].to_list()
    assert found["ours"].to_list() == pytest.approx(found["plain"].to_list(), abs=1e-6)


def test_the_packaged_model_stays_small() -> None:
    model = resources.files("quality.language").joinpath("lid.npz")
    assert len(model.read_bytes()) < 1_500_000


def test_han_beyond_the_basic_plane_counts() -> None:
    assert pl.select(han_ratio(pl.lit("𠮷〇々a"))).item() == 0.75


def shares(texts: list[str | None]) -> list[dict[str, float]]:
    found = pl.DataFrame({"text": texts}).select(identify(pl.col("text"))).unnest("text")
    return [{one["language"]: one["share"] for one in row} for row in found["shares"]]


PAGE = "\n".join(SENTENCES["zh-Hans"] * 2)
ENGLISH = SENTENCES["en"][0] * 3
CANTONESE = "\n".join(SENTENCES["yue"][:2] * 2)


def test_a_text_in_one_language_has_one_share() -> None:
    texts: list[str | None] = [text for group in SENTENCES.values() for text in group]
    assert [list(row.items()) for row in shares(texts)] == [[(tag, 1.0)] for tag in tags(texts)]


@pytest.mark.parametrize(
    ("parts", "languages"),
    [
        ((PAGE, ENGLISH), ["zh-Hans", "en"]),
        ((PAGE, CANTONESE), ["zh-Hans", "yue"]),
        ((PAGE * 2, ENGLISH, CANTONESE), ["zh-Hans", "en", "yue"]),
        (("\n".join(SENTENCES["lzh"][:1] * 4), PAGE * 2), ["zh-Hans", "lzh"]),
        (("\n".join(SENTENCES["ja"][:1] * 4), PAGE * 2), ["zh-Hans", "ja"]),
    ],
)
def test_a_mixed_text_has_the_shares_of_its_paragraphs(
    parts: tuple[str, ...], languages: list[str]
) -> None:
    (found,) = shares(["\n".join(parts)])
    assert set(found) == set(languages)
    assert sum(found.values()) == pytest.approx(1)
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_the_share_is_that_of_the_characters() -> None:
    (found,) = shares([f"{PAGE}\n{ENGLISH}"])
    assert found["en"] == pytest.approx(len(ENGLISH) / (len(PAGE) + 1 + len(ENGLISH)), abs=1e-6)


def test_short_or_doubtful_paragraphs_are_of_the_language_of_the_whole() -> None:
    code = "\n".join(f"x{n} = read(path, {n})" for n in range(20))
    title = "Wenyuan Corpus Factory 1.0"
    assert shares([f"{title}\n{PAGE}\n{code}\n学而时习之\n{PAGE}"]) == [{"zh-Hans": 1.0}]
