"""Industries: plain cases of each, in every script and width, short and long; how it is trained."""

import json
from importlib import resources
from itertools import islice
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from opencc import OpenCC

import quality.scoring.labels
from quality.draws import dice_of
from quality.kernels.arrow import strings
from quality.scoring.industry import industry, material, statutes, terms, train
from quality.scoring.linear import Settings, load
from quality.scoring.scores import Guess
from schemas.scores import INDUSTRIES
from tests.quality.scoring.sets import documents
from tests.shared import shared_data

NAMES = tuple(INDUSTRIES)
LABELS = sorted(Path(quality.scoring.labels.__file__).parent.glob("*.jsonl"))
TRADITIONAL = OpenCC("s2t")

CASES = {
    "accommodation_catering_hotel": "酒店房间宽敞，早餐丰富，前台办理入住很快，服务员热情。",
    "aerospace": "神舟飞船与空间站对接成功，三名航天员进入天和核心舱。",
    "agriculture_forestry_animal_husbandry_fishery": "水稻进入抽穗期，农户要防治病虫害并追施穗肥。",
    "ai_ml": "用随机梯度下降训练神经网络，损失函数取交叉熵，学习率为0.01。",
    "automobile": "这款轿车搭载涡轮增压发动机和双离合变速箱，油耗较低。",
    "computer_communication": "在终端安装软件包后重启服务器，再检查网卡驱动和路由器设置。",
    "current_affairs_government_administration": "国务院总理主持召开常务会议，部署政府工作。",
    "electric_power_energy": "变电站检修后恢复供电，风电和光伏装机容量继续增长。",
    "film_entertainment": "这部电影由新人导演执导，女主角凭此获得金马奖。",
    "finance_economics": "央行下调利率，股市收涨，银行股领涨，上市公司净利润同比增长。",
    "fire_safety_food_safety": "消防员赶到火灾现场，用灭火器和水枪扑救。",
    "game": "玩家在这款角色扮演游戏里打怪升级，最后挑战关底的魔王。",
    "law_judiciary": "被告人不服一审判决提起上诉，法院裁定驳回，维持原判。",
    "literature_emotion": "却说那书生辞了小姐，独自还乡，夜里对月吟诗，不觉泪下。",
    "mathematics_statistics": "设随机变量服从正态分布，求其期望和方差，并证明该定理。",
    "medicine_health_psychology_tcm": "患者咳嗽发烧三天，医生诊断为肺炎，需要服用抗生素。",
    "mining": "煤矿井下瓦斯超限，矿工撤离巷道，采煤机停止作业。",
    "petrochemical": "炼油厂把原油炼成汽油和柴油，国际油价持续上涨。",
    "programming_code": "这个函数返回一个数组，编译器在第三行报告类型错误。",
    "real_estate_construction": "楼盘开盘，商品房均价上涨，开发商承诺明年竣工交房。",
    "sports": "球队在加时赛进球，前锋梅开二度，夺得联赛冠军。",
    "subject_education": "老师布置作业，学生准备期末考试，下列选项正确的是。",
    "technology_scientific_research": "科学家在实验室测得这种粒子的质量，验证了量子力学的预言。",
    "tourism_geography": "景区门票下调，游客登上山顶看云海，山脉海拔三千米。",
    "transportation": "高铁列车晚点，旅客在车站候车，地铁加开班次。",
    "water_resources_ocean": "水库开闸泄洪，河流水位下降，堤防没有险情。",
}


def guessed(*texts: str | None) -> Guess:
    return industry(strings(pl.Series(texts, dtype=pl.String)))


def names(*texts: str) -> list[str]:
    return [NAMES[place] for place in guessed(*texts).industry]


@pytest.mark.parametrize(("name", "text"), CASES.items(), ids=CASES)
def test_a_short_text_is_told_in_both_scripts(name: str, text: str) -> None:
    assert names(text, TRADITIONAL.convert(text)) == [name, name]


def test_width_never_matters() -> None:
    half, full = guessed("用GPU训练1个神经网络", "用ＧＰＵ训练１个神经网络").confidence
    assert half == full


def test_a_long_document_is_told_by_the_most_of_it() -> None:
    football, law = CASES["sports"], CASES["law_judiciary"]
    assert names(football * 200 + law * 5, law * 200 + football * 5) == ["sports", "law_judiciary"]


def test_nothing_to_judge_has_no_industry() -> None:
    found = guessed("", None, " \t ")
    assert found.industry.tolist() == [-1, -1, -1]
    assert np.isnan(found.confidence).all()


def test_a_text_without_a_subject_is_less_sure_than_one_with() -> None:
    vague, plain = guessed(
        "嗯，好的，那就这样吧。", CASES["medicine_health_psychology_tcm"]
    ).confidence
    assert 0 < vague < plain <= 1


def test_real_documents_have_the_same_industry_in_both_scripts() -> None:
    data = shared_data("text-news-zh-hans").parent
    texts = [
        read()[:3000]
        for name in ("text-news-zh-hans", "text-law-zh-hans", "text-medical-zh-hans")
        for _, read in islice(documents(data, name), 60)
    ]
    same = np.equal(names(*texts), names(*map(TRADITIONAL.convert, texts)))
    assert same.mean() >= 0.97


def test_the_model_is_small_and_knows_every_industry() -> None:
    file = resources.files("quality.scoring.industry").joinpath("model.npz")
    with file.open("rb") as stored:
        assert load(stored).classes == NAMES
    assert len(file.read_bytes()) <= 5_000_000


def test_every_industry_has_terms_and_sentences() -> None:
    assert set(terms.terms()) == set(NAMES)
    assert all(len(set(listed)) >= 500 for listed in terms.terms().values())
    assert {one.industry for one in material.paragraphs(1, dice_of(1))} == set(NAMES)


def test_an_exam_question_is_about_education_whatever_it_asks_about() -> None:
    text = CASES["water_resources_ocean"] * 4
    asked = material.questions([material.Example(text, "set", "other")], 1, dice_of(2))
    assert (asked[0].industry, asked[0].set) == ("subject_education", "set")


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("礦業法", "mining"),
        ("中华人民共和国婚姻法", "law_judiciary"),
        ("食品安全法实施条例", "fire_safety_food_safety"),
        ("交通部組織條例", "current_affairs_government_administration"),
    ],
)
def test_a_statute_is_about_what_its_title_names(title: str, subject: str) -> None:
    assert statutes.subjects(["a"], [f"# {title}\n第一条"]) == [subject]


def test_every_labelled_set_is_of_one_kind() -> None:
    sets = {row["set"] for file in LABELS for row in map(json.loads, file.open(encoding="utf-8"))}
    for name in sets | {"authored"}:
        assert sum(name.startswith(kind) for kind in train.KINDS) == 1


def test_training_runs_on_a_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = shared_data("bulk").parent
    monkeypatch.setattr(train, "SETTINGS", Settings(known=20_000, kept=2_000, epochs=1))
    monkeypatch.setattr(train, "LISTS", 20)
    monkeypatch.setattr(train, "PARAGRAPHS", 20)
    train.train(data, tmp_path, 60)
    with (tmp_path / "model.npz").open("rb") as stored:
        assert load(stored).classes == NAMES
