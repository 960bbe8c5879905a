"""What every code point is and can do, as one table of bits."""

import functools
import unicodedata

import numpy as np
import numpy.typing as npt

from quality.kernels.signals import bits as kernel

STOP_WORDS = "的年在月是和日了於·為有被人中为他與後也而由"
"""The 22 stop words of FineWeb2's configuration for cmn_Hani."""

FUNCTION_WORDS = (
    "的地得了着著过過是有在不没沒也都就又还還才只很更最和与與或及而且但若则則即既把被将將让讓"
    "从從向对對于於为為以因由到给給比跟之其所者乎矣焉哉乃此这這那哪個个们們我你妳您他她它什么麼"
    "吗嗎呢吧啊呀啦嘛嘅咗喺唔係佢哋"
)
"""Characters that do grammar's work in modern, Classical and Cantonese writing, both scripts. ROOTS
counts words of a list like this one over words; characters need no word segmenter."""

_CATEGORIES = {
    "L": kernel.WORD,
    "M": kernel.WORD,
    "Nl": kernel.WORD,
    "Nd": kernel.DIGIT,
    "No": kernel.DIGIT,
    "P": kernel.PUNCTUATION,
    "Zs": kernel.SPACE,
    "Zl": kernel.NEWLINE,
    "Zp": kernel.NEWLINE,
    "Cc": kernel.GARBLED,
    "Co": kernel.GARBLED,
}
"""Unicode general categories. A mark belongs to its letter, 〇 and Ⅳ are words, ① and ² digits."""

_NARROW = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_WIDE = "".join(chr(ord(character) + 0xFEE0) for character in _NARROW)

_EXTRA = {
    kernel.PUNCTUATION: "~～",
    kernel.SPACE: "\t\v\f",
    kernel.NEWLINE: "\n\r",
    kernel.GARBLED: "\N{REPLACEMENT CHARACTER}",
    kernel.ENDER: "。！？!?…",
    kernel.STOP: "。！？!?….．｡；;：:⋯",
    kernel.COMPLETE: '。！？!?｡…⋯”」』"：:',
    kernel.CLOSER: "”’\"'」』）)】]》>〉〕］｝}",
    kernel.QUOTE: '“「『"〝﹁﹃',
    kernel.UNQUOTE: '”」』"〞﹂﹄',
    kernel.BULLET: "•‣⁃▪▫●○◦■□◆◇►▶▸★☆※·・-*+",
    kernel.ELLIPSIS: "…⋯",
    kernel.DOT: ".。．・",
    kernel.ARROW: ">›»＞》→↓▼▾∨…⋯.]】",
    kernel.COLON: ":：﹕︰",
    kernel.PIPE: "|｜│┃",
    kernel.BLANK: "_＿﹍﹎﹏",
    kernel.CHECK: "□☐☑☒",
    kernel.BOX: "□■\N{REPLACEMENT CHARACTER}",
    kernel.HASH: "#＃﹟",
    kernel.LENTICULAR: "【】",
    kernel.DAMAGE: "锟锘ï烫屯",
    kernel.TALK: "你妳您咱吗嗎呢吧啊呀哦噢嗯哈哎喂啦嘛唄呗哟喲喔咩㗎喎？！?!",
    kernel.STRONG: "{};=<>_$\\&",
    kernel.WEAK: "()[]*+@#^%~",
    kernel.URL: _NARROW + _WIDE + "-._~:/?#@!$&*+,;=%．",
    kernel.FUNCTION: FUNCTION_WORDS,
}
"""Beyond its category; ～ is the connecting mark of GB/T 15834; tab and LF are no control."""

_PLANE = 0x10000
_HAN_RADICALS = slice(0x2E80, 0x2FE0)
_HAN_PLANES = slice(0x20000, 0x40000)
_HAN = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00), 0x3005, 0x3007)
"""The ideographs of the first plane, 々 and 〇."""

_PRIVATE_PLANES = slice(0xF0000, 0x110000)


@functools.cache
def flags() -> npt.NDArray[np.uint32]:
    """The bits of `quality.kernels.signals.bits` for each of the 1,114,112 code points.

    >>> table = flags()
    >>> [int(table[ord(c)]) for c in "1 "] == [kernel.DIGIT | kernel.URL, kernel.SPACE]
    True
    """
    table = np.zeros(kernel.CODE_POINTS, np.uint32)
    for code in (*range(2 * _PLANE), *range(0xE0000, 0xE1000)):
        table[code] = _category(chr(code))
    table[_HAN_RADICALS] = kernel.WORD
    table[_HAN_PLANES] = kernel.WORD | kernel.HAN
    table[np.array(_HAN)] |= kernel.HAN
    table[_PRIVATE_PLANES] = kernel.GARBLED
    for character in _EXTRA[kernel.SPACE] + _EXTRA[kernel.NEWLINE]:
        table[ord(character)] = 0
    for bit, characters in _EXTRA.items():
        for character in characters:
            table[ord(character)] |= bit
    return table


def _category(character: str) -> int:
    category = unicodedata.category(character)
    bits = _CATEGORIES.get(category, _CATEGORIES.get(category[0], 0))
    if category[0] == "L" and "LATIN" in unicodedata.name(character, ""):
        bits |= kernel.LATIN
    return bits
