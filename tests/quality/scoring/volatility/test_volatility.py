"""Volatility: what is soon stale is above what is of record, and that above what lasts."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

import quality.scoring.volatility as package
from quality.kernels.arrow import strings
from quality.scoring.ordinal import grades
from quality.scoring.ordinal.training import train
from quality.scoring.volatility import volatility
from quality.scoring.volatility.train import TASK
from tests.shared import shared_data

CLOSE = (
    "周五A股三大指数集体收跌，截至收盘，沪指跌0.82%，报3012.45点，创业板指跌1.2%，"
    "两市全天成交8012亿元，北向资金净卖出32亿元，券商、半导体板块领跌。"
)
BOND = (
    "可转换债券是可以按约定的价格转换成公司股票的债券。它的价值由债券价值和期权价值两部分组成，"
    "股价上涨时期权价值随之上升，股价下跌时债券价值形成支撑，所以它的风险低于股票。"
)
NOTICE = (
    "关于开展本年度职称评审申报工作的通知：网上报名时间为3月5日9:00至3月20日17:00，"
    "逾期不予受理，请各单位尽快组织符合条件的人员申报，咨询电话12345。"
)
STATUTE = (
    "第十二条 申请职称评审的人员应当在规定的期限内提交申报材料。逾期未提交的，视为放弃。"
    "第十三条 评审结果应当公示，公示期不少于五个工作日。第十四条 本规定由主管部门负责解释。"
)
HISTORY = (
    "贞观元年，太宗改元，命群臣议封建。六二九年冬，遣李靖出定襄道击突厥，次年大破之，"
    "颉利可汗被俘，东突厥亡。此后十余年，北边无大战，户口渐增，史称贞观之治。"
)
POEM = "今夜鄜州月，閨中只獨看。遙憐小兒女，未解憶長安。香霧雲鬟濕，清輝玉臂寒。"
FORECAST = "今天夜里到明天，本市多云转雷阵雨，最高气温33度，请市民出门携带雨具。"
PAST = "一九九八年夏天，长江流域发生特大洪水，全国共有二十九个省份受灾，1998年底重建工作基本完成。"


def score(*texts: str | None) -> list[float]:
    return [float(one) for one in volatility(strings(pl.Series(texts, dtype=pl.String)))]


@pytest.mark.parametrize(
    ("stale", "lasting"),
    [(CLOSE, BOND), (NOTICE, STATUTE), (FORECAST, POEM), (CLOSE, HISTORY)],
    ids=["market", "notice", "poem", "history"],
)
def test_the_subject_does_not_bind_a_text_to_its_moment(stale: str, lasting: str) -> None:
    one, other = score(stale, lasting)
    assert one > 0.6
    assert other < 0.35


@pytest.mark.parametrize("text", [BOND, STATUTE, POEM])
def test_a_textbook_a_statute_and_a_poem_last(text: str) -> None:
    assert score(text)[0] < 0.25


def test_a_past_event_is_of_record() -> None:
    past, close = score(PAST, CLOSE)
    assert 0.05 < past < 0.75 < close


def test_script_and_width_never_matter() -> None:
    one, other = score("報名時間：３月５日９：００起，額滿為止", "报名时间:3月5日9:00起,额满为止")
    assert one == pytest.approx(other, abs=0.02)


def test_there_is_nothing_to_judge_without_a_character() -> None:
    assert np.isnan(score("", None, " ")).all()


def test_the_packaged_classifier_is_small() -> None:
    folder = Path(package.__file__).parent
    assert (folder / "model.npz").stat().st_size < 3_000_000


@pytest.mark.slow
def test_training_on_a_few_labels_tells_a_market_from_a_bond() -> None:
    grader, said = train(shared_data("quality-cold").parent, TASK, most=300)
    close, bond = grades(strings(pl.Series([CLOSE, BOND])), grader)
    assert "rho" in said
    assert close > bond
