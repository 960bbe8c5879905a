"""The ways a planted copy differs from its original."""

import random
import re
from collections.abc import Callable
from functools import lru_cache

from opencc import OpenCC

SENTENCE = re.compile(r"[^。！？]*[。！？]?")
BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
FULL = {0xFF01 + i: 0x21 + i for i in range(94)}
SWAPPED = FULL | {half: full for full, half in FULL.items()} | {ord("。"): ord(".")}
SITES = (
    "青山资讯",
    "江城晚读",
    "南湖文库",
    "北岸论坛",
    "云溪百科",
    "望海网",
    "竹影书屋",
    "石桥日报",
    "松风社区",
    "白鹭法律网",
    "长亭笔记",
    "晨曦健康",
    "梧桐问答",
    "海棠下载站",
    "银杏学堂",
    "丰年农业网",
)
PLACES = (
    "临江",
    "东麓",
    "西塘",
    "平湖",
    "龙泉镇",
    "新河区",
    "古渡口",
    "安和县",
    "清水湾",
    "双桥",
    "柳林",
    "沙洲",
    "北固",
    "石门",
    "云岭",
    "丹霞",
)
SUBJECTS = (
    "居民",
    "中学生",
    "渔民",
    "工程师",
    "老匠人",
    "合作社",
    "志愿者",
    "图书馆",
    "医疗队",
    "养蜂人",
    "邮递员",
    "茶农",
    "社区",
    "球队",
    "气象站",
    "博物馆",
)
DEEDS = (
    "修复百年石桥",
    "办起夜间课堂",
    "收集民间歌谣",
    "试种耐旱水稻",
    "开通免费班车",
    "整理旧报纸档案",
    "举办秋季展览",
    "发现清代碑刻",
    "推出便民手册",
    "重走古驿道",
    "自制天文望远镜",
    "改造老旧楼道",
    "记录候鸟迁徙",
    "义务巡查河道",
    "把荒坡变成果园",
    "讲述守灯塔的日子",
)
FRAMES = (
    "相关阅读：{place}{subject}{deed}\n",
    "上一篇：{place}{subject}{deed}，引来邻里围观\n",
    "热门推荐 {number} {subject}十年如一日{deed}\n",
    "【{place}】{subject}{deed}（{number}次阅读）\n",
    "评论：看了{place}{subject}{deed}的故事，很受触动 赞({number})\n",
    "{number}楼 来自{place}的网友：我们那里的{subject}也{deed}\n",
)
HEADS = (
    "首页 | 新闻 | 专题 | 图片 | 视频 | 论坛 | 登录 | 注册\n欢迎来到{site}！今天是{number}期更新\n",
    "当前位置：{site} > 资料中心 > 正文 来源：{site}编辑部 字号：大 中 小 打印本页\n",
    "{site}手机版 收藏本站 设为首页 客服热线{number}\n",
)
FEET = (
    "版权声明：本文由{site}整理发布，转载请注明出处，如有侵权请联系我们处理。\n",
    "关于我们 | 联系方式 | 广告服务 | 网站地图 | 意见反馈 {site}版权所有 备案号{number}\n",
    "扫一扫关注{site}公众号，每天推送精选文章。本页面已被浏览{number}次\n",
)


def edited(text: str, kind: str, chance: random.Random) -> str:
    """A copy of the text, edited in one of the ways `EDITS` names."""
    return _WAYS[kind](text, chance)


def characters(share: float) -> Callable[[str, random.Random], str]:
    """The edit that substitutes, inserts or deletes this share of the characters."""

    def edit(text: str, chance: random.Random) -> str:
        units = list(text)
        for place in chance.sample(range(len(text)), max(1, round(len(text) * share))):
            other = chance.choice(text)
            units[place] = chance.choice(("", other, units[place] + other))
        return "".join(units)

    return edit


def sentences(text: str, chance: random.Random) -> str:
    """A tenth of the sentences is dropped, or where there are few, one."""
    units = [unit for unit in SENTENCE.findall(text) if unit]
    dropped = set(chance.sample(range(len(units)), max(1, round(len(units) / 10))))
    kept = "".join(unit for number, unit in enumerate(units) if number not in dropped)
    return kept or text


def boilerplate(text: str, chance: random.Random) -> str:
    """A head and a foot of a web site are added: about a quarter to two fifths of the letters."""
    letters = sum(map(str.isalnum, text))
    wanted = letters * (1 / chance.uniform(0.72, 0.84) - 1)
    site = chance.choice(SITES)
    head = _filled(chance.choice(HEADS), site, chance)
    feet = FEET[: chance.randint(1, len(FEET))]
    foot = "".join(_filled(frame, site, chance) for frame in feet)
    links = [head, foot]
    size = len(head) + len(foot)
    while size * 0.85 < wanted:
        links.append(_filled(chance.choice(FRAMES), site, chance))
        size += len(links[-1])
    half = len(links) // 2
    return f"{head}{''.join(links[2:half])}{text}\n{''.join(links[max(half, 2) :])}{foot}"


def width(text: str, chance: random.Random) -> str:
    """Full width becomes half width and half width full."""
    del chance
    return text.translate(SWAPPED)


def script(text: str, chance: random.Random) -> str:
    """Simplified becomes Traditional, or the other way: whichever changes more."""
    del chance
    both = [_opencc(name).convert(text) for name in ("s2t", "t2s")]
    changed: str = max(
        both, key=lambda other: sum(a != b for a, b in zip(text, other, strict=False))
    )
    return changed


def space(text: str, chance: random.Random) -> str:
    """Lines break elsewhere; in every other copy, spaces stand between Han."""
    joined = "".join(text.split("\n"))
    step = chance.randint(20, 60)
    lines = [joined[begin : begin + step] for begin in range(0, len(joined), step)]
    flowed = "\n".join(lines)
    return BETWEEN_HAN.sub(" ", flowed) if chance.random() < 0.5 else flowed


def exact(text: str, chance: random.Random) -> str:
    """Nothing changes."""
    del chance
    return text


def _filled(frame: str, site: str, chance: random.Random) -> str:
    return frame.format(
        site=site,
        place=chance.choice(PLACES),
        subject=chance.choice(SUBJECTS),
        deed=chance.choice(DEEDS),
        number=chance.randint(100, 99_999),
    )


@lru_cache
def _opencc(name: str) -> OpenCC:
    return OpenCC(name)


_WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "edit 0.5%": characters(0.005),
    "edit 1%": characters(0.01),
    "edit 2%": characters(0.02),
    "edit 5%": characters(0.05),
    "sentences": sentences,
    "boilerplate": boilerplate,
    "width": width,
    "script": script,
    "space": space,
    "exact": exact,
}
EDITS = tuple(_WAYS)
