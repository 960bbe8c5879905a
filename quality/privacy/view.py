"""A folded view of many documents at once: one string, one array, the same code points.

Every character is replaced by one other, or left out where nobody sees it; the view knows where
each of its characters stands in its document. Documents are kept apart by U+0000, which no
pattern matches.
"""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from quality.kernels.compiling import compiled

Codes = npt.NDArray[np.uint32]
Positions = npt.NDArray[np.int64]

TRADITIONAL = (
    "電話機號碼證護縣區鄉鎮樓層棟單門診歷醫療絡聯係戶帳賬銀籍國師員長審書記託經辦責貨險學車請訴"
    "張陳黃劉楊趙吳鄭馮蔣韓鄧許蘇盧鍾鐘譚陸賈韋鄒閻龍賀顧賴龔嚴錢湯龐蘭齊喬萬葉呂羅蕭謝孫馬"
    "臺灣廣東遼寧陝貴雲慶內莊園廈場組傳為後從於關應無誤錄夥陽鳳歐閭諸鮮長傑紀範錫陰衛魯葛儲"
    "濱漢鄭蘭濟處將對與這們個實業務會發開總經處長護訂編買賣運單時間項產購條類標準給稱駐"
    "駕駛檔織構識設備線熱撥詢轉儲網郵錢簡訊鐵數統"
)
SIMPLIFIED = (
    "电话机号码证护县区乡镇楼层栋单门诊历医疗络联系户账账银籍国师员长审书记托经办责货险学车请诉"
    "张陈黄刘杨赵吴郑冯蒋韩邓许苏卢钟钟谭陆贾韦邹阎龙贺顾赖龚严钱汤庞兰齐乔万叶吕罗萧谢孙马"
    "台湾广东辽宁陕贵云庆内庄园厦场组传为后从于关应无误录伙阳凤欧闾诸鲜长杰纪范锡阴卫鲁葛储"
    "滨汉郑兰济处将对与这们个实业务会发开总经处长护订编买卖运单时间项产购条类标准给称驻"
    "驾驶档织构识设备线热拨询转储网邮钱简讯铁数统"
)
"""Characters of the cues, surnames and place names, written both ways (authored)."""

_UNSEEN = (
    *(0xAD, 0x180E, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFE0E, 0xFE0F, 0xFEFF),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
)
"""What has no width: joiners, marks of direction, variation selectors, the soft hyphen."""

_LEFT_OUT = 0xFFFFFFFF
_DASHES = "‐‑‒–—―−－"
_DOTS = "•・‧∙⋅"


@cache
def fold_table() -> Codes:
    """What each code point below U+10000 is folded to: half width, Simplified, one dash, one dot.

    U+0000 inside a document becomes U+FFFD, so that only the ends of documents are U+0000.
    """
    table = np.arange(0x10000, dtype=np.uint32)
    table[0xFF01:0xFF5F] -= 0xFEE0
    table[0x3000] = table[0xA0] = table[0x202F] = table[0x205F] = ord(" ")
    table[0x2000:0x200B] = ord(" ")
    table[0] = 0xFFFD
    for dash in _DASHES:
        table[ord(dash)] = ord("-")
    for dot in _DOTS:
        table[ord(dot)] = ord("·")
    table[ord("帐")] = ord("账")
    for old, new in zip(TRADITIONAL, SIMPLIFIED, strict=True):
        table[ord(old)] = ord(new)
    return table


@cache
def _view_table() -> Codes:
    """`fold_table`, with a mark for what a view leaves out."""
    table = fold_table().copy()
    table[list(_UNSEEN)] = _LEFT_OUT
    return table


def _decode_and_fold(
    data: npt.NDArray[np.uint8], offsets: Positions, table: Codes, codes: Codes, starts: Positions
) -> tuple[int, list[int]]:
    """Writes U+0000, then each document folded and followed by U+0000.

    Returns the length, and for each character left out where it would have stood.
    """
    codes[0] = 0
    at = 1
    left_out = [at][:0]
    for document in range(offsets.size - 1):
        starts[document] = at
        i = offsets[document]
        end = offsets[document + 1]
        while i < end:
            b = np.uint32(data[i])
            if b < 0x80:
                code = b
                i += 1
            elif b < 0xE0:
                code = ((b & 0x1F) << 6) | (data[i + 1] & 0x3F)
                i += 2
            elif b < 0xF0:
                code = ((b & 0x0F) << 12) | ((data[i + 1] & 0x3F) << 6) | (data[i + 2] & 0x3F)
                i += 3
            else:
                code = ((b & 0x07) << 18) | ((data[i + 1] & 0x3F) << 12)
                code |= ((data[i + 2] & 0x3F) << 6) | (data[i + 3] & 0x3F)
                i += 4
            if code < 0x10000:
                code = table[code]
            if code == 0xFFFFFFFF:
                left_out.append(at)
            else:
                codes[at] = code
                at += 1
        codes[at] = 0
        at += 1
    starts[offsets.size - 1] = at
    return at, left_out


decode_and_fold = compiled(_decode_and_fold)


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """Documents folded into one string `text`; `starts` holds where each one begins, and the end.

    `left_out` holds, for each character that is not in the view, where it would have stood.
    A view has no repr: it holds the documents.
    """

    text: str
    codes: Codes
    starts: Positions
    left_out: Positions

    @classmethod
    def of(cls, documents: pl.Series) -> "View":
        """The view of `documents` (String; a null counts as an empty document)."""
        array = documents.fill_null("").to_arrow().cast("large_string")
        _, offsets, data = array.buffers()
        rows = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
        held = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
        codes = np.empty(int(rows[-1] - rows[0]) + len(array) + 1, np.uint32)
        starts = np.empty(len(array) + 1, np.int64)
        length, left_out = decode_and_fold(held, rows, _view_table(), codes, starts)
        codes = codes[:length]
        text = str(codes.data, "utf-32-le")
        return cls(text, codes, starts, np.array(left_out, np.int64))

    def originally(self, at: Positions, document: Positions) -> Positions:
        """Where the characters at `at` stand in their documents, counted from each one's start."""
        start = self.starts[document]
        before = np.searchsorted(self.left_out, at, side="right")
        places: Positions = at - start + before - np.searchsorted(self.left_out, start)
        return places


def pattern(source: str) -> re.Pattern[str]:
    r"""A compiled pattern for views, in which \d is 0 to 9 and nothing else."""
    return re.compile(source, re.ASCII)


def folded(text: str) -> str:
    """One text as finders see it, in as many characters.

    >>> folded("電話：０１０")
    '电话:010'
    """
    return text.translate(_translation())


@cache
def _translation() -> dict[int, int]:
    return {code: int(to) for code, to in enumerate(fold_table()) if code != to}
