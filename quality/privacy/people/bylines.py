"""Finders of who made a text: reporters, authors, editors, photographers, translators."""

import re
from collections.abc import Iterator

from quality.privacy.hits import Hit
from quality.privacy.people.told import COMMON, COMPOUND, RARE

_HAN = "㐀-䶿一-鿿𠀀-𲎯"
_MAKERS = (
    "(?:实习|實習|特约|特約|首席|见习|見習|摄影|攝影)?记者|特派员|通[讯訊]员|责任编[辑輯]|责编|编[辑輯]|作者|笔者"
    "|撰文|撰稿|供稿|来稿|文字|摄影|攝影|摄像|绘图|繪圖|制图|插[图圖]|译者|譯者|翻译|翻譯|编译|編譯|校[对對注]"
    "|审[核校]|審[核校]|采写|採寫|采访|採訪|采编|监制|監製|策划|策劃|统筹|統籌|主编|副主编|总编|總编|主持人?|导播"
    "|编者|整理|执笔|執筆|出品人|督导|督導|设计|設計|排版|美编"
)
_SAID = r"(?:\([^()\n\0〔〕]{1,8}\))?[ \t]{0,4}[:/|][ \t]{0,4}|[ \t]{1,8}"
_PARTED = re.compile(rf"(?:{_MAKERS})(?:{_SAID})")
_GLUED = re.compile(
    "(?:实习|實習|特约|特約|首席|见习|見習|摄影|攝影)?记者|通[讯訊]员|特派员|责编|摄影|攝影"
)
_LETTER = re.compile(r"[文图圖]/|[文图圖] / ?")
_AFTER = (
    "报导|报道|報[导導道]|摄|攝|文|图|圖|采写|採寫|编[辑輯译譯]|译|譯|综合|綜合|发自|發自|实习|實習|通[讯訊]员|记者|责编"
    "|责任|校|审|撰|供稿|绘|繪"
)
_VERBS = "从|在|获悉|采访|採訪|现场|現場|走进|走訪|走访|了解|说|来到"
_FAMILY = f"(?:{COMPOUND}|[{COMMON}{RARE}])"
_MADE = "摄攝图圖译譯撰绘繪编"
_NAME = re.compile(
    rf"({_FAMILY}(?:[{_HAN}]{{0,1}}(?![{_MADE}])[{_HAN}]|[ ]{{1,2}}[{_HAN}])(?=[^{_HAN}·])"
    rf"|{_FAMILY}[{_HAN}]{{1,2}}?(?=(?:{_AFTER})(?:[^{_HAN}]|[报摄攝员记任编影])))"
)
_CLEAR = re.compile(rf"((?:{COMPOUND}|[{COMMON}])[{_HAN}]{{1,2}}?)(?=[^{_HAN}·]|{_AFTER}|{_VERBS})")
_BETWEEN = re.compile(r"[ \t]{0,2}[、,;/|&][ \t]{0,2}|[ \t]{1,4}|(?=(?:文|图|摄|攝)[ /、])")
_NOT_NAMES = re.compile(
    "高级|高清|方面|方式|文章|文字|时间|时报|时评|安全|金融|万|单位|单|常务|应|许可|许多|相关|管理|项目|程序|计划|解"
    "|关于|关注|何|全|明确|易|陈述|陈列|江苏|江西|江南|杭州|徐州|苏州|郑州|沈阳|温州|石家庄|广州|黄山|华|车|房|边|向|段落"
    "|白|连|平|包|路|党|席位|景|卫|施工|方案|曾|任|贺|费|支|位|毕竟|马上|游客|游戏|查|满|强|薄|净|温|查看|牛|项|麻|项|师"
)
_MOST = 24
"""Names read from one line of names: more are a table or a list."""

HEADS = tuple(
    {
        *("实习", "實習", "特约", "特約", "首席", "见习", "見習", "摄影", "攝影", "记者", "特派"),
        *("通讯", "通訊", "责任", "责编", "编辑", "编輯", "作者", "笔者", "撰文", "撰稿", "供稿"),
        *("来稿", "文字", "摄像", "绘图", "繪圖", "制图", "插图", "插圖", "译者", "譯者", "翻译"),
        *("翻譯", "编译", "编譯", "校对", "校對", "校注", "审核", "審核", "审校", "審校", "采写"),
        *("採寫", "采访", "採訪", "采编", "监制", "監製", "策划", "策劃", "统筹", "統籌", "主编"),
        *("副主", "总编", "總编", "主持", "导播", "编者", "整理", "执笔", "執筆", "出品", "督导"),
        *("督導", "设计", "設計", "排版", "美编", "文/", "图/", "圖/", "文 ", "图 ", "圖 "),
    }
)


GLUED_HEADS = (
    *("实习", "實習", "特约", "特約", "首席", "见习", "見習", "摄影", "攝影", "记者", "特派"),
    *("通讯", "通訊", "责编"),
)
"""The heads of the makers that a name may be glued to."""


def byline(text: str, at: int) -> Iterator[Hit]:
    """The names after a maker of texts: 记者 王小明、李红 摄; 责任编辑：…; 文/…."""
    cue = _PARTED.match(text, at)
    if cue is None and not "㐀" <= text[at - 1] <= "鿿":
        cue = _LETTER.match(text, at)
    if cue is not None:
        yield from _names(text, cue.end(), _NAME)
        return
    cue = _GLUED.match(text, at)
    if cue is not None:
        clear = _CLEAR.match(text, cue.end()) is not None
        yield from _names(text, cue.end(), _CLEAR if clear else _NAME)


def _names(text: str, at: int, first: re.Pattern[str]) -> Iterator[Hit]:
    shape = first
    for _ in range(_MOST):
        name = shape.match(text, at)
        if name is None or _NOT_NAMES.match(text, at) or name[1][1] == "某":
            return
        yield Hit(*name.span(1), "name", "byline")
        between = _BETWEEN.match(text, name.end(1))
        if between is None:
            return
        at, shape = between.end(), _NAME
