"""Education: what teaches is above what informs, that above chatter, that above spam and menus."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

import quality.scoring.education as package
from quality.kernels.arrow import strings
from quality.scoring.education import education
from quality.scoring.education.train import TASK
from quality.scoring.ordinal import grades, load, save
from quality.scoring.ordinal.training import train
from tests.shared import shared_data

TEXTBOOK = (
    "光合作用是指绿色植物利用光能，把二氧化碳和水转化为储存能量的有机物，并释放出氧气的过程。"
    "它分为光反应和暗反应两个阶段。光反应在类囊体膜上进行，叶绿素吸收光能，把水分解为氧和氢；"
    "暗反应在叶绿体基质中进行，利用光反应产生的能量把二氧化碳固定为糖。因为暗反应需要酶的参与，"
    "所以温度对它的影响较大。例如，在其他条件相同时，温度由十度升到三十度，光合作用的速率明显加快。"
)
NEWS = (
    "新华社北京电，国家主席昨天下午在人民大会堂会见了来访的外国总统。双方就进一步发展两国关系"
    "以及共同关心的国际和地区问题交换了意见。会见后，两国领导人共同出席了合作文件的签字仪式。"
    "外交部长、商务部长等参加了上述活动。总统一行是应邀于本月五日抵达北京进行国事访问的。"
)
CHATTER = "哈哈哈楼上说得太对了，我也是这么想的，昨天跟他吵了半天，烦死了，不说了睡觉去。"
SPAM = "威尼斯人娱乐城官网开户，注册送58元彩金，加微信领取，提现秒到账，百家乐、时时彩应有尽有。"
MENU = "首页 | 新闻 | 论坛 | 下载 | 登录 | 注册 | 联系我们 | 上一页 | 下一页 | 返回顶部 | 更多"
CLASSICAL = (
    "臨淵羨魚，不如退而結網。學者之患，在於好為人師而不自省。凡讀書，須先明句讀，次通訓詁，而後求其義理。"
    "句讀不明則文不通，訓詁不通則義不得，義理不得則書雖多，猶不讀也。故善學者，先其易者，後其節目。"
)
POEMS = (
    "今夜鄜州月，閨中只獨看。遙憐小兒女，未解憶長安。香霧雲鬟濕，清輝玉臂寒。",
    "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。",
)
CANTONESE = (
    "光合作用即係植物用太陽嘅光能，將二氧化碳同水變成糖，再放出氧氣嘅過程。葉綠素會吸收紅光同藍光，"
    "反射綠光，所以我哋見到嘅樹葉係綠色嘅。如果冇光，植物就做唔到糖，只可以用之前儲落嘅養分。"
)
SCRIPTS = (
    (
        "債券是發行人向投資者借款的憑證，發行人按約定的利率支付利息，到期歸還本金。",
        "债券是发行人向投资者借款的凭证，发行人按约定的利率支付利息，到期归还本金。",
    ),
    ("樹葉為什麼是綠色的？因為葉綠素反射綠光。", "树叶为什么是绿色的？因为叶绿素反射绿光。"),
    ("請在終端機執行ＡＰＴ指令，然後重新啟動。", "请在终端机执行apt指令,然后重新启动。"),
)


def score(*texts: str | None) -> list[float]:
    return [float(one) for one in education(strings(pl.Series(texts, dtype=pl.String)))]


def test_what_teaches_is_above_what_informs_above_chatter_above_spam() -> None:
    textbook, news, chatter, spam, menu = score(TEXTBOOK, NEWS, CHATTER, SPAM, MENU)
    assert textbook > news + 1 > chatter + 1.5
    assert chatter > max(spam, menu)
    assert textbook > 3
    assert max(spam, menu) < 1


def test_classical_prose_that_teaches_is_not_below_chatter() -> None:
    classical, chatter = score(CLASSICAL, CHATTER)
    assert classical > chatter + 1


def test_cantonese_that_explains_is_above_cantonese_chatter() -> None:
    explained, chatter = score(CANTONESE, "喂你食咗飯未呀？我頭先先食完，而家好眼瞓，唔想郁。")
    assert explained > chatter + 1


@pytest.mark.parametrize("poem", POEMS)
def test_a_poem_is_above_chatter_however_short(poem: str) -> None:
    one, chatter = score(poem, CHATTER)
    assert one > chatter + 0.5


@pytest.mark.parametrize(("traditional", "simplified"), SCRIPTS)
def test_script_and_width_never_matter(traditional: str, simplified: str) -> None:
    one, other = score(traditional, simplified)
    assert one == pytest.approx(other, abs=0.05)


def test_garbage_is_worth_nothing() -> None:
    misread = TEXTBOOK.encode().decode("latin-1")
    repeated = "点击查看详情" * 60
    assert max(score(misread, repeated)) < 1


def test_a_text_keeps_its_grade_when_it_is_long() -> None:
    one, long = score(TEXTBOOK * 2, TEXTBOOK * 200)
    assert one == pytest.approx(long, abs=0.7)


def test_there_is_nothing_to_judge_without_a_character() -> None:
    empty, none, spaces, text = score("", None, " \u3000", TEXTBOOK)
    assert np.isnan([empty, none, spaces]).all()
    assert 0 <= text <= 5


def test_no_texts_have_no_grades() -> None:
    assert score() == []


def test_the_packaged_classifier_is_small() -> None:
    folder = Path(package.__file__).parent
    assert (folder / "model.npz").stat().st_size < 5_000_000


@pytest.mark.slow
def test_training_on_a_few_labels_gives_a_classifier(tmp_path: Path) -> None:
    data = shared_data("quality-cold").parent
    grader, said = train(data, TASK, most=300)
    save(grader, tmp_path)
    teaching, promoting = grades(strings(pl.Series([TEXTBOOK, SPAM])), load(tmp_path))
    assert "rho" in said
    assert teaching > promoting + 1
