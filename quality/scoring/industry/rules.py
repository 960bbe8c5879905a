"""What the place and the title of a document say about its industry: weak labels for training."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quality.scoring.industry.terms import NAMES, weighed

_HISTORY = """
    史记 汉书 后汉书 三国志 晋书 宋书 南齐书 梁书 陈书 魏书 北齐书 周书 隋书 南史 北史
    旧唐书 新唐书 旧五代史 新五代史 宋史 辽史 金史 元史 明史 清史稿 资治通鉴 续资治通鉴
    左传 公羊传 谷梁传 国语 战国策 尚书 逸周书 通典 贞观政要 三朝北盟会编 明季北略 读通鉴论
    九州春秋 六韬 尉缭子 将苑 孙子兵法 孙膑兵法 吴子 司马法 三略 百战奇略 太白阴经
    何博士备论 三十六计 周礼 商君书 管子 贾谊新书
"""
_LITERATURE = """
    红楼梦 三国演义 水浒传 聊斋志异 东周列国志 封神演义 镜花缘 桃花扇 长生殿 花月痕
    海上花列传 儒林外史 官场现形记 杨家将 隋唐演义 西汉演义 南北史演义 初刻拍案惊奇
    二刻拍案惊奇 警世通言 十二楼 狄公案 北游记 绣云阁 绿野仙踪 三侠五义 济公全传 雍正剑侠图
    唐传奇 太平广记 夷坚志 搜神记 搜神后记 世说新语 笑林广记 阅微草堂笔记 清代名人轶事
    古今谭概 陶庵梦忆 声律启蒙 乐府诗集 诗经 楚辞 文心雕龙 幼学琼林 围炉夜话 菜根谭 呻吟语
    曾国藩家书 孟子 庄子 列子 论语 中庸 高士传 论衡 颜氏家训 孔子家语 智囊(选录) 增广贤文
"""
_MEDICINE = """
    本草纲目 神农本草经 千金方 扁鹊心书 食疗本草 黄帝内经 针灸大成 针灸甲乙经 医学源流论
    四圣心源 肘后备急方 温病条辨 难经 伤寒论 金匮要略 洗冤集录
"""
BOOKS = {
    **dict.fromkeys(_HISTORY.split(), "current_affairs_government_administration"),
    **dict.fromkeys(_LITERATURE.split(), "literature_emotion"),
    **dict.fromkeys(_MEDICINE.split(), "medicine_health_psychology_tcm"),
    **dict.fromkeys(("农桑辑要", "齐民要术"), "agriculture_forestry_animal_husbandry_fishery"),
    **dict.fromkeys(("三命通会", "滴天髓阐微", "云笈七签", "黄庭经", "心经"), "other"),
    **dict.fromkeys(("徐霞客游记", "洛阳伽蓝记"), "tourism_geography"),
    "水经注": "water_resources_ocean",
    "九章算术": "mathematics_statistics",
    "棋经十三篇": "game",
    "睡虎地秦墓竹简": "law_judiciary",
}
"""The industry of old books, each of which is about one."""

FOLDERS = {
    "visualstudio-docs": ("programming_code", True),
    "book-cn": ("programming_code", True),
    "leetcode": ("programming_code", True),
    "FreeBSD-Ask": ("computer_communication", True),
    "docs-cn": ("computer_communication", False),
    "data/TFT": ("subject_education", True),
    "data/PanSci": ("technology_scientific_research", False),
    "knowledge/Food": ("accommodation_catering_hotel", True),
    "knowledge/Music": ("film_entertainment", True),
    "knowledge/Geography": ("tourism_geography", False),
    "knowledge/Nature": ("technology_scientific_research", False),
    "knowledge/History": ("current_affairs_government_administration", False),
    "knowledge/Art": ("other", False),
}
"""The industry of repositories and folders, and whether it goes before what terms say."""

SETS = {
    "medical_zh_hans": ("medicine_health_psychology_tcm", True),
    "novel_classical_zh_hans": ("literature_emotion", True),
    "cantonese_yue": ("other", False),
    "quality-cold": ("other", False),
    "quality-chineseharm": ("other", False),
}

CODES = {
    "B": "law_judiciary",
    "C": "law_judiciary",
    "G": "finance_economics",
    "H": "subject_education",
    "I": "law_judiciary",
    "L": "medicine_health_psychology_tcm",
    "M": "agriculture_forestry_animal_husbandry_fishery",
    "R": "current_affairs_government_administration",
    "S": "current_affairs_government_administration",
}
"""What Taiwan statutes govern by the first letter of their numbers, where the title tells less."""

_OFFICE = re.compile("組織條例|組織規程|編制表|處務規程|辦事細則|组织条例|组织法|組織法")
_CODE = re.compile(r"/([A-Z])\d{7}\.json$")


class Rule(NamedTuple):
    """An industry, and whether it goes before what the terms of a passage say."""

    industry: str | None
    firm: bool = False


def rule(set_: str, id_: str) -> Rule:
    """What the place of a document says about all its passages; of statutes, see `statutes`."""
    if set_ in SETS:
        return Rule(*SETS[set_])
    if set_ in {"classical_lzh", "modern_translation_zh_hans"}:
        return Rule(BOOKS.get(id_.split("/")[1]), firm=True)
    for folder, found in FOLDERS.items():
        if folder in id_:
            return Rule(*found)
    return Rule(None)


def statutes(ids: Sequence[str], texts: Sequence[str]) -> list[str]:
    """What each statute governs by its title; `law_judiciary` where that names no subject."""
    titles = [text.lstrip("# ").partition("\n")[0] for text in texts]
    weights = weighed(titles)
    weights[:, NAMES.index("law_judiciary")] = 0
    return [
        _statute(id_, title, line) for id_, title, line in zip(ids, titles, weights, strict=True)
    ]


def _statute(id_: str, title: str, weights: npt.NDArray[np.float32]) -> str:
    if _OFFICE.search(title):
        return "current_affairs_government_administration"
    if weights.max() > 0:
        return NAMES[int(np.argmax(weights))]
    code = _CODE.search(id_)
    return CODES.get(code[1], "law_judiciary") if code else "law_judiciary"
