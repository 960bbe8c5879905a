"""Mandarin turned word by word into Cantonese, so that formal writing has examples too.

The Cantonese at hand is talk; in a law or an encyclopedia only the little words tell it from
Mandarin, and these are what is put in here.
"""

import re

from quality.language.scripts import han_sets

_PAIRS = (
    "没有:冇 为什么:点解 这些:呢啲 那些:嗰啲 一些:一啲 这里:呢度 那里:嗰度 哪里:边度 什么:乜嘢 "
    "怎么:点样 现在:而家 今天:今日 昨天:寻日 明天:听日 不是:唔系 不要:唔好 并且:同埋 以及:同埋 "
    "就是:就系 喜欢:钟意 漂亮:靓 这样:噉样 这么:咁 那么:咁 多少:几多 东西:嘢 时候:阵时 知道:知 "
    "只是:净系 我们:我哋 你们:你哋 他们:佢哋 她们:佢哋 它们:佢哋 的:嘅 不:唔 是:系 他:佢 她:佢 "
    "它:佢 其:佢 们:哋 在:喺 和:同 与:同 这:呢 那:嗰 了:咗 来:嚟 看:睇 说:话 给:畀 谁:边个 "
    "找:揾 还:仲 想:谂 吃:食 没:冇 无:冇 吗:咩 此:呢个"
)
WORDS = dict(pair.split(":") for pair in _PAIRS.split())
"""Mandarin to Cantonese, longer words first, in Simplified characters."""

SIGNS = frozenset("嘅唔佢哋喺嗰咗嚟睇畀揾谂冇咩啲嘢噉咁")
"""Characters of Cantonese alone."""

_WORD = re.compile("|".join(WORDS))


def in_cantonese(text: str) -> str | None:
    """The text with Cantonese words, Simplified; null where it then has no sign of Cantonese.

    >>> in_cantonese("他們的權利不受限制"), in_cantonese("第二章")
    ('佢哋嘅权利唔受限制', None)
    """
    pairs = han_sets()["folded"]
    simplified = text.translate(dict(zip(map(ord, pairs[::2]), pairs[1::2], strict=True)))
    found = _WORD.sub(lambda word: WORDS[word[0]], simplified)
    return None if SIGNS.isdisjoint(found) else found
