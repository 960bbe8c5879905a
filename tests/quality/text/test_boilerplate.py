"""Boilerplate of Chinese pages: short lines as a whole, and nothing inside a sentence."""

import polars as pl
import pytest

from quality.text.boilerplate import strip_boilerplate

PROSE = "昨天上午，市民代表参观了新建成的图书馆。"


def strip(*lines: str) -> list[str]:
    kept: str = strip_boilerplate(pl.Series(["\n".join(lines)])).item()
    return kept.split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "京ICP备12345678号-1",
        "京公网安备 11010502030143号",
        "版权所有：某某网站",
        "Copyright © 1996-2024 All Rights Reserved",
        "责任编辑：张三",
        "上一篇：某某新闻",
        "当前位置：首页 > 新闻 > 正文",
        "返回顶部",
        "扫一扫关注我们",
        "分享到：微信",
        "相关阅读",
        "点击查看更多",
        "\x02相关新闻的标题很长很长\x03",
        "\x02首页\x03 | \x02新闻\x03 | \x02体育\x03",
    ],
)
def test_a_notice_or_menu_between_sentences_goes(line: str) -> None:
    assert strip(PROSE, line, PROSE) == [PROSE, PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "本网站已完成ICP备案，公司将继续按照有关规定，依法依规开展各项业务，接受社会各界的监督。"
        "同时，公司承诺版权所有内容均取得授权，并且按照合同约定支付报酬，欢迎举报侵权行为，共同维护秩序。",
        "位置优越",
        "他在首页上写道",
        "分享会在下午举行，欢迎分享心得体会，更多内容请看\x02活动页面\x03。",
        "名称\t\t\x02链接\x03",
        "小标题",
    ],
)
def test_content_between_sentences_stays(line: str) -> None:
    plain = line.replace("\x02", "").replace("\x03", "")
    assert strip(PROSE, line, PROSE) == [PROSE, plain, PROSE]


def test_menus_before_and_widgets_after_the_prose_go() -> None:
    assert strip("站内", "首页", PROSE, "小节", PROSE, "关闭广告", "确定") == [PROSE, "小节", PROSE]


def test_code_and_tables_around_the_prose_stay() -> None:
    page = ["a\t\tb", PROSE, "const x = () => {", "};;;"]
    assert strip(*page) == page


def test_a_page_of_nothing_but_boilerplate_or_without_prose_is_kept() -> None:
    assert strip("返回顶部", "\x02首页\x03") == ["返回顶部", "首页"]
    assert strip("床前明月光", "疑是地上霜") == ["床前明月光", "疑是地上霜"]


def test_pages_do_not_mix() -> None:
    pages = pl.Series("text", [PROSE, "", f"首页\n{PROSE}\n首页", "小字"])
    assert strip_boilerplate(pages).to_list() == [PROSE, "", PROSE, "小字"]
