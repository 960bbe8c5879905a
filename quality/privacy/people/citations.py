"""Finders of the authors of cited works: before a title in 《》, before 著, in reference lists."""

import re
from collections.abc import Iterator

import numpy as np

from quality.privacy.hits import Hit
from quality.privacy.people.told import COMMON, COMPOUND, RARE
from quality.privacy.spotting import one_of
from quality.privacy.view import Positions, View

_HAN = "㐀-䶿一-鿿𠀀-𲎯"
_FAMILY = f"(?:{COMPOUND}|[{COMMON}{RARE}])"
_NO_GIVEN = "著主编译譯撰绘繪等的了着在有和与为将把被写做造持道之所于以照据按者是说"
_NAME = rf"{_FAMILY}[{_HAN}]{{0,1}}(?![{_NO_GIVEN}])[{_HAN}]"
_BEFORE_WORK = re.compile(rf"(?:^|[^{_HAN}·])[见引据由自如]?({_NAME})[ ]?的?\Z")
_BEFORE_MADE = re.compile(rf"(?:^|[^{_HAN}·])({_NAME})[ ]?(?:等[ ]?)?\Z")
_NOT_NAMES = re.compile(
    "(?:第五|纪念|时间|许可|解释|程序|张贴|左手|隋朝|唐朝|宋代|明代|文档|史专|相关|关于|高考|文章|方案|时报|应用|应当|明确|贯彻|管理|解读|连载|单行|包括|包含|平台|根据|依照|按照|参照|经典|江苏|江西"
    "|全国|人民|何谓|向|于|任|曾|许多|常见|严格|执行|单位|温习|项目|计划|法律|关|金奖|安全|白皮|石头|宋本|明刊|明版|牛津|纪录|游戏|华为)"
)
_MADE = re.compile(
    rf"(?:主编|编著|编译|编校|译注|譯注|校注|选注|点校|著|撰|译|譯|编|绘|繪)(?=[^{_HAN}]|\Z)"
)
_REFERENCE = re.compile(r"(?<=[\n\0])\[\d{1,3}\][ ]{0,2}|\[\^\d{1,3}\]:[ ]{0,2}\[?")
_LISTED = re.compile(rf"({_NAME})(?=[ ]?[,.;:、(《〈〔/]|[ ]?等[ ,.])")
_AND = re.compile(r"[ ]?[,;、][ ]?")
_MOST = 12


def citations(view: View) -> Iterator[Hit]:
    """Authors of works: 鲁迅《…》, 王力主编, [1] 王力, 李明. …."""
    text = view.text
    for at in _after_names(view, "《〈"):
        yield from _before(text, at, _BEFORE_WORK)
    for at in _after_names(view, "著主编译譯撰点校选绘繪"):
        if _MADE.match(text, at):
            yield from _before(text, at, _BEFORE_MADE)
    for at in np.flatnonzero(one_of(view.codes, "[")).tolist():
        reference = _REFERENCE.match(text, at)
        if reference is not None:
            yield from _listed(text, reference.end())


def _after_names(view: View, signs: str) -> list[int]:
    """Where one of `signs` stands two to four characters after the beginning of a family name."""
    found: Positions = np.flatnonzero(one_of(view.codes, signs))
    begins = np.zeros(len(found), np.bool_)
    for back in (2, 3, 4, 5, 6):
        near = view.codes[np.maximum(found - back, 0)]
        begins |= one_of(near, COMMON + RARE + COMPOUND)
    places: list[int] = found[begins].tolist()
    return places


def _before(text: str, at: int, shape: re.Pattern[str]) -> Iterator[Hit]:
    near = text[max(0, at - 7) : at]
    name = shape.search(near)
    if name is not None and not _NOT_NAMES.match(name[1]) and name[1][1] != "某":
        start = at - len(near) + name.start(1)
        yield Hit(start, start + len(name[1]), "name", "citation")


def _listed(text: str, at: int) -> Iterator[Hit]:
    for _ in range(_MOST):
        name = _LISTED.match(text, at)
        if name is None or _NOT_NAMES.match(text, at) or name[1][1] == "某":
            return
        yield Hit(*name.span(1), "name", "citation")
        between = _AND.match(text, name.end())
        if between is None:
            return
        at = between.end()
