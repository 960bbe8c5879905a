"""Private-use characters: those of a known meaning, bullets, icons and marks beside the text."""

import polars as pl

from quality.text.rules import Rule, replacing
from quality.text.rules.scripts import simplified, traditional

_PRIVATE = r"[\u{e000}-\u{f8ff}\u{f0000}-\u{10ffff}]"
_SPACE = r"[ \t\u{a0}\u{2002}\u{2003}\u{3000}]"

ROW_FE = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽"
    "䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
"""What stands for U+E815 to U+E864, in order: the characters at 0xFE50 to 0xFEA0 of GBK, which
Unicode had not encoded. From the mapping table of GB 18030-2022, and for the six characters that
it leaves private (U+E816 to E818, E831, E83B, E855) from index gb18030 of the Encoding Standard."""

_KNOWN = {chr(0xE815 + at): char for at, char in enumerate(ROW_FE)} | {"\ue5e5": "\u3000"}
"""0xA3A0 of GBK, U+E5E5, is the ideographic space in the Encoding Standard."""

_GBK = r"[\u{e815}-\u{e864}\u{e5e5}]"
_BULLETS = r"(?m)^(" + _SPACE + r"*)[\u{f06c}\u{f06e}\u{f075}\u{f0a7}\u{f0a8}\u{f0b7}\u{f0d8}]"
_BULLETS += _SPACE + "*"
"""Bullets of the fonts Symbol and Wingdings, as Word and PDF writers leave them."""

_RUN = rf"{_PRIVATE}+(?:{_SPACE}*{_PRIVATE}+)*"
_ALONE = rf"(?m)^{_SPACE}*{_RUN}{_SPACE}*$"
_BEFORE = rf"(?m)^({_SPACE}*){_RUN}{_SPACE}+"
_BEHIND = rf"(?m)([。！？：；…”’」』》）)\]】]){_RUN}({_SPACE}*)$"
_WITHIN = rf"\p{{Han}}{_PRIVATE}\p{{Han}}"
"""A character of a word; where a text has one, it may stand at the head of a line as well."""


def private_use() -> tuple[Rule, ...]:
    """What is left stays, and is measured."""
    return (
        Rule("private_use", _is_gbk, lambda s: s.str.count_matches(_GBK), _mend),
        replacing("private_use", _BULLETS, "${1}• ", r"[\u{f06c}-\u{f0d8}]"),
        replacing("private_use", _ALONE, "", _PRIVATE),
        replacing("private_use", _BEHIND, "${1}${2}", _PRIVATE),
        replacing("private_use", _BEFORE, "${1}", _PRIVATE)._replace(
            applies=lambda s: s.str.contains(_PRIVATE) & ~s.str.contains(_WITHIN)
        ),
    )


def _is_gbk(text: pl.Series) -> pl.Series:
    """Rows with such characters that are Simplified: fonts of Taiwan give them other meanings."""
    has = text.str.contains(_GBK).fill_null(value=False)
    some = text.filter(has)
    ours = some.str.count_matches(simplified()) > some.str.count_matches(traditional())
    return has.scatter(has.arg_true(), ours)


def _mend(text: pl.Series) -> pl.Series:
    return text.str.replace_many(list(_KNOWN), list(_KNOWN.values()))
