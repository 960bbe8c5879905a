"""Texts without any use, made by rule from clean ones."""

import random
import re
from collections.abc import Callable, Sequence

from quality.scoring.harm import sets

NAVIGATION = (
    *("首页", "上一页", "下一页", "返回顶部", "关于我们", "联系我们", "网站地图", "登录", "注册"),
    *("更多", "展开全文", "收藏", "分享", "版权所有", "友情链接", "在线客服", "加入购物车", "搜索"),
    *("上一篇", "下一篇", "相关阅读", "热门推荐", "点击查看", "扫码关注", "免责声明", "会员中心"),
)
ORDERS = ("gb18030", "big5", "latin-1")


def garbage(texts: Sequence[str], count: int, dice: random.Random) -> list[str]:
    """`count` texts by each rule."""
    phrases = sets.clauses(dice.choices(texts, k=300))
    snippets = sets.snippets(texts, count * len(RULES), dice)
    found = []
    for number, rule in enumerate(RULES):
        some = snippets[number * count : (number + 1) * count]
        found += [rule(one, phrases, dice) for one in some]
    return [one for one in found if one.strip()]


def shuffled(text: str, _: Sequence[str], dice: random.Random) -> str:
    """The characters of a text in no order."""
    return "".join(dice.sample(text, len(text)))


def repeated(text: str, phrases: Sequence[str], dice: random.Random) -> str:
    """A few phrases again and again."""
    few = [dice.choice(phrases) for _ in range(dice.randint(1, 3))]
    between = dice.choice(("", " ", "\n", "，"))
    return between.join(few * (1 + len(text) // 12))


def links(text: str, phrases: Sequence[str], dice: random.Random) -> str:
    """A list of links, as the edge of a page has it."""
    every = [dice.choice((dice.choice(NAVIGATION), dice.choice(phrases))) for _ in range(4, 40)]
    return dice.choice(sets.SEPARATORS).join(every)[: max(12, len(text))]


def cut(text: str, _: Sequence[str], dice: random.Random) -> str:
    """Lines of a text, each broken off."""
    parts = [one[: dice.randint(2, 8)] for one in re.split(r"[，。；！？\n]", text) if one]
    dice.shuffle(parts)
    return dice.choice((" ", "\n", "...\n", "… ")).join(parts)


def misread(text: str, _: Sequence[str], dice: random.Random) -> str:
    """A text read in a wrong encoding."""
    written, read = dice.choice((("utf-8", dice.choice(ORDERS)), ("gb18030", "latin-1")))
    return text.encode(written, "replace").decode(read, "replace")


RULES: tuple[Callable[[str, Sequence[str], random.Random], str], ...] = (
    shuffled,
    repeated,
    links,
    cut,
    misread,
)
"""How garbage is made."""
